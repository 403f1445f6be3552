"""A point in time, as precise as it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import tzinfo

    from crawler.items import Precision

__all__ = ["BEIJING", "Moment", "from_epoch"]

BEIJING = ZoneInfo("Asia/Shanghai")

_RANK: dict[Precision, int] = {"day": 0, "minute": 1, "second": 2}
_EPOCHS = (7.5e8, 4.1e9)  # seconds: 1993 to 2099
_MILLISECONDS = 1e11


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as precise as it was written; ``at`` is aware, in the zone it was written in.

    ``bound`` is what the words say besides: 3小时前 is a day that is told by its start, and no later than that.
    """

    at: datetime
    precision: Precision
    bound: datetime | None = field(default=None, compare=False)

    @property
    def utc(self) -> datetime:
        """The same in UTC; a day is its start in its zone."""
        return self.at.astimezone(UTC)

    @property
    def latest(self) -> datetime:
        """The last point in time that may be meant: of a day its last microsecond."""
        if self.bound is not None:
            return self.bound
        return datetime.combine(self.at, time.max, self.at.tzinfo) if self.precision == "day" else self.at

    def iso(self) -> str:
        """Return ISO 8601 with offset, cut to the precision."""
        if self.precision == "day":
            return self.at.date().isoformat()
        return self.at.isoformat(timespec="seconds" if self.precision == "second" else "minutes")

    def refines(self, other: Moment) -> bool:
        """Tell whether this is the same moment, more precisely."""
        if _RANK[self.precision] <= _RANK[other.precision]:
            return False
        mine = self.at.astimezone(other.at.tzinfo)
        if other.precision == "day":
            return mine.date() == other.at.date()
        return mine.replace(second=0, microsecond=0) == other.at.replace(second=0, microsecond=0)


def from_epoch(value: float, zone: tzinfo = BEIJING) -> Moment | None:
    """Read seconds or milliseconds since 1970; None outside 1993 to 2099."""
    seconds = value / 1000 if value > _MILLISECONDS else value
    if not _EPOCHS[0] < seconds < _EPOCHS[1]:
        return None
    return Moment(datetime.fromtimestamp(int(seconds), zone), "second")
