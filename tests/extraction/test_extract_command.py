"""``scrapy extract``: pages in, JSON lines out, errors in one line."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic

import pytest
from kinds import BODY, KINDS, LIST, TITLE, P

ROOT = Path(__file__).resolve().parents[2]
RELATED = LIST.replace("/a/2019/", "/2019-09/07/content_")
PAGE = next(kind for kind in KINDS if kind.name == "system path of regional portals")


def run(*args: str, page: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", "extract", *args], cwd=ROOT, input=page or "", capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "no_proxy": "127.0.0.1", **variables},
    )  # fmt: skip


@pytest.fixture(scope="module")
def server():
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/gone":
                self.send_error(404)
                return
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/2022-11/03/content_1.htm")
                self.end_headers()
                return
            if self.path in {"/drip", "/headers"}:
                self.send_response(200)
                if self.path == "/drip":
                    self.end_headers()
                self.flush_headers()
                with contextlib.suppress(OSError):
                    while not ended.wait(0.1):
                        self.wfile.write(b"X-a: b\r\n")
                return
            if self.path == "/nonsense":
                self.wfile.write(b"X-a: b\r\n")
                return
            if self.path in {"/ftp", "/file"}:
                self.send_response(302)
                place = "ftp://127.0.0.1:9/a" if self.path == "/ftp" else "file:///etc/passwd"
                self.send_header("Location", place)
                self.end_headers()
                return
            if self.path == "/short":
                self.send_response(200)
                self.send_header("Content-Length", "100000")
                self.end_headers()
                self.wfile.write(PAGE.html.encode())
                return
            body = gzip.compress(PAGE.html.encode("gb18030"))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    ended.set()
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_servers_that_hold_or_mislead_cost_a_bounded_time_and_one_line_each(server):
    began = monotonic()
    paths = ("/drip", "/headers", "/ftp", "/file", "/short", "/nonsense", "/1.htm")
    done = run("-s", "DOWNLOAD_TIMEOUT=2", *(f"{server}{path}" for path in paths))
    assert monotonic() - began < 30
    assert done.returncode == 2
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == [TITLE]
    assert done.stderr.count("\n") == 6, done.stderr
    drip, headers, ftp, file, short, nonsense = done.stderr.splitlines()
    assert drip == f"error: {server}/drip: timeout: not there within 2 s"
    assert headers == f"error: {server}/headers: timeout: not there within 2 s"
    assert ftp == f"error: {server}/ftp: unsupported-scheme: {server}/ftp -> ftp://127.0.0.1:9/a"
    assert file == f"error: {server}/file: unsupported-scheme: {server}/file -> file:///etc/passwd"
    assert short.startswith(f"error: {server}/short: truncated")
    assert nonsense == f"error: {server}/nonsense: unreachable: non-integer status code b'X-a: b'"


def test_pipes_are_files_too_and_json_is_utf8_in_every_locale(tmp_path):
    pipe = tmp_path / "p\udcff.html"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(PAGE.html + "\U0001f600", encoding="utf-8"))
    writer.start()
    done = run("/dev/stdin", str(pipe), page=PAGE.html, PYTHONIOENCODING="ascii")
    writer.join()
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["title"] == second["title"] == TITLE
    assert TITLE in done.stdout
    assert second["input"] == str(pipe)


def test_files_and_gz(tmp_path):
    plain, packed, empty = tmp_path / "a.html", tmp_path / "b.html.gz", tmp_path / "c.html"
    plain.write_text(PAGE.html, encoding="utf-8")
    packed.write_bytes(gzip.compress(PAGE.html.encode("gb18030")))
    empty.write_text("<p>404</p>", encoding="utf-8")
    done = run(str(plain), str(packed), str(empty))
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (first["title"], first["text"], first["source"], first["input"]) == (
        TITLE,
        BODY,
        "云水新闻网",
        str(plain),
    )
    assert second == {**first, "input": str(packed)}
    assert first["extraction"]["profile"] is None
    assert (third["text"], third["input"]) == ("", str(empty))


def test_where_a_file_is_from(tmp_path):
    file = tmp_path / "a.html"
    file.write_text(
        f'<head><link rel="canonical" href="http://a.test/2022-11/03/content_1.htm"></head><h1>{TITLE}</h1><div><p>{P[0]}</p><img src="1.jpg"></div><div class="xg"><div class="tit">相关新闻</div>{RELATED}</div>',
        encoding="utf-8",
    )
    told = json.loads(run(str(file)).stdout)
    assert told["url"] == "http://a.test/2022-11/03/content_1.htm"
    assert told["images"][0]["url"] == "http://a.test/2022-11/03/1.jpg"
    assert told["published"] == "2022-11-03"
    assert {one["list"] for one in told["related"]} == {"related"}
    given = json.loads(run(str(file), "--url", "http://b.test/x.htm").stdout)
    assert (given["url"], given["published"]) == ("http://b.test/x.htm", None)


def test_a_portal_s_profile(tmp_path):
    (tmp_path / "yunshui.toml").write_text(
        'schema = 1\ntitle = "云水"\nhome = "http://a.test/"\ndomains = ["a.test"]\n[[article.template]]\nsource = ["const:云水日报"]\n',
        encoding="utf-8",
    )
    file = tmp_path / "a.html"
    file.write_text(PAGE.html, encoding="utf-8")
    found = json.loads(
        run(
            str(file), "--portal", "yunshui", "--url", "http://a.test/1.htm", PORTALS_DIR=str(tmp_path)
        ).stdout
    )
    assert (found["portal"], found["source"], found["extraction"]["from"]["source"]) == (
        "yunshui",
        "云水日报",
        "profile:const:云水日报",
    )
    assert found["extraction"]["profile"]


def test_live_pages(server):
    done = run(f"{server}/moved")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["title"], found["url"], found["input"]) == (
        TITLE,
        f"{server}/2022-11/03/content_1.htm",
        f"{server}/moved",
    )
    assert found["fetched_at"]


def test_one_bad_url_does_not_stop_the_others(server):
    done = run(f"{server}/gone", f"{server}/1.htm", "http://127.0.0.1:9/")
    assert done.returncode == 2
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == [TITLE]
    first, second = done.stderr.splitlines()
    assert first == f"error: {server}/gone: http-error: the server answers 404"
    assert second.startswith("error: http://127.0.0.1:9/: unreachable: ")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "no page given"),
        (("/no/such/file",), "/no/such/file: no such file"),
        (("/tmp",), "/tmp: a folder; give the files in it"),
        (("a" * 5000,), "File name too long"),
        ((__file__, "--portal", "nosuch"), "nosuch"),
        ((__file__, __file__, "--url", "http://a.test/"), "--url says where one file is from"),
        (("http://a.test/", "--url", "http://a.test/"), "--url says where one file is from"),
        ((__file__, "--url", "ftp://a.test/"), "not an http(s) URL"),
        ((__file__, "--what"), "--what"),
    ],
)
def test_wrong_arguments(args, message):
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_gz(tmp_path):
    file = tmp_path / "a.html.gz"
    file.write_bytes(b"\x1f\x8bbroken")
    done = run(str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {file}: not a gzip file, or a broken one\n"
