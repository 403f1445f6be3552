"""``scrapy extract URL``: the downloader of a crawl, with all that guards it, and no server."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.build]

ROOT = Path(__file__).resolve().parents[2]
TEXT = "云水市昨日召开全市防汛工作会议，部署下一阶段的工作。会议强调，各地各部门要压实责任，加强值守。" * 3
PAGE = f"<title>防汛</title><h1>云水市部署防汛工作</h1><div><p>{TEXT}</p><p>{TEXT}</p></div>".encode()
ROBOTS = b"User-agent: *\nDisallow: /closed/\n"
BOMB = gzip.compress(b"a" * 30_000_000)


@dataclass
class Site:
    """A server that is also the proxy of every public host; ``asked`` are the URLs, as they came."""

    port: int
    robots: tuple[int, bytes] = (200, ROBOTS)
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [urlsplit(url).path for url in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            parts = urlsplit(self.path)
            if parts.path == "/robots.txt":
                self.answer(*found.robots)
            elif parts.path.startswith("/to/"):
                self.answer(302, b"", Location=parts.query)
            elif parts.path == "/endless":
                self.answer(200, None)
                while not found.ended.is_set():
                    self.wfile.write(b"a" * 65536)
            elif parts.path == "/drip":
                self.answer(200, None)
                while not found.ended.wait(0.1):
                    self.wfile.write(b"a")
            elif parts.path == "/long":
                self.answer(200, b"a" * 5_000_000)
            elif parts.path == "/bomb":
                self.answer(200, BOMB, **{"Content-Encoding": "gzip"})
            else:
                self.answer(200, PAGE)

        def answer(self, status: int, body: bytes | None, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if body is not None:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body or b"")

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # hung up on
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(httpd.server_address[1])
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield found
    found.ended.set()
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def start(*args: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "scrapy", "extract", *args], cwd=ROOT, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "no_proxy": "127.0.0.1", **variables},
    )  # fmt: skip


def run(*args: str, **variables: str) -> tuple[list[dict], list[str], int]:
    process = start(*args, **variables)
    output, errors = process.communicate(timeout=120)
    return [json.loads(line) for line in output.splitlines()], errors.splitlines(), process.returncode


def test_robots_txt_is_asked_once_and_obeyed(site):
    found, errors, code = run(f"{site.url}/a.htm", f"{site.url}/closed/b.htm", f"{site.url}/c.htm")
    assert [one["input"] for one in found] == [f"{site.url}/a.htm", f"{site.url}/c.htm"]
    assert errors == [f"error: {site.url}/closed/b.htm: robots: the site's robots.txt disallows it"]
    assert code == 2
    assert site.asked == ["/robots.txt", "/a.htm", "/c.htm"]


def test_a_site_whose_robots_txt_is_broken_is_left_alone(site):
    site.robots = (503, b"")
    found, errors, code = run(f"{site.url}/a.htm")
    assert (found, code) == ([], 2)
    assert errors == [f"error: {site.url}/a.htm: unreachable: not even robots.txt of 127.0.0.1 can be had"]
    assert set(site.asked) == {"/robots.txt"}


def test_redirects_stay_in_the_site_and_never_lead_into_a_private_network(site):
    proxy = {"http_proxy": site.url}
    start_at = "http://m.news.example.com/to/x?"
    within, out = "http://www.news.example.com/a.htm", "http://other.example.org/b.htm"
    private, metadata = f"{site.url}/secret", "http://169.254.169.254/latest/"
    found, errors, code = run(*(start_at + to for to in (within, out, private, metadata)), **proxy)
    assert [(one["url"], one["input"]) for one in found] == [(within, start_at + within)]
    assert errors == [
        f"error: {start_at}{out}: offsite-redirect: {start_at}{out} -> {out}",
        f"error: {start_at}{private}: private-address: {start_at}{private} -> {private}",
        f"error: {start_at}{metadata}: private-address: {start_at}{metadata} -> {metadata}",
    ]
    assert code == 2
    assert not {out, private, metadata, "/secret"} & set(site.asked)


def test_a_private_address_that_is_named_is_meant_and_no_other(site):
    other = f"http://127.0.0.2:{site.port}/secret"
    found, errors, code = run(f"{site.url}/to/x?{other}", f"{site.url}/to/x?/a.htm")
    assert [one["url"] for one in found] == [f"{site.url}/a.htm"]
    assert errors == [f"error: {site.url}/to/x?{other}: offsite-redirect: {site.url}/to/x?{other} -> {other}"]
    assert code == 2
    assert "/secret" not in site.paths()


@pytest.mark.parametrize("path", ["/long", "/endless", "/bomb"])
def test_sizes_are_bounded(site, path):
    found, errors, code = run(f"{site.url}{path}")
    assert (found, code) == ([], 2)
    assert errors == [f"error: {site.url}{path}: too-large: more than 4000000 bytes"]


def test_a_portal_s_own_rules_hold_inside_of_its_domains(site, tmp_path):
    (tmp_path / "yunshui.toml").write_text(
        'schema = 1\ntitle = "云水"\nhome = "http://news.example.com/"\ndomains = ["news.example.com"]\n'
        'robots = false\nexclude = ["/private/"]\n'
    )
    given = {"http_proxy": site.url, "PORTALS_DIR": str(tmp_path)}
    inside, excluded, outside = (
        "http://news.example.com/closed/a.htm",
        "http://news.example.com/private/a.htm",
        "http://example.org/closed/a.htm",
    )
    found, errors, _ = run("--portal", "yunshui", inside, excluded, outside, **given)
    assert [(one["url"], one["portal"]) for one in found] == [(inside, "yunshui")]
    assert [line.split(": ")[2] for line in errors] == ["excluded", "robots"]


def test_files_and_addresses_keep_their_order_and_nothing_is_started(site, tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    inputs = [str(file), f"{site.url}/1.htm", str(file), f"{site.url}/2.htm"]
    found, errors, code = run(*inputs, DATA_DIR=str(tmp_path / "data"))
    assert (errors, code) == ([], 0)
    assert [one["input"] for one in found] == inputs
    assert [bool(one["fetched_at"]) for one in found] == [False, True, False, True]
    assert len({one["text"] for one in found}) == 1
    assert not (tmp_path / "data").exists()


def test_an_interrupted_wait_is_one_line(site):
    process = start(f"{site.url}/drip", "-s", "DOWNLOAD_TIMEOUT=200")
    try:
        deadline = monotonic() + 120
        while "/drip" not in site.asked:
            assert monotonic() < deadline
            sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "interrupted\n")
        assert process.returncode == 130
    finally:
        process.kill()
        process.communicate()


def test_a_reader_that_has_seen_enough_is_no_mistake(site):
    process = start(f"{site.url}/1.htm", f"{site.url}/2.htm")
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(120) == 0
