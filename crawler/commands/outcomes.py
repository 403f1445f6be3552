"""How a crawl went, as the exit code of ``scrapy crawl`` and ``scrapy fleet``; what was not as asked for is said."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from crawler.commands.base import FORCED, say
from crawler.context.counters import DISALLOWED, EMPTY, FAILED, FETCHED, LISTED, STORED, UNCHANGED, of_run
from crawler.errors import Unreachable, UsageError
from crawler.spiders.article import ArticleSpider
from crawler.spiders.portal import PortalSpider

if TYPE_CHECKING:
    import asyncio

    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
    from scrapy.statscollectors import StatsCollector

    from crawler.fleet import Fleet, Snapshot

__all__ = ["INCOMPLETE", "failure_code", "fleet_outcome", "worker_outcome"]

logger = logging.getLogger(__name__)

INCOMPLETE: Final = 3
"""The exit code of a crawl with too many failures, or without a portal or an article that was asked for."""

_CRASH: Final = 1
_UNREACHABLE: Final = frozenset({"mongodb_unreachable", "redis_unreachable"})


def worker_outcome(crawler: Crawler, task: asyncio.Task[None]) -> int:
    """Return the exit code of ``scrapy crawl``. Raise what ended it, if anything did."""
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error
    reason = crawler.stats.get_value("finish_reason")
    if reason is None:
        return FORCED
    if reason in _UNREACHABLE:
        return Unreachable.exit_code
    if reason != "finished":
        return 0
    if crawler.stats.get_value("frontier/left_out"):
        return INCOMPLETE
    stats = crawler.stats
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
    failed = _counted(stats, FAILED)
    threshold = crawler.settings.getfloat("FAILURE_THRESHOLD")
    code = failure_code(fetched=answered, failed=failed, threshold=threshold)
    if code:
        logger.info(
            "%d of the run's %d pages failed, which is more than FAILURE_THRESHOLD (%g %%): "
            "see the collection failures", failed, answered + failed, threshold * 100,
        )  # fmt: skip
    return code


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


def failure_code(*, fetched: int, failed: int, threshold: float) -> int:
    """Return 0, or :data:`INCOMPLETE` where more than ``threshold`` (a share, 0 to 1) of all pages failed."""
    total = fetched + failed
    return INCOMPLETE if total and failed / total > threshold else 0


def fleet_outcome(
    fleet: Fleet, last: Snapshot | None, *, stopped: bool, left_out: bool, threshold: float
) -> int:
    """Return the worst code of the workers; whether too many pages failed is judged where the crawl went through.

    One that was stopped, or whose time (``max_runtime``) was over, is done as far as it should be.
    """
    worst = _worst(fleet, stopped=stopped)
    if worst or stopped or last is None:
        return worst
    if all(worker.exit_code() == INCOMPLETE for worker in fleet.workers):
        # as where a portal was left to a crawl of another scope
        left_out = True
    elif not last.drained:
        return 0
    return INCOMPLETE if _too_many_failed(last, threshold) or left_out else 0


def _too_many_failed(last: Snapshot, threshold: float) -> bool:
    """Return whether too many pages failed, of all workers together; say so if they did."""
    if not failure_code(fetched=last.answered, failed=last.failures, threshold=threshold):
        return False
    say(
        f"{last.failures:,} of {last.answered + last.failures:,} pages failed, which is more than "
        f"FAILURE_THRESHOLD ({threshold * 100:g} %): the reasons are above, the URLs in the collection failures"
    )
    return True


def _worst(fleet: Fleet, *, stopped: bool) -> int:
    """Return the worst exit code of the workers, each that ended badly told. INCOMPLETE is judged elsewhere.

    A worker that was ``stopped`` before it had begun says that it was interrupted: so it should be.
    """
    worst = 0
    for worker in fleet.workers:
        code = worker.exit_code()
        if code in (0, INCOMPLETE) or (stopped and worker.interrupted()):
            continue
        say(f"worker {worker.number} ended with {code}: {worker.last_words()} (its log: {worker.log})")
        worst = max(worst, code if code in (_CRASH, UsageError.exit_code) else _CRASH)
    return worst
