"""How the portals stand, for whoever watches from outside: progress, status, dashboards."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from crawler.frontier.redis.model import PortalStatus

if TYPE_CHECKING:
    from crawler.frontier.redis.store import Frontier

__all__ = ["portal_status"]

_FLAGS: Final = frozenset({"paused", "drained"})
_FIELDS: Final = frozenset(field.name for field in fields(PortalStatus)) - {"portal"}


async def portal_status(store: Frontier, portal: str) -> PortalStatus:
    """Return one portal's figures at this moment. Raises what redis-py raises."""
    answer = await store.script("status", portal, store.options.delay_max * 1000)
    found: dict[str, Any] = {
        name.decode(): int(value) for name, value in zip(answer[::2], answer[1::2], strict=True)
    }
    values = {name: bool(found[name]) if name in _FLAGS else found[name] for name in _FIELDS}
    return PortalStatus(portal=portal, **values)
