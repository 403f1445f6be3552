"""Every setting of ours has an effect: each is set, and what it changes is seen, here or where its own test is."""

from __future__ import annotations

import ast
import asyncio
import logging
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse
from scrapy.settings import Settings, default_settings
from scrapy.signalmanager import SignalManager

from crawler import settings as declared
from crawler.commands import crawl
from crawler.commands.checks import check_settings
from crawler.commands.outcomes import FailureBounds
from crawler.commands.stack import Command as StackCommand
from crawler.context.counters import RENDERED, of_portal
from crawler.errors import UsageError
from crawler.extensions.contact import ContactReminder
from crawler.extensions.counts import Counts
from crawler.extensions.progress import ProgressLog
from crawler.frontier.client import FrontierClient
from crawler.frontier.options import Options, redis_url_of
from crawler.frontier.redis.connection import Connection
from crawler.middlewares.bounds import BoundsMiddleware
from crawler.middlewares.decoding import DecodingMiddleware
from crawler.middlewares.redirects import BoundedRedirects, BoundedRefreshes
from crawler.middlewares.refusals import Refused
from crawler.middlewares.render import RenderMiddleware
from crawler.middlewares.subrequests import Subrequests
from crawler.portals.page_kind import PageKind
from crawler.rendering.service import RenderService
from crawler.spiders.requests import Task
from crawler.spiders.script_lists import ScriptLists
from tests.contexts import make_context

ROOT = Path(__file__).resolve().parent.parent
OURS = {name for name in vars(declared) if name.isupper()} - set(dir(default_settings))
URL = "http://www.a.cn/l/"


def settings_with(**values):
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(values, priority="cmdline")
    return settings


# --- of the frontier: each changes its option, and each option is used

OPTIONS = {
    "FRONTIER": "x", "LEASE_SECONDS": 61, "HEARTBEAT_SECONDS": 7, "HOLD_MAX": 7, "FRONTIER_BATCH": 7, "FRONTIER_PREFETCH": 7,
    "FRONTIER_POLL": 7, "RETRY_TIMES": 7, "RETRY_PAUSE": 7, "RETRY_PAUSE_MAX": 7, "POISON_LOSSES": 7, "DELAY_MAX": 7,
    "RUN_SECONDS": 7, "SHUTDOWN_GRACE": 7, "SEEN_DAYS": 7, "HOST_CONCURRENCY": 7, "SITE_CONCURRENCY": 7, "HANG_SECONDS": 7,
    "JOIN_ONLY": True, "REDIS_START_URLS_KEY": "%(name)s:x", "HOST_PATIENCE": 7,
}  # fmt: skip


@pytest.mark.parametrize("name", OPTIONS)
def test_a_setting_of_the_frontier_changes_its_option(name):
    before, after = (
        Options.from_settings(settings_with()),
        Options.from_settings(settings_with(**{name: OPTIONS[name]})),
    )
    changed = {
        field.name for field in fields(Options) if getattr(before, field.name) != getattr(after, field.name)
    }
    assert changed == ({"lease", "heartbeat"} if name == "LEASE_SECONDS" else changed)
    assert len(changed) == (2 if name == "LEASE_SECONDS" else 1)


@cache
def attributes_read():
    found = set()
    for path in (ROOT / "crawler").rglob("*.py"):
        if path.name != "options.py":
            found |= {
                node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)
            }
    return found


def test_every_option_is_used():
    assert {field.name for field in fields(Options)} - attributes_read() == set()


# --- of everything else


def rendering(settings):
    return RenderService.from_settings(settings, lambda _: None)


def redirected(settings):
    middleware, request = BoundedRedirects(settings, make_context()), Request(URL)
    for number in range(9):
        try:
            request = middleware.process_response(
                request, HtmlResponse(request.url, 302, headers={"Location": f"/{number}"}, request=request)
            )
        except Refused:
            return number
    return None


def refreshed(settings):
    request = Request(URL)
    page = HtmlResponse(URL, body=b'<meta http-equiv="refresh" content="7; url=/x">', request=request)
    return isinstance(BoundedRefreshes(settings, make_context()).process_response(request, page), Request)


