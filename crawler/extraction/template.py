"""A profile's template at work: which one fits a page, and what its sources find."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import SelectolaxError

from crawler.extraction.page.walk import read_flow
from crawler.extraction.text.body import Body, body_of_lines
from crawler.parsing import Document

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.sources import SourceReader
    from crawler.portals.model import Profile, Source, Template

__all__ = ["Reading", "read_template"]

_NUMBERED: Final = re.compile(r"[a-z0-9_-]+:\d+")  # what a template is called that has no name


@dataclass(frozen=True, slots=True)
class Reading:
    """A template's findings: its fields' values with their origins, and the text's lines where it found them."""

    template: Template | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    flow: Flow | None = None
    body: Body | None = None


def read_template(doc: Document, flow: Flow, profile: Profile, reader: SourceReader) -> Reading:
    """Read by the first template that fits the page and finds its text; else the first that fits, without a text."""
    fallback: Template | None = None
    for template in profile.article.templates:
        if not _fits(doc, template):
            continue
        fallback = fallback or template
        found = _body(doc, flow, template, reader)
        if found is not None:
            return _fields(template, reader, *found)
    return _fields(fallback, reader) if fallback else Reading()


def _fits(doc: Document, template: Template) -> bool:
    if template.urls and not any(pattern.search(doc.url) for pattern in template.urls):
        return False
    return template.when is None or _first(doc, template.when)


def _first(doc: Document, selector: str) -> bool:
    try:
        return doc.tree.css_first(selector) is not None
    except SelectolaxError:
        return False


def _fields(
    template: Template,
    reader: SourceReader,
    flow: Flow | None = None,
    body: Body | None = None,
    origin: str = "",
) -> Reading:
    values: dict[str, list[str]] = {}
    origins: dict[str, str] = {}
    for name, sources in template.fields.items():
        if name == "body":
            continue
        found, source = reader.values(sources)
        if found:
            values[name] = found
            origins[name] = _told(template, source)
    if body is not None:
        origins["text"] = _told(template, origin)
    return Reading(template, values, origins, flow, body)


def _told(template: Template, source: str) -> str:
    """Return where a value came from; a template that its profile has given a name is called so."""
    return f"profile:{source}" if _NUMBERED.fullmatch(template.name) else f"profile:{template.name}: {source}"


def _body(
    doc: Document, flow: Flow, template: Template, reader: SourceReader
) -> tuple[Flow, Body, str] | None:
    for source in template.fields.get("body", ()):
        found = (
            _selected(doc, flow, template, reader, source)
            if source.kind == "css" and not source.filters
            else None
        )
        if found is None and (source.kind != "css" or source.filters):
            values, _ = reader.values([source])
            if values:
                own = read_flow(
                    Document.from_text("".join(f"<div>{v}</div>" for v in values), doc.url).tree.body
                )
                found = own, body_of_lines(own, range(len(own.lines)), template.cut)
        if found is not None and found[1].lines:
            return *found, source.text
    return None


def _selected(
    doc: Document, flow: Flow, template: Template, reader: SourceReader, source: Source
) -> tuple[Flow, Body] | None:
    """Return the lines of the selected elements, without those that the template removes."""
    nodes = reader.nodes(source)
    if not nodes:
        return None
    index_of = {node.mem_id: i for i, node in enumerate(flow.nodes)}
    removed = _ids(doc, template.remove)
    lines: list[int] = []
    for node in nodes:
        element = index_of.get(node.mem_id)
        if element is None:
            continue
        start, end = flow.starts[element], flow.ends[element]
        gone = {
            i
            for e in range(element, len(flow.tags) if removed else 0)
            if flow.starts[e] < end and flow.nodes[e].mem_id in removed
            for i in range(flow.starts[e], flow.ends[e])
        }
        lines += [i for i in range(start, end) if i not in gone and i not in lines]
    if not lines:
        return None
    return flow, body_of_lines(flow, lines, template.cut)


def _ids(doc: Document, selectors: tuple[str, ...]) -> set[int]:
    out: set[int] = set()
    for selector in selectors:
        try:
            out.update(node.mem_id for node in doc.tree.css(selector))
        except SelectolaxError:
            continue
    return out
