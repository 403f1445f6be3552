from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from crawler.portals.model import Profile
from tests.contexts import make_context


class MemoryShared:
    """The frontier's side of the seam, in memory; several workers of a test share one.

    Time stands still but for ``pass_``.
    """

    def __init__(self):
        self.moment = datetime(2026, 1, 10, tzinfo=UTC)
        self.clock = SimpleNamespace(now=lambda: self.moment)
        self.store = {}
        self.turns = []
        self.slowed = []
        self.failing = set()
        self.failed = []
        self.answered = []
        self.delays = {}
        self.kept = {}
        self.epoch = 3
        self.runs = {}
        self.put_offs = []

    def pass_(self, seconds):
        self.moment += timedelta(seconds=seconds)

    def _get(self, key):
        value, until = self.store.get(key, (None, self.moment))
        return value if until > self.moment else None

    def attempt(self, request):
        return 1

    def put_off(self, request, seconds):
        self.put_offs.append(seconds)
        return True

    async def reserve_slot(self, url, portal):
        await asyncio.sleep(0)
        self.turns.append(url)

    def slow_down(self, url, seconds):
        self.slowed.append((url, seconds))

    def is_host_failing(self, url):
        return url in self.failing

    def host_failed(self, url, why, *, asked_s=None, least_s=0):
        self.failed.append((url, why, asked_s or least_s))

    def host_answered(self, url):
        self.answered.append(url)

    def set_crawl_delay(self, url, seconds):
        self.delays[url] = seconds

    async def cached(self, key):
        await asyncio.sleep(0)
        return self._get(key)

    async def cache(self, key, value, ttl_s):
        await asyncio.sleep(0)
        self.store[key] = (value, self.moment + timedelta(seconds=ttl_s))

    def keep(self, request, key, value, ttl_s):
        self.kept[request] = (key, value, ttl_s)

    def acknowledge(self, request):
        key, value, ttl_s = self.kept.pop(request)
        self.store[key] = (value, self.moment + timedelta(seconds=ttl_s))

    async def hold(self, key, ttl_s):
        await asyncio.sleep(0)
        if self._get("hold:" + key) is not None:
            return False
        self.store["hold:" + key] = (b"1", self.moment + timedelta(seconds=ttl_s))
        return True


@pytest.fixture
def shared():
    return MemoryShared()


def make_profile(**given):
    values = {
        "name": "sample",
        "title": "样报",
        "home": "http://www.sample.example/",
        "domains": ("sample.example",),
        "exclude": (re.compile(r"^bbs\."), re.compile(r"/private/")),
    }
    return Profile(**{**values, **given})


@pytest.fixture(name="make_profile")
def _make_profile():
    return make_profile


@pytest.fixture
def profile():
    return make_profile()


@pytest.fixture
def context(shared, profile):
    return make_context(shared, profiles={"sample": profile})


@pytest.fixture
def settings():
    settings = Settings()
    settings.setmodule("crawler.settings")
    return settings
