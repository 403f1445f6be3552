"""What can go wrong, named by what happens next.

Every error that a person may meet derives from :class:`CrawlerError`; its text is one line that says what is
wrong and what to do. Commands print that line on stderr and exit with :attr:`CrawlerError.exit_code`.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "CrawlerError",
    "GiveUp",
    "PageError",
    "ProfileError",
    "Retry",
    "SkipPage",
    "Unreachable",
    "Unwritable",
    "UsageError",
]


class CrawlerError(Exception):
    """The root of the tree. Its text is one line for a person."""

    exit_code: ClassVar[int] = 1


class UsageError(CrawlerError):
    """A wrong argument or setting: nothing was done."""

    exit_code = 2


class Unreachable(CrawlerError):
    """A server that the command needs does not answer: nothing was done."""

    exit_code = 2


class Unwritable(CrawlerError):
    """What takes the result (a file, a device, stdout) did not take all of it."""

    exit_code = 2


class ProfileError(UsageError):
    """A portal profile that cannot be used.

    The text is ``FILE: KEY: REASON``, where KEY is the dotted path of the offending key (``list.pager.next``,
    ``channels[2].url``), or is left out where the whole file is meant.
    """

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}" if key else f"{file}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


class PageError(CrawlerError):
    """One page could not be used; the crawl goes on.

    ``reason`` is a short stable word (``soft-404``, ``no-body``, ``too-large``) under which the page is counted
    and, for :class:`GiveUp`, stored in ``failures``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Retry(PageError):
    """Try the page again later, within the bounds of the retry policy."""


class GiveUp(PageError):
    """The page failed for good: it goes to ``failures`` at once."""


class SkipPage(PageError):
    """The page is sound but not wanted (out of ``since``/``until``, not an article): it is only counted."""
