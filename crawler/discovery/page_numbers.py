"""Which pages belong to one list, told by their URLs.

``node_176_2.htm`` (Founder: ``_2`` is page 2), ``index_1.shtml`` (TRS: ``_1`` is page 2), ``index2.html``,
``33168-1.shtml``, ``list-253-1.html``, ``?page=2``, ``/page/2/``, ``/list/43/2/``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Step", "file_parts", "step"]

_QUERY = re.compile(
    r"(?<=[?&])(?:page|pageno|page_no|pagenum|page_num|pageindex|curpage|currentpage|paged|pn|pg|p)=(\d{1,6})(?=&|$)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(.*?[^0-9]|)([0-9]{1,6})\Z", re.DOTALL)
_FIRST_NAMES = ("", "index", "default", "list", "page", "more")


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
    if folder != there_folder:
        return _by_folder(here, there)
    if not there_name:
        return _by_folder(here, there)
    if name and extension != there_extension:
        return None
    tail = _TAIL.fullmatch(there_name)
    if tail is None:
        return None
    stem, number = tail[1], int(tail[2])
    bare = stem.rstrip("-_")
    if name == bare or (not name and bare.lower() in _FIRST_NAMES):
        return Step(None, number)
    here_tail = _TAIL.fullmatch(name)
    if here_tail is not None and here_tail[1] == stem:
        return Step(int(here_tail[2]), number)
    return None


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


def _by_folder(here: str, there: str) -> Step | None:
    """Find numbers in folders: ``/list/43/`` and ``/list/43/2/`` or ``/list/43/page/2``, then ``/list/43/3/``."""
    mine, theirs = here.rstrip("/").split("/"), there.rstrip("/").split("/")
    if not theirs[-1].isdecimal() or len(theirs[-1]) > 6:
        return None
    number = int(theirs[-1])
    if theirs[:-1] == mine or (theirs[-2] in {"page", "p"} and theirs[:-2] == mine):
        return Step(None, number)
    if len(mine) == len(theirs) and mine[:-1] == theirs[:-1] and mine[-1].isdecimal() and len(mine[-1]) <= 6:
        return Step(int(mine[-1]), number)
    return None
