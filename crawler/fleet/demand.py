"""What an autoscaler asks for, over HTTP: how many requests workers are needed for at this moment."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiohttp import web
from redis.exceptions import RedisError

from crawler.frontier.admin import Admin
from crawler.metrics import PORTAL_GAUGES, HttpServer, PortalGauges, metrics_handler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.frontier.redis.model import PortalStatus
    from crawler.frontier.redis.store import Frontier

__all__ = ["Demand", "demand_server"]

_PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Demand:
    """The figures of some portals at one moment."""

    portals: Sequence[PortalStatus]

    def by_portal(self) -> dict[str, dict[str, int]]:
        """Return ``{NAME: {"unserved": …, "demand": 12, "queued": …, "leased": …, "dead": …}}``."""
        return {
            status.portal: {name: getattr(status, name) for name in PORTAL_GAUGES} for status in self.portals
        }

    def as_json(self) -> str:
        """Return the sums, and the figures of each portal under ``portals``."""
        portals = self.by_portal()
        sums = {name: sum(figures[name] for figures in portals.values()) for name in PORTAL_GAUGES}
        return json.dumps({**sums, "portals": portals}, ensure_ascii=False)


def demand_server(store: Frontier) -> HttpServer:
    """Make a server of ``/demand`` (JSON) and ``/metrics`` (Prometheus); each answer asks Redis anew.

    Where Redis does not answer ``/healthz`` says ok and the others 503: an autoscaler then keeps what there is.
    Nothing can be changed through it, and it holds no names but those of portals.
    """
    admin = Admin(store)

    async def look() -> Demand:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return Demand([await admin.status(portal) for portal in await admin.portals()])
        except (RedisError, OSError) as error:  # TimeoutError is one of the latter
            raise web.HTTPServiceUnavailable from error

    async def demand(_: web.Request) -> web.Response:
        return web.Response(body=(await look()).as_json().encode(), content_type="application/json")

    async def gauges() -> PortalGauges:
        return PortalGauges((await look()).by_portal())

    return HttpServer({"/demand": demand, "/metrics": metrics_handler(gauges)})
