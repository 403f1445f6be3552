"""Protego's own tests of what may be fetched, asked of this crawler's reading of robots.txt."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
from protego import Protego

from crawler.fetching.robots import product_token, read_robots
from tests.suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["robots"]

# What this crawler asks of no robots.txt, or Protego of itself.
_OTHER = re.compile(
    r"crawl_delay|request_rate|visit_time|sitemaps|preferred_host|_parse|_quote|_rule|str\(|bytestrings"
)


class _Ours:
    """Protego's surface over this crawler's rules."""

    def __init__(self, content: str) -> None:
        self._content = content

    @classmethod
    def parse(cls, content: Any) -> _Ours:
        return cls(content)

    def can_fetch(self, url: str, user_agent: str) -> bool:
        body = self._content.encode() if isinstance(self._content, str) else self._content
        token = product_token(user_agent)
        rules = read_robots(200, body, token)
        return rules.state == "open" or Protego.parse(rules.text).can_fetch(url, token)


class _Plugin:
    """Puts our reading into Protego's test modules, and counts."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = [item for item in items if not _OTHER.search(inspect.getsource(item.function))]
        for item in items:
            item.module.Protego = _Ours

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.when == "call":
            self._outcome.count(report.passed, report.nodeid)


def robots(folder: Path) -> Iterator[Outcome]:
    """Yield how many of its tests of rules hold."""
    outcome = Outcome("Protego", "tests of what may be fetched", 103)
    files = [str(folder / "tests" / name) for name in ("test_protego.py", "test_on_google_spec.py")]
    options = [
        "-p",
        "no:cacheprovider",
        "-p",
        "no:asyncio",
        "-c",
        "/dev/null",
        "--import-mode=importlib",
        "-qq",
        "--no-summary",
        "--tb=no",
    ]
    pytest.main([*options, "--rootdir", str(folder), *files], plugins=[_Plugin(outcome)])
    yield outcome
