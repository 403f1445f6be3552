"""Links of a page to files: documents, tables, archives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extraction.page.addresses import absolute
from crawler.extraction.page.hints import AWAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from crawler.extraction.page.flow import Flow

__all__ = ["File", "file_type", "files_of", "links_to_file", "shows_file"]

_ENDING = re.compile(
    r"\.(docx?|xlsx?|pptx?|pdf|wps|et|dps|ofd|ceb|rtf|csv|zip|rar|7z)\W{0,3}$", re.IGNORECASE
)
_MAY_END = re.compile(r"(?:\.|%2e)(?:doc|xls|ppt|pdf|wps|et|dps|ofd|ceb|rtf|csv|zip|rar|7z)", re.IGNORECASE)
_FRAMES = frozenset(["iframe", "embed"])


@dataclass(frozen=True, slots=True)
class File:
    """A link to a file: its address, its words, the file's ending, and the line it stands on."""

    url: str
    title: str
    type: str
    line: int


def file_type(url: str, words: str = "") -> str:
    """Return the ending of the file that an address leads to (``pdf``), by its path, a parameter, or the link's words.

    An empty string where it leads to a page.
    """
    if not _MAY_END.search(url) and not _ENDING.search(words):
        return ""
    try:
        parts = urlsplit(url)
        named = [parts.path, *(value for _, value in parse_qsl(parts.query))]
    except ValueError:
        named = []
    for name in (*named, words):
        if found := _ENDING.search(unquote(name)):
            return found.group(1).lower()
    return ""


def files_of(flow: Flow, lines: Iterable[int], base: str) -> list[File]:
    """Return the files that some lines of a page link to, each once; those shown in a frame there, too.

    What stands in an element named as something else is left out.
    """
    wanted = list(lines)
    found: dict[str, File] = {}
    for i in wanted:
        if i >= len(flow.lines):
            break  # a page may end in a frame that shows a file, with no line behind it
        line = flow.lines[i]
        if line.linked and not any(flow.flags[element] & AWAY for element in flow.ancestors(line.block)):
            for node in flow.nodes[line.block].css("a[href]"):
                _add(found, base, node.attributes.get("href") or "", " ".join(node.text().split()), i)
    inside = range(wanted[0], wanted[-1] + 2) if wanted else range(0)
    for media in flow.media:
        if media.node.tag in _FRAMES and media.line in inside:
            _add(found, base, media.node.attributes.get("src") or "", "", media.line)
    return list(found.values())


def links_to_file(flow: Flow, line: int) -> bool:
    """Say whether a line holds a link to a file."""
    links = flow.nodes[flow.lines[line].block].css("a[href]")
    return any(file_type(node.attributes.get("href") or "", node.text().strip()) for node in links)


def shows_file(node: LexborNode) -> bool:
    """Say whether an element is a frame that shows a file."""
    return node.tag in _FRAMES and file_type(node.attributes.get("src") or "") != ""


def _add(found: dict[str, File], base: str, href: str, words: str, line: int) -> None:
    ending = file_type(href, words)
    url = absolute(base, href.strip()) if ending else None
    if url is not None and url not in found:
        found[url] = File(url, words or _file_name(url), ending, line)


def _file_name(url: str) -> str:
    """Return the name of the file that an address, or a parameter of it, ends in."""
    parts = urlsplit(url)
    named = [parts.path, *(value for _, value in parse_qsl(parts.query))]
    name = next((name for name in named if _ENDING.search(unquote(name))), url)
    return unquote(name).rpartition("/")[2]
