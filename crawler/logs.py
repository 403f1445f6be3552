"""The log of a worker: the job's id on each line, as text or as one JSON object a line.

Scrapy's own root handler is left out (its formatter cannot be replaced, and has no place for a job). What its
settings say holds: LOG_ENABLED, LOG_FILE, LOG_FILE_APPEND, LOG_ENCODING, LOG_LEVEL, LOG_DATEFORMAT, and
LOG_FORMAT where one is given, in which ``%(job)s`` and ``%(portal)s`` may be used. LOG_JSON chooses JSON.
"""

from __future__ import annotations

import json
import logging
import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from scrapy.settings import SETTINGS_PRIORITIES

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

__all__ = ["JobLines", "JsonLines", "job_name", "start_log"]

_STATS: Final = "scrapy.statscollectors"

TEXT: Final = "%(asctime)s %(job)s [%(name)s] %(levelname)s: %(message)s"


def job_name(given: str) -> str:
    """Return ``given``, or ``HOST-PID`` where the job has no name; it has neither blanks nor line breaks."""
    return "_".join(given.split()) or f"{socket.gethostname().partition('.')[0]}-{os.getpid()}"


class JobLines(logging.Formatter):
    """Text. Further lines of a record (a traceback) begin with the job's id as well.

    Scrapy's stats do not: logparser, and with it scrapydweb, reads them from ``{`` to ``}`` as they are dumped.
    """

    def __init__(self, fmt: str, datefmt: str | None, *, job: str, portal: str = "") -> None:
        super().__init__(fmt, datefmt, defaults={"job": job, "portal": portal or "-"})
        self._job = job

    def format(self, record: logging.LogRecord) -> str:
        """Return all lines of one record."""
        lines = super().format(record)
        return lines if record.name == _STATS else lines.replace("\n", f"\n{self._job} | ")


class JsonLines(logging.Formatter):
    """One JSON object a record, on one line: ``time`` (UTC, ISO 8601 with ms), ``level``, ``logger``, ``message``.

    Further ``job``; ``portal`` where the record or the worker has one; ``error`` with the traceback.
    """

    def __init__(self, *, job: str, portal: str = "") -> None:
        super().__init__()
        self._job = job
        self._portal = portal

    def format(self, record: logging.LogRecord) -> str:
        """Return the object."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "job": self._job,
        }
        if portal := getattr(record, "portal", self._portal):
            line["portal"] = str(portal)
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start_log(settings: BaseSettings, *, job: str, portal: str = "") -> None:
    """Begin the log of this process, instead of Scrapy's.

    ``portal`` is the one that all lines concern, if it is one. Raise OSError where LOG_FILE cannot be opened.
    """
    handler = _handler(settings)
    formatter: logging.Formatter
    if settings.getbool("LOG_JSON"):
        formatter = JsonLines(job=job, portal=portal)
    else:
        own = (settings.getpriority("LOG_FORMAT") or 0) <= SETTINGS_PRIORITIES["default"]
        fmt = TEXT if own else settings["LOG_FORMAT"]
        formatter = JobLines(fmt, settings["LOG_DATEFORMAT"], job=job, portal=portal)
    handler.setFormatter(formatter)
    handler.setLevel(settings["LOG_LEVEL"])
    logging.root.setLevel(logging.NOTSET)
    logging.root.addHandler(handler)
    settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")


def _handler(settings: BaseSettings) -> logging.Handler:
    if settings["LOG_FILE"]:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        return logging.FileHandler(settings["LOG_FILE"], mode=mode, encoding=settings["LOG_ENCODING"])
    if settings.getbool("LOG_ENABLED"):
        return logging.StreamHandler()
    return logging.NullHandler()
