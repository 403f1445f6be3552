"""Which article or list a URL means, however it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from sample_portal.links import list_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_portal.truth import Channel, TrueArticle
    from sample_portal.world import World

__all__ = ["Addresses", "Place", "bare"]


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a URL: a page of an article (or its mobile twin, or its former address) or of a list."""

    kind: Literal["article", "mobile", "moved", "list"]
    article: TrueArticle | None = None
    channel: Channel | None = None
    page: int = 1


class Addresses:
    """All addresses of articles and lists of a world."""

    def __init__(self, world: World) -> None:
        self._places: Mapping[str, Place] = dict(_places(world))

    def find(self, url: str) -> Place | None:
        """Find the place that ``url`` leads to, whatever its case of host, port, session id, parameters or fragment."""
        return self._places.get(bare(url))


def bare(url: str) -> str:
    """Return ``host/path`` as a static server sees it: no scheme, port, session id, parameters or fragment.

    A URL that cannot be read gives an empty string.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    return host + (parts.path.partition(";")[0] or "/")


def _places(world: World) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = []
    for article in world.articles.values():
        found += [
            (bare(url), Place("article", article, page=page)) for page, url in enumerate(article.pages, 1)
        ]
        if article.wap:
            found.append((bare(article.wap), Place("mobile", article)))
        if article.listed_path:
            found.append((article.host + article.listed_path, Place("moved", article)))
    for channel in world.portal.channels:
        for page in range(1, 2 if channel.script else world.pages(channel) + 1):
            found.append((bare(list_url(channel, page)), Place("list", channel=channel, page=page)))
        if channel.trs:
            found.append((bare(f"{channel.url}index.htm"), Place("list", channel=channel)))
    return found
