"""What a page says of itself in its head: ``<meta>`` tags, ``<title>``, JSON-LD."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.parsing import loose_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.parsing import Document

__all__ = ["Meta", "read_meta"]

_MAX_JSON = 500_000


@dataclass(frozen=True, slots=True)
class Meta:
    """``tags`` maps a lower-case name, property or itemprop to its first content that is not empty.

    ``linked_data`` is the first JSON-LD object that describes an article, or an empty dict.
    """

    title: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    linked_data: dict[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """Return the content of the first of these tags that is there, or an empty string."""
        for name in names:
            if value := self.tags.get(name):
                return value
        return ""


def read_meta(doc: Document) -> Meta:
    """Read the head of a page; never raises."""
    tags: dict[str, str] = {}
    for node in doc.about["meta"]:
        attributes = node.attributes
        content = " ".join((attributes.get("content") or "").split())
        if not content:
            continue
        for key in ("name", "property", "itemprop"):
            if name := attributes.get(key):
                tags.setdefault(name.lower(), content)
    titles = doc.about["title"]
    return Meta(
        " ".join(titles[0].text().split()) if titles else "",
        tags,
        _article_data(doc),
    )


def _article_data(doc: Document) -> dict[str, Any]:
    for node in doc.about["script"]:
        source = node.text()
        if len(source) > _MAX_JSON:
            continue
        for item in _objects(loose_values(source)):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and ("Article" in k or "Posting" in k) for k in kinds):
                return item
            if isinstance(item.get("pubDate"), str) and isinstance(item.get("title"), str):
                return item  # Baidu's cambrian.jsonld
    return {}


def _objects(data: list[Any]) -> Iterator[dict[str, Any]]:
    for value in data:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (inner for inner in graph if isinstance(inner, dict))
