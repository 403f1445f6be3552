"""Lists that are JSON: their entries as links, and the request for their next page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crawler.discovery.dates import json_date
from crawler.discovery.links import PageLinks
from crawler.discovery.lists.entries import Entry, entry_links
from crawler.discovery.lists.json_data import NOTHING, at, every, read_json, scalar
from crawler.discovery.lists.json_pager import next_link
from crawler.portals.json_paths import PARTS
from crawler.portals.sources import filtered
from crawler.urls import MAX_URL, join

if TYPE_CHECKING:
    from crawler.discovery.lists.page import ListPage
    from crawler.portals.model import ListRules, Source

__all__ = ["NOT_JSON", "read_json_list"]

NOT_JSON: Final = "not-json"
"""Counted in ``cut`` for an answer that is no JSON: the portal has changed, or a firewall has answered."""

_MAX_TITLE: Final = 200


def read_json_list(page: ListPage) -> PageLinks:
    """Return the links of one answer of a JSON list; relative links start from what was asked. Never raises."""
    rules, request = page.rules, page.request
    data = read_json(page.body, page.content_type)
    if data is NOTHING:
        return PageLinks(cut={NOT_JSON: 1})
    items: list[Any] = next((found for path in rules.items if (found := every(data, path))), [])
    entries = [entry for item in items if (entry := _entry(item, rules, request.url)) is not None]
    links = entry_links(entries, page.profile, list="channel")
    if not items:
        return links
    if page.number >= rules.budget or (rules.pager.last is not None and page.number >= rules.pager.last):
        cut = {**links.cut, "budget": 1} if page.number >= rules.budget else links.cut
        return replace(links, cut=cut)
    return replace(links, next=next_link(data, items[-1], request, page.profile, rules.pager, page.number))


def _entry(item: Any, rules: ListRules, base: str) -> Entry | None:
    url = _told(item, rules.fields.get("url", ()))
    if not url or len(url) > MAX_URL:
        return None
    title = _told(item, rules.fields.get("title", ()))[:_MAX_TITLE]
    return Entry(join(base, url), title, json_date(_told(item, rules.fields.get("date", ()))))


def _told(item: Any, sources: tuple[Source, ...]) -> str:
    """Return what the first source that finds something finds in an entry."""
    for source in sources:
        text = filtered(_text(item, source.expression), source.filters)
        if text:
            return text
    return ""


def _text(item: Any, expression: str) -> str:
    """Return a path's value, or a template with the values of all its paths; empty where one leads nowhere."""
    if "{" not in expression:
        return scalar(at(item, expression))
    values = {path: scalar(at(item, path)) for path in PARTS.findall(expression)}
    return PARTS.sub(lambda match: values[match[1]], expression) if all(values.values()) else ""
