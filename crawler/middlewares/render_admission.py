"""Which requests a browser fills here, which are left to another worker, and which are given up."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NoReturn

from crawler.context.counters import RENDERED
from crawler.fetching.rendering import RENDER, may_be_remembered, memory_key
from crawler.middlewares.browser_sharing import BrowserSharing
from crawler.middlewares.refusals import Postponed, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request

    from crawler.context import CrawlContext, SharedState

__all__ = ["RenderAdmission"]

logger = logging.getLogger("crawler.middlewares.render")  # one name for all that is said of rendering


class RenderAdmission:
    """Judges requests before they are made; ``missing`` says why this machine has no browser, or None.

    ``budget`` (RENDER_BUDGET) bounds the pages of one portal that this worker renders.
    """

    def __init__(
        self, context: CrawlContext[SharedState], budget: int, missing: Callable[[], str | None]
    ) -> None:
        self._context = context
        self._budget = budget
        self._missing = missing
        self._sharing = BrowserSharing(context.frontier)
        self._has_said = False

    async def open(self) -> None:
        """Have lists left to this worker by those without a browser, whyever they need one."""
        if self._context.frontier.runs and self._missing() is None:
            await self._sharing.announce()

    def close(self) -> None:
        """Have nothing left to this worker any more."""
        self._sharing.withdraw()

    async def admit(self, request: Request) -> None:
        """Mark in ``meta`` what is to be rendered; raise Refused or Postponed for what would be and cannot."""
        portal = request.meta.get("portal", "")
        if not request.meta.get("render"):
            if not await self._is_remembered(request, portal):
                return
            request.meta["render"] = "remembered"
        if self._context.counters.value(RENDERED, portal) >= self._budget:
            if request.meta["render"] == "remembered":
                del request.meta["render"]
                return
            raise Refused("render-budget", f"RENDER_BUDGET pages of {portal} have been rendered")
        missing = self._missing()
        if missing is not None:
            self._say(missing)
            if await self._sharing.leave(request):
                raise Postponed("no-browser", f"another worker has one; this one: {missing}")
            raise Refused("no-browser", missing)

    def refuse(self, error: Exception) -> NoReturn:
        """Give up a page because the browser is there and cannot be driven."""
        self._say(str(error))
        self.close()
        raise Refused("no-browser", str(error)) from error

    async def _is_remembered(self, request: Request, portal: str) -> bool:
        """Say whether a former run has found that the list needs a browser."""
        if request.method != "GET" or not may_be_remembered(request.meta):
            return False
        return await self._context.frontier.cached(memory_key(portal, request.url)) == RENDER

    def _say(self, missing: str) -> None:
        self._context.counters.add("render/no-browser")
        if not self._has_said:
            self._has_said = True
            logger.info("lists that a script fills are left out: %s", missing)
