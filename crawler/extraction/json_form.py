"""An article as plain JSON values, with the names of the public data model (docs/data-model.md)."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.items import Article

__all__ = ["to_json"]


def to_json(article: Article) -> dict[str, Any]:
    """A dict that :func:`json.dumps` takes: times as ISO 8601 in UTC, ``extraction.origin`` as ``from``."""
    out: dict[str, Any] = {}
    for field in fields(article):
        value = getattr(article, field.name)
        out[field.name] = _plain(value)
    if article.extraction is not None:
        out["extraction"] = {
            "version": article.extraction.version,
            "profile": article.extraction.profile,
            "from": dict(article.extraction.origin),
        }
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(item) for name, item in asdict(value).items()}
    return value
