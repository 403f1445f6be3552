"""Worker processes: started together, stopped gracefully, never left behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.fleet.log_lines import warning_in
from crawler.terminal import FORCED, interruptible_later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Fleet", "Worker"]

_POLL_S: Final = 0.05
_LOG_KEPT_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker process and the file that takes its log, from the byte ``log_from`` on."""

    number: int
    process: subprocess.Popen[bytes]
    log: Path
    log_from: int = 0

    def exit_code(self) -> int:
        """Of a worker that has ended; 1 where a signal ended it."""
        code = self.process.poll()
        return 1 if code is None or code < 0 else code

    def interrupted(self) -> bool:
        """Whether it ended at once by the signal that asked it to end: it held nothing yet."""
        return self.process.poll() in (FORCED, -signal.SIGINT)

    def last_words(self) -> str:
        """The last line of its log that a person should see, for a worker that ended badly."""
        try:
            with self.log.open("rb") as file:
                file.seek(self.log_from)
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        telling = [
            line if found is None else found[1]
            for line in lines
            if (found := warning_in(line)) or line.startswith("error:")
        ]
        return (telling or lines or [""])[-1]


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
        """Start them all. Raises OSError where the log folder or a process cannot be made."""
        self._logs.mkdir(parents=True, exist_ok=True)
        for number in range(1, self._size + 1):
            log = self._logs / f"worker-{number}.log"
            if log.exists() and log.stat().st_size > _LOG_KEPT_BYTES:
                log.replace(log.with_suffix(".log.1"))
            with log.open("ab") as output, interruptible_later():
                log_from = output.tell()
                process = subprocess.Popen(  # noqa: S603 -- our own interpreter and arguments, no shell
                    [sys.executable, "-m", "scrapy", *self._command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=self._environment,
                    start_new_session=True,
                )
            self.workers.append(Worker(number, process, log, log_from))

    def running(self) -> int:
        """How many still work."""
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
