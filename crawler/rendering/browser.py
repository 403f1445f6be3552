"""One browser a worker: started when it is first needed, renewed, and started again when it fails."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import Retry
from crawler.rendering.program import NoBrowser, find_program

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

__all__ = ["Browser", "BrowserOptions"]

logger = logging.getLogger(__name__)

_LAUNCH_MS: Final = 30_000
_DRIVER_NEEDS: Final = "on Debian it needs libatomic1 (apt-get install libatomic1)"
_OPENS_S: Final = 30.0
_CLOSE_S: Final = 5.0
_HEAP_MB: Final = 256
_VIEWPORT: Final = {"width": 1280, "height": 1600}
# A resolver that knows no name and a proxy that is not there: what is not answered by us goes nowhere.
_NOWHERE: Final = "http://127.0.0.1:9"
_ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    f"--js-flags=--max-old-space-size={_HEAP_MB}",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--blink-settings=imagesEnabled=false",
    "--mute-audio",
    "--no-first-run",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class BrowserOptions:
    """``program`` and ``downloads`` are those of :func:`find_program`.

    ``environment`` is all that the browser sees of the worker's. ``pages`` is how many are open at a time;
    after ``lifetime`` pages the browser is started anew, so that what it leaks is bounded.
    """

    environment: Mapping[str, str]
    program: str = ""
    downloads: str = ""
    user_agent: str = ""
    pages: int = 2
    lifetime: int = 100


class Browser:
    """Gives pages. Each has a context of its own, which is thrown away with it: no cookie outlives a page."""

    def __init__(self, options: BrowserOptions, count: Callable[[str], None]) -> None:
        self._options = options
        self._count = count
        self._room = asyncio.Semaphore(options.pages)
        self._starting = asyncio.Lock()
        self._playwright: Any = None
        self._browser: Any = None
        self._given = 0
        self._open = 0
        self._undriven = 0
        self._sandboxed = os.geteuid() != 0

    @asynccontextmanager
    async def page(self, handle: Callable[[Any], None], *, timezone: str) -> AsyncIterator[Any]:
        """Give a page, once there is room for one. ``handle`` gets the route of each of its requests.

        Raises:
            NoBrowser: there is no browser on this machine.
            Retry: ``browser-crashed``, it could not be started this time; ``browser-hung``, it does not answer.
        """
        async with self._room:
            browser = await self._ready()
            self._given += 1
            self._open += 1
            context = None
            try:
                opening = browser.new_context(
                    user_agent=self._options.user_agent,
                    locale="zh-CN",
                    timezone_id=timezone,
                    viewport=_VIEWPORT,
                    service_workers="block",
                    accept_downloads=False,
                    ignore_https_errors=True,
                )
                context = await self._in_time(browser, opening)
                await self._in_time(browser, context.route("**/*", handle))
                yield await self._in_time(browser, context.new_page())
            finally:
                self._open -= 1
                if context is not None:
                    await self._let_go(browser, context)

    async def discard(self) -> None:
        """Kill the browser, with all its pages: the next page gets a new one."""
        browser, self._browser = self._browser, None
        playwright, self._playwright = self._playwright, None
        for thing, end in ((browser, "close"), (playwright, "stop")):
            if thing is not None:
                with suppress(Exception):
                    await asyncio.wait_for(getattr(thing, end)(), _CLOSE_S)

    async def _in_time(self, browser: Any, question: Awaitable[Any]) -> Any:
        """Wait for a browser's answer for a while, not for ever as Playwright does; then kill it and raise Retry."""
        try:
            return await asyncio.wait_for(question, _OPENS_S)
        except TimeoutError as error:
            # by then another page may have had a new one started
            if browser is self._browser:
                await self.discard()
            raise Retry("browser-hung", f"it opens no page within {_OPENS_S:.0f} s") from error

    async def _let_go(self, browser: Any, context: Any) -> None:
        """Close a page's context; a browser that cannot even do that is killed."""
        try:
            await asyncio.wait_for(context.close(), _CLOSE_S)
        except Exception as error:  # noqa: BLE001 -- Playwright's, or a time-out
            if browser is self._browser and browser.is_connected():
                logger.debug("a page does not close: %s", error)
                await self.discard()

    async def _ready(self) -> Any:
        async with self._starting:
            if self._browser is not None and not self._browser.is_connected():
                self._count("gone")
                await self.discard()
            if self._browser is not None and self._given >= self._options.lifetime and not self._open:
                await self.discard()
            if self._browser is None:
                await self._start()
            return self._browser

    async def _start(self) -> None:
        program = find_program(self._options.program, self._options.downloads)
        # imported here, since a worker that renders nothing has no need of it, nor perhaps the package
        from playwright.async_api import Error, async_playwright  # noqa: PLC0415

        try:
            if self._playwright is None:
                self._playwright = await asyncio.wait_for(async_playwright().start(), _LAUNCH_MS / 1000)
                self._undriven = 0
        except Exception as error:  # whatever the process that drives the browser died of
            self._undriven += 1
            self._count("unstartable")
            if self._undriven > 1:
                raise NoBrowser(f"Playwright's driver does not start ({error}): {_DRIVER_NEEDS}") from error
            raise Retry("browser-crashed", f"Playwright's driver does not start: {error}") from error
        try:
            try:
                self._browser = await self._launch(program)
            except Error:
                if not self._sandboxed:
                    raise
                logger.warning(
                    "Chromium does not start with its sandbox (no user namespaces here?): going on without it"
                )
                self._sandboxed = False
                self._browser = await self._launch(program)
        except Exception as error:
            await self.discard()
            self._count("unstartable")
            detail = str(error).strip().partition("\n")[0][:200]
            raise Retry("browser-crashed", f"{program} does not start: {detail}") from error
        self._given = 0
        self._count("started")
        logger.info("rendering with %s %s", program, self._browser.version)

    async def _launch(self, program: Any) -> Any:
        # the driver keeps to the time-out, unless it hangs itself
        async with asyncio.timeout(_LAUNCH_MS / 1000 + _CLOSE_S):
            return await self._playwright.chromium.launch(
                executable_path=program,
                args=list(_ARGUMENTS),
                chromium_sandbox=self._sandboxed,
                proxy={"server": _NOWHERE},
                env=dict(self._options.environment),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=_LAUNCH_MS,
            )
