"""Hosts that fail: what a worker knows of them, and what a person is told."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crawler.frontier.redis.clock import clock_time
from crawler.frontier.redis.status import in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.frontier.redis.model import HostEvent, Lease

__all__ = ["TroubledHosts"]

logger = logging.getLogger(__name__)


class TroubledHosts:
    """The frontier knows which hosts fail, for all workers; this is one worker's memory of it.

    A lease says whether its host fails. So a failure of it is one more without being asked for three times, and a sound
    answer is told, which is not worth a round trip for all the others.
    """

    def __init__(self) -> None:
        self._failing: set[str] = set()

    def is_failing(self, host: str) -> bool:
        """Say whether the host was left alone for failing, as far as this worker knows."""
        return host in self._failing

    def leased(self, lease: Lease) -> None:
        """Note what a lease says of its host."""
        if lease.fails:
            self._failing.add(lease.host)
        else:
            self._failing.discard(lease.host)

    def failed(self, host: str) -> None:
        """Note that the frontier is told of a failure."""
        self._failing.add(host)

    def answered(self, host: str) -> bool:
        """Note a sound answer; whether the frontier should be told."""
        if host not in self._failing:
            return False
        self._failing.remove(host)
        return True

    def tell(self, events: Iterable[HostEvent]) -> int:
        """Write a line for each host that is left alone now or is back; return how many clocks were set right."""
        wrong = []
        for event in events:
            match event.what:
                case "alone":
                    logger.warning(
                        "%s is left alone until %s (%s, %s since %s), and longer every time; the crawl goes on with "
                        "other hosts. scrapy frontier resume %s lifts it",
                        event.host, clock_time(event.until), event.why, in_a_row(event.times),
                        clock_time(event.since), event.host,
                    )  # fmt: skip
                case "back":
                    logger.info(
                        "%s is back: it answers again, after it was left alone %s since %s (%s)",
                        event.host, in_a_row(event.times), clock_time(event.since), event.why,
                    )  # fmt: skip
                case "clock":
                    wrong.append(event)
                case "doubt":
                    logger.warning(
                        "%s: %d links of one shape on one page were dead, one after the other (%s): the others wait "
                        "behind everything else, and 200 a run are tried (doubtful in scrapy frontier status)",
                        event.host, event.times, event.why,
                    )  # fmt: skip
        if wrong:
            names = ", ".join(dict.fromkeys(event.host for event in wrong[:5]))
            logger.warning(
                "Redis's clock was set back: what %s%s waited for lay up to %s in the future, and is set to %s now; "
                "scrapy frontier resume HOST or PORTAL does not wait for it",
                names, " …" if len(wrong) > 5 else "",
                clock_time(max(event.since for event in wrong)), clock_time(max(event.until for event in wrong)),
            )  # fmt: skip
        return len(wrong)
