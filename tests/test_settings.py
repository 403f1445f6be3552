"""The settings: what Scrapy switches on and we do not, the environment, the bounds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.build

ROOT = Path(__file__).resolve().parent.parent


def settings(code: str, folder: Path = ROOT, **variables: str):
    """Evaluates an expression over ``settings`` in a fresh process with only these variables."""
    script = (
        "import json\n"
        "from scrapy.utils.project import get_project_settings\n"
        "settings = get_project_settings()\n"
        f"print(json.dumps({code}))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(answer.stdout)


def test_nothing_dangerous_is_on():
    script = """
import json
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.downloadtimeout import DownloadTimeoutMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, NotSupported
from scrapy.extensions.corestats import CoreStats
from scrapy.extensions.remote_control import RemoteControl
from scrapy.extensions.telnet import TelnetConsole
from scrapy.utils.project import get_project_settings

EXTENSIONS = (TelnetConsole, RemoteControl, CoreStats)
MIDDLEWARES = (CookiesMiddleware, RobotsTxtMiddleware, RetryMiddleware, HttpCompressionMiddleware, DownloadTimeoutMiddleware)
found = {}

class Nothing(Spider):
    name = "nothing"

    async def start(self):
        found["start"] = "failed, see the log"
        on = [c.__name__ for c in EXTENSIONS if self.crawler.get_extension(c)]
        on += [c.__name__ for c in MIDDLEWARES if self.crawler.get_downloader_middleware(c)]
        found["on"] = on
        found["refused"] = []
        for url in ("file:///etc/hostname", "data:,x"):
            try:
                await self.crawler.engine.download_async(Request(url))
            except (NotSupported, IgnoreRequest):
                found["refused"].append(url.partition(":")[0])
        del found["start"]
        return
        yield

settings = get_project_settings()
settings.update({"LOG_LEVEL": "WARNING", "SPIDER_MODULES": [], "ITEM_PIPELINES": {}})
process = AsyncCrawlerProcess(settings)
process.crawl(Nothing)
process.start()
print(json.dumps(found))
"""
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert found, answer.stderr
    assert "start" not in found, answer.stderr
    assert found["on"] == ["CoreStats", "DownloadTimeoutMiddleware"], "these two show that the question works"
    assert found["refused"] == ["file", "data"]
    assert "Deprecat" not in answer.stderr, "a setting by an old name"


def test_bounds():
    assert settings("settings.getint('DOWNLOAD_MAXSIZE')") <= 32 * 1024 * 1024
    assert settings("settings.getint('DOWNLOAD_TIMEOUT')") <= 60
    assert settings("settings.getint('CONCURRENT_ITEMS')") <= 4


def test_the_scheduler_is_not_for_the_whole_project():
    """scrapy shell would take requests off the shared queue."""
    assert settings("settings['SCHEDULER']") == "scrapy.core.scheduler.Scheduler"


READ = [
    "REDIS_URL", "MONGO_URI", "MONGO_DATABASE", "FRONTIER", "PORTALS_DIR", "SCRAPYD_JOB", "DATA_DIR", "DEFAULT_PORTAL",
]  # fmt: skip
"""Settings that are taken from the environment as they are."""


def test_defaults_of_the_environment():
    expected = ["", "", "news", "news", [], "", str(ROOT / ".data"), ""]
    assert settings(f"[settings[name] for name in {READ}]") == expected
    assert settings("settings['DATA_DIR']", ROOT / "crawler" / "stack") == str(ROOT / ".data"), (
        "from any folder"
    )


def test_the_environment_is_read():
    variables = {
        "REDIS_URL": " redis://r ",
        "MONGO_URI": "mongodb://m",
        "MONGO_DATABASE": "",
        "FRONTIER": "f",
        "PORTALS_DIR": "/a:/b:",
        "SCRAPY_JOB": "j",
        "DATA_DIR": "here",
        "DEFAULT_PORTAL": "@province=福建",
    }
    expected = [
        "redis://r",
        "mongodb://m",
        "news",
        "f",
        ["/a", "/b"],
        "j",
        str(ROOT / "here"),
        "@province=福建",
    ]
    assert settings(f"[settings[name] for name in {READ}]", **variables) == expected


@pytest.mark.parametrize(("contact", "ends"), [("", ""), ("news@example.org", " (+news@example.org)")])
def test_the_user_agent_says_who_to_write_to(contact, ends):
    agent = settings("settings['USER_AGENT']", CRAWLER_CONTACT=contact)
    assert agent == f"regional-news-crawler/0.1.0{ends}"


def test_nothing_else_reads_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "crawler").rglob("*.py")
        if "environ.get" in path.read_text(encoding="utf-8") or "getenv" in path.read_text(encoding="utf-8")
    ]
    # The container's health check begins without Scrapy; LD_LIBRARY_PATH is passed on to mongod.
    expected = ["crawler/health.py", "crawler/settings/environment.py", "crawler/stack/mongo_server.py"]
    assert sorted(readers) == expected
