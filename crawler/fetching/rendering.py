"""Words that workers share on rendering: the counter, and what is remembered of lists that were found empty."""

from __future__ import annotations

from typing import Final

from crawler.urls import canonical_url, url_id

__all__ = ["PLAIN", "RENDER", "RENDERED", "TTL_S", "memory_key"]

RENDERED: Final = "crawl/rendered"
"""Counts pages that a browser filled; they are among those fetched. With ``/PORTAL`` behind it: of one portal."""

RENDER: Final = b"render"
"""The list came when a browser filled it: render it at once."""

PLAIN: Final = b"plain"
"""The browser found nothing either: do not ask for it again."""

TTL_S: Final = 7 * 86_400.0
"""Portals change: after a week it is found out anew. Every use of what is remembered begins the week again."""


def memory_key(portal: str, url: str) -> str:
    """The key of a list, by its first page's URL, in what workers keep for each other."""
    return f"render:{portal}:{url_id(canonical_url(url))}"
