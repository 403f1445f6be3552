"""From a fetched page to the page that a reader sees: browser, network and driver put together."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.errors import PageError, Retry
from crawler.rendering.driver import Drive
from crawler.rendering.network import Network
from crawler.rendering.program import NoBrowser

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Sequence

    from crawler.portals.model import Profile, Render
    from crawler.rendering.browser import Browser
    from crawler.rendering.driver import Limits
    from crawler.rendering.network import Answer, Fetch, Wanted

__all__ = ["Result", "render"]

_GRACE_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """A rendered page.

    ``complete`` is False where more may be there than was seen: the time was over, or something that the page
    wanted could not be had. ``earlier`` and ``cut`` are those of :class:`crawler.rendering.driver.Rendered`.
    ``data`` are the answers that may have brought the list, ``refused`` counts what the page asked for in vain.
    """

    html: str
    earlier: Sequence[str]
    steps: int
    cut: str
    complete: bool
    requests: int
    refused: Counter[str]
    data: Sequence[tuple[Wanted, Answer]]


async def render(
    url: str,
    page: Answer,
    *,
    browser: Browser,
    fetch: Fetch,
    profile: Profile | None,
    rules: Render,
    limits: Limits,
    goes_on: Callable[[str], Awaitable[bool]],
) -> Result:
    """Open the page ``url``, of which ``page`` is the answer that was fetched, and drive it to its end.

    Raises:
        NoBrowser: there is none on this machine.
        Retry: ``browser-crashed`` or ``browser-hung``; the browser will be started anew.
    """
    network = Network(fetch, profile)
    network.serve(page)
    zone = profile.timezone if profile is not None else "Asia/Shanghai"
    try:
        async with browser.page(network.handle, timezone=zone) as tab:
            try:
                drive = Drive(tab, network, rules, limits, goes_on)
                done = await asyncio.wait_for(drive.run(url), limits.seconds + _GRACE_S)
            finally:
                await network.close()
    except (PageError, NoBrowser):
        raise
    except TimeoutError as error:
        raise Retry("browser-hung", "neither page nor browser answer") from error
    except Exception as error:
        # Playwright's Error: the page or the browser is gone
        detail = str(error).strip().partition("\n")[0][:200]
        raise Retry("browser-crashed", detail) from error
    return Result(
        html=done.html,
        earlier=done.earlier,
        steps=done.steps,
        cut=done.cut,
        complete=done.cut != "time" and not network.broken,
        requests=network.made,
        refused=network.refused,
        data=network.data,
    )
