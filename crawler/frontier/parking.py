"""What a run of some channels or days was not to follow, kept for a run that asks for more.

A list is read again by every run; an article's page is not. What only related lists show would be lost to all
later runs if the one that read the page did not write it down. So would an article whose page turned out to be of
another day, and what a sitemap lists beside the days asked for where its index does not change.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crawler.frontier.redis import operations
from crawler.frontier.requests import codec
from crawler.frontier.requests.routing import place
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from scrapy import Request

    from crawler.frontier.redis.model import Op
    from crawler.frontier.redis.store import Frontier
    from crawler.portals.model import Profile

__all__ = ["Parking"]

logger = logging.getLogger(__name__)

_MOST: Final = 200_000
_PIECE: Final = 500


class Parking:
    """A part of :class:`~crawler.frontier.shared.SharedFrontier`."""

    _store: Frontier
    _profiles: Mapping[str, Profile]
    _callbacks: Mapping[str, Any]
    _persist: Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]
    _tell: Callable[[Op], None]
    _with_ack: Callable[[Request, Op], None]

    def crowded(self, portal: str) -> None:
        """Say that there is no room to park a link of this portal."""
        logger.warning(
            "%s: no room to park more than %d links: further ones that this run leaves aside are lost to runs of "
            "everything until they are found again (parked_full in scrapy frontier status); end this run and crawl "
            "%s once without channels, since and until", portal, _MOST, portal,
        )  # fmt: skip

    def park(self, link: Request, *, request: Request) -> None:
        """Keep ``link``, which stands on the page of ``request``, or is it; not an article that is queued or was.

        It is kept together with the acknowledgement of ``request``. Up to 200,000 a portal are.
        """
        found = place(link, self._profiles)
        once = PageKind.of(link.meta.get("kind")).fetched_once
        op = operations.park(found.portal, found.identifier, codec.encode(link), _MOST, once=once)
        self._with_ack(request, op)

    async def parked(self, portal: str) -> AsyncIterator[Request]:
        """What earlier runs left aside, in no order. One that is queued now is to be given to :meth:`unpark`."""
        cursor, key = 0, self._store.keys(f"parked:{portal}")
        redis: Any = self._store.connection.redis
        while True:
            cursor, found = await self._persist(partial(redis.hscan, key, cursor, count=_PIECE))
            for payload in found.values():
                with suppress(codec.Undecodable, codec.Newer):
                    yield codec.decode(payload, **self._callbacks)
            if not cursor:
                return

    def unpark(self, link: Request) -> None:
        """Forget it: it was queued before this call."""
        found = place(link, self._profiles)
        self._tell(
            operations.unpark(
                found.portal, found.identifier, once=PageKind.of(link.meta.get("kind")).fetched_once
            )
        )
