"""What a worker tells the command that started it, beside its log: warnings, errors, and why it ends.

One JSON object a line, through a pipe whose number is the setting REPORT_FD: ``level``, and the first line of the
``message``. The log is for people and may have any format; nothing reads it but them.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.settings import BaseSettings

    from crawler.fleet.processes import Worker

__all__ = ["END", "DistinctReports", "Report", "ReportHandler", "ReportReader"]

END: Final = "END"
"""The level of the report that says why a worker ends; its log need not have it."""

# JSON makes six bytes of a character at most, and Linux's pipes take 4,096 bytes at once or none.
_LONGEST_MESSAGE: Final = 600
_MOST_KINDS: Final = 20
_READ_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Report:
    """One line for a person. ``level`` is that of a log record (WARNING, ERROR, CRITICAL), or :data:`END`."""

    level: str
    message: str


class ReportHandler(logging.Handler):
    """A worker's end: hands on its log's warnings and errors, and never waits for a reader.

    What a full pipe does not take is lost; it is in the log. So is everything once the reader has ended.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(logging.WARNING)
        self._descriptor = descriptor
        os.set_inheritable(descriptor, False)  # the end of the pipe is this process's end
        os.set_blocking(descriptor, False)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self | None:
        """Return the handler that REPORT_FD asks for. Raise UsageError where that is no open file."""
        descriptor = settings.getint("REPORT_FD")
        if not descriptor:
            return None
        try:
            return cls(descriptor)
        except OSError as error:
            raise UsageError(f"REPORT_FD={descriptor}: {error.strerror}") from error

    def emit(self, record: logging.LogRecord) -> None:
        """Send one line."""
        try:
            self.tell(record.levelname, record.getMessage())
        except Exception:  # noqa: BLE001 -- as every handler of logging
            self.handleError(record)

    def tell(self, level: str, message: str) -> None:
        """Send a line, whether or not it is in the log."""
        first = message.strip().partition("\n")[0][:_LONGEST_MESSAGE]
        line = json.dumps({"level": level, "message": first}, ensure_ascii=False) + "\n"
        with suppress(OSError):
            os.write(self._descriptor, line.encode(errors="replace"))


class ReportReader:
    """The starter's end of one worker's pipe. Without a descriptor there is nothing to read."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._descriptor = descriptor
        self._half = b""
        self._unread: list[Report] = []
        self._last_error = ""
        if descriptor is not None:
            os.set_blocking(descriptor, False)

    def read(self) -> list[Report]:
        """Return what has come since the last call, without waiting."""
        self._take()
        found, self._unread = self._unread, []
        return found

    def last_error(self) -> str:
        """Return the message of the last error that was ever reported; empty where there was none."""
        self._take()
        return self._last_error

    def close(self) -> None:
        """Read no more."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _take(self) -> None:
        while self._descriptor is not None:
            try:
                new = os.read(self._descriptor, _READ_BYTES)
            except BlockingIOError:
                return
            if not new:
                self.close()
            *lines, self._half = (self._half + new).split(b"\n")
            for report in (Report(**json.loads(line)) for line in lines):
                self._unread.append(report)
                if report.level != "WARNING":
                    self._last_error = report.message


class DistinctReports:
    """Tells each kind of warning once, whoever has it and whatever addresses and numbers are in it.

    An error names its log too: the traceback of a bug is there. Why a worker ends is left to its end.
    """

    def __init__(self) -> None:
        self._reported: set[tuple[str, ...]] = set()

    def read(self, workers: Iterable[Worker]) -> Iterator[str]:
        """Yield what is new, one line each; of many kinds the first twenty."""
        for worker in workers:
            for report in worker.reports.read():
                kind = tuple(word for word in report.message.split() if not _is_particular(word))
                if report.level == END or kind in self._reported or len(self._reported) >= _MOST_KINDS:
                    continue
                self._reported.add(kind)
                where = "" if report.level == "WARNING" else f" (its log: {worker.log})"
                yield f"worker {worker.number}: {report.message}{where}"


def _is_particular(word: str) -> bool:
    """Return whether a word is an address or has a number in it."""
    return "://" in word or any(character.isdigit() for character in word)
