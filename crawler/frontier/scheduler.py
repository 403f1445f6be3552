"""The frontier in the place of Scrapy's scheduler."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Protocol, cast

from scrapy import signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.defer import deferred_from_coro

from crawler.context import context_of
from crawler.errors import Unreachable, UsageError
from crawler.frontier.client import FrontierClient
from crawler.frontier.inflight import ScrapyEngine
from crawler.frontier.lifetime import EngineLifetime
from crawler.frontier.redis import operations
from crawler.frontier.redis.politeness import pace
from crawler.frontier.requests import codec
from crawler.frontier.requests.priority import queue_priority
from crawler.frontier.requests.routing import route, was_redirected_to_itself
from crawler.frontier.start_urls import StartUrlReader, start_url_keys
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

    from crawler.frontier.redis.model import Run

__all__ = ["FrontierScheduler"]

logger = logging.getLogger(__name__)


class Served(Protocol):
    """A spider, as far as requests from the queue go, whose callbacks are not stored."""

    def parse(self, response: Response) -> Any:
        """Read a page of any kind."""
        ...

    def failed(self, failure: Failure) -> Any:
        """Decide on a request that brought no page."""
        ...


class FrontierScheduler(BaseScheduler):
    """Scrapy's side of one worker. Set by a spider in its ``update_settings``, never for the whole project.

    The spider has a :class:`~crawler.frontier.client.FrontierClient` in its ``context``; this object opens and closes
    that client's worker. The spider's ``parse`` and ``failed`` serve every request.
    """

    def __init__(self, crawler: Crawler, client: FrontierClient) -> None:
        self._crawler = crawler
        self._client = client
        self._worker = client.worker
        self._profiles = client.profiles
        self._start_urls = StartUrlReader(
            client.store, self._worker.refresh, crawler.settings.getlist("PORTALS_DIR")
        )
        self._connected = EngineLifetime(crawler, client.store.connection.close)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it, as Scrapy asks. Raises UsageError where the spider has no client."""
        return cls(crawler, _client_of(crawler))

    # --- Scrapy's scheduler -----------------------------------------------------------------------------

    def open(self, spider: Spider) -> Deferred[None]:
        """Connect and take up the runs. Raises Unreachable or UsageError, in one line."""
        return deferred_from_coro(self._open(spider))

    def close(self, reason: str) -> Deferred[None]:  # noqa: ARG002  Scrapy's signature
        """Tell the frontier what was finished, and give back the rest."""
        return deferred_from_coro(self._close())

    def has_pending_requests(self) -> bool:
        """Say whether anything is left to do: here, with another worker, or due within DELAY_MAX."""
        return not self._worker.is_idle

    def enqueue_request(self, request: Request) -> bool:
        """Take a request into the outbox; False where it was seen already. Never raise, never wait."""
        try:
            return self._enqueue(request)
        except Exception as error:  # noqa: BLE001  raised from here it would be lost inside Scrapy, or stop it
            self._engine.count("refused")
            logger.warning("not queued: %s (%s)", request.url[:300], error)
            return False

    def next_request(self) -> Request | None:
        """Return a leased request; None where none is at hand."""
        return self._worker.next_request()

    # ----------------------------------------------------------------------------------------------------

    async def _open(self, spider: Spider) -> None:
        served = cast("Served", spider)
        self._engine = ScrapyEngine(self._crawler, served.parse, served.failed)
        await self._worker.connect()
        await self._take_up_runs()
        self._start_urls.start(start_url_keys(self._client.options, spider.name), self._profiles)
        connect = self._crawler.signals.connect
        connect(self._spider_error, signals.spider_error)
        connect(self._item_error, signals.item_error)
        self._worker.start(self._engine)

    async def _take_up_runs(self) -> None:
        scope, options = self._client.scope, self._client.options
        for name, profile in list(self._profiles.items()):
            speed = pace(
                profile.rate, profile.site_rate, override=scope.rate,
                host_max=options.host_max, site_max=options.site_max,
            )  # fmt: skip
            run = await self._worker.join(name, speed, scope)
            if run.number:
                logger.info("%s: %s run %d", name, "takes part in" if run.joined else "begins", run.number)
            else:
                self._leave_out(name, run)

    def _leave_out(self, portal: str, run: Run) -> None:
        del self._profiles[portal]
        if run.orders == self._client.scope.canonical:
            logger.info("%s: no run is under way", portal)
            return
        self._engine.count("left_out")
        logger.warning(
            "%s is left out: a run %s is under way there, which is not what this one is asked for: "
            "start it again when that one has ended", portal, f"with {run.orders}" if run.orders else "of all of it",
        )  # fmt: skip

    async def _close(self) -> None:
        await self._start_urls.stop()
        await self._worker.stop()
        await self._connected.owner_closed()

    def _enqueue(self, request: Request) -> bool:
        found = route(request, self._profiles)
        kind = PageKind.of(request.meta.get("kind"))
        mode: operations.Mode = "A" if kind.fetched_once else "R"
        worker = self._worker
        seen = (found.portal if mode == "A" else worker.seen_in_run(found.portal), found.identifier)
        if request.dont_filter or was_redirected_to_itself(request, found, self._profiles):
            mode = "G" if mode == "A" else "F"
        elif worker.seen.has(*seen):
            self._engine.count("known")
            return False
        priority = queue_priority(kind, int(request.meta.get("page") or 1), request.priority)
        if not request.meta.get("portal"):
            request.meta["portal"] = found.portal
        op = operations.push(mode, *found, priority, codec.encode(request))
        worker.push(op, None if mode == "F" else seen)
        return True

    def _fail(self, response: Any, reason: str) -> None:
        request: Request | None = getattr(response, "request", None)
        leased = self._worker.leases.find(request)
        if request is not None and leased is not None and leased.failed is None:
            self._client.retry(request, reason)

    def _spider_error(self, failure: Failure, response: Response | Failure) -> None:
        self._fail(response, f"callback-error: {failure.type.__name__ if failure.type else ''}")

    def _item_error(self, response: Response | None, failure: Failure) -> None:
        if isinstance(failure.value, Unreachable):
            # the store is away, which says nothing against the page: it goes back without a try being counted
            self._client.release(getattr(response, "request", None))
            return
        self._fail(response, f"item-error: {failure.type.__name__ if failure.type else ''}")


def _client_of(crawler: Crawler) -> FrontierClient:
    client = context_of(crawler).frontier
    if not isinstance(client, FrontierClient):
        raise UsageError(f"the spider {crawler.spidercls.name} has no FrontierClient in its context")
    return client
