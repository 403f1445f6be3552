"""A page as a reader meets it: lines of text in order, and the elements that hold them. One pass over the tree.

Everything else in this package works on this flow: choosing the body is choosing a run of lines, and a date
beside the headline is a line near the headline's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.hints import HIDDEN, hints_of, is_hidden

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
_BREAKS = frozenset(["br", "hr"])


@dataclass(slots=True)
class Line:
    """A run of text between two breaks.

    ``pieces`` are its text nodes as written, ``linked`` and ``strong`` the characters inside links and bold type,
    ``block`` the index of the innermost block element, ``tag`` that element's.
    """

    text: str
    pieces: list[str]
    linked: int
    block: int
    tag: str
    strong: int = 0


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

    def text(self, start: int, end: int) -> str:
        """The text of some lines."""
        return "\n".join(line.text for line in self.lines[start:end])


def read_flow(root: LexborNode | None, *, hidden: bool = False, marked: bool = False) -> Flow:
    """The flow of everything under ``root``; what is hidden by its style is left out unless asked for.

    ``marked``: note the comments, too (they are not among the nodes that a traversal yields).
    """
    flow = Flow()
    if root is None:
        return flow
    lines, ends = flow.lines, flow.ends
    rows: list[tuple[str, LexborNode, int, int, int, str]] = []
    unwanted = 0 if hidden else HIDDEN
    buffer: list[str] = []
    linked = strong = begun = 0
    in_link = in_strong = 0
    parent = root.parent
    ids = [parent.mem_id if parent is not None else 0]
    stack: list[tuple[int, int, int, int]] = [(-1, -1, 0, 0)]
    open_ids = set(ids)
    current = block = -1
    for node in islice(root.traverse(include_text=True, skip_empty=True), MAX_NODES):
        parent = node.parent
        above = parent.mem_id if parent is not None else 0
        if above != ids[-1]:
            if above not in open_ids:  # inside something that is skipped
                continue
            while ids[-1] != above:
                if buffer and rows[current][0] not in INLINE:
                    _flush(flow, buffer, linked, strong, begun)
                    buffer = []
                if marked:
                    _note(flow, rows[current][1].last_child, len(lines) + bool(buffer))
                ends[current] = len(lines) + bool(buffer)
                open_ids.discard(ids.pop())
                stack.pop()
                current, block, in_link, in_strong = stack[-1]
        tag = node.tag or ""
        if marked:
            _note(flow, node.prev, len(lines) + bool(buffer))
        if tag == "-text":
            data = node.text_content
            if data is None or data.isspace():
                if buffer:
                    buffer.append(" ")
                continue
            if not buffer:
                begun = block
                linked = strong = 0
            buffer.append(data)
            if in_link:
                linked += len(data.strip())
            if in_strong:
                strong += len(data)
            continue
        inline = tag in INLINE
        if inline:
            own = 0
            child = node.first_child
            if child is None:
                continue
            if buffer and (before := node.prev) is not None and before.is_empty_text_node:
                buffer.append(" ")  # the traversal leaves out text that is all spaces
            if tag == "span":
                style = node.attributes.get("style")
                own = HIDDEN if style and is_hidden(style) else 0
            if not own and child.next is None and (leaf := child.text_content) is not None:
                # Most links and bold words hold one text: no need to open and close them. The text comes
                # again as a node of an element that is not open, and is passed over.
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
                continue
            if tag == "a":
                in_link += 1
            elif tag in _STRONG:
                in_strong += 1
            name = ""
        elif tag in _BREAKS:
            if buffer:
                _flush(flow, buffer, linked, strong, begun)
                buffer = []
            continue
        elif tag in SKIPPED:
            continue
        elif tag in MEDIA:
            flow.media.append(Media(node, len(lines) + bool(buffer), current))
            continue
        else:
            if buffer:
                _flush(flow, buffer, linked, strong, begun)
                buffer = []
            name, own = hints_of(tag, node.attributes) if tag not in _PLAIN else ("", 0)
        if own & unwanted:
            if tag == "a":
                in_link -= 1
            continue
        current = len(rows)
        rows.append((tag, node, stack[-1][0], len(lines), own, name))
        ends.append(-1)
        if not inline:
            block = current
        stack.append((current, block, in_link, in_strong))
        ids.append(node.mem_id)
        open_ids.add(ids[-1])
    if buffer:
        _flush(flow, buffer, linked, strong, begun)
    total = len(lines)
    flow.ends = [end if end >= 0 else total for end in ends]
    if rows:
        columns = zip(*rows, strict=True)
        flow.tags, flow.nodes, flow.parents, flow.starts, flow.flags, flow.names = map(list, columns)
    for line in lines:
        line.tag = flow.tags[line.block]
    return flow


def _note(flow: Flow, node: LexborNode | None, line: int) -> None:
    """Notes the comments that end with ``node``, in order."""
    if node is None or not node.is_comment_node:
        return
    found: list[str] = []
    while node is not None and node.is_comment_node:
        if len(content := node.comment_content or "") < _LONG_COMMENT:
            found.append(content)
        node = node.prev
    flow.marks.extend((content, line) for content in reversed(found))


def _flush(flow: Flow, buffer: list[str], linked: int, strong: int, block: int) -> None:
    text = " ".join("".join(buffer).split())
    if text:
        flow.lines.append(Line(text, buffer, linked, block, "", strong))
