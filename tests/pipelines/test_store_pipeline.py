"""The pipelines inside Scrapy: a crawler of its own, on Scrapy's loop, against the real MongoDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pymongo import MongoClient

from crawler import stack

ROOT = Path(__file__).resolve().parents[2]

# A spider whose pages are data: URLs; what became of its items is printed.
SCRIPT = """
import asyncio, json, os, signal, sys
from datetime import UTC, datetime
from scrapy import Request, Spider, signals
from scrapy.crawler import CrawlerProcess
from crawler import settings as declared
from crawler.items import Article, Failure, Image, ListedArticles, Listing
from crawler.urls import url_id

NOW = datetime(2022, 11, 3, 8, tzinfo=UTC)
TEXT = "本报讯，第一届海峡论坛在厦门开幕，来自两岸的嘉宾共两千余人出席了开幕式，会期三天。\\n"

def article(n, **fields):
    return Article(**{
        "url": f"http://news.fjsen.com/{n}.htm", "portal": "fjsen", "title": f"题{n}", "text": TEXT * n,
        "fetched_at": NOW, **fields})

ITEMS = [
    article(1), article(2), article(1),
    article(3, text="", images=(Image("http://news.fjsen.com/3.jpg"),)),
    article(4, text=" "), article(5, title=""),
    article(6, html="\\ud800"),
    ListedArticles(Listing("fjsen", "fujian", "channel", NOW), (url_id("http://news.fjsen.com/1.htm"),)),
    Failure(url="http://news.fjsen.com/gone.htm", portal="fjsen", reason="404", status=404, tries=1, at=NOW),
    {"what": "another kind of item"},
]

KILL = [int(pid) for pid in sys.argv[5:]]

class Items(Spider):
    name = "items"
    async def start(self):
        for n in range(30 if KILL else 1):
            yield Request(f"data:,{n}", cb_kwargs={"n": n})

    async def parse(self, response, n):
        if n:
            await asyncio.sleep(0.1 * n)
            yield article(n + 6)
        else:
            for item in ITEMS:
                yield item

outcome = {"scraped": 0, "dropped": [], "errors": []}

def scraped(item):
    outcome["scraped"] += 1
    if KILL:
        os.kill(KILL.pop(), signal.SIGKILL)
        if stop_after := crawler.settings.getfloat("STOP_AFTER"):
            asyncio.get_running_loop().call_later(stop_after, os.kill, os.getpid(), signal.SIGINT)
def dropped(item, exception): outcome["dropped"].append(str(exception))
def error(item, failure): outcome["errors"].append(type(failure.value).__name__)
def closed(reason): outcome["reason"] = reason

process = CrawlerProcess({
    "ITEM_PIPELINES": declared.ITEM_PIPELINES, "SHUTDOWN_GRACE": declared.SHUTDOWN_GRACE,
    "LOG_FORMATTER": "crawler.pipelines.log.QuietLogFormatter",
    "MONGO_URI": sys.argv[1], "MONGO_DATABASE": sys.argv[2], "MONGO_PATIENCE": 1,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False, "LOG_LEVEL": "INFO", "LOG_FILE": sys.argv[3],
    **json.loads(sys.argv[4]),
})
crawler = process.create_crawler(Items)
for handler, event in ((scraped, signals.item_scraped), (dropped, signals.item_dropped),
                        (error, signals.item_error), (closed, signals.spider_closed)):
    crawler.signals.connect(handler, event)
process.crawl(crawler)
process.start()
outcome["stats"] = {key: value for key, value in crawler.stats.get_stats().items() if key.startswith("articles/")}
print(json.dumps(outcome))
"""


def crawl(uri, database, log, *arguments, **settings):
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "dev",
            "-W",
            "error",
            "-c",
            SCRIPT,
            uri,
            database,
            str(log),
            json.dumps(settings),
            *arguments,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_items_are_in_mongodb_when_scrapy_says_so(mongo_uri, mongo_database, tmp_path):
    outcome, stderr = crawl(mongo_uri, mongo_database, tmp_path / "log")
    assert stderr == "", "no warning, nothing left open"
    assert outcome["reason"] == "finished"
    assert outcome["errors"] == []
    assert sorted(outcome["dropped"]) == [
        "no-body: http://news.fjsen.com/4.htm",
        "no-title: http://news.fjsen.com/5.htm",
    ]
    assert outcome["scraped"] == 8
    assert outcome["stats"] == {
        "articles/stored": 4,
        "articles/unstorable": 1,
        "articles/dropped/no-body": 1,
        "articles/dropped/no-title": 1,
    }
    with MongoClient(mongo_uri) as client:
        database = client[mongo_database]
        stored = {article["url"]: article for article in database["articles"].find()}
        assert sorted(stored) == [f"http://news.fjsen.com/{n}.htm" for n in (1, 2, 3)]
        assert stored["http://news.fjsen.com/1.htm"]["channels"] == ["fujian"]
        assert len(stored["http://news.fjsen.com/2.htm"]["content_hash"]) == 64, "cleaned on the way"
        failures = {failure["url"]: failure["reason"] for failure in database["failures"].find()}
        assert failures == {
            "http://news.fjsen.com/gone.htm": "404",
            "http://news.fjsen.com/6.htm": "unstorable",
        }


def test_a_server_that_stays_away_ends_the_crawl_and_every_item_is_an_error(guarded_data_dir, tmp_path):
    folder = guarded_data_dir()
    nowhere = "redis://127.0.0.1:1/0"
    uri = stack.ensure(folder, redis_url=nowhere, mongo_uri=None, announce=lambda line: None).mongo_uri
    outcome, _ = crawl(uri, "news", tmp_path / "log", str(stack.status(folder)[1].pid), CONCURRENT_ITEMS=1)
    assert outcome["reason"] == "mongodb_unreachable"
    assert outcome["scraped"] >= 1
    assert outcome["errors"]
    assert set(outcome["errors"]) == {"Unreachable"}
    log = (tmp_path / "log").read_text()
    assert log.count("MongoDB cannot store") == 1
    assert log.count("The crawl ends: MongoDB has not stored anything for") == 1
    assert "Traceback" not in log
    assert "海峡论坛" not in log, "no article in the log"
    stored = outcome["stats"]["articles/stored"]
    stack.ensure(folder, redis_url=nowhere, mongo_uri=None, announce=lambda line: None)
    with MongoClient(uri) as client:
        assert client["news"]["articles"].count_documents({}) >= stored


def test_a_stop_while_the_server_is_away_does_not_wait_for_it(guarded_data_dir, tmp_path):
    folder = guarded_data_dir()
    nowhere = "redis://127.0.0.1:1/0"
    uri = stack.ensure(folder, redis_url=nowhere, mongo_uri=None, announce=lambda line: None).mongo_uri
    pid = str(stack.status(folder)[1].pid)
    patient = {"MONGO_PATIENCE": 300, "STOP_AFTER": 1, "SHUTDOWN_GRACE": 2, "CONCURRENT_ITEMS": 1}

    outcome, _ = crawl(uri, "news", tmp_path / "log", pid, **patient)  # within 60 s

    assert outcome["reason"] == "shutdown"
    assert set(outcome["errors"]) == {"Unreachable"}, "not stored, so not acknowledged"
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_without_a_server_nothing_is_scraped(mongo_database, tmp_path):
    outcome, _ = crawl("", mongo_database, tmp_path / "log")
    assert outcome["scraped"] == 0
    assert "MONGO_URI" in (tmp_path / "log").read_text()
