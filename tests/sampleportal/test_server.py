"""The proxy on the wire: what crawlers, browsers and tests ask of it."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from sample_portal.faults import FOREIGN
from sample_portal.log import read_log
from sample_portal.server import PortalServer
from sample_portal.world import World

ROOT = Path(__file__).parents[2]
NODE = "http://fz.sample-news.test/node_176.htm"


def fetch(server: PortalServer, url: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(server.url).port, timeout=10)
    connection.request(method, url, headers={"Host": "portal", **headers})
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def control(server: PortalServer, path: str) -> object:
    return json.loads(fetch(server, f"http://portal.invalid{path}").body)


def test_pages_of_every_host_come_through_an_ordinary_proxy_client(server: PortalServer) -> None:
    opener = build_opener(ProxyHandler({"http": server.url}))
    for host in server.world.portal.hosts:
        with opener.open(
            Request(f"http://{host}/", headers={"User-Agent": "reader"}), timeout=10
        ) as response:
            assert response.status == 200
            assert server.world.portal.domain.encode() in response.read()
    assert {entry.agent for entry in server.log.entries()} == {"reader"}
    assert {entry.host for entry in server.log.entries()} == set(server.world.portal.hosts)


def test_other_hosts_and_tunnels_are_refused_and_recorded(server: PortalServer) -> None:
    assert fetch(server, FOREIGN).status == 502
    assert fetch(server, "www.sample-news.test:443", "CONNECT").status == 403
    assert fetch(server, "http://sample-news.test.evil.example/").status == 502
    assert [entry.foreign for entry in server.log.entries()] == [True, True, True]
    assert server.log.counters()["foreign"] == 3


def test_unchanged_pages_answer_304(server: PortalServer) -> None:
    first = fetch(server, NODE)
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    again = fetch(server, NODE, **{"If-None-Match": etag})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert fetch(server, NODE, **{"If-Modified-Since": modified}).status == 304
    assert fetch(server, NODE, **{"If-None-Match": '"other"', "If-Modified-Since": modified}).status == 200
    server.switch(2)
    assert fetch(server, NODE, **{"If-None-Match": etag, "If-Modified-Since": modified}).status == 200
    assert [entry.status for entry in server.log.entries()] == [200, 304, 304, 200, 200]
    assert server.log.entries()[1].if_none_match == etag


def test_busy_pages_answer_503_once(server: PortalServer) -> None:
    busy = sorted(server.router.faults.unavailable)
    assert len(busy) >= 5
    first = fetch(server, busy[0])
    assert (first.status, first.headers["Retry-After"]) == (503, "1")
    assert fetch(server, busy[0]).status == 200
    server.reset()
    assert fetch(server, busy[0]).status == 503


def test_moved_articles_redirect_to_their_address(server: PortalServer) -> None:
    moved = [article for article in server.world.articles.values() if article.listed_path]
    assert len(moved) >= 5
    for article in moved:
        response = fetch(server, f"http://{article.host}{article.listed_path}")
        assert response.status in {301, 302}
        assert response.headers["Location"] == article.url


def test_gzip_and_chunks_carry_the_same_page(server: PortalServer) -> None:
    import gzip

    home = server.world.portal.home
    packed = fetch(server, home, **{"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == fetch(server, home).body
    chunked = fetch(server, server.world.channel("zwgk").url)
    assert chunked.headers["Transfer-Encoding"] == "chunked"
    assert chunked.body == server.router.reply(server.world.channel("zwgk").url).body


def test_head_has_no_body_and_other_methods_are_refused(server: PortalServer) -> None:
    response = fetch(server, NODE, "HEAD")
    assert (response.status, response.body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 5000
    assert fetch(server, NODE, "POST", **{"Content-Length": "0"}).status == 405


async def test_one_connection_serves_many_requests_split_and_pipelined(server: PortalServer) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.url).port)
    request = f"GET {NODE} HTTP/1.1\r\nHost: fz.sample-news.test\r\n\r\n".encode()
    writer.write(request * 2 + request[:20])
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.write(request[20:])
    for _ in range(3):
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
        assert b"200 OK" in head
        assert (await reader.readexactly(length)).endswith(b"</html>\n")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("garbage", [b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/1.1 x\r\n\r\n", b"A" * 70_000])
async def test_garbage_ends_the_connection_and_not_the_server(server: PortalServer, garbage: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.url).port)
    writer.write(garbage)
    answer = await asyncio.wait_for(reader.read(), 5)
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
    writer.close()
    await writer.wait_closed()
    assert fetch(server, NODE).status == 200


@pytest.mark.parametrize(
    "target", ["http://[bad/", "http://www.sample-news.test:99999/", "http:///x", "ftp://x/", "*"]
)
def test_targets_that_cannot_be_read_are_answered(server: PortalServer, target: str) -> None:
    assert fetch(server, target).status in {400, 404, 502}


def test_control_switches_editions_and_tells_log_counters_and_truth(server: PortalServer) -> None:
    news = "http://news.sample-news.test/node_101.htm"
    before = fetch(server, news).body
    assert control(server, "/edition") == {"edition": 1}
    assert control(server, "/edition?n=2") == {"edition": 2}
    assert fetch(server, news).body != before
    assert len(control(server, "/truth")["articles"]) == len(server.world.articles)
    assert control(server, "/edition?n=1") == {"edition": 1}
    assert fetch(server, news).body == before
    entries = read_log(control(server, "/log?since=1"))
    assert [(entry.number, entry.url, entry.status) for entry in entries] == [(1, news, 200), (2, news, 200)]
    assert control(server, "/counters")["requests"] == 3
    control(server, "/reset")
    assert control(server, "/counters")["requests"] == 0
    assert fetch(server, "http://portal.invalid/edition?n=x").status == 400
    assert fetch(server, "http://portal.invalid/nothing").status == 404


def test_latency_is_added_to_every_answer(sample: World) -> None:
    with PortalServer(sample, latency_ms=120) as slow:
        started = time.monotonic()
        fetch(slow, NODE)
        assert time.monotonic() - started >= 0.12


def test_a_taken_port_is_an_error(server: PortalServer) -> None:
    with pytest.raises(OSError, match="in use"):
        PortalServer(server.world, port=urlsplit(server.url).port or 0).start()


async def test_it_is_no_bottleneck(server: PortalServer) -> None:
    urls = list(server.world.articles)[:100]
    for url in urls:
        server.router.reply(url)

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.url).port)
        for url in urls:
            writer.write(f"HEAD {url} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
        writer.close()

    started = time.monotonic()
    await asyncio.gather(*(client() for _ in range(8)))
    assert 8 * len(urls) / (time.monotonic() - started) > 500  # several thousand on an idle machine


# the command line


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sample_portal", *arguments]


def test_run_gives_the_command_the_proxy_and_returns_its_exit_code(tmp_path: Path) -> None:
    script = (
        "import os, urllib.request as u; print(len(u.urlopen('http://www.fjsen.com/').read()) > 5000, os.environ['no_proxy']);"
        "raise SystemExit(7)"
    )
    log = tmp_path / "log.jsonl"
    done = subprocess.run(
        command("run", "--portal", "fjsen", "--log", str(log), "--", sys.executable, "-c", script),
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (7, "True 127.0.0.1,localhost,::1\n", "")
    assert [entry.url for entry in read_log(log.read_text().splitlines())] == ["http://www.fjsen.com/"]


@pytest.mark.parametrize(("asked", "told"), [("", True), ("/api/roll?size=12&last=0", False)])
def test_run_says_how_many_articles_need_a_browser(asked: str, told: bool) -> None:
    host = "news.sample-news.test" if asked else "www.sample-news.test"
    fetch = f"import urllib.request as u; u.urlopen('http://{host}{asked or '/'}').read()"
    done = subprocess.run(
        [sys.executable, "-m", "sample_portal", "run", "--", sys.executable, "-c", fetch],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == ("84 more articles need a browser: make browser\n" if told else "")


def test_run_forwards_a_signal_once_and_says_so_in_its_exit_code() -> None:
    script = (
        # printed past the buffer, which the signal may find in use
        "import os, signal, time\nsignal.signal(signal.SIGTERM, lambda *_: os.write(1, b'term\\n'))\n"
        "print('ready', flush=True)\nend = time.monotonic() + 1\nwhile time.monotonic() < end: time.sleep(0.05)\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL); print('again', flush=True); time.sleep(30)"
    )
    with subprocess.Popen(
        command("run", "--", sys.executable, "-c", script),
        cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "term\n"
        assert process.stdout.readline() == "again\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 128 + signal.SIGINT


def test_a_command_that_is_not_there_is_one_line() -> None:
    done = subprocess.run(
        command("run", "--", "no-such-command"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 127
    assert done.stderr == "cannot run no-such-command: No such file or directory\n"


def test_serve_prints_the_proxy_and_ends_on_sigterm() -> None:
    with subprocess.Popen(
        command("serve"), cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http_proxy=http://127.0.0.1:")
        process.terminate()
        assert process.wait(timeout=10) == 0
