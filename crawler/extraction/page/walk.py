"""One pass over the tree of a page, which makes its flow.

Walked by hand: nothing below what is skipped is looked at, no parent is asked for, no leaf opened and closed.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from crawler.extraction.page.flow import Flow, Line, Media
from crawler.extraction.page.hints import HIDDEN, hints_of, is_hidden
from crawler.extraction.page.links import closing_link
from crawler.extraction.page.tags import (
    BLOCK,
    BREAK,
    COMMENT,
    INLINE,
    KINDS,
    MEDIA,
    PLAIN,
    SKIPPED,
    STRONG,
    STYLED,
    TEXT_NUMBER,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["MAX_NODES", "read_flow"]

MAX_NODES = 400_000
"""Nodes of a page that are looked at; a page of more is cut there, so that its time is bounded."""

_LONG_COMMENT = 200
_FEW_PICTURES = 3  # for browsers without scripts, in one place
_ENDING = frozenset([BLOCK, BREAK])
_SENTENCE = 20  # letters: a short one
_STOPS = "。！？…；”"


def read_flow(root: LexborNode | None, *, hidden: bool = False) -> Flow:
    """Return the flow of everything under ``root``; what is hidden by its style is left out unless asked for."""
    flow = Flow()
    lines, ends, kinds, unwanted = flow.lines, flow.ends, KINDS, 0 if hidden else HIDDEN
    tags, nodes, parents, starts = flow.tags, flow.nodes, flow.parents, flow.starts
    flags, names, links = flow.flags, flow.names, flow.links
    buffer: list[str] = []  # the line that is open, and its characters in links and in bold type
    linked = strong = 0
    in_link = in_strong = inside_link = inside_strong = False
    node, current, block = root, -1, -1
    stack: list[tuple[LexborNode, int, int, bool, bool]] = []
    for _ in repeat(None, MAX_NODES):
        while node is None and stack:  # behind the last child: its element ends
            if buffer and block == current:
                buffer, linked, strong = _end_line(flow, buffer, linked, strong, block)
            ends[current] = len(lines) + bool(buffer)
            node, current, block, in_link, in_strong = stack.pop()
            node = node.next if stack else None
        if node is None:
            break
        number = node.tag_id
        if number == TEXT_NUMBER:  # half of a page's nodes are the spaces between its elements
            if node.is_empty_text_node or (text := node.text_content) is None or text.isspace():
                if buffer:
                    buffer.append(" ")
            else:
                buffer.append(text)
                linked += len(text.strip()) if in_link else 0
                strong += len(text) if in_strong else 0
            node = node.next
            continue
        tag, kind = kinds.get(number) or (node.tag or "", BLOCK)
        if buffer and kind in _ENDING:
            buffer, linked, strong = _end_line(flow, buffer, linked, strong, block)
        if kind > INLINE:
            node = _note(flow, node, kind, len(lines) + bool(buffer), current)
            continue
        name, own, child, start = "", 0, node.first_child, len(lines)
        leaf = "" if child is None else child.text_content if child.next is None else None
        if kind == BLOCK:
            inside_link, inside_strong = in_link, in_strong
            if tag not in PLAIN:
                name, own = hints_of(tag, node.attributes)
            if own & unwanted:
                node = node.next
                continue
            if leaf and (text := " ".join(leaf.split())):
                size = len(leaf.strip()) if in_link else 0
                lines.append(Line(text, [leaf], size, len(ends), tag, len(leaf) if in_strong else 0))
        else:
            if unwanted and tag in STYLED and _is_hidden(node):
                leaf = ""
            inside_link = in_link or (tag == "a" and "href" in node.attrs)
            inside_strong = in_strong or tag in STRONG
            if leaf and not leaf.isspace():
                buffer.append(leaf)
                linked += len(leaf.strip()) if inside_link else 0
                strong += len(leaf) if inside_strong else 0
            elif leaf and buffer:
                buffer.append(" ")
            if leaf is not None:
                node = node.next
                continue
        tags.append(tag)
        nodes.append(node)
        parents.append(current)
        starts.append(start)
        flags.append(own)
        names.append(name)
        if leaf is not None:
            ends.append(len(lines))
            node = node.next
            continue
        ends.append(-1)
        stack.append((node, current, block, in_link, in_strong))
        current = len(ends) - 1
        links += [current] if inside_link and not in_link else ()
        block = current if kind == BLOCK else block
        in_link, in_strong, node = inside_link, inside_strong, child
    return _finished(flow, buffer, linked, strong, block)


def _finished(flow: Flow, buffer: list[str], linked: int, strong: int, block: int) -> Flow:
    """Close what is open where a page was cut, note the elements with hints, and take back links that are none."""
    if buffer:
        _end_line(flow, buffer, linked, strong, block)
    if -1 in flow.ends:
        count = len(flow.lines)
        flow.ends = [end if end >= 0 else count for end in flow.ends]
    flow.hinted = [element for element, own in enumerate(flow.flags) if own]
    for link in flow.links:
        _unlink([line for line in flow.lines[flow.starts[link] : flow.ends[link]] if line.linked])
    copies: dict[str | None, list[Line]] = {}
    for line in flow.lines:
        if line.linked >= _SENTENCE and 2 * line.linked > len(line.text) and _is_sentence(line):
            anchor = flow.nodes[line.block].css_first("a[href]")
            if anchor is not None:  # it stands inside of the line's element
                copies.setdefault(anchor.attributes["href"], []).append(line)
    for lines in copies.values():
        _unlink(lines)
    return flow


def _unlink(lines: list[Line]) -> None:
    """Take back a link around the sentences of several paragraphs: it was left open, and copied into each."""
    if len({line.text for line in lines if _is_sentence(line)}) > 1:
        for line in lines:
            line.linked = 0


def _is_sentence(line: Line) -> bool:
    return len(line.text) >= _SENTENCE and line.text[-1] in _STOPS


def _is_hidden(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return bool(style) and is_hidden(style or "")


def _note(flow: Flow, node: LexborNode, kind: int, line: int, parent: int) -> LexborNode | None:
    """Keep a picture or film (one for browsers without scripts, too), or a short comment; return what is behind it."""
    if kind == MEDIA:
        flow.media.append(Media(node, line, parent))
    elif kind == SKIPPED and node.tag == "noscript":
        flow.media += [Media(picture, line, parent) for picture in node.css("img")[:_FEW_PICTURES]]
    elif kind == COMMENT and len(content := node.comment_content or "") < _LONG_COMMENT:
        flow.marks.append((content, line))
    return node.next


def _end_line(
    flow: Flow, buffer: list[str], linked: int, strong: int, block: int
) -> tuple[list[str], int, int]:
    """Make a line of what is open, and return what is open then."""
    text = " ".join((buffer[0] if len(buffer) == 1 else "".join(buffer)).split())
    if linked and len(buffer) > 1 and (last := closing_link(buffer, linked)):  # a line of its own
        rest = text[: text.rfind(" ".join(last.split()))].rstrip()
        flow.lines.append(Line(rest, [*buffer[:-1]], 0, block, flow.tags[block], 0))
        buffer, text, strong = [last], " ".join(last.split()), 0
    if text:
        flow.lines.append(Line(text, buffer, linked, block, flow.tags[block], strong))
    return [], 0, 0
