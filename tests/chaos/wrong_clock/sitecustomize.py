"""Imported by every Python whose path begins with this folder: its wall clock is off by WRONG_CLOCK_S seconds.

Only the wall clock: a wrong date does not change how fast time passes on a machine, so monotonic clocks and with
them the event loop stay right. Covered is all that Python code can ask (bson's ObjectIds and logging included).
"""

import datetime as dt
import os
import time
from functools import partial

OFF_S = float(os.environ.get("WRONG_CLOCK_S", "0"))


def shifted(clock):
    """A built-in clock function whose default is the wrong now. No function: logging keeps it as a class attribute."""
    return partial(lambda seconds=None: clock(time.time() if seconds is None else seconds))


if OFF_S:
    _time, _time_ns, _strftime = time.time, time.time_ns, time.strftime
    time.time = lambda: _time() + OFF_S
    time.time_ns = lambda: _time_ns() + int(OFF_S * 1e9)
    time.gmtime, time.localtime, time.ctime = map(shifted, (time.gmtime, time.localtime, time.ctime))
    time.strftime = lambda form, moment=None: _strftime(form, time.localtime() if moment is None else moment)

    class WrongDate(dt.date):
        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

    class WrongDatetime(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls):
            return cls.fromtimestamp(time.time(), dt.UTC).replace(tzinfo=None)

        @classmethod
        def today(cls):
            return cls.fromtimestamp(time.time())

    dt.date, dt.datetime = WrongDate, WrongDatetime
