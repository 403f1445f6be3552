"""What a run of some channels or days was not to follow, kept for a run that asks for more.

A list is read again by every run; an article's page is not. What only related lists show would be lost to all
later runs if the one that read the page did not write it down. So would an article whose page turned out to be of
another day, and what a sitemap lists beside the days asked for where its index does not change.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crawler.frontier.redis import operations
from crawler.frontier.requests import codec
from crawler.frontier.requests.payload import Newer, Undecodable
from crawler.frontier.requests.routing import route
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scrapy import Request

    from crawler.frontier.worker.worker import Worker
    from crawler.portals.model import Profile

__all__ = ["Parking"]

_PIECE: Final = 500


class Parking:
    """A part of :class:`~crawler.frontier.client.FrontierClient`."""

    def __init__(self, worker: Worker[Request], profiles: Mapping[str, Profile]) -> None:
        self._worker = worker
        self._profiles = profiles

    def park(self, link: Request, *, request: Request) -> None:
        """Keep ``link``, which stands on the page of ``request``, or is it; not an article that is queued or was.

        It is kept together with the acknowledgement of ``request``. Up to 200,000 a portal are.
        """
        found = route(link, self._profiles)
        op = operations.park(
            found.portal, found.identifier, codec.encode(link), operations.MOST_PARKED, once=_is_once(link)
        )
        self._worker.send_with_ack(request, op)

    async def parked(self, portal: str) -> AsyncIterator[Request]:
        """Yield what earlier runs left aside, in no order. One that is queued now is to be given to :meth:`unpark`."""
        worker = self._worker
        cursor, key = 0, worker.store.keys(f"parked:{portal}")
        redis: Any = worker.store.connection.redis
        while True:
            cursor, found = await worker.persist(partial(redis.hscan, key, cursor, count=_PIECE))
            for payload in found.values():
                with suppress(Undecodable, Newer):
                    yield worker.decode(payload)
            if not cursor:
                return

    def unpark(self, link: Request) -> None:
        """Forget it: it was queued before this call."""
        found = route(link, self._profiles)
        self._worker.send(operations.unpark(found.portal, found.identifier, once=_is_once(link)))


def _is_once(link: Request) -> bool:
    return PageKind.of(link.meta.get("kind")).fetched_once
