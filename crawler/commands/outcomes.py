"""How a crawl went, as the exit code of ``scrapy crawl`` and ``scrapy fleet``; what was not as asked for is said."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.commands.base import FORCED, say
from crawler.context.counters import DISALLOWED, EMPTY, FAILED, FETCHED, LISTED, STORED, UNCHANGED, of_run
from crawler.errors import Unreachable, UsageError
from crawler.extensions.waiting import FAILING, WAITING
from crawler.spiders.article import ArticleSpider
from crawler.spiders.portal import PortalSpider

if TYPE_CHECKING:
    import asyncio

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from scrapy.statscollectors import StatsCollector

    from crawler.fleet import Fleet, Snapshot

__all__ = ["INCOMPLETE", "FailureBounds", "fleet_outcome", "worker_outcome"]

logger = logging.getLogger(__name__)

INCOMPLETE: Final = 3
"""The exit code of a crawl that is not complete: too many failures, only failing hosts left, a run that vanished,
nothing found, a portal or an article left out."""

_CRASH: Final = 1
_KNOWN: Final = frozenset({_CRASH, UsageError.exit_code, INCOMPLETE, FORCED})
_UNREACHABLE: Final = frozenset({"mongodb_unreachable", "redis_unreachable"})
_INCOMPLETE_COUNTERS: Final = ("frontier/left_out", "frontier/vanished", "frontier/clocks_set", FAILING)
"""Where one of these was counted, a run that ended by itself is incomplete; who counted has said why."""


def worker_outcome(crawler: Crawler, task: asyncio.Task[None], *, forced: bool = False) -> int:
    """Return the exit code of ``scrapy crawl``. Raise what ended it, if anything did."""
    if forced:
        return FORCED
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error
    stats = crawler.stats
    reason = stats.get_value("finish_reason")
    if reason is None:
        return FORCED
    if reason in _UNREACHABLE:
        return Unreachable.exit_code
    if reason != "finished":
        return 0
    if any(stats.get_value(counter) for counter in _INCOMPLETE_COUNTERS):
        return INCOMPLETE
    if isinstance(crawler.spider, ArticleSpider):
        return _all_stored(crawler.spider.requested, _counted(stats, STORED), crawler.settings)
    if isinstance(crawler.spider, PortalSpider) and crawler.spider.selection.left_out:
        return INCOMPLETE
    if _found_nothing(stats):
        logger.warning(
            "nothing was found: no list that was asked for shows an entry; see the collection failures"
        )
        return INCOMPLETE
    answered = _counted(stats, FETCHED) + _counted(stats, UNCHANGED)
    if not answered and stats.get_value(WAITING):
        logger.warning("nothing was fetched: all that this run has waits")
        return INCOMPLETE
    failed = _counted(stats, FAILED)
    bounds = FailureBounds.from_settings(crawler.settings)
    if not bounds.are_exceeded(fetched=answered, failed=failed):
        return 0
    logger.info(
        "%d of the run's %d pages failed, which is more than FAILURE_THRESHOLD (%g %%): "
        "see the collection failures", failed, answered + failed, bounds.share * 100,
    )  # fmt: skip
    return INCOMPLETE


@dataclass(frozen=True, slots=True)
class FailureBounds:
    """How many pages of a run may fail: a ``share`` of all (FAILURE_THRESHOLD), or fewer than FAILURE_MINIMUM."""

    share: float
    least: int

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> FailureBounds:
        """Read the two settings."""
        return cls(settings.getfloat("FAILURE_THRESHOLD"), settings.getint("FAILURE_MINIMUM"))

    def are_exceeded(self, *, fetched: int, failed: int) -> bool:
        """Say whether too many failed. A share of 0 allows none; where nothing was fetched, one is too many."""
        if not failed:
            return False
        if fetched and self.share and failed < self.least:
            return False
        return failed / (fetched + failed) > self.share


def _found_nothing(stats: StatsCollector) -> bool:
    """Return whether the lists of a run were empty, or none that may be read, and none of them showed an entry."""
    if any(_counted(stats, counter) for counter in (LISTED, UNCHANGED, STORED)):
        return False
    return bool(_counted(stats, EMPTY) or _counted(stats, DISALLOWED))


def _all_stored(requested: int, stored: int, settings: BaseSettings) -> int:
    """Return 0, or :data:`INCOMPLETE` where somebody named articles and did not get them all, which is then said."""
    if stored >= requested:
        return 0
    message = f"{stored:,} of {requested:,} articles stored: why not the others is in the collection failures"
    if settings["LOG_FILE"]:
        logger.error(message)
    else:
        say(message)
    return INCOMPLETE


def _counted(stats: StatsCollector, counter: str) -> int:
    """Return a counter of the whole run, where there is one."""
    run = stats.get_value(of_run(counter))
    return int(stats.get_value(counter, 0) if run is None else run)


def fleet_outcome(
    fleet: Fleet, last: Snapshot | None, *, stopped: bool, left_out: bool, bounds: FailureBounds
) -> int:
    """Return the highest code of the workers; too many failures are judged of all of them together too.

    One that was stopped, or whose time (``max_runtime``) was over, is done as far as it should be.
    """
    worst = _worst(fleet, stopped=stopped)
    if stopped or last is None or not last.drained:
        return worst
    return max(worst, INCOMPLETE if _too_many_failed(last, bounds) or left_out else 0)


def _too_many_failed(last: Snapshot, bounds: FailureBounds) -> bool:
    """Return whether too many pages failed, of all workers together; say so if they did."""
    if not bounds.are_exceeded(fetched=last.answered, failed=last.failures):
        return False
    say(
        f"{last.failures:,} of {last.answered + last.failures:,} pages failed, which is more than "
        f"FAILURE_THRESHOLD ({bounds.share * 100:g} %): the reasons are above, the URLs in the collection failures"
    )
    return True


def _worst(fleet: Fleet, *, stopped: bool) -> int:
    """Return the highest exit code of the workers, each that ended badly told.

    A worker that was ``stopped`` before it had begun says that it was interrupted: so it should be.
    """
    worst = 0
    for worker in fleet.workers:
        code = worker.exit_code()
        if code == 0 or (stopped and worker.interrupted()):
            continue
        if code != INCOMPLETE:
            say(f"worker {worker.number} ended with {code}: {worker.last_words()} (its log: {worker.log})")
        worst = max(worst, code if code in _KNOWN else _CRASH)
    return worst
