"""One contender's worker process: started, waited for within a bound, and what it cost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Cost", "cpu_seconds", "run"]

_POLL_S: Final = 0.05
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """What the operating system says of an ended process: seconds, and the peak resident set in MB."""

    exit_code: int
    wall_s: float
    cpu_s: float
    peak_mb: float


def run(
    arguments: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path, limit_s: float
) -> Cost:
    """``python -m scrapy ARGUMENTS`` in ``folder``; its output goes to ``log``.

    Raises TimeoutError after ``limit_s`` seconds (the process is ended then), RuntimeError with the log's end when
    it exits with another code than 0.
    """
    began = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=dict(environment),
        )
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - began > limit_s:
            os.kill(process.pid, signal.SIGKILL)
            os.waitpid(process.pid, 0)
            process.returncode = -signal.SIGKILL
            raise TimeoutError(f"not done after {limit_s:.0f} s\n{_end_of(log)}")
        time.sleep(_POLL_S)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code:
        raise RuntimeError(f"exit code {code}\n{_end_of(log)}")
    return Cost(code, time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cpu_seconds(pid: int) -> float:
    """User and system time so far of a process and its children that run now; 0 where the system does not say."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        children = []
    total = 0.0
    for number in (pid, *map(int, children)):
        try:
            fields = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


def _end_of(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])
