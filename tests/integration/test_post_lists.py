"""Two lists behind forms at one address are two lists: both are walked, from the first page to the last."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from pymongo import MongoClient

from tests.integration.invented import PATIENCE_S, ROOT, environment

PAGES, ENTRIES = 3, 4
PROFILE = """
title = "表单列表"
domains = ["127.0.0.1"]
private = true
follow_channels = false
[list]
type = "json"
items = "list"
fields = {{ url = "url", title = "title" }}
pager = {{ set = {{ page = "+1" }} }}
[[channels]]
id = "form-548"
url = "{base}/society/"
request = {{ url = "{base}/api", form = {{ tid = "548", page = "1" }} }}
[[channels]]
id = "form-549"
url = "{base}/economy/"
request = {{ url = "{base}/api", form = {{ tid = "549", page = "1" }} }}
[[channels]]
id = "json-550"
url = "{base}/sport/"
request = {{ url = "{base}/api", json = {{ tid = "550", page = 1 }} }}
"""
ARTICLE = """<html><head><title>{title}</title></head><body><h1>{title}</h1>
<div class="time">2022-11-03 07:29 来源:表单日报</div><div class="content">{text}</div></body></html>"""
TEXT = "<p>这一天的会议讨论了全市的道路、学校和医院,与会者提出了很多具体的建议,市里将逐条答复。</p>" * 4


class Portal(BaseHTTPRequestHandler):
    """Answers POSTs to one address by what they send, and GETs with an article."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Content-Type"] == "application/json":
            asked = json.loads(body)
        else:
            asked = {name: values[0] for name, values in parse_qs(body).items()}
        tid, page = str(asked["tid"]), int(asked["page"])
        self.server.asked[tid, page] += 1
        if tid in self.server.gone:
            self.send_error(404)
            return
        entries = range(ENTRIES) if page <= PAGES else ()
        numbers = [f"{tid}{page}{entry}" for entry in entries]
        self._send(
            json.dumps(
                {
                    "list": [
                        {"url": f"/2022-11/03/content_{number}.htm", "title": number} for number in numbers
                    ]
                }
            )
        )

    def do_GET(self):
        if self.path == "/robots.txt":
            self._send("User-agent: *\nAllow: /\n")
        else:
            self._send(ARTICLE.format(title=f"第{self.path[-10:-4]}号会议在市里举行", text=TEXT))

    def log_message(self, *words):
        """Say nothing."""

    def _send(self, text):
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def portal():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.asked = Counter()
    server.gone = set()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def crawl(portal, redis_url, mongo_uri, frontier_name, mongo_database, tmp_path):
    """Crawls it once."""
    profiles = tmp_path / "portals"
    profiles.mkdir()
    base = f"http://127.0.0.1:{portal.server_port}"
    (profiles / "forms.toml").write_text(PROFILE.format(base=base), encoding="utf-8")
    told = environment(redis_url, mongo_uri, frontier_name, mongo_database, tmp_path / "data")

    def run(code=0):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=forms", "-a", "rate=0"],
            cwd=ROOT,
            env={**told, "PORTALS_DIR": str(profiles)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == code, done.stderr

    return run


def test_lists_at_one_address_are_all_walked(portal, crawl, mongo_uri, mongo_database):
    for _ in range(2):
        crawl()
    lists = ("548", "549", "550")

    with MongoClient(mongo_uri) as client:
        articles = list(client[mongo_database]["articles"].find())
    by_channel = Counter(channel for article in articles for channel in article["channels"])
    assert by_channel == dict.fromkeys(("form-548", "form-549", "json-550"), PAGES * ENTRIES)
    # the second run finds nothing new on the first pages, and stops there
    assert {tid: portal.asked[tid, 1] for tid in lists} == dict.fromkeys(lists, 2)
    assert {portal.asked[tid, page] for tid in lists for page in range(2, PAGES + 2)} == {1}


def test_lists_at_one_address_fail_each_by_itself(portal, crawl, mongo_uri, mongo_database):
    with MongoClient(mongo_uri) as client:
        failures = client[mongo_database]["failures"]
        portal.gone = {"548", "549", "550"}
        crawl(code=3)
        assert [failure["found_on"][0]["channel"] for failure in failures.find().sort("found_on.channel")] == [
            "form-548", "form-549", "json-550",
        ]  # fmt: skip
        portal.gone = {"549"}
        crawl()
        (left,) = failures.find()
        assert (left["found_on"][0]["channel"], len(left["history"])) == ("form-549", 2)