def bounds(settings):
    request = Request(URL, meta={"kind": "sitemap"})
    BoundsMiddleware(settings).process_request(request)
    return request.meta["download_maxsize"], request.meta["download_timeout"]


def unpacked(settings):
    crawler = SimpleNamespace(settings=settings, spider=None, stats=None)
    return DecodingMiddleware.from_crawler(crawler)._most


def connection(settings):
    options = Connection.from_settings(settings).redis.connection_pool.connection_kwargs
    return (
        options.get("host"),
        options.get("port"),
        options.get("db"),
        options.get("encoding"),
        options.get("socket_timeout"),
    )


def is_made(extension):
    def probe(settings):
        crawler = SimpleNamespace(settings=settings, signals=SignalManager())
        try:
            return extension.from_crawler(crawler) is not None
        except NotConfigured:
            return False

    return probe


def shares(settings):
    context = make_context()
    context.counters.put(of_portal(RENDERED, "a"), 40)
    context.counters.put(of_portal("crawl/fetched", "a"), 100)
    lists = ScriptLists(context, settings.getfloat("RENDER_SHARE"))
    return lists.rendering(Request(URL), Task(portal="a", kind=PageKind.CHANNEL, depth=9), ()) is not None


def refused_rendering(settings):
    context = make_context()
    context.counters.put(of_portal(RENDERED, "a"), 40)
    middleware = RenderMiddleware(context, settings, Subrequests(None))
    request = Request(URL, meta={"portal": "a", "kind": "channel", "render": "profile"})
    with pytest.raises(Refused) as refused:
        asyncio.run(middleware.process_request(request))
    return refused.value.reason


def tally(settings):
    context = make_context(FrontierClient(settings, {}))
    crawler = SimpleNamespace(
        settings=settings, signals=SignalManager(), spider=SimpleNamespace(context=context), stats=None
    )
    return Counts.from_crawler(crawler).totals._every_s


def sockets(settings):
    command = StackCommand()
    command.settings = settings
    return str(command.sockets())


def period(settings):
    return ProgressLog.from_crawler(SimpleNamespace(settings=settings, signals=SignalManager()))._every_s


