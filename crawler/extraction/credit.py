"""Who an article is from: source, authors with their roles, editors, proofreaders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.bylines import read_bylines
from crawler.extraction.facts import JOINT
from crawler.extraction.names import is_person, split_names
from crawler.items import Author, Role

if TYPE_CHECKING:
    from crawler.extraction.facts import Fact
    from crawler.extraction.meta import Meta
    from crawler.extraction.zones import Zones

__all__ = ["Credit", "find_authors", "find_editors", "find_source"]

_STOP = re.compile(
    r"[\x01]*(?:\s{3,}|[|｜】〕\])）>]|(?<!\d)\d{4}[-年/.]\d|\d{1,2}:\d\d|\x01[\s\x01]*(?:字号|大|中|小|打印|分享|评论|收藏|关注|\d|[|｜]))"
)
_TRIM = " \t　\x01：:，,。;；、|｜-—_/【】()（）[]<>《》"
_STAFF = re.compile(r"\s*[_\-－]?[A-Z]{1,4}\d{2,6}$")
_ROLES: dict[str, Role] = {
    "author": "author",
    "reporter": "reporter",
    "photographer": "photographer",
    "correspondent": "correspondent",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """A value and where it came from."""

    value: str
    origin: str
    line: int = -1


def clean_value(value: str) -> str:
    """The first thing behind a label, without what merely follows it."""
    value = value.strip(_TRIM)
    if stop := _STOP.search(value):
        value = value[: stop.start()]
    value = value.split(JOINT)[0] if len(value) > 30 or JOINT in value else value
    return " ".join(value.strip(_TRIM).split())


def find_source(zones: Zones, meta: Meta) -> Credit | None:
    """来源 as displayed, else as the head says."""
    for fact in zones.of("source"):
        value = clean_value(fact.value)
        if 1 < len(value) <= 40:
            return Credit(value, "visible", fact.line)
    for name in ("source", "contentsource", "mediaid", "laiyuan"):
        value = meta.tags.get(name, "")
        if 1 < len(value) <= 40:
            return Credit(value, f"meta:{name}")
    return None


def find_authors(zones: Zones, meta: Meta, paragraphs: list[str]) -> tuple[tuple[Author, ...], str]:
    """Authors by what is printed: labels around the text, then bylines in its first and last paragraphs."""
    found: dict[str, Role] = {}
    for kind, role in _ROLES.items():
        for fact in zones.of(kind):
            for name in _people(fact):
                found.setdefault(name, role)
    if found:
        return tuple(Author(name, role) for name, role in found.items()), "visible"
    for name, role in read_bylines(paragraphs):
        found.setdefault(name, role)
    if found:
        return tuple(Author(name, role) for name, role in found.items()), "byline"
    return (), ""


def _people(fact: Fact) -> list[str]:
    value = clean_value(fact.value)
    if not value or len(value) > 60:
        return []
    return [
        name
        for name in split_names(value)
        if is_person(name) or (fact.kind == "author" and 2 <= len(name) <= 20)
    ]


def find_editors(zones: Zones, meta: Meta) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Editors and proofreaders."""
    found: dict[str, list[str]] = {"editor": [], "proof": []}
    for kind, names in found.items():
        for fact in zones.of(kind):
            value = clean_value(fact.value)
            if not value or len(value) > 60:
                continue
            if _STAFF.search(value):
                names.append(value)
            else:
                names.extend(split_names(value))
    editors = tuple(dict.fromkeys(found["editor"]))
    return editors, tuple(dict.fromkeys(found["proof"])), "visible" if editors else ""
