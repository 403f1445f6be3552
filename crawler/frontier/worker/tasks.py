"""The end of a background task."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

__all__ = ["end"]

logger = logging.getLogger(__name__)

_AGAIN_S: Final = 0.5


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task, again if need be, and return when it is done. An error it ended with before is logged.

    Once is not enough. ``asyncio.wait_for``, through which redis-py sends every command, returns what it waited
    for even if it was cancelled in the same moment, until Python 3.12
    (https://github.com/python/cpython/issues/86296): a loop around it goes on as if nothing had been said, and a
    worker that waits for its end never ends.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_AGAIN_S)
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a task in the background had failed: %r", error, exc_info=error)
