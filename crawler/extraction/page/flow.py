"""A page as a reader meets it: lines of text in order, and the elements that hold them. One pass over the tree.

Everything else in this package works on this flow: choosing the body is choosing a run of lines, and a date
beside the headline is a line near the headline's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from crawler.extraction.page.hints import AWAY_TAGS, HIDDEN, hints_of, is_hidden

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["MAX_NODES", "Flow", "Line", "Media", "read_flow"]

MAX_NODES = 400_000
"""Nodes of a page that are looked at; a page of more is cut there, so that its time is bounded."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "textarea",
        "select",
        "button",
        "input",
        "svg",
        "canvas",
        "map",
        "head",
        "title",
        "object",
        "applet",
        "datalist",
    ]
)
MEDIA = frozenset(["img", "video", "audio", "iframe", "embed", "source"])
# Of these, pages have hundreds, and what they are called says nothing that their list does not.
_PLAIN = frozenset(["li", "tr", "dd", "dt", "tbody"])
_STRONG = frozenset(["b", "strong"])
_LONG_COMMENT = 200
_STYLED = frozenset(["span", "em"])  # what pages hide by a style of its own
_BREAKS = frozenset(["br", "hr"])
# The elements of which nothing but their place is noted, beside those above.
_BLOCKS = (
    "body", "div", "p", "ul", "ol", "dl", "table", "td", "th", "center", "section", "article", "header", "footer",
    "nav", "aside", "main", "form", "blockquote", "pre", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
_BLOCK, _INLINE, _TEXT, _BREAK, _SKIPPED, _MEDIA, _COMMENT = range(7)


def _known() -> dict[int, tuple[str, int]]:
    """Name and kind of the nodes that pages are made of, by lexbor's number, which is had faster than the name."""
    parser = LexborHTMLParser("<body>x<!---->")
    found: dict[int, tuple[str, int]] = {}
    for node in parser.root.traverse(include_text=True) if parser.root is not None else ():
        if node.is_text_node:
            found[node.tag_id] = ("-text", _TEXT)
        elif node.is_comment_node:
            found[node.tag_id] = ("-comment", _COMMENT)
    for names, kind in (
        (_BLOCKS, _BLOCK),
        (_PLAIN, _BLOCK),
        (INLINE, _INLINE),
        (_BREAKS, _BREAK),
        (SKIPPED, _SKIPPED),
        (MEDIA, _MEDIA),
    ):
        found.update((parser.create_node(name).tag_id, (name, kind)) for name in names)
    return found


_KNOWN: Final = _known()
_TEXT_NUMBER: Final = next(number for number, (_, kind) in _KNOWN.items() if kind == _TEXT)


@dataclass(slots=True)
class Line:
    """A run of text between two breaks.

    ``pieces`` are its text nodes as written, ``linked`` and ``strong`` the characters inside links and bold type,
    ``block`` the index of the innermost block element, ``tag`` that element's. ``labels`` are those that it has of
    those that were ``asked`` for (see :mod:`crawler.extraction.labels.table`).
    """

    text: str
    pieces: list[str]
    linked: int
    block: int
    tag: str
    strong: int = 0
    labels: int = 0
    asked: int = 0


@dataclass(slots=True)
class Media:
    """A picture, film or frame: its node, the number of lines before it, the index of its element's parent."""

    node: LexborNode
    line: int
    parent: int


@dataclass(slots=True)
class Flow:
    """Lines, and elements as parallel lists in document order.

    Element *i* has ``tags[i]``, ``nodes[i]``, ``parents[i]`` (-1 for the root) and holds the lines
    ``starts[i] : ends[i]``; ``flags[i]`` are the hints of its own name (``names[i]``). ``marks`` are comments worth
    knowing: (text, number of lines before it).
    """

    lines: list[Line] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)

    def ancestors(self, element: int) -> list[int]:
        """The element and all around it, innermost first."""
        chain = []
        while element >= 0:
            chain.append(element)
            element = self.parents[element]
        return chain

    def around(self, first: int, last: int) -> int:
        """The innermost element that holds the lines ``first`` to ``last``; the root if none below it does."""
        inside = self.ancestors(self.lines[first].block)
        return next((element for element in inside if self.ends[element] > last), 0)

    def text(self, start: int, end: int) -> str:
        """The text of some lines."""
        return "\n".join(line.text for line in self.lines[start:end])


