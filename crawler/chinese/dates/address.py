"""The day that an address carries: /2022-11/03/content_31.htm, t20221103_1.html, /22/1103/15/X.html."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from crawler.chinese.dates.moment import BEIJING, Moment

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["from_url"]

_OLDEST = 1994
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_.]?(?P<month>0[1-9]|1[0-2]|(?<=[-/_.])[1-9](?=[-/_.]))[-/_.]?"
    r"(?P<day>0[1-9]|[12]\d|3[01]|(?<=[-/_.])[1-9](?=[-/_.]))(?!\d)"
    r"|/(?P<year_>[0-3]\d)/(?P<month_>0[1-9]|1[0-2])(?P<day_>0[1-9]|[12]\d|3[01])/"
)


def from_url(url: str, zone: tzinfo = BEIJING) -> Moment | None:
    """Read the first day in the path of an address; None where it has none."""
    path = f"/{url.split('://', 1)[-1].partition('/')[2].partition('?')[0]}"
    for match in _DAY.finditer(path):
        part = match.groupdict()
        year = int(part["year"] or 2000 + int(part["year_"]))
        try:
            at = datetime(
                year, int(part["month"] or part["month_"]), int(part["day"] or part["day_"]), tzinfo=zone
            )
        except ValueError:
            continue
        if year >= _OLDEST:
            return Moment(at, "day")
    return None
