"""XML of strangers: bounded, without entities of its own, document types or the network, and forgiving.

Feeds hold bare ampersands and angle brackets, HTML that nobody escaped, elements without an end. One of these costs
no more than the element that it stands in: an end tag ends what was left open inside, the next entry ends the one
before, and what is no tag is text. Nothing of a document type is read, so that neither a billion laughs nor ``file:``
does anything.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["MAX_ENTRIES", "Element", "decode_entities", "elements"]

MAX_ENTRIES: Final = 50_000
"""Entries of one file, the protocol's own limit; what is beyond is counted and left out."""

_TOKEN = re.compile(
    r"<(?:(?P<data>!\[CDATA\[)|(?P<aside>!--|[!?])|(?P<end>/?)(?P<name>[A-Za-z_][\w.-]{0,60}+(?::[\w.-]{1,60}+)?)(?=[\s/>]))"
)
# To a tag's end: a bracket inside shows that it is none.
_REST = re.compile(r"""(?:[^<>=]++|=\s*+(?:"[^"<]*+"|'[^'<]*+')?)*+>""")
_LEAF = re.compile(r"([^<]*+)</([\w:.-]{1,121}+)>")
_ATTRIBUTE = re.compile(r"""([\w.:-]{1,80}+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))""")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_LEAVES: Final = frozenset(
    ("title", "link", "guid", "id", "pubdate", "published", "issued", "updated", "modified", "date", "loc", "lastmod",
     "changefreq", "priority")
)  # fmt: skip
"""What holds no other element: the next that may stand beside it ends one without an end tag."""
_BESIDE: Final = _LEAVES | frozenset(
    (
        "description",
        "summary",
        "content",
        "encoded",
        "author",
        "creator",
        "category",
        "comments",
        "enclosure",
        "source",
    )
)
_CODE: Final = frozenset(("script", "style"))
_MOST: Final = 200
"""Elements of one entry that are kept."""
_BASE: Final = "xml:base"


@dataclass(slots=True)
class Element:
    """An entry, or an element of one.

    ``name`` is its local name in lower case, ``space`` its namespace (the prefix where nothing declares it, else
    empty), ``base`` what its relative URLs are relative to. An entry's ``children`` stand directly inside of it,
    whatever is below them is among theirs. ``is_whole`` is false where the file ends inside.
    """

    name: str
    space: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    pieces: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    is_whole: bool = True

    @property
    def text(self) -> str:
        """The text inside, stripped; of a child that of its own children too."""
        return "".join(self.pieces).strip()


class _Open(NamedTuple):
    """An element that is open: its name as written, in lower case, what holds inside, and itself where it is kept."""

    name: str
    base: str
    spaces: Mapping[str, str]
    element: Element | None


def elements(text: str, names: frozenset[str], base: str) -> Iterator[Element]:
    """Yield the elements of these local names (lower case) in order, as far as they can be read.

    They do not hold one another: the next ends one that is open. ``base`` is the file's URL.
    """
    return _Reading(text, names, base).entries()


