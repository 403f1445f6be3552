"""One embedded server: started as a process of its own, found again by any other command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from crawler.errors import Unreachable
from crawler.stack.lock import is_locked, take
from crawler.stack.place import Place, socket_path
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
    place: Place | None
    pid: int | None
    url: str | None


class _Ended(Exception):
    """The server's process is gone."""


class Server(ABC):
    """A kind of server in a data folder. Nothing happens before a method is called.

    ``sockets`` is the folder for a socket whose path would be too long in the data folder; the system's own for
    temporary files unless given. The caller of :meth:`start` and :meth:`stop` holds the stack's lock.
    """

    name: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, data_dir: Path, sockets: Path | None = None) -> None:
        data_dir = data_dir.absolute()
        self._sockets = sockets or Path(tempfile.gettempdir())
        self.folder = data_dir / self.name
        self.log = data_dir / "logs" / f"{self.name}.log"
        run = data_dir / "run"
        self.pid_file = run / f"{self.name}.pid"
        self._alive_file = run / f"{self.name}.alive"
        self._port_file = run / f"{self.name}.port"
        self._socket_file = run / f"{self.name}.socket"
        self._wanted_file = run / f"{self.name}.wanted"

    @abstractmethod
    def program(self) -> Path:
        """Return the server's program. Raise UsageError when there is none."""

    @abstractmethod
    def options(self, place: Place) -> list[str]:
        """Return the program's arguments."""

    def environment(self, program: Path) -> dict[str, str]:  # noqa: ARG002
        """Return variables that the program gets on top of ours."""
        return {}

    @abstractmethod
    def url(self, place: Place) -> str:
        """Return the address for clients."""

    @abstractmethod
    def ask_pid(self, place: Place) -> int | None:
        """Return the pid of the server that answers there and is ready to load; None while none does."""

    @abstractmethod
    def prepare(self, place: Place) -> bool:
        """Take a server that answers one step further, and return whether it is ready for clients now.

        Called again and again until it is, and at every start.
        """

    @abstractmethod
    def last_words(self, log: str) -> str:
        """Return the line of the log that says why the server ended."""

    def state(self) -> State:
        """Return what is there now; no waiting beyond a second or two for a frozen server."""
        running = is_locked(self._alive_file)
        place = self._place()
        pid = self._pid(place) if running and place else None
        answers = bool(place and pid and self.ask_pid(place) == pid)
        return State(self.name, running, answers, place, pid, self.url(place) if running and place else None)

    def crashed(self) -> bool:
        """Return whether it ended without having been told to: killed, or of a full disk."""
        return self._wanted_file.exists() and not is_locked(self._alive_file)

    def start(self, *, tcp: bool | None = False) -> tuple[str, bool]:
        """See to it that the server runs and is ready; return its address, and whether this call started it.

        One that is started listens on a socket, or with ``tcp`` on a port of loopback; None: where it did last.
        Raise Unreachable with the server's own last words when it does not come up.
        """
        place = self._place()
        if is_locked(self._alive_file) and place:
            try:
                self._await(place)
            except _Ended:
                pass  # It was just ending.
            else:
                return self.url(place), False
        if tcp is None:
            tcp = place is not None and place.socket is None
        for folder in (self.folder, self.log.parent, self._alive_file.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for _ in range(PORT_TRIES):
            place = self._choose(tcp=tcp)
            log_from = self._spawn(place)
            try:
                self._await(place)
            except _Ended as end:
                if not place.is_taken():
                    why = self._why(log_from)
                    raise Unreachable(f"{self.title} ended at its start: {why} (log: {self.log})") from end
                continue  # Another program was quicker to take the port.
            self._wanted_file.touch()
            return self.url(place), True
        raise Unreachable(f"{self.title} found its port taken {PORT_TRIES} times; see {self.log}")

    def stop(self, *, force: bool = False) -> bool:
        """End the server, which writes out what it holds; return whether one ran.

        Raise Unreachable when it does not end in time; with ``force`` it is killed then (its logs make that
        safe, the next start takes longer).
        """
        self._wanted_file.unlink(missing_ok=True)
        if not is_locked(self._alive_file):
            return False
        place = self._place()
        pid = self._pid(place) if place else None
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

    def _place(self) -> Place | None:
        """Return where it listens, or did last; None before its first start."""
        try:
            return Place(socket=Path(os.fsdecode(self._socket_file.read_bytes())))
        except FileNotFoundError:
            port = _read_number(self._port_file)
            return Place(port=port) if port else None

    def _choose(self, *, tcp: bool) -> Place:
        """Say where it is to listen, and write that down: at the last address of the kind, where that is free."""
        if not tcp:
            path = socket_path(self._socket_file.parent, self.name, self._sockets)
            self._socket_file.write_bytes(os.fsencode(path))
            return Place(socket=path)
        port = _read_number(self._port_file)
        if not port or not is_free(port):
            port = free_port()
        self._port_file.write_text(f"{port}\n", encoding="ascii")
        self._socket_file.unlink(missing_ok=True)
        return Place(port=port)

    def _spawn(self, place: Place) -> int:
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
                ["/bin/sh", "-c", _DETACH, "sh", str(self.log), str(program), *self.options(place)],
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

    def _await(self, place: Place) -> None:
        """Wait until the server is ready. Raise _Ended when it is no more, Unreachable after READY_S."""
        deadline = time.monotonic() + READY_S
        while True:
            pid = self._pid(place)
            if pid is not None and self.ask_pid(place) == pid and self.prepare(place):
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

    def _pid(self, place: Place) -> int | None:
        """Return the pid that the server wrote, unless that process is visibly another one by now."""
        pid = _read_number(self.pid_file)
        if pid is None:
            return None
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return pid if not Path("/proc/self").exists() else None
        return pid if place.mark in arguments else None


def _read_number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
