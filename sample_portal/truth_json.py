"""The truth as JSON, for programs that are not Python or not in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sample_portal.faults import Faults

if TYPE_CHECKING:
    from sample_portal.truth import TrueArticle
    from sample_portal.world import World

__all__ = ["article_to_json", "world_to_json"]


def world_to_json(world: World) -> dict[str, Any]:
    """Return portal, edition, channels, all articles, and what a crawl must not request or store."""
    portal, faults = world.portal, Faults(world)
    return {
        "portal": portal.name,
        "domain": portal.domain,
        "home": portal.home,
        "seed": world.seed,
        "edition": world.edition,
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "url": channel.url,
                "known": channel.known,
                "pages": world.pages(channel),
            }
            for channel in portal.channels
        ],
        "disallowed": sorted(faults.disallowed),
        "no_articles": {
            fault.url: fault.kind for fault in faults.by_url.values() if fault.kind != "disallowed"
        },
        "articles": [article_to_json(article) for article in world.articles.values()],
    }


def article_to_json(article: TrueArticle) -> dict[str, Any]:
    """Return one article, with the names of the stored documents where there are such."""
    return {
        "url": article.url,
        "edition": article.edition,
        "type": article.kind,
        "title": article.title,
        "subtitle": article.subtitle,
        "published": article.published,
        "published_precision": article.precision,
        "source": article.source,
        "source_url": article.source_url,
        "authors": [
            {"name": person.name, "roles": sorted(person.roles), "required": person.required}
            for person in article.people
        ],
        "editors": list(article.editors),
        "breadcrumb": list(article.breadcrumb),
        "text": article.text,
        "images": [
            {"url": picture.url, "caption": picture.caption, "after": picture.after}
            for picture in article.pictures
        ],
        "pages": list(article.pages),
        "channels": list(article.channels),
        "reached": sorted(article.reached),
        "needs_javascript": article.reached == {"javascript"},
        "group": article.group,
    }
