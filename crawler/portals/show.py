"""A resolved profile as plain data: to be printed, and to be hashed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from crawler.portals.model import Rewrite, Source
from crawler.portals.requests import request_table
from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from crawler.portals.model import Profile

__all__ = ["fingerprint", "plain"]

_RULES: Final = (
    "scheme", "domains", "exclude", "channel_urls", "timezone", "characters", "list", "article", "related",
)  # fmt: skip


def plain(value: Any) -> Any:
    """Return a profile, or any part of one, as JSON values: patterns, sources, rewrites as they are written."""
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, Source):
        return value.text
    if isinstance(value, Rewrite):
        text = value.pattern.pattern + value.replacement
        mark = next((mark for mark in "|#!~%@;," if mark not in text), "\0")
        return f"s{mark}{value.pattern.pattern}{mark}{value.replacement}{mark}"
    if isinstance(value, RequestSpec):
        return request_table(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value


def fingerprint(profile: Profile) -> str:
    """Return 16 hex digits over the rules that decide which pages are articles and how they are read."""
    rules = {name: plain(getattr(profile, name)) for name in _RULES}
    text = json.dumps(rules, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]
