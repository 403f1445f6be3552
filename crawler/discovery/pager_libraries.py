"""Pagers that a library of the page's scripts writes (laypage, kkpager, jQuery's pagination and the like).

What such a library is told is an object of literals: how many pages, which one this is, and how an address is made of a
number. That is read; nothing is run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.discovery.inline_scripts import inline_scripts
from crawler.discovery.script_expressions import EXPRESSION, LOCATION, PageAddress, literals_of, read_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawler.parsing import Document

__all__ = ["LibraryPager", "library_pager"]

_PAGER = re.compile(
    r"lay[pP]age|kkpager|pagination|paginator|[pP]aging|[pP]ager\b|[pP]age[rR]?\s*\(|createPage",
    re.IGNORECASE,
)
_NUMBER: Final = r"""["']?\s{0,9}[:=]\s{0,9}["']?(\d{1,7})\b(?!\s{0,9}[*/+.-])"""
_PAGES = re.compile(
    rf"\b(?:pages|pages?_?(?:count|total|nums?)|total_?pages?(?:_?(?:num|count))?|count_?pages?|num_?pages|max_?page|last_?page){_NUMBER}",
    re.IGNORECASE,
)
_ENTRIES = re.compile(
    rf"\b(?:count|total_?(?:count|records?|nums?|items?|rows?|data)|record_?count|items|data_?count){_NUMBER}",
    re.IGNORECASE,
)
_ENTRIES_CALL = re.compile(r"\.pagination\(\s{0,9}[\"']?(\d{1,7})[\"']?\s{0,9},", re.IGNORECASE)
_SIZE = re.compile(
    rf"\b(?:limit|page_?size|items_?(?:per|on)_?page|per_?page|page_?rows?|show_?data|rows){_NUMBER}",
    re.IGNORECASE,
)
_TOTAL = re.compile(rf"\btotal{_NUMBER}", re.IGNORECASE)
_CURRENT = re.compile(
    rf"\b(?:curr(?:ent)?(?:_?page)?|page_?(?:no|now|index|current)|now_?page|start_?page|pno|c_?page){_NUMBER}",
    re.IGNORECASE,
)
_LEADS = re.compile(
    rf"{LOCATION}({EXPRESSION})|\blocation\.(?:assign|replace)\(\s{{0,9}}({EXPRESSION})\s{{0,9}}\)"
)
_LINKS = re.compile(
    rf"\b(?:get(?:Link|Href|Url)|link|href|url|pageUrl|hrefFormat)[\"']?\s{{0,9}}[:=]?\s{{0,9}}(?:function)?\s{{0,9}}\w{{0,40}}"
    rf"\s{{0,9}}\([^()]{{0,80}}\)\s{{0,9}}(?:=>)?\s{{0,9}}\{{[^{{}}]{{0,400}}?\breturn\s{{1,9}}({EXPRESSION})"
)
_HOLES = re.compile(
    r"\{\{\s?(?:number|page|n|num|pageNo)\s?\}\}|__id__|\{(?:page|pageNo|pageNum|pagenum|n|num|number|0)\}|\[page\]|\(page\)|#page#|%d|\$page"
)
_ADDRESS = re.compile(r"(?=.*[/?.])[\w./?=&%:~{}\[\]$#(),-]+")
_PAGE = re.compile(
    r"(?:n|p|i|no|num|pn|pno|index|curr\w*|\w*page\w*|\w*num|getCurrent)(?:\(\))?", re.IGNORECASE
)
_USUAL_SIZE = re.compile(r"lay[pP]age")
_TEN: Final = 10
"""Entries of a page where laypage is told nothing else."""

_FROM_ZERO: Final = "__id__"
_PREFIX: Final = ("hrefTextPrefix", "hrefTextSuffix")
_SCRIPT_LENGTH: Final = 40_000
_MOST_PAGES: Final = 100_000
_DIGITS = re.compile(r"\d{1,6}")


class LibraryPager:
    """A pager of ``total`` pages; ``shown`` is the number of this page, from 1, where its URL or the script says so."""

    __slots__ = ("_address", "_base", "shown", "total")

    def __init__(self, address: PageAddress, total: int, shown: int, base: int) -> None:
        self._address = address
        self._base = base
        self.total = total
        self.shown = shown

    def address(self, number: int) -> str:
        """Return the address of a page, as the script would write it."""
        return self._address.of(number - 1 + self._base)


def library_pager(doc: Document, is_own: Callable[[str], bool]) -> LibraryPager | None:
    """Return the pager that a script of the page tells a library of; None where none does, or not all of it.

    ``is_own`` says whether an address is the page's own. Never raises.
    """
    for script in inline_scripts(doc, _SCRIPT_LENGTH):
        if _PAGER.search(script) is None:
            continue
        total = _total(script)
        if total < 2:
            continue
        for address, base in _addresses(script):
            return LibraryPager(address, total, _shown(script, doc.url, address, base, is_own), base)
    return None


def _total(script: str) -> int:
    """Return how many pages there are; 0 where the script does not say."""
    if (pages := _PAGES.search(script)) is not None:
        return min(int(pages[1]), _MOST_PAGES)
    size, total = _SIZE.search(script), _TOTAL.search(script)
    entries = _ENTRIES.search(script) or _ENTRIES_CALL.search(script)
    if size is None and total is not None:
        return min(int(total[1]), _MOST_PAGES)
    entries = entries or total
    a_page = int(size[1]) if size is not None else _TEN if _USUAL_SIZE.search(script) else 0
    if entries is None or not a_page:
        return 0
    return min(-(-int(entries[1]) // a_page), _MOST_PAGES)


def _shown(script: str, url: str, address: PageAddress, base: int, is_own: Callable[[str], bool]) -> int:
    for digits in dict.fromkeys(_DIGITS.findall(url.partition("://")[2])):
        if is_own(address.of(int(digits))) or is_own(address.of(digits)):
            return int(digits) - base + 1
    current = _CURRENT.search(script)
    return max(1, int(current[1])) if current is not None else 1


def _addresses(script: str) -> Iterator[tuple[PageAddress, int]]:
    """Yield how an address is made of a page's number, and the number of the first page."""
    literals = literals_of(script)
    if _PREFIX[0] in literals:
        yield PageAddress(literals[_PREFIX[0]], literals.get(_PREFIX[1], ""), "n"), 1
    for text in literals.values():
        hole = _HOLES.search(text)
        if hole is not None and _ADDRESS.fullmatch(text) is not None:
            base = 0 if hole[0] == _FROM_ZERO else 1
            yield PageAddress(text[: hole.start()], text[hole.end() :], "n"), base
    for pattern in (_LEADS, _LINKS):
        for match in pattern.finditer(script):
            address = read_address(next(filter(None, match.groups())), literals)
            if address is not None and _PAGE.fullmatch(address.hole.rpartition(".")[2]):
                yield address, 1
