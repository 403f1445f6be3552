"""What a run is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from crawler.context.arguments import (
    check_names,
    read_count,
    read_day,
    read_flag,
    read_names,
    read_number,
)
from crawler.errors import UsageError
from crawler.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.portals import Channel, Profile

__all__ = ["CrawlScope", "is_named"]

_ARGUMENTS: Final = ("portal", "channels", "since", "until", "full", "limit", "rate", "max_runtime")
_NEXT_WORD: Final = re.compile(r" (?=(?:channels|since|until|full|limit)=)")
_EASTERNMOST: Final = timedelta(hours=14)  # no time zone is further ahead of UTC


@dataclass(frozen=True, slots=True)
class CrawlScope:
    """What a run is asked for: by default everything.

    Attributes:
        portals: the names, ``all`` or ``@KEY=VALUE`` as given.
        channels: ids, names or URLs of channels; empty for all, and for what lies beside them.
        since, until: days, both included; None for no bound.
        full: walk every list to its end.
        limit: how many articles the whole run stores.
        rate: requests a second and host, instead of what the profiles say; 0 for no limit.
        max_runtime: seconds after which a worker ends.
    """

    portals: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    full: bool = False
    limit: int | None = None
    rate: float | None = None
    max_runtime: float | None = None

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> CrawlScope:
        """Read the spider arguments of a portal crawl. Raises UsageError, one line that names the argument."""
        check_names(arguments, _ARGUMENTS)
        portals = read_names(arguments.get("portal", ""))
        if not portals:
            raise UsageError("no portal given; say -a portal=NAME, or see the names with: scrapy portals")
        since, until = arguments.get("since"), arguments.get("until")
        scope = cls(
            portals=portals,
            channels=read_names(arguments.get("channels", "")),
            since=read_day(f"since={since}", since),
            until=read_day(f"until={until}", until),
            full=read_flag("full", arguments.get("full", "")),
            limit=read_count("limit", arguments.get("limit")),
            rate=read_number("rate", arguments.get("rate"), least=0),
            max_runtime=read_number("max_runtime", arguments.get("max_runtime"), least=1),
        )
        if scope.since and scope.until and scope.since > scope.until:
            raise UsageError(f"since={scope.since} lies after until={scope.until}")
        return scope

    @property
    def canonical(self) -> str:
        """The scope in words, empty for everything. Only workers with the same words share a run.

        Each portal's run in Redis has them, so other versions of this program read and write them too. Portals,
        rate and running time are no part: these may differ between the workers of a run.
        """
        since, until = self.days
        words = {
            "channels": ",".join(sorted(self.channels)), "since": since, "until": until,
            "full": "1" if self.full else "", "limit": str(self.limit or ""),
        }  # fmt: skip
        return " ".join(f"{name}={value}" for name, value in words.items() if value)

    @staticmethod
    def arguments_of(canonical: str) -> dict[str, str]:
        """Return the spider arguments that :attr:`canonical` put into words."""
        parts = (word.partition("=") for word in _NEXT_WORD.split(canonical))
        return {name: value for name, equals, value in parts if equals}

    @property
    def days(self) -> tuple[str, str]:
        """``since`` and ``until`` in ISO 8601; empty where there is no bound."""
        return (
            "" if self.since is None else self.since.isoformat(),
            "" if self.until is None else self.until.isoformat(),
        )

    @property
    def by_day(self) -> bool:
        """Whether articles of some days only are asked for; the others are left to other crawls."""
        return self.since is not None or self.until is not None

    def channels_of(self, profile: Profile) -> tuple[Channel, ...]:
        """Return the channels of a portal to be crawled: the enabled ones, or those that were named."""
        if not self.channels:
            return tuple(channel for channel in profile.channels if channel.enabled)
        return tuple(channel for channel in profile.channels if is_named(channel, self.channels))

    def wants(self, moment: datetime | None, zone: str) -> bool:
        """Say whether an article published at ``moment`` (aware) is asked for; one without a time always is."""
        if moment is None or not self.by_day:
            return True
        day = moment.astimezone(ZoneInfo(zone)).date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def is_too_old(self, moment: datetime | None) -> bool:
        """Say whether ``moment`` lies safely before ``since``, in whatever time zone the portal lives."""
        if self.since is None or moment is None:
            return False
        return moment < datetime.combine(self.since, time(), UTC) - _EASTERNMOST


def is_named(channel: Channel, names: tuple[str, ...]) -> bool:
    """Say whether one of these names means the channel: its id, its name or its URL, as written or canonical."""
    known = (channel.id, channel.name, channel.url, canonical_url(channel.url, scheme=None))
    return any(name in known for name in names)