EFFECTS = [
    ("CRAWLER_CONTACT", "a@b.cn", is_made(ContactReminder), True, False),
    ("PROGRESS_SECONDS", 0, is_made(ProgressLog), True, False),
    ("PROGRESS_SECONDS", 7, period, 30.0, 7.0),
    ("FAILURE_THRESHOLD", 0.5, lambda s: FailureBounds.from_settings(s).are_exceeded(fetched=100, failed=50), True, False),
    ("FAILURE_MINIMUM", 99, lambda s: FailureBounds.from_settings(s).are_exceeded(fetched=100, failed=50), True, False),
    ("REDIS_URL", "redis://r.test:7/3", connection, ("localhost", 6379, 0, "utf-8", 10), ("r.test", 7, 3, "utf-8", 10)),
    ("REDIS_HOST", "r.test", lambda s: (redis_url_of(s), connection(s)[0]), ("", "localhost"), ("redis://r.test:6379/0", "r.test")),
    ("REDIS_PORT", 7, lambda s: (redis_url_of(s), connection(s)[1]), ("", 6379), ("redis://localhost:7/0", 7)),
    ("REDIS_DB", 3, lambda s: (redis_url_of(s), connection(s)[2]), ("", 0), ("redis://localhost:6379/3", 3)),
    ("REDIS_ENCODING", "gbk", lambda s: connection(s)[3], "utf-8", "gbk"),
    ("REDIS_PARAMS", {"socket_timeout": 7}, lambda s: connection(s)[4], 10, 7),
    ("PLAYWRIGHT_EXECUTABLE", "none", lambda s: rendering(s)._options.program, "", "none"),
    ("PLAYWRIGHT_BROWSERS_PATH", "/x", lambda s: rendering(s)._options.downloads, "", "/x"),
    ("RENDER_ENVIRONMENT", {"A": "b"}, lambda s: rendering(s)._options.environment == {"A": "b"}, False, True),
    ("RENDER_PAGES", 7, lambda s: rendering(s)._options.pages, 2, 7),
    ("RENDER_LIFETIME", 7, lambda s: rendering(s)._options.lifetime, 100, 7),
    ("RENDER_TIMEOUT", 7, lambda s: rendering(s)._limits.seconds, 120, 7),
    ("RENDER_SHARE", 0.5, shares, False, True),
    ("RENDER_BUDGET", 40, refused_rendering, "no-browser", "render-budget"),
    ("TALLY_SECONDS", 7, tally, 1.0, 7.0),
    ("SOCKET_DIR", "/x", lambda s: sockets(s) == "/x", False, True),
    ("SITEMAP_MAXSIZE", 7, bounds, (16_000_000, 120), (7, 120)),
    ("SITEMAP_TIMEOUT", 7, bounds, (16_000_000, 120), (16_000_000, 7)),
    ("DOWNLOAD_MAXSIZE", 7, unpacked, 4_000_000, 7),
    ("REDIRECT_MAX_TIMES", 2, redirected, 5, 2),
    ("METAREFRESH_MAXDELAY", 8, refreshed, False, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "probe", "before", "after"), EFFECTS, ids=[effect[0] for effect in EFFECTS]
)
def test_what_the_setting_changes_is_seen(name, value, probe, before, after):
    unset = {
        "CRAWLER_CONTACT": "",
        "PLAYWRIGHT_EXECUTABLE": "",
        "PLAYWRIGHT_BROWSERS_PATH": "",
        "REDIS_URL": "",
    }
    if name == "RENDER_BUDGET":
        unset["PLAYWRIGHT_EXECUTABLE"] = "none"
    assert probe(settings_with(**unset)) == before
    assert probe(settings_with(**unset | {name: value})) == after


def test_the_job_is_named_on_each_line(tmp_path):
    """JOB, LOG_JSON: as the command begins the log with them."""
    before, level = [*logging.root.handlers], logging.root.level
    for json_lines in (False, True):
        file = tmp_path / f"{json_lines}.log"
        crawl._start_log(settings_with(JOB="job-7", LOG_JSON=json_lines, LOG_FILE=str(file)), "", {})
        logging.getLogger("crawler.x").warning("hello")
        for handler in {*logging.root.handlers} - {*before}:
            logging.root.removeHandler(handler)
            handler.close()
        logging.root.setLevel(level)
        line = file.read_text().splitlines()[-1]
        assert "job-7" in line
        assert line.startswith("{") is json_lines


ELSEWHERE = {
    "DATA_DIR": "tests/test_settings.py",
    "DEFAULT_PORTAL": "tests/scrapyd",
    "MONGO_DATABASE": "tests/hostile/test_hostile_portal.py",
    "MONGO_PATIENCE": "tests/pipelines/test_store_pipeline.py",
    "MONGO_URI": "tests/hostile/test_hostile_portal.py",
    "PORTALS_DIR": "tests/hostile/test_hostile_portal.py",
    "REPORT_FD": "tests/fleet",
    "SCRAPYD_JOB": "tests/test_settings.py",
    "STACK_TCP": "tests/stack",
}
"""Settings whose effect shows in whole commands: the tests that set them."""


def test_every_setting_of_ours_has_its_test():
    tested = {"JOB", "LOG_JSON", *OPTIONS, *(effect[0] for effect in EFFECTS), *ELSEWHERE}
    assert OURS - tested == set()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_test_elsewhere_is_there(name):
    place = ROOT / ELSEWHERE[name]
    files = [place] if place.is_file() else [*place.rglob("*.py")]
    assert any(re.search(rf"\b{name}\b", path.read_text("utf-8")) for path in files)


def test_numbers_that_mean_nothing_are_refused():
    with pytest.raises(UsageError, match="RENDER_PAGES"):
        check_settings(settings_with(RENDER_PAGES=0))
