"""The web server under the crawls: nginx where there is one, else a small server of our own in a process of its own.

Neither is the bottleneck: ``python -m benchmarks server`` measures both (docs/benchmarks.md has the figures). nginx
comes from the distribution (``apt-get install nginx-light``); only the folder of the site and a temporary folder
are touched, never a system's configuration.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

__all__ = ["Server", "find_nginx"]

ROOT: Final = Path(__file__).resolve().parent.parent
READY_S: Final = 20.0

_NGINX: Final = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=20000 inactive=600s;
    keepalive_requests 1000000;
    keepalive_timeout 600s;
    types {{ text/html htm html; text/plain txt; }}
    charset utf-8;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {site}; index index.htm; }}
}}
"""


def find_nginx() -> str | None:
    """The nginx of this machine, in the folders of root too; None where there is none."""
    return shutil.which(
        "nginx", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    )


@dataclass(slots=True)
class Server:
    """Serves the files of ``site`` on loopback as long as it is entered.

    ``own`` asks for the small server, and so does a ``delay`` (seconds before every answer).
    """

    site: Path
    folder: Path
    own: bool = False
    delay: float = 0.0
    port: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        """What serves: ``nginx`` or ``own``."""
        return "own" if self.own else "nginx"

    @property
    def pid(self) -> int:
        """The process that was started (nginx's master; its one worker is the child)."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = _free_port()
        self.own = self.own or self.delay > 0
        nginx = None if self.own else find_nginx()
        if nginx is None:
            if not self.own:
                print(
                    "no nginx here (apt-get install nginx-light); serving with benchmarks/static.py instead"
                )
            self.own = True
            command = [
                sys.executable,
                "-m",
                "benchmarks.static",
                str(self.site),
                str(self.port),
                str(self.delay),
            ]
        else:
            # The site may lie in a folder that only its owner enters: the worker must not drop to another user.
            user = "user root;\n" if os.geteuid() == 0 else ""
            config = self.folder / "nginx.conf"
            config.write_text(
                user + _NGINX.format(folder=self.folder, port=self.port, site=self.site), "utf-8"
            )
            command = [nginx, "-p", str(self.folder), "-c", str(config), "-e", str(self.folder / "error.log")]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, cwd=ROOT)
        self._await()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await(self) -> None:
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            if self._process is not None and self._process.poll() is not None:
                raise RuntimeError(f"the web server ended at once; see {self.folder / 'error.log'}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"the web server does not answer on port {self.port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
