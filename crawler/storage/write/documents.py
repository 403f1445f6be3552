"""An article on its way into the database: what a newer fetch replaces, and what is merged. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.dedup import cluster_id, exact_signature
from crawler.items import as_dict
from crawler.storage.fields import MERGED
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.found_on import found_on_entry
from crawler.urls import url_id

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Article

__all__ = ["Draft", "make_draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article on its way into the database.

    ``content`` is what a newer fetch replaces as a whole; the rest is merged with what is there.
    """

    id: str
    title: str
    text: str
    portal: str | None
    tags: dict[str, str]
    channels: tuple[str, ...]
    found_on: tuple[dict[str, Any], ...]
    published_at: datetime | None
    cluster_id: str
    fetched_at: datetime
    content: dict[str, Any]


def make_draft(article: Article, *, now: datetime) -> Draft:
    """Return the draft of an article; ``now`` (UTC) stands in for a fetch time that is missing."""
    article_id = url_id(article.url)
    fetched_at = milliseconds(article.fetched_at or now)
    published_at = None if article.published_at is None else milliseconds(article.published_at)
    signature = exact_signature(article_id, article.title, article.text, article.content_hash)
    cluster = cluster_id(signature)
    content = as_dict(article)
    merged = {name: content.pop(name) for name in MERGED}
    content |= {
        "published_at": published_at,
        "cluster_id": cluster,
        "status": "live",
        "fetched_at": fetched_at,
    }
    return Draft(
        id=article_id,
        title=article.title,
        text=article.text,
        portal=article.portal,
        tags=merged["tags"],
        channels=article.channels,
        found_on=tuple(found_on_entry(listing) for listing in article.found_on),
        published_at=published_at,
        cluster_id=cluster,
        fetched_at=fetched_at,
        content=content,
    )
