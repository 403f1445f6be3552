"""The ``-a NAME=VALUE`` arguments of a crawl, read: one reader for every spider and every command."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "as_words",
    "check_names",
    "read_arguments",
    "read_count",
    "read_day",
    "read_flag",
    "read_names",
    "read_number",
]

_FROM_SCRAPYD: Final = ("_job", "job")  # scrapyd passes the job's id as a spider argument
_FLAGS: Final = {
    "1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False,
}  # fmt: skip

# Within these years a day has a start, an end and neighbours in every time zone.
_YEARS: Final = range(1900, 9999)


def read_arguments(words: Iterable[str]) -> dict[str, str]:
    """Return the arguments of words like ``NAME=VALUE``. Raises UsageError for any other word."""
    arguments: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError("-a is followed by NAME=VALUE")
        arguments[name] = value
    return arguments


def as_words(arguments: Mapping[str, str]) -> list[str]:
    """Return arguments as a command line has them: ``-a NAME=VALUE …``."""
    return [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]


def check_names(arguments: Mapping[str, str], names: Iterable[str]) -> None:
    """Raise UsageError for an argument that is none of ``names``, with the nearest of them."""
    allowed = list(names)
    for name in arguments:
        if name not in allowed and name not in _FROM_SCRAPYD:
            near = get_close_matches(name, allowed, n=1)
            hint = f"did you mean {near[0]}=?" if near else f"known are {', '.join(allowed)}"
            raise UsageError(f"unknown argument {name}=; {hint}")


def read_names(value: str) -> tuple[str, ...]:
    """Return the names of a list with commas."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


def read_flag(name: str, value: str) -> bool:
    """Return a flag, which is off where nothing is given. Raises UsageError."""
    try:
        return _FLAGS[value.strip().lower()]
    except KeyError:
        raise UsageError(f"{name}={value}: expected 1 or 0") from None


def read_day(label: str, value: str | None) -> date | None:
    """Return a day written like 2026-01-31; None where there is none. ``label``: how messages call it.

    Raises UsageError for what is no day, or lies outside of the years 1900 to 9998.
    """
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise UsageError(f"{label}: expected a date like 2026-01-31")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{label}: there is no such day") from None
    if day.year not in _YEARS:
        raise UsageError(f"{label}: expected a year from {_YEARS[0]} to {_YEARS[-1]}")
    return day


def read_count(name: str, value: str | None) -> int | None:
    """Return a whole number of 1 or more; None where nothing is given. Raises UsageError."""
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise UsageError(f"{name}={value}: expected a whole number of 1 or more")
    return int(value)


def read_number(name: str, value: str | None, *, least: float) -> float | None:
    """Return a finite number of ``least`` or more; None where nothing is given. Raises UsageError."""
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise UsageError(f"{name}={value}: expected a number") from None
    if not least <= number < float("inf"):
        raise UsageError(f"{name}={value}: expected a number of {least:g} or more")
    return number