def read_flow(root: LexborNode | None, *, hidden: bool = False) -> Flow:
    """The flow of everything under ``root``; what is hidden by its style is left out unless asked for.

    The tree is walked by hand and not by selectolax's traversal, so that nothing below an element that is skipped is
    looked at, and no node is asked for its parent.
    """
    flow = Flow()
    if root is None:
        return flow
    lines, media, marks = flow.lines, flow.media, flow.marks
    tags, nodes, parents, starts = flow.tags, flow.nodes, flow.parents, flow.starts
    ends, flags, names = flow.ends, flow.flags, flow.names
    known = _KNOWN
    unwanted = 0 if hidden else HIDDEN
    buffer: list[str] = []
    linked = strong = begun = 0
    in_link = in_strong = 0
    current = block = -1
    stack: list[tuple[LexborNode, int, int, int, int]] = []
    node: LexborNode | None = root
    for _ in repeat(None, MAX_NODES):
        while node is None:  # behind the last child: its element ends
            if not stack:
                break
            if buffer and block == current:
                _flush(flow, buffer, linked, strong, begun)
                buffer = []
            ends[current] = len(lines) + bool(buffer)
            node, current, block, in_link, in_strong = stack.pop()
            node = node.next if stack else None
        if node is None:
            break
        number = node.tag_id
        if number == _TEXT_NUMBER:  # half of a page's nodes are the spaces between its elements
            if node.is_empty_text_node or (data := node.text_content) is None or data.isspace():
                if buffer:
                    buffer.append(" ")
            else:
                if not buffer:
                    begun = block
                    linked = strong = 0
                buffer.append(data)
                if in_link:
                    linked += len(data.strip())
                if in_strong:
                    strong += len(data)
            node = node.next
            continue
        tag, kind = known.get(number) or (node.tag or "", _BLOCK)
        if kind == _BLOCK:
            if buffer:
                _flush(flow, buffer, linked, strong, begun)
                buffer = []
            if tag in _PLAIN:
                name, own = "", 0
            else:
                attributes = node.attributes
                name, own = hints_of(tag, attributes) if attributes or tag in AWAY_TAGS else ("", 0)
                if own & unwanted:
                    node = node.next
                    continue
            child = node.first_child
            leaf = "" if child is None else child.text_content if child.next is None else None
            if leaf is not None:
                # Blocks without further elements mostly hold one text or nothing: no need to open and close them.
                start = end = len(lines)
                if text := " ".join(leaf.split()):
                    linked = len(leaf.strip()) if in_link else 0
                    lines.append(Line(text, [leaf], linked, len(tags), tag, len(leaf) if in_strong else 0))
                    end += 1
                tags.append(tag)
                nodes.append(node)
                parents.append(current)
                starts.append(start)
                ends.append(end)
                flags.append(own)
                names.append(name)
                node = node.next
                continue
            stack.append((node, current, block, in_link, in_strong))
            parents.append(current)
            current = block = len(tags)
        elif kind == _INLINE:
            child = node.first_child
            if child is None:
                node = node.next
                continue
            if tag in _STYLED and (style := node.attributes.get("style")) and is_hidden(style) and unwanted:
                node = node.next
                continue
            if child.next is None and (leaf := child.text_content) is not None:
                # Most links and bold words hold one text: no need to open and close them.
                if not leaf.isspace():
                    if not buffer:
                        begun = block
                        linked = strong = 0
                    buffer.append(leaf)
                    if in_link or tag == "a":
                        linked += len(leaf.strip())
                    if in_strong or tag in _STRONG:
                        strong += len(leaf)
                elif buffer:
                    buffer.append(" ")
                node = node.next
                continue
            stack.append((node, current, block, in_link, in_strong))
            parents.append(current)
            current = len(tags)
            if tag == "a":
                in_link += 1
            elif tag in _STRONG:
                in_strong += 1
            name, own = "", 0
        else:
            if kind == _BREAK:
                if buffer:
                    _flush(flow, buffer, linked, strong, begun)
                    buffer = []
            elif kind == _MEDIA:
                media.append(Media(node, len(lines) + bool(buffer), current))
            elif kind == _COMMENT and len(content := node.comment_content or "") < _LONG_COMMENT:
                marks.append((content, len(lines) + bool(buffer)))
            node = node.next
            continue
        tags.append(tag)
        nodes.append(node)
        starts.append(len(lines))
        ends.append(-1)
        flags.append(own)
        names.append(name)
        node = child
    if buffer:
        _flush(flow, buffer, linked, strong, begun)
    if stack:  # the page was cut
        flow.ends = [end if end >= 0 else len(lines) for end in ends]
    return flow


def _flush(flow: Flow, buffer: list[str], linked: int, strong: int, block: int) -> None:
    text = " ".join((buffer[0] if len(buffer) == 1 else "".join(buffer)).split())
    if text:
        flow.lines.append(Line(text, buffer, linked, block, flow.tags[block], strong))
