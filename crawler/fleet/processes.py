"""Worker processes: started together, stopped gracefully, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.fleet.reports import ReportReader
from crawler.terminal import FORCED, interruptible_later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Fleet", "Worker"]

_POLL_S: Final = 0.05
_LOG_KEPT_BYTES: Final = 5_000_000
_LOG_END_BYTES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker process, the file that takes its log, from the byte ``log_from`` on, and what it reports."""

    number: int
    process: subprocess.Popen[bytes]
    log: Path
    log_from: int = 0
    reports: ReportReader = field(default_factory=ReportReader)

    def exit_code(self) -> int:
        """Return the code of a worker that has ended; 1 where a signal ended it."""
        code = self.process.poll()
        return 1 if code is None or code < 0 else code

    def interrupted(self) -> bool:
        """Return whether it ended at once by the signal that asked it to end: it had leased nothing yet."""
        return self.process.poll() in (FORCED, -signal.SIGINT)

    def last_words(self) -> str:
        """Return why it ended badly: the signal, what it reported, or else the last line that it printed."""
        code = self.process.poll()
        if code is not None and code < 0:
            return f"ended by signal {-code} ({signal.strsignal(-code)})"
        return self.reports.last_error() or self._last_line()

    def _last_line(self) -> str:
        """Return what one sees of a worker that could not begin, or that a library ended: of a traceback the error."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(self.log_from, self.log.stat().st_size - _LOG_END_BYTES))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return next((line for line in reversed(lines) if line.strip()), "")


class Fleet:
    """N processes of ``scrapy crawl`` with the same arguments.

    Each runs in a session of its own, so that a Ctrl-C of the terminal reaches only this process, which
    passes it on once: a worker that got it twice would stop at once instead of finishing what it holds.

    Logs are appended to, since another fleet may use the same folder; one that has grown large is put aside.
    """

    def __init__(
        self, command: Sequence[str], *, workers: int, logs: Path, environment: Mapping[str, str]
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._logs = logs
        self._size = workers
        self.workers: list[Worker] = []

    def start(self) -> None:
        """Start them all. Raise OSError where the log folder or a process cannot be made."""
        self._logs.mkdir(parents=True, exist_ok=True)
        for number in range(1, self._size + 1):
            log = self._logs / f"worker-{number}.log"
            if log.exists() and log.stat().st_size > _LOG_KEPT_BYTES:
                log.replace(log.with_suffix(".log.1"))
            reading, writing = os.pipe()
            try:
                with log.open("ab") as output, interruptible_later():
                    log_from = output.tell()
                    process = subprocess.Popen(  # noqa: S603 -- our own interpreter and arguments, no shell
                        [sys.executable, "-m", "scrapy", *self._command, "-s", f"REPORT_FD={writing}"],
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=subprocess.STDOUT,
                        env=self._environment,
                        pass_fds=(writing,),
                        start_new_session=True,
                    )
            except OSError:
                os.close(reading)
                raise
            finally:
                os.close(writing)
            self.workers.append(Worker(number, process, log, log_from, ReportReader(reading)))

    def running(self) -> int:
        """Return how many still work."""
        return sum(worker.process.poll() is None for worker in self.workers)

    def stop(self) -> None:
        """Ask all to end: the first time gracefully, the second time at once (their leases then expire)."""
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.process.send_signal(signal.SIGINT)

    def kill(self, *, patience_s: float = 5.0) -> None:
        """End whatever is left, after at most ``patience_s`` seconds."""
        deadline = time.monotonic() + patience_s
        while self.running() and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.process.kill()
            worker.process.wait()
            worker.reports.close()
