"""Articles that say nothing themselves: a notice that is an attachment, or several; pictures alone."""

from __future__ import annotations

from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from crawler.extraction.labels.model import ATTACHMENT, CREDITS, FACTS, HEADING, LEGAL, LIST_HEADING
from crawler.extraction.labels.table import EDGE, has
from crawler.extraction.page.files import files_of
from crawler.extraction.page.walk import read_flow
from crawler.extraction.text.body import Body
from crawler.extraction.text.parting import begins_list
from crawler.extraction.text.place import place_of
from crawler.parsing import Document

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Line
    from crawler.extraction.text.place import Anchor

__all__ = ["attached_lines", "names_of_files", "place_shown"]

_WORDS = 6  # letters of the shortest that is said beside files
_BEHIND = 12  # lines behind a text among which its attachments stand


def attached_lines(flow: Flow, top: int, place: Body) -> list[int]:
    """Return the lines that may link to an article's attachments: from line ``top`` to some lines behind its text.

    ``place`` is where the text stands, or would.
    """
    last = max(place.lines, default=place.end - 1)
    behind = range(last + 1, min(last + 1 + _BEHIND, len(flow.lines)))
    return [*range(min(top, place.start), last + 1), *takewhile(lambda i: _may_be_attached(flow, i), behind)]


def _may_be_attached(flow: Flow, index: int) -> bool:
    line = flow.lines[index]
    if has(line, ATTACHMENT):
        return True
    return not has(line, HEADING | LEGAL) and not begins_list(flow, index)


def place_shown(flow: Flow, anchor: Anchor) -> Body:
    """Return where the files or pictures of an article without words stand: up to its credits, or a heading."""
    place = place_of(flow, anchor)
    end = flow.ends[place.text]
    if place.flat:
        behind = range(anchor.first, end)
        end = next(
            (i for i in behind if has(flow.lines[i], HEADING | LEGAL | CREDITS) or place.parts(i)), end
        )
    start = anchor.first if anchor.kind == "pictures" else max(anchor.row + 1, anchor.end)
    return Body(place.text, start, end, (), anchor=anchor)


def names_of_files(flow: Flow, place: Body, doc: Document) -> tuple[Flow, Body] | None:
    """Return the words of the files at a place as a flow of their own, a line each, or None.

    What is said beside them in short, is kept with them.
    """
    within = range(place.start, max(place.end, place.start + 1))
    files = files_of(flow, within, doc.base_url)
    if not files:
        return None
    said = [(file.line, file.title) for file in files]
    said += [(i, flow.lines[i].text) for i in within if i < place.end and _is_said(flow.lines[i])]
    named = "".join(f"<p>{escape(words)}</p>" for _, words in sorted(said, key=lambda words: words[0]))
    own = read_flow(Document.from_text(f"<div>{named}</div>", doc.url).tree.body)
    return own, Body(0, 0, len(own.lines), tuple(range(len(own.lines))))


def _is_said(line: Line) -> bool:
    """Say whether a line beside links to files is words of a notice: 现将有关文件公布如下：, not 附件下载：."""
    told = len(line.text) >= _WORDS and not line.linked
    return told and not has(line, ATTACHMENT | CREDITS | FACTS | EDGE | LIST_HEADING | HEADING)
