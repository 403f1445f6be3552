"""What is done on a page until its list is there: wait, click 加载更多 or 下一页, scroll."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib.resources import files
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import Retry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from crawler.portals.model import Render
    from crawler.rendering.network import Network

__all__ = ["Drive", "Limits", "Rendered"]

_QUIET_S: Final = 0.35
_POLL_S: Final = 0.05
_LONGEST_SETTLE_S: Final = 20.0
_STALLED: Final = 2
_CLICK: Final = "click"
_EARLIER: Final = 4
"""All earlier states of a page together may be so many times as long as one."""

_ANSWERS_S: Final = 10.0
_LOOK: Final = files("crawler.rendering").joinpath("look.js").read_text(encoding="utf-8")
_STEP: Final = files("crawler.rendering").joinpath("step.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of all that is done on a page, ``size`` of its HTML in characters."""

    seconds: float = 60.0
    size: int = 3_500_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a reader has it before them, after ``steps`` clicks or scrolls.

    ``earlier`` are the page as it was before steps that took away what it showed, in order: a pager that replaces the
    entries. ``cut`` says why there may be more: ``steps``, ``time``, ``size``; empty where nothing new came.
    """

    html: str
    steps: int
    cut: str = ""
    earlier: tuple[str, ...] = ()


class Drive:
    """One page being driven.

    ``goes_on`` is asked, with the page's HTML, before every step whether more is worth it.
    """

    def __init__(
        self,
        page: Any,
        network: Network,
        rules: Render,
        limits: Limits,
        goes_on: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._page = page
        self._network = network
        self._rules = rules
        self._limits = limits
        self._goes_on = goes_on
        self._deadline = monotonic() + limits.seconds

    async def run(self, url: str) -> Rendered:
        """Open the page and drive it to its end.

        Raises:
            Retry: ``browser-hung``, the page does not answer.
            Exception: Playwright's, where browser or page are gone.
        """
        await self._page.goto(url, wait_until="commit", timeout=self._left_ms())
        await self._settle()
        if self._rules.wait is not None:
            await self._wait(self._rules.wait)
        steps = stalled = 0
        shown, size = await self._look()
        seen = set(shown)
        earlier: list[str] = []
        cut = ""
        while not (cut := self._cut(steps, size, earlier)):
            html = await self._html()
            if stalled == 0 and not await self._goes_on(html):
                break
            made = self._network.made
            done = await self._answered(self._page.evaluate(_STEP, self._step_options()))
            if not done:
                break
            steps += 1
            await self._settle()
            now, size = await self._look()
            if not now - seen:  # on a busy machine an answer may be there and not shown yet
                await self._settle()
                now, size = await self._look()
            if shown - now:
                earlier.append(html)
            stalled = 0 if now - seen else stalled + 1
            shown = now
            seen |= now
            # a click that was answered with nothing new is the end; the first scroll may only have come near it
            if stalled >= (1 if done == _CLICK and self._network.made > made else _STALLED):
                break
        return Rendered(await self._html(), steps, cut, tuple(earlier))

    def _step_options(self) -> dict[str, Any]:
        return {"more": list(self._rules.more), "scroll": self._rules.scroll}

    def _cut(self, steps: int, size: int, earlier: Sequence[str]) -> str:
        if monotonic() >= self._deadline:
            return "time"
        if size > self._limits.size or sum(map(len, earlier)) > _EARLIER * self._limits.size:
            return "size"
        return "steps" if steps >= self._rules.steps else ""

    async def _look(self) -> tuple[set[str], int]:
        """Return where the page's links lead, and the length of its HTML."""
        found: dict[str, Any] = await self._answered(self._page.evaluate(_LOOK))
        return set(found["links"]), int(found["size"])

    async def _html(self) -> str:
        html: str = await self._answered(self._page.content())
        return html

    async def _settle(self) -> None:
        """Wait until nothing has been asked for or answered for a while.

        A page that never stops asking is waited for for so long, and for data that is under way (its host's turn
        may be far off) to the end.
        """
        network, until = self._network, monotonic() + _LONGEST_SETTLE_S
        await asyncio.sleep(_QUIET_S)
        while network.quiet_for() < _QUIET_S and (now := monotonic()) < self._deadline:
            if now >= until and not network.waits_for_data():
                break
            await asyncio.sleep(_POLL_S)

    async def _wait(self, selector: str) -> None:
        """Wait until an element is there; that it never comes is what the list then shows."""
        while monotonic() < self._deadline:
            if await self._answered(self._page.query_selector(selector)) is not None:
                return
            await asyncio.sleep(_POLL_S * 4)

    async def _answered(self, question: Awaitable[Any]) -> Any:
        """Wait for a page's answer for a while; Playwright gives a script all the time in the world. Raises Retry."""
        try:
            return await asyncio.wait_for(question, _ANSWERS_S)
        except TimeoutError as error:
            raise Retry("browser-hung", f"the page does not answer within {_ANSWERS_S:.0f} s") from error

    def _left_ms(self) -> float:
        return max(1.0, self._deadline - monotonic()) * 1000
