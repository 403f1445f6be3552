"""Portals of a few pages on loopback, and commands on them as a user starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.integration.conftest import ROOT

__all__ = ["LIST", "lines", "profile", "scrapy", "serve"]

LIST = b"<html><body><ul>%s</ul></body></html>"
ARTICLE = (
    "<html><head><title>通告</title></head><body><h1>渡口恢复通航的通告第{n}号</h1><p>2026年11月{n:02}日</p>"
    "<div class='text'><p>渡口管理处今日发布通告，自即日起恢复通航，请过往船只注意安全，服从现场人员指挥。</p>"
    "<p>详情可咨询管理处值班室，或前往窗口办理相关手续，给各位带来的不便敬请谅解。</p></div></body></html>"
)


def profile(folder, name, port, *, robots=True, host="127.0.0.1"):
    (folder / f"{name}.toml").write_text(
        f'title = "{name}"\nhome = "http://{host}:{port}/"\ndomains = ["{host}"]\nprivate = true\n'
        f"robots = {str(robots).lower()}\n[article]\nurls = ['/a/\\d+\\.html$']\n"
    )


def serve(site, articles=8):
    links = "".join(
        f'<li><a href="/a/{n}.html">渡口恢复通航的通告第{n}号</a></li>' for n in range(1, articles)
    )
    site.page("/", LIST % links.encode())
    site.page("/robots.txt", b"", status=404)
    for n in range(1, articles):
        site.page(f"/a/{n}.html", ARTICLE.format(n=n).encode())


@pytest.fixture
def scrapy(redis_url, mongo_uri, mongo_database, frontier_name, tmp_path):
    """Starts a command with the profiles of ``tmp_path``; ends those that are left."""
    environment = {
        **os.environ, "REDIS_URL": redis_url, "MONGO_URI": mongo_uri, "MONGO_DATABASE": mongo_database,
        "FRONTIER": frontier_name, "PORTALS_DIR": str(tmp_path), "DATA_DIR": str(tmp_path / "data"),
        "PLAYWRIGHT_EXECUTABLE": "none", "http_proxy": "", "no_proxy": "*", "TZ": "Asia/Shanghai",
    }  # fmt: skip
    started = []

    def start(*words, **variables):
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words], cwd=ROOT, env={**environment, **variables}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process

    def run(*words, within=100, **variables):
        began = time.monotonic()
        process = start(*words, **variables)
        output, log = process.communicate(timeout=within)
        return process.returncode, output, log, time.monotonic() - began

    run.start = start
    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.communicate()


def lines(log, word):
    return [line for line in log.splitlines() if word in line]
