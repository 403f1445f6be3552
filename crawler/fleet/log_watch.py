"""What the workers warn of, for the person who sees only the counters stand still."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.fleet.log_lines import warning_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crawler.fleet.processes import Worker

__all__ = ["LogWatch"]

_PARTICULARS: Final = re.compile(r"https?://[^\s>]+|\d+")
_MOST: Final = 20
_READ_BYTES: Final = 1_000_000


class LogWatch:
    """Follows the logs of workers.

    A warning is told once, whoever has it and whatever URLs and numbers are in it. An error names its log too:
    the traceback of a bug is there.
    """

    def __init__(self) -> None:
        self._read: dict[Path, int] = {}
        self._told: set[str] = set()

    def read(self, workers: Iterable[Worker]) -> Iterator[str]:
        """The warnings and errors since the last call, one line each; of many kinds the first twenty."""
        for worker in workers:
            for line in self._new_lines(worker):
                found = warning_in(line)
                if found is None or len(self._told) >= _MOST:
                    continue
                level, message = found
                kind = _PARTICULARS.sub("#", message)
                if kind in self._told:
                    continue
                self._told.add(kind)
                where = "" if level == "WARNING" else f" (its log: {worker.log})"
                yield f"worker {worker.number}: {message}{where}"

    def _new_lines(self, worker: Worker) -> list[str]:
        """Whole lines only: what is half written comes with the next call."""
        since = self._read.get(worker.log, worker.log_from)
        try:
            with worker.log.open("rb") as file:
                file.seek(since)
                new = file.read(_READ_BYTES)
        except OSError:
            return []
        whole = new[: new.rfind(b"\n") + 1]
        self._read[worker.log] = since + len(whole)
        return whole.decode("utf-8", "replace").splitlines()
