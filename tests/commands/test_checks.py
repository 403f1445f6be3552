"""Settings that cannot mean anything are one line before the crawl begins."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from crawler import settings as declared
from crawler.commands.checks import check_settings
from crawler.errors import UsageError


def settings(**values):
    found = Settings()
    found.setmodule(declared)
    found.setdict(values, priority="cmdline")
    return found


def test_the_project_itself_and_what_a_command_line_says_as_text():
    check_settings(settings())
    check_settings(
        settings(DOWNLOAD_TIMEOUT="5", FAILURE_THRESHOLD="0.5", LOG_LEVEL="debug", COOKIES_ENABLED="1")
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("FAILURE_THRESHOLD", "5%", "FAILURE_THRESHOLD=5%: expected a number"),
        ("CONCURRENT_REQUESTS", "many", "CONCURRENT_REQUESTS=many: expected a number"),
        ("COOKIES_ENABLED", "perhaps", "COOKIES_ENABLED=perhaps: expected 1 or 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=loud: expected DEBUG"),
        ("MONGO_DATABASE", "a b", "MONGO_DATABASE='a b'"),
        ("MONGO_DATABASE", "a.b", "MONGO_DATABASE='a.b'"),
        ("MONGO_DATABASE", "a\0b", "MONGO_DATABASE='a\\x00b'"),
        ("MONGO_DATABASE", "新闻" * 11, "MONGO_DATABASE='新闻"),
        ("MONGO_DATABASE", "新闻" * 10, None),
        ("FRONTIER", "a:b", "FRONTIER='a:b'"),
        ("LEASE_SECONDS", "1", None),
        ("HEARTBEAT_SECONDS", "90", "LEASE_SECONDS has to be longer"),
        ("HEARTBEAT_SECONDS", "60", "LEASE_SECONDS has to be longer"),
        ("HEARTBEAT_SECONDS", "0", "HEARTBEAT_SECONDS=0: expected a number above 0"),
        ("RETRY_TIMES", "x", "RETRY_TIMES=x: expected a number"),
        ("CONCURRENT_REQUESTS", "-1", "CONCURRENT_REQUESTS=-1: expected a number above 0"),
        ("CONCURRENT_REQUESTS", "0", "CONCURRENT_REQUESTS=0: expected a number above 0"),
        ("CONCURRENT_REQUESTS", "1.5", "CONCURRENT_REQUESTS=1.5: expected a whole number above 0"),
        ("CONCURRENT_ITEMS", "0", "CONCURRENT_ITEMS=0: expected a number above 0"),
        ("LEASE_SECONDS", "0", "LEASE_SECONDS=0: expected a number above 0"),
        ("LEASE_SECONDS", "nan", "LEASE_SECONDS=nan: expected a number above 0"),
        ("SHUTDOWN_GRACE", "-1", "SHUTDOWN_GRACE=-1: expected a number of 0 or more"),
        ("SHUTDOWN_GRACE", "0", None),
        ("DOWNLOAD_TIMEOUT", "0", "DOWNLOAD_TIMEOUT=0: expected a number above 0"),
        ("DOWNLOAD_TIMEOUT", "inf", "DOWNLOAD_TIMEOUT=inf: expected a number above 0"),
        ("DOWNLOAD_DELAY", "0", None),
        ("FAILURE_THRESHOLD", "5", "FAILURE_THRESHOLD=5: expected a share from 0 to 1"),
        ("FAILURE_THRESHOLD", "1", None),
        ("FRONTIER_BATCH", "0", "FRONTIER_BATCH=0: expected a number above 0"),
        ("FRONTIER_POLL", "0", "FRONTIER_POLL=0: expected a number above 0"),
        ("JOIN_ONLY", "perhaps", "JOIN_ONLY=perhaps: expected 1 or 0"),
    ],
)  # fmt: skip
def test_nonsense(name, value, told):
    given = settings(**{name: value})
    if told is None:
        check_settings(given)
        return
    with pytest.raises(UsageError) as caught:
        check_settings(given)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)
