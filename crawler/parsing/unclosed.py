"""Elements that a page leaves open, closed before it is parsed.

By the HTML standard a link without its end tag goes on in every paragraph behind it, and a button, a list of choices
or an object holds what follows. Browsers show nearly nothing of that, so pages keep such faults for years. Here an
open link ends where its words end, and the others where they begin. Only a page that leaves something open
(:mod:`crawler.parsing.tag_order`) is read tag by tag, in one linear pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from crawler.parsing.tag_order import BLOCKS, ENDS, ENDS_PARAGRAPH, HOLDERS, RAW, VOID, WEAK, is_closed

__all__ = ["close_unclosed"]

_WORDS: Final = frozenset([b"style", b"title"])
"""Of these, what goes before the next tag is not the page's text."""
_ALONE: Final = frozenset([b"button", b"select"])
"""The next of its kind ends it."""

_TAG = re.compile(rb"<(?:!--|(/?)([a-zA-Z][a-zA-Z0-9]*))")
# To a tag's end; a quote counts only behind "=", as in the tokenizer.
_REST = re.compile(rb"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*+>""")
_HREF = re.compile(rb"""[\s/"']href\s*=""", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^<>]*+>")

_STOP: Final = "。".encode()
_AROUND: Final = {
    b"li": frozenset([b"ul", b"ol", b"menu", b"dir"]),
    b"dt": frozenset([b"dl"]),
    b"dd": frozenset([b"dl"]),
    **dict.fromkeys((b"caption", b"tbody", b"td", b"tfoot", b"th", b"thead", b"tr"), frozenset([b"table"])),
}
"""What begins only inside of these, and ends what its like before it left open."""
_KEPT: Final = re.compile(
    rb"(?:\s*</?(?:param|embed|source|track|optgroup|hr)\b[^<>]*+>|\s*</?option\b[^<>]*+>(?:[^<>]{0,90}+(?=</?opt))?)*",
    re.IGNORECASE,
)
"""What an open element keeps of what follows it at once."""
_MOST_BLOCKS: Final = 200
_LONGEST: Final = 120
"""Bytes of what a link left open may still say: forty Chinese characters, a headline; more is a paragraph."""


@dataclass(slots=True)
class _Link:
    """An open link: ``start`` is where its tag ends, ``end`` the first end of a line behind its text (-1 before that).

    ``blocks`` are the elements that are open inside of it, ``paragraph`` says that one is open around it.
    """

    start: int
    paragraph: bool
    end: int = -1
    said: bool = False
    blocks: list[bytes] = field(default_factory=list)


def close_unclosed(source: bytes) -> bytes:
    """Return the page (UTF-8) with end tags where they are missing; the same object where none is."""
    return source if is_closed(source) else _Closing(source).closed()


