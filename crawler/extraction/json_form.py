"""An article as plain JSON values, with the names of the public data model (docs/data-model.md)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from crawler.items import as_dict

if TYPE_CHECKING:
    from crawler.items import Article

__all__ = ["to_json"]


def to_json(article: Article) -> dict[str, Any]:
    """Return a dict that :func:`json.dumps` takes: times as ISO 8601 in UTC, ``extraction.origin`` as ``from``."""
    return {name: _plain(value) for name, value in as_dict(article).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value
