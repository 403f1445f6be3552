"""The browser's network: every request of a page is judged, and answered with what the crawler fetches."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Protocol

from crawler.errors import PageError, Retry
from crawler.fetching.subrequests import brings_data, headers_to_send, judge_subrequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.portals.model import Profile

__all__ = ["Answer", "Fetch", "Network", "Wanted"]

logger = logging.getLogger(__name__)

_TRIES: Final = 3
_PAUSE_S: Final = 1.0
_MOST_REQUESTS: Final = 400
_MOST_SEEN: Final = 40
_AGAIN: Final = frozenset({408, 421, 425, 429})
_NOT_PASSED_ON: Final = frozenset({
    "connection", "content-encoding", "content-length", "keep-alive", "proxy-authenticate", "set-cookie",
    "strict-transport-security", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request that a page makes. ``kept`` says that its answer is the same for every page."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What it got. ``body`` is not compressed; ``headers`` may still say that it was."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Fetch(Protocol):
    """Fetches in the host's turn, as any page is fetched. Raises PageError."""

    async def __call__(self, wanted: Wanted) -> Answer:
        """Return the answer, after redirects."""
        ...


class Network:
    """The network of one page.

    ``refused`` counts by reason what was not asked for, ``data`` are the answers that may have brought a list,
    with what was asked for, in order. ``broken`` says that something which the page wanted could not be had this
    time: what it shows is not to be taken for all there is.
    """

    def __init__(self, fetch: Fetch, profile: Profile | None) -> None:
        self._fetch = fetch
        self._profile = profile
        self._main: Answer | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._pending = self._data_pending = 0
        self._quiet_since = monotonic()
        self.made = 0
        self.refused: Counter[str] = Counter()
        self.data: list[tuple[Wanted, Answer]] = []
        self.broken = False

    def serve(self, page: Answer) -> None:
        """Set the page itself, which was fetched before, as the answer to the first navigation."""
        self._main = page

    def quiet_for(self) -> float:
        """Return the seconds since the last request was answered; 0 while one is under way."""
        return 0.0 if self._pending else monotonic() - self._quiet_since

    def waits_for_data(self) -> bool:
        """Say whether a request that may bring the list is under way."""
        return self._data_pending > 0

    def handle(self, route: Any) -> None:
        """Handle a request for Playwright. Return at once."""
        if self._closed:
            return
        task = asyncio.create_task(self._handle(route))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Fetch nothing more for the page."""
        self._closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle(self, route: Any) -> None:
        is_data = brings_data(route.request.url, route.request.resource_type)
        self._pending += 1
        self._data_pending += is_data
        try:
            await self._answer(route)
        except Exception as error:  # noqa: BLE001 -- the page is gone, or the browser: its driver will notice
            logger.debug("not answered: %s", error)
        finally:
            self._pending -= 1
            self._data_pending -= is_data
            self._quiet_since = monotonic()

    async def _answer(self, route: Any) -> None:
        request = route.request
        if request.is_navigation_request() and self._main is not None:
            answer, self._main = self._main, None
            await _fulfil(route, answer)
            return
        reason = judge_subrequest(
            request.url,
            request.resource_type,
            request.method,
            self._profile,
            body=request.post_data_buffer,
        )
        if reason is None and self.made >= _MOST_REQUESTS:
            reason = "too-many"
        if reason is not None:
            await self._refuse(route, reason)
            return
        self.made += 1
        is_data = brings_data(request.url, request.resource_type)
        wanted = Wanted(
            request.url,
            request.method,
            headers_to_send(request.headers),
            request.post_data_buffer,
            not is_data,
        )
        try:
            got = await self._have(wanted)
        except PageError as error:
            self.broken |= isinstance(error, Retry)
            await self._refuse(route, error.reason)
            return
        if is_data and len(self.data) < _MOST_SEEN and got.status == 200:
            self.data.append((wanted, got))
        await _fulfil(route, got)

    async def _have(self, wanted: Wanted) -> Answer:
        """Return the answer, after a second and a third try where it is worth one. Raises PageError."""
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES
            try:
                got = await self._fetch(wanted)
            except Retry:
                if last:
                    raise
            else:
                if got.status < 500 and got.status not in _AGAIN:
                    return got
                if last:
                    self.broken = True
                    return got
            await asyncio.sleep(_PAUSE_S * attempt)
        raise AssertionError

    async def _refuse(self, route: Any, reason: str) -> None:
        self.refused[reason] += 1
        with suppress(Exception):
            if route.request.is_navigation_request():
                # an aborted navigation would leave an error page in place of the list; this one stays
                await route.fulfill(status=204)
            else:
                await route.abort("blockedbyclient")


async def _fulfil(route: Any, answer: Answer) -> None:
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in _NOT_PASSED_ON}
    await route.fulfill(status=answer.status, headers=headers, body=answer.body)
