"""A date as it is written: its year may be missing, and its time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.chinese.dates.moment import Moment

if TYPE_CHECKING:
    from datetime import tzinfo

    from crawler.chinese.dates.clock import Clock

__all__ = ["Written"]

_AHEAD = timedelta(days=2)  # clocks differ, and so do zones
_LEAP = 2000  # has every day that a year may have


@dataclass(frozen=True, slots=True)
class Written:
    """Year (None where it is not written), month, day and time of day; the day exists."""

    year: int | None
    month: int
    day: int
    clock: Clock | None = None

    def __post_init__(self) -> None:
        """Refuse a day that there is not (ValueError)."""
        datetime(_LEAP if self.year is None else self.year, self.month, self.day)  # noqa: DTZ001 - only looked at

    def iso(self) -> str:
        """Return ISO 8601, as much as is written: ``2022-11-03T07:29``, ``11-03``, an offset only where one is."""
        day = f"{self.month:02}-{self.day:02}"
        if self.year is not None:
            day = f"{self.year:04}-{day}"
        if self.clock is None:
            return day
        shown = f"{day}T{self.clock.hour:02}:{self.clock.minute:02}"
        if self.clock.second is not None:
            shown += f":{self.clock.second:02}"
        if self.clock.offset is not None:
            shown += datetime(2000, 1, 1, tzinfo=self.clock.offset).isoformat()[19:]
        return shown

    def moment(self, zone: tzinfo, now: datetime | None = None) -> Moment | None:
        """Return the point in time, in ``zone``.

        Without a year it is the last such day before ``now`` (aware; two days ahead are let pass); None without either.
        """
        if self.year is not None:
            return self._in(self.year, zone)
        if now is None:
            return None
        here = now.astimezone(zone)
        for year in (here.year, here.year - 1):
            moment = self._in(year, zone)
            if moment is not None and moment.at <= here + _AHEAD:
                return moment
        return None

    def _in(self, year: int, zone: tzinfo) -> Moment | None:
        clock = self.clock
        try:
            if clock is None:
                return Moment(datetime(year, self.month, self.day, tzinfo=zone), "day")
            at = datetime(
                year,
                self.month,
                self.day,
                clock.hour,
                clock.minute,
                clock.second or 0,
                tzinfo=clock.offset or zone,
            )
            return Moment(at.astimezone(zone), "minute" if clock.second is None else "second")
        except (ValueError, OverflowError):
            return None
