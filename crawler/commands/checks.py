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
_DATABASE: Final = re.compile(r"[^\x00\s/\\.\"$*<>:|?]+")
_DATABASE_BYTES: Final = 63

# Of these 0 is no bound or no wait, but nothing at all: no request, no page, no time. The other numbers may be 0.
_ABOVE_0: Final = frozenset({
    "CONCURRENT_ITEMS", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "DNS_TIMEOUT", "DOWNLOAD_MAXSIZE",
    "DOWNLOAD_TIMEOUT", "FRONTIER_BATCH", "FRONTIER_POLL", "LEASE_SECONDS", "POISON_LOSSES", "RENDER_LIFETIME",
    "RENDER_PAGES", "RENDER_TIMEOUT", "SCRAPER_SLOT_MAX_ACTIVE_SIZE", "SITEMAP_MAXSIZE", "SITEMAP_TIMEOUT",
})  # fmt: skip

_SHARES: Final = frozenset({"FAILURE_THRESHOLD", "RENDER_SHARE"})

# Scrapy and the middlewares read these with getint.
_WHOLE: Final = frozenset({
    "CONCURRENT_ITEMS", "CONCURRENT_REQUESTS", "CONCURRENT_REQUESTS_PER_DOMAIN", "DOWNLOAD_MAXSIZE", "DOWNLOAD_TIMEOUT",
    "DOWNLOAD_WARNSIZE", "REDIRECT_MAX_TIMES", "RENDER_BUDGET", "RENDER_LIFETIME", "RENDER_PAGES",
    "SCRAPER_SLOT_MAX_ACTIVE_SIZE", "SITEMAP_MAXSIZE", "SITEMAP_TIMEOUT",
})  # fmt: skip


def check_settings(settings: BaseSettings) -> None:
    """Raise UsageError for the first setting of the project that cannot be used, in one line that names it.

    Numbers are judged by what ``crawler.settings`` declares: where a number stands there, one is needed.
    """
    for name, default in vars(declared).items():
        if not name.isupper() or settings[name] is None:
            continue
        if isinstance(default, bool):
            _check_switch(settings, name)
        elif isinstance(default, int | float):
            _check_number(settings, name)
    _check_names(settings)
    options = Options.from_settings(settings)
    if options.heartbeat <= 0:
        raise UsageError(f"HEARTBEAT_SECONDS={settings['HEARTBEAT_SECONDS']}: expected a number above 0")
    if set("{}: ") & set(options.name):
        raise UsageError(f"FRONTIER={settings['FRONTIER']!r}: a name without braces, colons and spaces")


def _check_switch(settings: BaseSettings, name: str) -> None:
    try:
        settings.getbool(name)
    except (TypeError, ValueError):
        raise UsageError(f"{name}={settings[name]}: expected 1 or 0") from None


def _check_number(settings: BaseSettings, name: str) -> None:
    try:
        number = settings.getfloat(name)
    except (TypeError, ValueError):
        raise UsageError(f"{name}={settings[name]}: expected a number") from None
    if name in _SHARES and not 0 <= number <= 1:
        raise UsageError(f"{name}={settings[name]}: expected a share from 0 to 1, as 0.05 for 5 %")
    least = "above 0" if name in _ABOVE_0 else "of 0 or more"
    if not 0 <= number < float("inf") or (number == 0 and name in _ABOVE_0):
        raise UsageError(f"{name}={settings[name]}: expected a number {least}")
    if name in _WHOLE:
        try:
            settings.getint(name)
        except ValueError:
            raise UsageError(f"{name}={settings[name]}: expected a whole number {least}") from None


def _check_names(settings: BaseSettings) -> None:
    level = str(settings["LOG_LEVEL"]).upper()
    if level not in logging.getLevelNamesMapping():
        raise UsageError(f"LOG_LEVEL={settings['LOG_LEVEL']}: expected DEBUG, INFO, WARNING or ERROR")
    database = settings["MONGO_DATABASE"]
    if database is None:
        return
    if not _DATABASE.fullmatch(database) or len(database.encode("utf-8", "replace")) > _DATABASE_BYTES:
        raise UsageError(
            f"MONGO_DATABASE={database!r}: a name of up to {_DATABASE_BYTES} bytes without blanks, dots, slashes and $"
        )
