"""The one grammar of dates: as pages, lists, feeds, JSON and addresses write them; pure, the present is an argument.

:func:`find_date` finds a date as it is written (the year may be missing), :func:`read_moment` and
:func:`read_relative` make a point in time of it. tests/chinese/test_dates.py has the table of cases.
"""

from crawler.chinese.dates.address import from_url
from crawler.chinese.dates.moment import BEIJING, Moment, from_epoch
from crawler.chinese.dates.reading import find_date, is_date_part, read_block, read_moment, without_dates
from crawler.chinese.dates.relative import find_relative, read_relative
from crawler.chinese.dates.written import Written

__all__ = [
    "BEIJING",
    "Moment",
    "Written",
    "find_date",
    "find_relative",
    "from_epoch",
    "from_url",
    "is_date_part",
    "read_block",
    "read_moment",
    "read_relative",
    "without_dates",
]
