"""Which pages belong to one list, told by their URLs.

``node_176_2.htm`` (Founder: ``_2`` is page 2), ``index_1.shtml`` (TRS: ``_1`` is page 2), ``index2.html``,
``33168-1.shtml``, ``33168_p2.shtml``, ``list-253-1.html``, ``?page=2``, ``/page/2/``, ``/list/43/2/``, ``1001/2.html``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Step", "file_parts", "first_pages", "is_number_name", "is_page_one", "step"]

_QUERY = re.compile(
    r"(?<=[?&])(?:page|page_?(?:no|num|number|index|now)|p_?(?:no|num|index)|(?:cur|curr|current|now|to|n)_?page|paged|pn|pg|p)=(\d{1,6})(?=&|$)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(.*?[^0-9]|)([0-9]{1,6})\Z", re.DOTALL)
_FIRST_NAMES = frozenset({"", "index", "default", "list", "page", "more", "p"})
_MARK = re.compile(r"(?:[-_.,~]+(?:page|pn?)?|(?<=[0-9])p)[-_]?\Z", re.IGNORECASE)


class Step(NamedTuple):
    """From one page of a list to another: their numbers in the URLs; None for a page without one."""

    here: int | None
    there: int


def step(here: str, there: str) -> Step | None:
    """Say how the list's page ``there`` follows from its page ``here``; None where the URLs do not show it.

    Both are canonical. Whether ``there`` lies ahead is the caller's to judge (``Step.here`` counts as the
    first).
    """
    if "?" in there:
        return _by_query(here, there)
    if "?" in here:
        return None
    folder, name, extension = file_parts(here)
    there_folder, there_name, there_extension = file_parts(there)
    if folder != there_folder or not there_name:
        return _by_folder(here, there, extension)
    if name and extension != there_extension:
        return None
    tail = _TAIL.fullmatch(there_name)
    if tail is None:
        return None
    stem, number = tail[1], int(tail[2])
    if name == _bare(stem) or (not name and stem.rstrip("-_").lower() in _FIRST_NAMES):
        return Step(None, number)
    here_tail = _TAIL.fullmatch(name)
    if here_tail is not None and here_tail[1] == stem:
        return Step(int(here_tail[2]), number)
    return None


def is_number_name(name: str) -> bool:
    """Say whether a query parameter of this name is the number of a page."""
    return _QUERY.match(f"?{name}=1", 1) is not None


def first_pages(url: str) -> tuple[str, ...]:
    """Return the URLs whose page 2 or later this one may be (:func:`step` says so of each); mostly there are none."""
    path, mark, query = url.partition("?")
    if mark:
        match = _QUERY.search(url)
        if match is None:
            return ()
        rest = "&".join(part for part in query.split("&") if part != match[0])
        return (f"{path}?{rest}" if rest else path,)
    folder, name, extension = file_parts(url)
    dot = f".{extension}" if extension else ""
    tail = _TAIL.fullmatch(name)
    if tail is None:
        return ()
    if tail[1]:
        return (f"{folder}{_bare(tail[1])}{dot}",)
    above = folder.rstrip("/")
    return (above + dot, folder) if dot else (above, folder)


def is_page_one(url: str) -> bool:
    """Say whether a URL counts pages and is page 1 (or 0): ``list-253-1``, ``list_1``, ``?page=1``; not ``node_1``."""
    match = _QUERY.search(url)
    if match is not None:
        return int(match[1]) <= 1
    folder, name, _ = file_parts(url)
    if not name:
        folder, _, name = folder[:-1].rpartition("/")
    tail = _TAIL.fullmatch(name)
    if tail is None or int(tail[2]) > 1:
        return False
    bare = _bare(tail[1]).lower() if tail[1] else folder.rstrip("/").rpartition("/")[2]
    return bare in _FIRST_NAMES or any(char.isdigit() for char in bare)


def file_parts(url: str) -> tuple[str, str, str]:
    """Return folder (with slash), file name without extension, extension (without dot) of a canonical URL."""
    folder, _, page = url.partition("?")[0].rpartition("/")
    name, dot, extension = page.rpartition(".")
    return (f"{folder}/", name, extension) if dot else (f"{folder}/", page, "")


def _by_query(here: str, there: str) -> Step | None:
    match = _QUERY.search(there)
    if match is None:
        return None
    here_match = _QUERY.search(here)
    if _without(there, match) != _without(here, here_match):
        return None
    return Step(int(here_match[1]) if here_match is not None else None, int(match[1]))


def _without(url: str, match: re.Match[str] | None) -> tuple[str, frozenset[str]]:
    """Return the URL without its page number; the order of parameters means nothing between two pages."""
    path, _, query = url.partition("?")
    drop = match[0] if match is not None else ""
    return path, frozenset(part for part in query.split("&") if part and part != drop)


def _by_folder(here: str, there: str, extension: str) -> Step | None:
    """Find numbers in folders: ``/list/43/`` and ``/list/43/2/`` or ``/list/43/page/2``, then ``/list/43/3/``.

    And in files that lie in a folder of the first one's name: ``/list/43.html`` and ``/list/43/2.html``.
    """
    tail = f".{extension}" if extension and there.endswith(f".{extension}") else ""
    mine = here.removesuffix(tail).rstrip("/").split("/")
    theirs = there.removesuffix(tail).rstrip("/").split("/")
    if not _is_number(theirs[-1]):
        return None
    number = int(theirs[-1])
    if theirs[:-1] == mine or (theirs[-2] in {"page", "p"} and theirs[:-2] == mine):
        return Step(None, number)
    if len(mine) == len(theirs) and mine[:-1] == theirs[:-1] and _is_number(mine[-1]):
        return Step(int(mine[-1]), number)
    return None


def _is_number(name: str) -> bool:
    return name.isdecimal() and len(name) <= 6


def _bare(stem: str) -> str:
    """Return the name of a file without what joins its number to it: of ``1001_``, ``1001-p`` and ``1001_page_``."""
    return _MARK.sub("", stem) or stem
