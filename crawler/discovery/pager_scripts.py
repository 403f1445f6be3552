"""Pagers that a script writes: its call is read, and never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.discovery.inline_scripts import inline_scripts
from crawler.discovery.page_numbers import file_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.parsing import Document

__all__ = ["PageCall", "page_call"]

_NUMBERED_NAME = re.compile(r"(.*?)[-_](\d{1,6})", re.DOTALL)
_EXTENSION = re.compile(r"""["'][-_\w]{0,20}\.(s?html?|shtm|php|aspx?|jsp)["']""")
_NAME: Final = "{stem}_{n}.{ext}"
_SCRIPT_LENGTH: Final = 8000
_MAX_TOTAL: Final = 100_000


class PageCall(NamedTuple):
    """What a script would write a pager from.

    ``total`` pages, ``current`` the number of this one from 0; the file of page *i* (from 0, not the first)
    is ``head``, ``i - 1 + first``, ``tail``.
    """

    total: int
    current: int
    head: str
    tail: str
    first: int

    def name(self, index: int) -> str:
        """Return the file name of page ``index`` (from 1 for the second page)."""
        return f"{self.head}{index - 1 + self.first}{self.tail}"


def page_call(
    doc: Document,
    patterns: Iterable[re.Pattern[str]],
    url: str,
    first: int | None,
    template: str | None = None,
) -> PageCall | None:
    """Read a script's pager without running it; None where no pattern finds one.

    ``url`` is the page's own, for what the call leaves out; ``first`` is the number of page 2 where the
    call does not count pages from 1 (group ``current1``). Where no profile gives it, the files are numbered as the call
    counts. ``template`` is the profile's name of a file, with ``{stem}``, ``{n}`` and ``{ext}``.
    """
    texts = list(inline_scripts(doc, _SCRIPT_LENGTH))
    for pattern in patterns:
        for text in texts:
            match = pattern.search(text)
            if match is not None:
                return _read_call(match, text, url, first, template)
    return None


def _read_call(
    match: re.Match[str], text: str, url: str, given: int | None, template: str | None
) -> PageCall:
    groups = match.groupdict()
    total = min(int(groups["total"]), _MAX_TOTAL)
    _, own, extension = file_parts(url)
    stem = groups.get("stem")
    numbered = _NUMBERED_NAME.fullmatch(own)
    first = 2 if given is None else given
    if groups.get("current1") is not None:
        current, first = int(groups["current1"]) - 1, 2
    elif groups.get("current") is not None:
        current, first = int(groups["current"]), 1 if given is None else given
    else:
        current = int(numbered[2]) - first + 1 if numbered is not None else 0
    if not stem:
        stem = numbered[1] if numbered is not None and current > 0 else own or "index"
    extension = groups.get("ext") or extension or _extension(text)
    name = (template or _NAME).replace("{stem}", stem).replace("{ext}", extension)
    head, _, tail = name.partition("{n}")
    return PageCall(total, max(current, 0), head, tail, first)


def _extension(text: str) -> str:
    match = _EXTENSION.search(text)
    return match[1] if match is not None else "html"
