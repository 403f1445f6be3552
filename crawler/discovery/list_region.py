"""The part of a page that a profile calls the list, and its items."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.discovery.entry_text import selected_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from crawler.portals.model import ListRules, Source

__all__ = ["ListRegion", "find_region"]


@dataclass(frozen=True, slots=True)
class ListRegion:
    """Links by the identity of their nodes: those of the list's own entries, and those to leave out.

    ``own`` is None where no rule selects any. ``items`` are the entries around links, by link, and ``fields`` what is
    read inside them.
    """

    own: frozenset[int] | None = None
    skipped: frozenset[int] = frozenset()
    items: Mapping[int, LexborNode] = field(default_factory=dict)
    fields: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)

    def told(self, anchor: LexborNode, name: str) -> str:
        """Return what an entry's field says; empty where the profile has no rule for it or it finds nothing."""
        sources = self.fields.get(name)
        item = self.items.get(anchor.mem_id) if sources else None
        return selected_text(item, sources) if item is not None and sources else ""


def find_region(tree: LexborHTMLParser, rules: ListRules) -> ListRegion:
    """Return the part of a channel's page that its rules select."""
    skipped = _links(node for selector in rules.skip for node in tree.css(selector))
    regions: list[LexborNode] = []
    for selector in rules.region:
        regions = list(tree.css(selector))
        if regions:
            break
    scopes: list[Any] = [*regions] or [tree]
    for selector in rules.items:
        nodes = [node for scope in scopes for node in scope.css(selector)]
        if nodes:
            own = _links(nodes, rules.fields.get("url"))
            fields = {name: rules.fields[name] for name in ("title", "date") if rules.fields.get(name)}
            if not own or not fields:
                return ListRegion(own, skipped)
            items = {anchor.mem_id: node for node in nodes for anchor in node.css("a[href]")}
            return ListRegion(own, skipped, items, fields)
    return ListRegion(_links(regions) if regions else None, skipped)


def _links(nodes: Iterable[LexborNode], sources: tuple[Source, ...] | None = None) -> frozenset[int]:
    """Return the links inside nodes (or those that the sources of an entry's ``url`` select), by identity."""
    found: set[int] = set()
    for node in nodes:
        if sources:
            for source in sources:
                inner = node.css(source.expression) if source.kind == "css" else []
                found.update(anchor.mem_id for anchor in inner)
                if inner:
                    break
        else:
            found.update(anchor.mem_id for anchor in node.css("a[href]"))
    return frozenset(found)