class _Reading:
    """One pass over a file; ``_stack`` is what is open, from the file itself."""

    __slots__ = ("_endless", "_entry", "_names", "_open", "_position", "_stack", "_text")

    def __init__(self, text: str, names: frozenset[str], base: str) -> None:
        self._text = text
        self._names = names
        self._position = 0
        self._stack = [_Open("", base, {}, None)]
        self._open: Counter[str] = Counter()
        self._endless: set[str] = set()  # the ends of comments and the like that do not come any more
        self._entry = 0  # where in the stack the entry is, 0 where none is open

    def entries(self) -> Iterator[Element]:
        """Yield what ends, and at last what does not."""
        text = self._text
        while token := _TOKEN.search(text, self._position):
            self._say(text[self._position : token.start()])
            self._position = token.end()
            if token["data"] or token["aside"]:
                self._pass(token)
                continue
            rest = _REST.match(text, token.end())
            if rest is None:
                self._say("<")
                self._position = token.start() + 1
                continue
            self._position = rest.end()
            ended = (
                self._end(token["name"].lower())
                if token["end"]
                else self._begin(token["name"].lower(), rest[0])
            )
            if ended is not None:
                yield ended
        if self._entry:
            entry = None
            for frame in self._stack[self._entry :]:
                if frame.element is not None:
                    frame.element.is_whole = False
                    entry = entry or frame.element
            if entry is not None:
                yield entry

    def _pass(self, token: re.Match[str]) -> None:
        """Read a CDATA section; pass over a comment, an instruction, a declaration."""
        text, start = self._text, token.end()
        if not token["data"]:
            mark = "-->" if token["aside"] == "!--" else ">"
            end = text.find(mark, start) if mark not in self._endless else -1
            self._position = end + len(mark) if end >= 0 else start
            if end < 0:
                self._endless.add(mark)
            return
        end = text.find("]]>", start)
        closing = text.find("</" + self._stack[-1].name, start)  # of one that is not ended
        if end < 0 or (start <= closing < end and text.find("<![CDATA[", closing, end) >= 0):
            end = closing if closing >= 0 else len(text)
            self._position = end
        else:
            self._position = end + 3
        self._say(text[start:end], decoded=True)

    def _say(self, text: str, *, decoded: bool = False) -> None:
        """Add text to the elements of the entry that it stands in."""
        if (
            not text
            or not self._entry
            or len(self._stack) <= self._entry + 1
            or self._stack[-1].name in _CODE
        ):
            return
        if not decoded:
            text = decode_entities(text)
        child, last = self._stack[self._entry + 1].element, self._stack[-1].element
        if child is not None:
            child.pieces.append(text)
        if last is not None and last is not child:
            last.pieces.append(text)

    def _begin(self, name: str, rest: str) -> Element | None:
        """Open an element; return the entry that ends there."""
        prefix, _, local = name.rpartition(":")
        ended = None
        if local in self._names:
            ended = self._cut_back(self._entry) if self._entry else None
        elif self._entry and local in _BESIDE and len(self._stack) > self._entry + 1:
            child = self._stack[self._entry + 1].element
            if child is not None and child.name in _LEAVES:
                self._cut_back(self._entry + 1)
        around = self._stack[-1]
        attributes, base, spaces = _EMPTY, around.base, around.spaces
        if "=" in rest:
            attributes = _attributes(rest)
            base = join(base, attributes[_BASE]) if _BASE in attributes else base
            declared = {key[6:]: value for key, value in attributes.items() if key.startswith("xmlns")}
            spaces = {**spaces, **declared} if declared else spaces
        element = self._kept(local, spaces.get(prefix, prefix), attributes, base)
        if rest.endswith("/>") and local not in self._names:
            return ended
        leaf = _LEAF.match(self._text, self._position) if element is not None else None
        if leaf is not None and leaf[2].lower() == name and element is not None and local not in self._names:
            self._stack.append(_Open(name, base, spaces, element))
            self._say(leaf[1])
            self._stack.pop()
            self._position = leaf.end()
            return ended
        self._stack.append(_Open(name, base, spaces, element))
        self._open[name] += 1
        return ended

    def _kept(self, local: str, space: str, attributes: Mapping[str, str], base: str) -> Element | None:
        """Return the element to keep of a tag: an entry, a child, one below a child; None of all others."""
        element = Element(local, space, attributes, base)
        if local in self._names:
            self._entry = len(self._stack)
            return element
        if not self._entry:
            return None
        above = self._stack[min(self._entry + 1, len(self._stack) - 1)].element
        if above is None or len(above.children) >= _MOST:
            return None
        above.children.append(element)
        return element

    def _end(self, name: str) -> Element | None:
        """Close an element and all inside of it; return the entry if it ends."""
        if not self._open[name]:
            return None  # nothing of the name is open
        at = len(self._stack) - 1
        while self._stack[at].name != name:
            at -= 1
        return self._cut_back(at)

    def _cut_back(self, at: int) -> Element | None:
        """Close what is open from a place in the stack on; return the entry if it ends."""
        entry = self._stack[self._entry].element if self._entry > 0 and at <= self._entry else None
        for frame in self._stack[at:]:
            self._open[frame.name] -= 1
        del self._stack[at:]
        if entry is not None:
            self._entry = 0
        return entry


_EMPTY: Final[Mapping[str, str]] = {}


def decode_entities(text: str) -> str:
    """Return a text with the entities of XML and HTML as characters; one without its semicolon is none."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return html5.get(match[3] + ";", match[0])
    return unescape(match[0])


def _attributes(rest: str) -> dict[str, str]:
    return {
        key.lower(): decode_entities(double or single or bare).strip()
        for key, double, single, bare in _ATTRIBUTE.findall(rest)
    }
