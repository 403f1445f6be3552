"""Keeps the embedded servers running under a crawl: one that died of a full disk, say, is started again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from crawler import stack
from crawler.errors import CrawlerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["supervise_servers"]

_EVERY_S: Final = 5.0


async def supervise_servers(
    data_dir: Path, *, redis: bool, mongo: bool, say: Callable[[str], None], sockets: Path | None = None
) -> None:
    """Look every few seconds, until cancelled. ``redis`` and ``mongo``: which of the two are ours.

    The workers wait for a server that is away, and lose nothing; this is what they wait for. Why one does
    not come up is said once.
    """
    said = ""
    while redis or mongo:
        await asyncio.sleep(_EVERY_S)
        try:
            await asyncio.to_thread(
                stack.revive, data_dir, redis=redis, mongo=mongo, announce=say, sockets=sockets
            )
        except CrawlerError as error:
            if str(error) != said:
                said = str(error)
                say(f"{said}; tried again every {_EVERY_S:.0f} s")
