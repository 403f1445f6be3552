"""Article -> the document of the data model. Pure; the only place that knows how a field is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.dedup import cluster_id, exact_signature
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.found_on import found_on_entry
from crawler.urls import url_id

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Article, Image, Related, Video

__all__ = ["Draft", "draft"]


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


def draft(article: Article, *, now: datetime) -> Draft:
    """The draft of an article; ``now`` (UTC) stands in for a fetch time that is missing."""
    article_id = url_id(article.url)
    fetched_at = milliseconds(article.fetched_at or now)
    published_at = None if article.published_at is None else milliseconds(article.published_at)
    signature = exact_signature(article_id, article.title, article.text, article.content_hash)
    cluster = cluster_id(signature)
    content = {
        "url": article.url,
        "breadcrumb": list(article.breadcrumb),
        "type": article.type,
        "title": article.title,
        "subtitle": article.subtitle,
        "summary": article.summary,
        "keywords": list(article.keywords),
        "published_at": published_at,
        "published_precision": article.published_precision,
        "published": article.published,
        "source": article.source,
        "source_url": article.source_url,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "editors": list(article.editors),
        "proofreaders": list(article.proofreaders),
        "text": article.text,
        "text_raw": article.text_raw,
        "cleaning": list(article.cleaning),
        "html": article.html,
        "images": [_medium(image) for image in article.images],
        "videos": [_medium(video) for video in article.videos],
        "related": [_related(entry) for entry in article.related],
        "comment_count": article.comment_count,
        "pages": list(article.pages),
        "content_hash": article.content_hash,
        "cluster_id": cluster,
        "status": "live",
        "fetched_at": fetched_at,
        "extraction": _extraction(article),
    }
    return Draft(
        id=article_id,
        title=article.title,
        text=article.text,
        portal=article.portal,
        tags=dict(article.tags),
        channels=article.channels,
        found_on=tuple(found_on_entry(listing) for listing in article.found_on),
        published_at=published_at,
        cluster_id=cluster,
        fetched_at=fetched_at,
        content=content,
    )


# By hand: dataclasses.asdict copies deeply and takes three quarters of the time of storing a page's 33 links.
def _related(entry: Related) -> dict[str, Any]:
    return {"title": entry.title, "url": entry.url, "date": entry.date, "list": entry.list}


def _medium(medium: Image | Video) -> dict[str, Any]:
    return {"url": medium.url, "caption": medium.caption, "after": medium.after}


def _extraction(article: Article) -> dict[str, Any] | None:
    if article.extraction is None:
        return None
    made = article.extraction
    return {"version": made.version, "profile": made.profile, "from": dict(made.origin)}
