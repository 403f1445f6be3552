"""Real Chromium: found, or brought; where none can be had its tests are skipped with one loud line."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest

from crawler.rendering.program import NoBrowser, find_program
from sample_portal.portals import PORTALS
from sample_portal.world import World
from tests.integration.conftest import fleet, serve
from tests.rendering.crawls import SEED

__all__ = ["fleet", "serve"]

LOUD = "NO BROWSER: the tests of rendering are skipped; apt-get install chromium-headless-shell, or set PLAYWRIGHT_EXECUTABLE"
_PACKAGE = "chromium-headless-shell"
_ON_PATH = (_PACKAGE, "chromium", "google-chrome")
_PATIENCE_S = 300


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            if "serve" in item.fixturenames:
                item.add_marker("crawl")


@pytest.fixture(scope="session")
def browser() -> str:
    """The path of a browser. It is on PATH, or Playwright downloads its own, or Debian has a package."""
    program = bring()
    if program is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(LOUD)
        pytest.skip(LOUD)
    return program


@lru_cache(maxsize=1)
def bring() -> str | None:
    # several processes of pytest may look for one at the same time; apt-get and the download stand no second one
    with (Path(tempfile.gettempdir()) / "news-crawler-browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _bring()


def _bring() -> str | None:
    named = os.environ.get("PLAYWRIGHT_EXECUTABLE", "")
    if named and named != "none":
        return shutil.which(named)
    if not _is_driven() and not (_by_apt("libatomic1") and _is_driven()):
        return None
    return _on_path() or _downloaded() or _by_playwright() or (_on_path() if _by_apt(_PACKAGE) else None)


def _is_driven() -> bool:
    """Whether Playwright's driver starts: on a minimal Debian it lacks a library."""
    return _succeeds([sys.executable, "-m", "playwright", "--version"])


def _on_path() -> str | None:
    return next(filter(None, map(shutil.which, _ON_PATH)), None)


def _downloaded() -> str | None:
    try:
        return str(find_program("", os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")))
    except NoBrowser:
        return None


def _by_playwright() -> str | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"]
    return _downloaded() if _succeeds(command) else None


def _by_apt(package: str) -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package])
    return all(_succeeds(["apt-get", *words], environment) for words in commands)


def _succeeds(command: list[str], environment: dict[str, str] | None = None) -> bool:
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


@pytest.fixture
def site(serve, browser):
    site = serve(World(PORTALS["sample"], SEED))
    site.environment["PLAYWRIGHT_EXECUTABLE"] = browser
    return site


@pytest.fixture
def plain_site(serve):
    """The same without a browser."""
    return serve(World(PORTALS["sample"], SEED))
