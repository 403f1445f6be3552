"""The pages of one article where no rule of the profile knows them: told by a pager and by how its files are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.discovery.page_numbers import file_parts, step
from crawler.discovery.pager_controls import pager_controls
from crawler.discovery.pager_words import LONGEST, is_next_word, is_pager_word, page_number
from crawler.discovery.resolver import Resolver
from crawler.portals.addresses import article_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.discovery.resolver import Resolved
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["NO_SIBLINGS", "Siblings", "same_headline", "sibling_pages"]

_MAX_LINKS: Final = 3000
_CONTROLS: Final = ("onclick=", "<option", "javascript:")
_LONGEST_TITLE: Final = 200
_SITE: Final = re.compile(r"\s*[_|—–]\s*|\s+-\s+|-(?=[^-]*$)")
_PAGE_MARK = re.compile(
    r"\s*(?:[\[【(（［]\s*(?:第?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[页頁]?)(?:\s*/\s*\d{1,3})?\s*[\]】)）］]"
    r"|第\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[页頁])\s*\Z"
)


class Siblings(NamedTuple):
    """The other pages of an article, as one of its pages shows them.

    ``first`` is the URL of page 1 where this is a later one; ``further`` are the pages behind this one, by number.
    ``is_sure`` says that their names alone make them pages of it (``1001_2`` of ``1001``); of ``1001_1`` and ``1001_2``
    the pages themselves have to show it, by :func:`same_headline`.
    """

    first: str | None
    further: Mapping[int, str]
    is_sure: bool = True

    @property
    def urls(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.further.values()) | ({self.first} if self.first else set())


NO_SIBLINGS: Final = Siblings(None, {})


class _PagerLink(NamedTuple):
    url: str
    number: int | None
    is_next: bool


def sibling_pages(doc: Document, profile: Profile, own: str | None = None) -> Siblings:
    """Return the other pages of the article that a page is of; ``own`` is the URL of page 1, where it is known.

    For profiles without rules for continuation pages. Never raises.
    """
    try:
        here = article_url(doc.url, profile)
    except ValueError:
        return NO_SIBLINGS
    own = own or here
    limit = profile.article.pages.limit
    links = list(_pager_links(doc, profile, own, limit))
    if not links:
        return NO_SIBLINGS
    if any(_number_of(own, link.url, limit) is not None for link in links):
        return Siblings(None, _ahead(doc, profile, own, here, limit) | _shown(links, own, here, limit))
    for link in links if own == here else ():
        if (number := _number_of(link.url, here, limit)) is not None:
            further = _ahead(doc, profile, link.url, here, limit)
            return Siblings(link.url, {n: url for n, url in further.items() if n > number})
    return _numbered(here, links, limit)


def same_headline(one: Document, other: Document) -> bool:
    """Say whether two pages have the same headline, but for the number of the page behind it. Never raises."""
    mine, theirs = _headlines(one), _headlines(other)
    return any(a == b for a, b in zip(mine, theirs, strict=True) if a and b)


def _number_of(first: str, there: str, limit: int) -> int | None:
    """Return which page of ``first`` the URL names; None where it names none."""
    found = step(first, there)
    return found.there if found is not None and found.here is None and found.there <= limit else None


def _ahead(doc: Document, profile: Profile, first: str, here: str, limit: int) -> dict[int, str]:
    """Return all pages of ``first`` that the page links to, whatever the links say (第2页：下篇)."""
    found: dict[int, str] = {}
    resolve = Resolver(profile, doc.encoding).resolve
    for _, _, raw in doc.links[:_MAX_LINKS]:
        resolved = resolve(raw)
        if not _may_be_page(resolved) or resolved.url in {first, here}:
            continue
        if (number := _number_of(first, resolved.url, limit)) is not None:
            found.setdefault(number, resolved.url)
    return found


def _numbered(here: str, links: list[_PagerLink], limit: int) -> Siblings:
    """Return the pages where page 1 has a number, too: where the numbers shown are those of the URLs."""
    if not _has_name(here):
        return NO_SIBLINGS
    found: dict[int, str] = {}
    own, offsets = 0, set()
    for link in links:
        there = step(here, link.url)
        if there is None or there.here is None or max(there.there, there.here) > limit:
            continue
        own = there.here
        if link.number is not None:
            offsets.add(link.number - there.there)
        elif not link.is_next or there.there != own + 1:
            continue
        found[there.there] = link.url
    if len(offsets) != 1 or not offsets <= {0, 1}:
        return NO_SIBLINGS
    base = 1 - offsets.pop()
    first = found.get(base) if own != base else None
    if own != base and first is None:
        return NO_SIBLINGS
    return Siblings(first, {number: url for number, url in found.items() if number > own}, is_sure=False)


def _has_name(url: str) -> bool:
    """Say whether a page's URL has more than its number: ``1001_1`` has, ``1`` and ``/2026/1128/1`` have not."""
    if "?" in url:
        return True
    name = file_parts(url)[1].rstrip("0123456789")
    return any(char.isalnum() for char in name) and name[-1:] in "-_.~"


def _shown(links: list[_PagerLink], first: str, here: str, limit: int) -> dict[int, str]:
    """Return the pages of ``first`` among a pager's links and controls."""
    numbered = {
        _number_of(first, link.url, limit): link.url for link in links if link.url not in {first, here}
    }
    return {number: url for number, url in numbered.items() if number is not None}


def _pager_links(doc: Document, profile: Profile, own: str, limit: int) -> Iterator[_PagerLink]:
    """Yield what looks like a link of a pager: by its words or the profile's, of pictures by where they lead."""
    chosen = {
        node.mem_id
        for source in profile.article.pages.next
        if source.kind == "css"
        for node in doc.tree.css(source.expression)[:_MAX_LINKS]
    }
    resolve = Resolver(profile, doc.encoding).resolve
    for node, _, raw in doc.links[:_MAX_LINKS]:
        text = node.text().strip()
        if node.mem_id in chosen or (len(text) < LONGEST and is_pager_word(text)):
            found = resolve(raw)
            if _may_be_page(found):
                yield _PagerLink(found.url, page_number(text), is_next_word(text))
        elif not text and _may_be_page(found := resolve(raw)) and _number_of(own, found.url, limit):
            yield _PagerLink(found.url, None, is_next=False)
    if any(mark in doc.text for mark in _CONTROLS):
        for control in pager_controls(doc):
            if _may_be_page(found := resolve(control.raw)):
                yield _PagerLink(found.url, page_number(control.text), is_next_word(control.text))


def _may_be_page(found: Resolved) -> bool:
    """Say whether a link may lead to a page of an article: into the portal, and to no list that is known as one."""
    return bool(found.url) and not found.cut and not found.kind.is_list_page and not found.kind.is_xml


def _headlines(doc: Document) -> tuple[str, str]:
    heading = doc.tree.css_first("h1")
    titles = doc.about["title"]
    title = titles[0].text()[:_LONGEST_TITLE] if titles else ""
    return _headline(heading.text()[:_LONGEST_TITLE] if heading is not None else ""), _headline(
        _SITE.split(title.strip())[0]
    )


def _headline(text: str) -> str:
    words = " ".join(text.split())
    return _PAGE_MARK.sub("", words)
