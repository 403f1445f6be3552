"""A Redis of one test's own, to be filled, frozen, killed and started again."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis

from crawler.stack.binaries import find_redis
from crawler.stack.ports import free_port


class RedisProcess:
    """Redis on an append-only file in ``folder``."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.password: str | None = None
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.start_as(
            *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)),
            *("--save", "", "--appendonly", "yes", "--logfile", str(self.folder / "redis.log")),
            *self._options,
        )

    def start_as(self, *arguments: str) -> None:
        """Starts it with these arguments alone; returns when it answers."""
        self._process = subprocess.Popen([str(find_redis()), *arguments])
        deadline = time.monotonic() + 20
        while True:
            try:
                with self.client() as client:
                    client.ping()
            except redis.RedisError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=10, password=self.password)

    def wait_for(self, words: bytes, *command: str) -> None:
        """Until the answer to a command has these words in it."""
        deadline = time.monotonic() + 20
        with self.client() as client:
            client.set_response_callback(" ".join(command), bytes)
            while words not in (answer := client.execute_command(*command)):
                assert time.monotonic() < deadline, answer
                time.sleep(0.05)

    def log_size(self) -> int:
        """Bytes of the append-only file's last part, to which commands are appended."""
        return self._log().stat().st_size

    def cut_log(self, size: int) -> None:
        """Keeps so many bytes of it, as if no more had reached the disk. Only while Redis does not run."""
        with self._log().open("r+b") as file:
            file.truncate(size)

    def _log(self) -> Path:
        (found,) = self.folder.glob("appendonlydir/*.incr.aof")
        return found

    def kill(self) -> None:
        self._signal(signal.SIGKILL).wait(20)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self.kill()

    def _signal(self, number: int) -> subprocess.Popen[bytes]:
        assert self._process is not None
        self._process.send_signal(number)
        return self._process
