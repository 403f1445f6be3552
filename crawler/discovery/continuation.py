"""The further pages of a long article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.discovery.page_numbers import Step, file_parts, step
from crawler.discovery.pager import is_next_word
from crawler.discovery.pager_scripts import page_call
from crawler.discovery.resolver import Resolver, resolve
from crawler.portals.addresses import allowed, article_url, is_continuation
from crawler.urls import canonical_url, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.parsing import Document
    from crawler.portals.model import Profile, Source

__all__ = ["continuation_links", "whole_article_link"]

_MAX_LINKS: Final = 3000


def continuation_links(doc: Document, profile: Profile) -> tuple[str, ...]:
    """Return the URLs of an article's pages 2, 3, …, in order, as far as this page of it tells.

    From its pager's links, or from the script that writes them. A pager that shows only some numbers gives
    those and the next; the caller asks each page that it fetches for more. The URLs are canonical and
    allowed, not rewritten to page 1. Never raises.
    """
    try:
        own = article_url(doc.url, profile)
        here = canonical_url(doc.url, scheme=profile.scheme)
    except ValueError:
        return ()
    limit = profile.article.pages.limit
    numbered = _by_links(doc, profile, own, here) or _by_script(doc, profile, here)
    return tuple(url for _, url in sorted(numbered.items()) if url not in {own, here})[: max(0, limit - 1)]


def whole_article_link(doc: Document, profile: Profile) -> str | None:
    """Return the one page that holds all of a long article (``[article.pages] all``), if there is one.

    Where there is one, it replaces this page; it is canonical and allowed. Never raises.
    """
    for href, _ in _selected(doc, profile.article.pages.all):
        try:
            url = canonical_url(join(doc.base_url, href), scheme=profile.scheme)
        except ValueError:
            continue
        if allowed(url, profile) and url != doc.url:
            return url
    return None


def _by_links(doc: Document, profile: Profile, own: str, here: str) -> dict[int, str]:
    """Return links to pages of this article, by number.

    Where the profile has rules for continuation pages, a link is one if they make this article of it. Without
    such rules it is one if a pager's word or number leads to a file that is named as its sibling.
    """
    found: dict[int, str] = {}
    known = bool(profile.article.continuation)
    selected = [join(doc.base_url, href) for href, _ in _selected(doc, profile.article.pages.next)]
    for raw in selected or (_of_article(doc, profile, own) if known else _of_pager(doc)):
        try:
            url = canonical_url(raw, scheme=profile.scheme)
        except ValueError:
            continue
        if url in {own, here} or (known and not is_continuation(url, profile)) or not allowed(url, profile):
            continue
        if known:
            there = step(own, url)
            if article_url(url, profile) == own:
                found[there.there if there is not None else len(found) + 2] = url
        elif (there := step(own, url)) is not None and _is_page(url, there, profile):
            found[there.there] = url
    return found


def _is_page(url: str, there: Step, profile: Profile) -> bool:
    """Say whether a sibling of an article may be a further page of it: numbered, and an article itself."""
    if there.here is not None or there.there > profile.article.pages.limit:
        return False
    return resolve(url, profile).kind.fetched_once


def _by_script(doc: Document, profile: Profile, here: str) -> dict[int, str]:
    pages = profile.article.pages
    if not pages.scripts:
        return {}
    call = page_call(doc, pages.scripts, here, pages.first)
    if call is None or call.total < 2:
        return {}
    folder = file_parts(here)[0]
    found: dict[int, str] = {}
    for index in range(1, min(call.total, pages.limit)):
        try:
            url = canonical_url(folder + call.name(index), scheme=profile.scheme)
        except ValueError:
            return {}
        if not allowed(url, profile) or article_url(url, profile) != article_url(here, profile):
            return {}
        found[index] = url
    return found


def _selected(doc: Document, sources: tuple[Source, ...]) -> Iterator[tuple[str, str]]:
    """Yield href and text of the links that the first source with any selects."""
    for source in sources:
        if source.kind != "css":
            continue
        nodes = doc.tree.css(source.expression)[:_MAX_LINKS]
        links = [(node.attrs.get(source.attribute or "href") or "", node.text()) for node in nodes]
        links = [(href, text) for href, text in links if href and not href.startswith(("#", "javascript:"))]
        if links:
            yield from links
            return


def _of_article(doc: Document, profile: Profile, own: str) -> Iterator[str]:
    """Yield the links that the profile's rules make this article of; mostly there are none."""
    resolve = Resolver(profile, doc.encoding).resolve
    for _, _, raw in doc.links[:_MAX_LINKS]:
        if resolve(raw).url == own:
            yield raw


def _of_pager(doc: Document) -> Iterator[str]:
    """Yield the links whose text is one of a pager's."""
    for node, _, raw in doc.links[:_MAX_LINKS]:
        text = node.text()
        if text.strip().isdecimal() or is_next_word(text):
            yield raw