class _Closing:
    """One pass over the tags of a page."""

    __slots__ = ("_blocks", "_endless", "_holders", "_inserted", "_link", "_paragraph", "_source")

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._inserted: list[tuple[int, bytes]] = []
        self._link: _Link | None = None
        self._holders: dict[bytes, list[int]] = {}  # those open, by name: where each would be closed
        self._endless: set[bytes] = set()  # of raw text: those that nothing ends any more
        self._blocks: list[bytes] | None = None  # those open in an element of WEAK, where one is open
        self._paragraph = False

    def closed(self) -> bytes:
        """Return the page with its end tags."""
        source, position = self._source, 0
        while position >= 0 and (tag := _TAG.search(source, position)):
            if self._link is not None and not self._link.said:
                self._link.said = bool(source[position : tag.start()].strip())
            position = self._behind(tag)
        if self._link is not None:
            self._end_link(self._link, len(source))
        self._inserted += [(at, _end_tag(name)) for name, places in self._holders.items() for at in places]
        return self._with_ends()

    def _behind(self, tag: re.Match[bytes]) -> int:
        """Note what a tag does; return where to go on, -1 where the tokenizer drops the rest."""
        name = (tag[2] or b"").lower()
        if not name:
            end = self._source.find(b"-->", tag.end() - 2)
            return end + 3 if end >= 0 else -1
        rest = _REST.match(self._source, tag.end())
        if rest is None:
            return -1
        closing = bool(tag[1])
        if name == b"a":
            self._note_link(tag.start(), rest, closing=closing)
        elif name in BLOCKS:
            self._note_block(tag.start(), name, closing=closing)
        elif (name in RAW or name == b"script") and not closing:
            return self._behind_raw(name, rest.end())
        elif name in HOLDERS and not (name == b"svg" and rest[0].endswith(b"/>")):
            self._note_holder(tag.start(), name, rest.end(), closing=closing)
        return rest.end()

    def _note_link(self, start: int, rest: re.Match[bytes], *, closing: bool) -> None:
        link, self._link = self._link, None
        if closing:
            return
        if link is not None:
            self._end_link(link, start)
        if _HREF.search(rest[0]):
            self._link = _Link(rest.end(), self._paragraph)

    def _note_block(self, start: int, name: bytes, *, closing: bool) -> None:
        link = self._link
        if link is not None:
            if link.said and link.end < 0:
                link.end = start
            if _leaves(link, name, closing=closing):
                self._end_link(link, start)
                self._link = None
        if name in ENDS_PARAGRAPH:
            self._paragraph = name == b"p" and not closing
        if self._blocks is not None and name not in VOID:
            if not closing:
                self._blocks += [name] if len(self._blocks) < _MOST_BLOCKS else []
            elif name in self._blocks:
                while self._blocks.pop() != name:
                    pass

    def _end_link(self, link: _Link, last: int) -> None:
        """End a link behind its words, at ``last`` at the latest; at once if they are a paragraph's."""
        end = link.end if link.end >= 0 else last
        text = b" ".join(_MARKUP.sub(b"", self._source[link.start : end]).split())
        words = len(text) <= _LONGEST and not text.endswith(_STOP)
        self._inserted.append((end if words else link.start, b"</a>"))

    def _note_holder(self, start: int, name: bytes, end: int, *, closing: bool) -> None:
        places = self._holders.setdefault(name, [])
        if places and (closing or name in _ALONE):
            where = places.pop()
            if not closing:
                self._inserted.append((where, _end_tag(name)))
            elif self._link is not None and self._link.start > where:
                self._end_link(self._link, start)
                self._link = None
        if closing and name in WEAK:
            self._inserted += [(start, _end_tag(block)) for block in reversed(self._blocks or ())]
            self._blocks = None
        elif not closing:
            kept = _KEPT.match(self._source, end)
            places.append(kept.end() if kept is not None else end)
            if name in WEAK and self._blocks is None:
                self._blocks = []

    def _behind_raw(self, name: bytes, end: int) -> int:
        """Return where raw text that begins at ``end`` ends; scripts that do not end take the rest."""
        found = ENDS[name].search(self._source, end) if name not in self._endless else None
        if found is not None:
            return found.start()
        if name not in RAW:
            return -1
        self._endless.add(name)
        where = max(end, self._source.find(b"<", end)) if name in _WORDS else end
        self._inserted.append((where, _end_tag(name)))
        return where

    def _with_ends(self) -> bytes:
        out: list[bytes] = []
        done = 0
        for position, tag in sorted(self._inserted, key=itemgetter(0)):
            out += (self._source[done:position], tag)
            done = position
        out.append(self._source[done:])
        return b"".join(out)


def _end_tag(name: bytes) -> bytes:
    return b"</" + name + b">"


def _leaves(link: _Link, name: bytes, *, closing: bool) -> bool:
    """Say whether a tag ends an element around the link; note what it begins or ends inside."""
    blocks = link.blocks
    if name in VOID:
        return False
    if closing:
        if name not in blocks:
            return True
        while blocks.pop() != name:
            pass
        return False
    if name in _AROUND and _AROUND[name].isdisjoint(blocks):
        return True
    if link.paragraph and not blocks and name in ENDS_PARAGRAPH:
        return True
    blocks.append(name)
    return len(blocks) > _MOST_BLOCKS
