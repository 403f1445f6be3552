"""The browser of a worker: looked for, started when the first page wants it, ended with the crawl."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawler.errors import Retry
from crawler.portals.model import Render
from crawler.rendering.browser import Browser, BrowserOptions
from crawler.rendering.driver import Limits
from crawler.rendering.program import NoBrowser, find_program
from crawler.rendering.renderer import render

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Self

    from scrapy.settings import BaseSettings

    from crawler.portals.model import Profile
    from crawler.rendering.network import Answer, Fetch
    from crawler.rendering.renderer import Result

__all__ = ["RenderService"]

logger = logging.getLogger(__name__)


class RenderService:
    """Renders pages with one browser.

    Args:
        options: of the browser.
        timeout_s: seconds for all that is done on a page.
        count: is told of what happens to the browser, in a word.
    """

    def __init__(self, options: BrowserOptions, timeout_s: float, count: Callable[[str], None]) -> None:
        self._options = options
        self._limits = Limits(timeout_s)
        self._count = count
        self._browser: Browser | None = None

    @classmethod
    def from_settings(cls, settings: BaseSettings, count: Callable[[str], None]) -> Self:
        """Make it of PLAYWRIGHT_EXECUTABLE, PLAYWRIGHT_BROWSERS_PATH and the RENDER settings."""
        options = BrowserOptions(
            environment=settings["RENDER_ENVIRONMENT"],
            program=settings["PLAYWRIGHT_EXECUTABLE"],
            downloads=settings["PLAYWRIGHT_BROWSERS_PATH"],
            user_agent=settings["USER_AGENT"],
            pages=settings.getint("RENDER_PAGES"),
            lifetime=settings.getint("RENDER_LIFETIME"),
        )
        return cls(options, settings.getfloat("RENDER_TIMEOUT"), count)

    def missing(self) -> str | None:
        """Return why there is no browser on this machine, in a line; None where there is one."""
        try:
            find_program(self._options.program, self._options.downloads)
        except NoBrowser as error:
            return str(error)
        return None

    async def render(
        self,
        url: str,
        page: Answer,
        *,
        fetch: Fetch,
        profile: Profile | None,
        channel: str | None,
        goes_on: Callable[[str], Awaitable[bool]],
    ) -> Result:
        """Return a page as :func:`crawler.rendering.renderer.render` does, by the rules of the profile's channel.

        Once more at once where the browser died: that is hardly ever the page's doing. Raises NoBrowser or Retry.
        """
        if self._browser is None:
            self._browser = Browser(self._options, lambda event: self._count(f"browser/{event}"))
        for may_repeat in (True, False):
            try:
                return await render(
                    url,
                    page,
                    browser=self._browser,
                    fetch=fetch,
                    profile=profile,
                    rules=_rules(profile, channel),
                    limits=self._limits,
                    goes_on=goes_on,
                )
            except Retry as error:
                self._count(error.reason)
                logger.info("%s: %s", url, error)
                if error.reason != "browser-crashed" or not may_repeat:
                    raise
        raise AssertionError

    async def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            await self._browser.discard()


def _rules(profile: Profile | None, channel: str | None) -> Render:
    """Return what the profile says of rendering a channel, or the defaults."""
    for found in profile.channels if profile is not None else ():
        if found.id == channel and found.render is not None:
            return found.render
    return Render()
