"""The further pages of a long article: by the profile's rules, by a script's call, or by the looks of a pager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.discovery.page_numbers import file_parts, step
from crawler.discovery.pager_scripts import page_call
from crawler.discovery.resolver import Resolver
from crawler.discovery.sibling_pages import NO_SIBLINGS, sibling_pages
from crawler.portals.addresses import allowed, article_url, is_continuation
from crawler.urls import canonical_url, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.parsing import Document
    from crawler.portals.model import Profile, Source

__all__ = ["ArticlePages", "article_pages", "whole_article_link"]

_MAX_LINKS: Final = 3000


class ArticlePages(NamedTuple):
    """What a page tells of the other pages of its article.

    ``first`` is the URL of page 1 where this is a later one that the profile's rules do not know; ``further`` are those
    behind this one, in order. ``is_sure`` is that of :class:`crawler.discovery.sibling_pages.Siblings`.
    """

    first: str | None
    further: tuple[str, ...]
    is_sure: bool = True

    @property
    def urls(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.further, self.first) if self.first else self.further)


def article_pages(doc: Document, profile: Profile, *, first: str | None = None) -> ArticlePages:
    """Return the pages of an article, 2, 3, …, as far as this page of it tells.

    From its pager's links, or from the script that writes them. A pager that shows only some numbers gives
    those and the next; the caller asks each page that it fetches for more, and says which URL was the ``first``. The
    URLs are canonical and allowed, not rewritten to page 1. Never raises.
    """
    try:
        own = article_url(first or doc.url, profile)
        here = canonical_url(doc.url, scheme=profile.scheme)
    except ValueError:
        return ArticlePages(None, ())
    found = NO_SIBLINGS
    if profile.article.continuation:
        numbered: Mapping[int, str] = _by_rules(doc, profile, own, here)
    else:
        found = sibling_pages(doc, profile, own)
        numbered = found.further
    numbered = numbered or _by_script(doc, profile, own, here)
    urls = (url for _, url in sorted(numbered.items()) if url not in {own, here})
    return ArticlePages(found.first, tuple(urls)[: max(0, profile.article.pages.limit - 1)], found.is_sure)


def whole_article_link(doc: Document, profile: Profile) -> str | None:
    """Return the one page that holds all of a long article (``[article.pages] all``), if there is one.

    Where there is one, it replaces this page; it is canonical and allowed. Never raises.
    """
    for href in _selected(doc, profile.article.pages.all):
        try:
            url = canonical_url(join(doc.base_url, href), scheme=profile.scheme)
        except ValueError:
            continue
        if allowed(url, profile) and url != doc.url:
            return url
    return None


def _by_rules(doc: Document, profile: Profile, own: str, here: str) -> dict[int, str]:
    """Return the links that the profile's rules make this article of, by number; mostly there are none."""
    found: dict[int, str] = {}
    selected = [join(doc.base_url, href) for href in _selected(doc, profile.article.pages.next)]
    for raw in selected or _of_article(doc, profile, own):
        try:
            url = canonical_url(raw, scheme=profile.scheme)
        except ValueError:
            continue
        if url in {own, here} or not is_continuation(url, profile) or not allowed(url, profile):
            continue
        if article_url(url, profile) == own:
            there = step(own, url)
            found[there.there if there is not None else len(found) + 2] = url
    return found


def _by_script(doc: Document, profile: Profile, own: str, here: str) -> dict[int, str]:
    """Return the pages that a script would link to: of this article by the profile's rules, else by their names."""
    pages = profile.article.pages
    call = page_call(doc, pages.scripts, here, pages.first, pages.url) if pages.scripts else None
    if call is None or call.total < 2:
        return {}
    folder = file_parts(here)[0]
    found: dict[int, str] = {}
    for index in range(1, min(call.total, pages.limit)):
        try:
            url = canonical_url(folder + call.name(index), scheme=profile.scheme)
        except ValueError:
            return {}
        same = article_url(url, profile) == article_url(here, profile)
        if not allowed(url, profile) or not (same if profile.article.continuation else step(own, url)):
            return {}
        found[index] = url
    return found


def _selected(doc: Document, sources: tuple[Source, ...]) -> Iterator[str]:
    """Yield the ``href`` of the links that the first source with any selects."""
    for source in sources:
        if source.kind != "css":
            continue
        nodes = doc.tree.css(source.expression)[:_MAX_LINKS]
        hrefs = [node.attrs.get(source.attribute or "href") or "" for node in nodes]
        hrefs = [href for href in hrefs if href and not href.startswith(("#", "javascript:"))]
        if hrefs:
            yield from hrefs
            return


def _of_article(doc: Document, profile: Profile, own: str) -> Iterator[str]:
    """Yield the links that the profile's rules make this article of."""
    resolve = Resolver(profile, doc.encoding).resolve
    for _, _, raw in doc.links[:_MAX_LINKS]:
        if resolve(raw).url == own:
            yield raw
