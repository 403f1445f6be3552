"""Article -> the document of the data model. Pure; the only place that knows how a field is spelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import bson
from bson.errors import BSONError
from bson.raw_bson import RawBSONDocument

from crawler.dedup import cluster_id, exact_signature
from crawler.errors import GiveUp
from crawler.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Article, Image, Related, Sighting, Video

__all__ = ["Draft", "draft", "merged_sightings", "milliseconds", "raw", "sighting_document"]

LARGEST: Final = 16 * 1024 * 1024 - 256 * 1024
"""Bytes of a document: the server's 16 MiB less room for what lists will add to it."""


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
        found_on=tuple(sighting_document(sighting) for sighting in article.found_on),
        published_at=published_at,
        cluster_id=cluster,
        fetched_at=fetched_at,
        content=content,
    )


def raw(document: dict[str, Any]) -> RawBSONDocument:
    """The document in BSON, so that what cannot be stored is found before it is in anybody's batch.

    Raises GiveUp (``unstorable``): over 16 MB, a lone surrogate in a string, a NUL in a key, a number past 64
    bits.
    """
    try:
        encoded = bson.encode(document)
    except (BSONError, UnicodeError, OverflowError, TypeError, ValueError) as error:
        raise GiveUp("unstorable", str(error).replace("\n", " ")[:200]) from error
    if len(encoded) > LARGEST:
        raise GiveUp("unstorable", f"{len(encoded):,} bytes are more than MongoDB's 16 MB a document")
    return RawBSONDocument(encoded)


def sighting_document(sighting: Sighting) -> dict[str, Any]:
    """An entry of ``found_on``."""
    return {
        "portal": sighting.portal,
        "channel": sighting.channel,
        "list": sighting.list,
        "at": milliseconds(sighting.at),
    }


def merged_sightings(sightings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each list once, at its earliest time, the earliest list first."""
    merged: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for sighting in sorted(sightings, key=lambda entry: entry["at"]):
        merged.setdefault((sighting["portal"], sighting["channel"], sighting["list"]), sighting)
    return list(merged.values())


def milliseconds(moment: datetime) -> datetime:
    """The moment as BSON keeps it: UTC, cut to the millisecond. Two times are compared only after this."""
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


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
