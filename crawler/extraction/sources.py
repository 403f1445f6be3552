"""What a profile's sources find on a page. Nothing is executed: selectors, attributes, patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import SelectolaxError

from crawler.portals.sources import filtered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode

    from crawler.extraction.page.meta import Meta
    from crawler.parsing import Document
    from crawler.portals.model import Source

__all__ = ["SourceReader"]

_MAX_VALUES = 200
_MAX_COMMENT = 20_000


class SourceReader:
    """Evaluates sources against one page; the page's lxml tree is built only if an XPath asks for it."""

    __slots__ = ("_doc", "_hints", "_meta", "_properties", "_root")

    def __init__(self, doc: Document, meta: Meta, hints: Mapping[str, Any] | None = None) -> None:
        self._doc = doc
        self._meta = meta
        self._hints = hints or {}
        self._root: Any = None
        self._properties: dict[str, str] = {}

    def values(self, sources: Iterable[Source]) -> tuple[list[str], str]:
        """Return the values of the first source that finds any, and that source as written."""
        for source in sources:
            found = [value for raw in self._raw(source) if (value := self._filtered(raw, source))]
            if found:
                return found[:_MAX_VALUES], source.text
        return [], ""

    def value(self, sources: Iterable[Source]) -> tuple[str, str]:
        """Return the first value."""
        found, origin = self.values(sources)
        return (found[0], origin) if found else ("", "")

    def nodes(self, source: Source) -> list[LexborNode]:
        """Return the elements that a CSS source selects."""
        if source.kind != "css":
            return []
        try:
            return self._doc.tree.css(source.expression)
        except SelectolaxError:
            return []

    @staticmethod
    def _filtered(raw: str, source: Source) -> str:
        text = " ".join(raw.split())
        return filtered(text, source.filters) if source.filters else text

    def _raw(self, source: Source) -> list[str]:
        match source.kind:
            case "css":
                nodes = self.nodes(source)
                if source.attribute:
                    return [value for node in nodes if (value := node.attributes.get(source.attribute))]
                return [node.text(separator=" ") if _has_blocks(node) else node.text() for node in nodes]
            case "meta":
                value = self._meta.tags.get(source.expression.lower())
                return [value] if value else []
            case "comment":
                return self._property(source.expression)
            case "list":
                value = self._hints.get(source.expression)
                return [value] if isinstance(value, str) else []
            case "const":
                return [source.expression]
            case "xpath":
                return self._xpath(source.expression)
            case _:
                return []

    def _property(self, expression: str) -> list[str]:
        """Read ``enpproperty/date``: a tag in the comment that begins with the first word."""
        mark, _, tag = expression.partition("/")
        if mark not in self._properties:
            start = self._doc.text.find(f"<!--{mark}")
            stop = self._doc.text.find("-->", start) if start >= 0 else -1
            whole = self._doc.text[start : min(stop, start + _MAX_COMMENT)] if stop > start else ""
            self._properties[mark] = whole
        match = re.search(rf"<{re.escape(tag)}>([^<]*)</{re.escape(tag)}>", self._properties[mark])
        return [match.group(1).strip()] if match and match.group(1).strip() else []

    def _xpath(self, expression: str) -> list[str]:
        from lxml import etree, html  # noqa: PLC0415 - a second parser, for the profiles that ask for it

        if self._root is None:
            try:
                self._root = html.document_fromstring(self._doc.tree.html or "<html/>")
            except (etree.ParserError, ValueError):
                self._root = html.document_fromstring("<html></html>")
        try:
            found = self._root.xpath(expression)
        except etree.XPathError:
            return []
        if not isinstance(found, list):
            return [str(found)]
        return [item if isinstance(item, str) else "".join(item.itertext()) for item in found[:_MAX_VALUES]]


def _has_blocks(node: LexborNode) -> bool:
    return next(node.iter(), None) is not None and node.css_first("p, div, li, td, br") is not None
