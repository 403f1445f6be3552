"""What was asked of a crawl: the ``-a`` arguments, read and checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CrawlArguments", "read_day"]

_KNOWN = ("portal", "channels", "since", "until", "full", "limit", "rate", "max_runtime")
_SCRAPYD = ("_job", "job")  # scrapyd passes the job's id as a spider argument
_ORDER = re.compile(r" (?=(?:channels|since|until|full|limit)=)")
_YES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}

# Within these years a day has a start, an end and neighbours in every time zone.
_YEARS = range(1900, 9999)


@dataclass(frozen=True, slots=True)
class CrawlArguments:
    """One worker's orders.

    ``portals`` holds the names, ``all`` or ``@TAG`` as given; ``since`` and ``until`` are days, both
    included; ``limit`` counts the articles stored by the whole run; ``rate`` is in requests a second and
    host (0: none); ``max_runtime`` is in seconds. None means: not asked for.
    """

    portals: tuple[str, ...]
    channels: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    full: bool = False
    limit: int | None = None
    rate: float | None = None
    max_runtime: float | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> CrawlArguments:
        """Read the spider arguments as strings. Raises UsageError, one line that names the argument."""
        for name in given:
            if name not in _KNOWN and name not in _SCRAPYD:
                near = get_close_matches(name, _KNOWN, n=1)
                hint = f"did you mean {near[0]}=?" if near else f"known are {', '.join(_KNOWN)}"
                raise UsageError(f"unknown argument {name}=; {hint}")
        portals = _words(given.get("portal", ""))
        if not portals:
            raise UsageError("no portal given; say -a portal=NAME, or see the names with: scrapy portals")
        since, until = given.get("since"), given.get("until")
        arguments = cls(
            portals=portals,
            channels=_words(given.get("channels", "")),
            since=read_day(f"since={since}", since),
            until=read_day(f"until={until}", until),
            full=_flag("full", given.get("full", "")),
            limit=_count("limit", given.get("limit")),
            rate=_number("rate", given.get("rate"), least=0),
            max_runtime=_number("max_runtime", given.get("max_runtime"), least=1),
        )
        if arguments.since and arguments.until and arguments.since > arguments.until:
            raise UsageError(f"since={arguments.since} lies after until={arguments.until}")
        return arguments

    @property
    def days(self) -> tuple[str, str]:
        """``since`` and ``until`` in ISO 8601; empty where there is no bound."""
        return (
            "" if self.since is None else self.since.isoformat(),
            "" if self.until is None else self.until.isoformat(),
        )

    @property
    def asked(self) -> str:
        """What a run is asked for, in words; empty for everything. Workers with the same words share a run."""
        words = {
            "channels": ",".join(sorted(self.channels)), "since": self.days[0], "until": self.days[1],
            "full": "1" if self.full else "", "limit": str(self.limit or ""),
        }  # fmt: skip
        return " ".join(f"{name}={value}" for name, value in words.items() if value)

    @property
    def by_day(self) -> bool:
        """Whether articles of some days only are asked for; the others are left to other crawls."""
        return self.since is not None or self.until is not None

    def wants(self, moment: datetime | None, zone: str) -> bool:
        """Whether an article published at ``moment`` (aware) is asked for; one without a time always is."""
        if moment is None or not self.by_day:
            return True
        day = moment.astimezone(ZoneInfo(zone)).date()
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def too_old(self, moment: datetime | None) -> bool:
        """Whether ``moment`` lies safely before ``since``, in whatever time zone the portal lives (±14 h)."""
        if self.since is None or moment is None:
            return False
        return moment < datetime.combine(self.since, time(), UTC) - timedelta(hours=14)


def arguments_of(asked: str) -> dict[str, str]:
    """The arguments that :attr:`CrawlArguments.asked` put into words."""
    found: dict[str, str] = {}
    for part in _ORDER.split(asked):
        name, equals, value = part.partition("=")
        if equals:
            found[name] = value
    return found


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _flag(name: str, value: str) -> bool:
    try:
        return _YES[value.strip().lower()]
    except KeyError:
        raise UsageError(f"{name}={value}: expected 1 or 0") from None


def read_day(said: str, value: str | None) -> date | None:
    """A day written like 2026-01-31; None where there is none. ``said``: how messages call it.

    Raises UsageError for what is no day, or lies outside of the years 1900 to 9998.
    """
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise UsageError(f"{said}: expected a date like 2026-01-31")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{said}: there is no such day") from None
    if day.year not in _YEARS:
        raise UsageError(f"{said}: expected a year from {_YEARS[0]} to {_YEARS[-1]}")
    return day


def _count(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise UsageError(f"{name}={value}: expected a whole number of 1 or more")
    return int(value)


def _number(name: str, value: str | None, *, least: float) -> float | None:
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise UsageError(f"{name}={value}: expected a number") from None
    if not least <= number < float("inf"):
        raise UsageError(f"{name}={value}: expected a number of {least:g} or more")
    return number
