"""Worker processes of a chaos run: started, killed, frozen, and waited for, each by its process id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Worker", "Workers"]

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Worker:
    """One ``scrapy crawl`` and its log. ``killed``: by us, so that its exit code says nothing."""

    number: int
    process: subprocess.Popen[bytes]
    log: Path
    killed: bool = False

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def words(self) -> str:
        """All that it said."""
        return self.log.read_text("utf-8", "replace")

    def last_words(self, lines: int = 25) -> str:
        return "\n".join(self.words().splitlines()[-lines:])


class Workers:
    """All the workers of one round. Whatever happens, :meth:`end` leaves none behind."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        self._arguments = [sys.executable, "-m", "scrapy", "crawl", "portal", *arguments]
        self.environment = environment
        self._folder = folder
        self.all: list[Worker] = []

    @property
    def running(self) -> list[Worker]:
        return [worker for worker in self.all if worker.running]

    def start(self, environment: dict[str, str] | None = None) -> Worker:
        """One more worker."""
        number = len(self.all) + 1
        log = self._folder / f"worker-{number}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                self._arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=environment or self.environment,
                start_new_session=True,
            )
        worker = Worker(number, process, log)
        self.all.append(worker)
        return worker

    def kill(self, worker: Worker) -> None:
        """SIGKILL, unless it has ended by itself just before."""
        if worker.running:
            worker.killed = True
            worker.process.kill()
            worker.process.wait()

    def wait(self, limit_s: float) -> bool:
        """Until all have ended by themselves; False when they have not after ``limit_s`` seconds."""
        deadline = time.monotonic() + limit_s
        while self.running:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    def end(self) -> None:
        """Kills whatever is left, also what is frozen."""
        for worker in self.running:
            os.kill(worker.process.pid, signal.SIGCONT)
            self.kill(worker)
