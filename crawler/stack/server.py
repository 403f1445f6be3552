"""One embedded server: started as a process of its own, found again by any other command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from crawler.errors import Unreachable
from crawler.stack.lock import is_locked, take
from crawler.stack.ports import free_port, is_free

__all__ = ["Server", "State"]

READY_S = 300.0
"""How long a server may take to answer: after a crash it reads its log again, minutes when there is much."""

ENDING_S = 60.0
POLL_S = 0.02
PORT_TRIES = 5
LOG_KEPT_BYTES = 5_000_000

FULL_BYTES = 100_000
"""A server that dies on a disk with less has died of it, and may have had no room to say so."""

# The server is a child of a shell that ends at once: it has no parent that could end it, or that would have
# to collect it. exec keeps its pid; & shields it from Ctrl-C.
_DETACH = 'exec >>"$1" 2>&1; shift; "$@" &'


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a server without starting it. ``answers`` is False while it loads or is frozen."""

    name: str
    running: bool
    answers: bool
    port: int | None
    pid: int | None
    url: str | None


class _Ended(Exception):
    """The server's process is gone."""


class Server(ABC):
    """A kind of server in a data folder. Nothing happens before a method is called.

    The caller of :meth:`start` and :meth:`stop` holds the stack's lock.
    """

    name: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, data_dir: Path) -> None:
        data_dir = data_dir.absolute()
        self.folder = data_dir / self.name
        self.log = data_dir / "logs" / f"{self.name}.log"
        run = data_dir / "run"
        self.pid_file = run / f"{self.name}.pid"
        self._alive_file = run / f"{self.name}.alive"
        self._port_file = run / f"{self.name}.port"
        self._wanted_file = run / f"{self.name}.wanted"

    @abstractmethod
    def program(self) -> Path:
        """Return the server's program. Raise UsageError when there is none."""

    @abstractmethod
    def options(self, port: int) -> list[str]:
        """Return the program's arguments."""

    def environment(self, program: Path) -> dict[str, str]:  # noqa: ARG002
        """Return variables that the program gets on top of ours."""
        return {}

    @abstractmethod
    def url(self, port: int) -> str:
        """Return the address for clients."""

    @abstractmethod
    def ask_pid(self, port: int) -> int | None:
        """Return the pid of the server that answers at the port and is ready to load; None while none does."""

    @abstractmethod
    def prepare(self, port: int) -> bool:
        """Take a server that answers one step further, and return whether it is ready for clients now.

        Called again and again until it is, and at every start.
        """

    @abstractmethod
    def last_words(self, log: str) -> str:
        """Return the line of the log that says why the server ended."""

    def state(self) -> State:
        """Return what is there now; no waiting beyond a second or two for a frozen server."""
        running = is_locked(self._alive_file)
        port = _read_number(self._port_file)
        pid = self._pid(port) if running and port else None
        answers = bool(port and pid and self.ask_pid(port) == pid)
        return State(self.name, running, answers, port, pid, self.url(port) if running and port else None)

    def crashed(self) -> bool:
        """Return whether it ended without having been told to: killed, or of a full disk."""
        return self._wanted_file.exists() and not is_locked(self._alive_file)

    def start(self) -> tuple[str, bool]:
        """See to it that the server runs and is ready; return its address, and whether this call started it.

        Raise Unreachable with the server's own last words when it does not come up.
        """
        port = _read_number(self._port_file)
        if is_locked(self._alive_file) and port:
            try:
                self._await(port)
            except _Ended:
                pass  # It was just ending.
            else:
                return self.url(port), False
        for folder in (self.folder, self.log.parent, self._alive_file.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _ in range(PORT_TRIES):
            if not port or not is_free(port):
                port = free_port()
            self._port_file.write_text(f"{port}\n", encoding="ascii")
            log_from = self._spawn(port)
            try:
                self._await(port)
            except _Ended as end:
                if is_free(port):
                    why = self._why(log_from)
                    raise Unreachable(f"{self.title} ended at its start: {why} (log: {self.log})") from end
                continue  # Another program was quicker to take the port.
            self._wanted_file.touch()
            return self.url(port), True
        raise Unreachable(f"{self.title} found its port taken {PORT_TRIES} times; see {self.log}")

    def stop(self, *, force: bool = False) -> bool:
        """End the server, which writes out what it holds; return whether one ran.

        Raise Unreachable when it does not end in time; with ``force`` it is killed then (its logs make that
        safe, the next start takes longer).
        """
        self._wanted_file.unlink(missing_ok=True)
        if not is_locked(self._alive_file):
            return False
        port = _read_number(self._port_file)
        pid = self._pid(port) if port else None
        if pid is None:
            raise Unreachable(
                f"{self.title} runs, but {self.pid_file} does not say as which process: end it by hand"
            )
        os.kill(pid, signal.SIGTERM)
        ended = self._ended(ENDING_S if not force else ENDING_S / 6)
        if not ended and force:
            os.kill(pid, signal.SIGKILL)
            ended = self._ended(ENDING_S)
        if ended:
            return True
        raise Unreachable(f"{self.title} (process {pid}) does not end; see {self.log}")

    def _spawn(self, port: int) -> int:
        """Start the process, and return the length of the log before it."""
        program = self.program()
        self.pid_file.unlink(missing_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        log_from = self.log.stat().st_size if self.log.exists() else 0
        alive = take(self._alive_file)
        if alive is None:
            raise Unreachable(f"{self.title} is just being started by another command: try again")
        try:
            subprocess.run(  # noqa: S603
                ["/bin/sh", "-c", _DETACH, "sh", str(self.log), str(program), *self.options(port)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **self.environment(program)},
                cwd=self.folder,
                pass_fds=(alive,),
                start_new_session=True,
                check=True,
            )
        finally:
            os.close(alive)
        return log_from

    def _await(self, port: int) -> None:
        """Wait until the server is ready. Raise _Ended when it is no more, Unreachable after READY_S."""
        deadline = time.monotonic() + READY_S
        while True:
            pid = self._pid(port)
            if pid is not None and self.ask_pid(port) == pid and self.prepare(port):
                return
            if not is_locked(self._alive_file):
                raise _Ended
            if time.monotonic() > deadline:
                raise Unreachable(
                    f"{self.title} runs but is not ready after {READY_S:.0f} s (log: {self.log})"
                )
            time.sleep(POLL_S)

    def _why(self, log_from: int) -> str:
        if shutil.disk_usage(self.folder).free < FULL_BYTES:
            return "no space left on the disk"
        try:
            with self.log.open("rb") as file:
                file.seek(log_from)
                log = file.read(1_000_000).decode("utf-8", "replace")
        except OSError as error:
            return f"its log is not readable ({error.strerror})"
        return " ".join(self.last_words(log).split())[:500] or "it said nothing"

    def _ended(self, patience_s: float) -> bool:
        deadline = time.monotonic() + patience_s
        while is_locked(self._alive_file):
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_S)
        return True

    def _pid(self, port: int | None) -> int | None:
        """Return the pid that the server wrote, unless that process is visibly another one by now."""
        pid = _read_number(self.pid_file)
        if pid is None:
            return None
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return pid if not Path("/proc/self").exists() else None
        return pid if str(port).encode() in arguments else None


def _read_number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
