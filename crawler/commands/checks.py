"""Settings that cannot mean anything, found before a crawl begins."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from crawler import settings as declared
from crawler.errors import UsageError
from crawler.frontier.options import Options

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

__all__ = ["check_settings"]

# What MongoDB takes everywhere (Windows' servers refuse more than others):
# https://www.mongodb.com/docs/v6.0/reference/limits/#naming-restrictions
_DATABASE: Final = re.compile(r"[^\s/\\.\"$*<>:|?]{1,63}")


def check_settings(settings: BaseSettings) -> None:
    """Raise UsageError for the first setting of the project that cannot be used, in one line that names it.

    Numbers are judged by what ``crawler.settings`` declares: where a number stands there, one is needed.
    """
    for name, default in vars(declared).items():
        if not name.isupper() or not isinstance(default, int | float):
            continue
        try:
            _ = settings.getbool(name) if isinstance(default, bool) else settings.getfloat(name)
        except (TypeError, ValueError):
            kind = "1 or 0" if isinstance(default, bool) else "a number"
            raise UsageError(f"{name}={settings[name]}: expected {kind}") from None
    level = str(settings["LOG_LEVEL"]).upper()
    if level not in logging.getLevelNamesMapping():
        raise UsageError(f"LOG_LEVEL={settings['LOG_LEVEL']}: expected DEBUG, INFO, WARNING or ERROR")
    if not _DATABASE.fullmatch(settings["MONGO_DATABASE"]):
        raise UsageError(
            f"MONGO_DATABASE={settings['MONGO_DATABASE']!r}: a name of up to 63 characters without blanks, "
            "dots, slashes and $"
        )
    if set("{}: ") & set(Options.from_settings(settings).name):
        raise UsageError(f"FRONTIER={settings['FRONTIER']!r}: a name without braces, colons and spaces")
