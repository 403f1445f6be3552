"""A live scrapyd on loopback with deploy/scrapyd.conf, and the project deployed to it by scrapyd-deploy."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from tests.integration.conftest import Site, serve

__all__ = ["serve"]

ROOT = Path(__file__).resolve().parents[2]
PACKED = ("crawler", "tests", "setup.py", "pyproject.toml", "requirements.txt", "scrapy.cfg")
USER, PASSWORD = "operator", "sesame-9"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker("crawl")


class Scrapyd:
    """One scrapyd: a folder that outlives its processes."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int) -> None:
        self.folder = folder
        self.port = port
        self.environment = {
            **environment, "SCRAPYD_HTTP_PORT": str(port), "SCRAPYD_USERNAME": USER, "SCRAPYD_PASSWORD": PASSWORD,
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None
        shutil.copy(ROOT / "deploy" / "scrapyd.conf", folder)

    def start(self) -> Scrapyd:
        with (self.folder / "scrapyd.log").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scrapyd"],
                cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        wait_until(self._answers, 30)
        return self

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said()
        try:
            return self.get("daemonstatus.json")["status"] == "ok"
        except urllib.error.URLError:
            return False

    def kill(self) -> None:
        """It and its jobs at once, as when the machine is lost."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def end(self) -> None:
        """As ``systemctl stop`` does."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        finally:
            self.kill()

    def said(self) -> str:
        return (self.folder / "scrapyd.log").read_text()

    def get(self, service: str, *, user: str = USER, **parameters: str) -> dict[str, Any]:
        return self._ask(f"{service}?{urllib.parse.urlencode(parameters)}", None, user)

    def post(self, service: str, *fields: tuple[str, str]) -> dict[str, Any]:
        return self._ask(service, urllib.parse.urlencode(fields).encode(), USER)

    def _ask(self, path: str, data: bytes | None, user: str) -> dict[str, Any]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{path}", data)
        credentials = base64.b64encode(f"{user}:{PASSWORD}".encode()).decode()
        request.add_header("Authorization", f"Basic {credentials}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)

    # --- jobs -------------------------------------------------------------------------------------------

    def schedule(self, job: str, *settings: str, spider: str = "portal", **arguments: str) -> None:
        answer = self.post(
            "schedule.json", ("project", "crawler"), ("spider", spider), ("jobid", job),
            *(("setting", setting) for setting in settings), *arguments.items(),
        )  # fmt: skip
        assert answer["status"] == "ok", answer
        assert answer["jobid"] == job

    def cancel(self, job: str, number: str = "INT") -> None:
        answer = self.post("cancel.json", ("project", "crawler"), ("job", job), ("signal", number))
        assert answer["prevstate"] == "running", answer

    def state(self, job: str) -> str | None:
        return self.get("status.json", job=job)["currstate"]

    def running(self, job: str) -> dict[str, Any]:
        """What listjobs.json says of a job that runs, once it does."""
        found: list[dict[str, Any]] = []

        def there() -> bool:
            found.extend(
                one for one in self.get("listjobs.json", project="crawler")["running"] if one["id"] == job
            )
            return bool(found)

        wait_until(there, 30)
        return found[0]

    def wait_for(self, job: str, patience_s: float = 180) -> str:
        """Until the job has ended; its log."""
        wait_until(lambda: self.state(job) == "finished", patience_s)
        return self.log(job)

    def log(self, job: str) -> str:
        return (self.folder / "logs" / "crawler" / "portal" / f"{job}.log").read_text()


def wait_until(holds: Callable[[], bool], patience_s: float = 90) -> None:
    deadline = monotonic() + patience_s
    while not holds():
        assert monotonic() < deadline, "nothing happened"
        sleep(0.1)


def free_port() -> int:
    """The port of scrapy.cfg, or another where that is taken."""
    for port in (6800, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise AssertionError("no port")


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A copy: scrapyd-deploy litters the folder it works in."""
    project = tmp_path_factory.mktemp("project")
    for name in PACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)
    return project


@pytest.fixture
def scrapyd(tmp_path) -> Iterator[Callable[[Site | dict[str, str]], Scrapyd]]:
    """Starts a scrapyd in the environment of a site."""
    made: list[Scrapyd] = []

    def start(environment: dict[str, str]) -> Scrapyd:
        folder = tmp_path / "scrapyd"
        folder.mkdir()
        made.append(Scrapyd(folder, environment, free_port()))
        return made[-1].start()

    yield start
    for one in made:
        one.end()


@pytest.fixture
def deploy(project) -> Callable[[Scrapyd], subprocess.CompletedProcess[str]]:
    """``scrapyd-deploy`` as a user runs it, with scrapy.cfg as it stands (but for a port that is taken)."""

    def run(scrapyd: Scrapyd) -> subprocess.CompletedProcess[str]:
        config = (ROOT / "scrapy.cfg").read_text().replace(":6800/", f":{scrapyd.port}/")
        (project / "scrapy.cfg").write_text(config)
        return subprocess.run(
            [str(Path(sys.executable).parent / "scrapyd-deploy")],
            cwd=project, env=scrapyd.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=180, check=False,
        )  # fmt: skip

    return run
