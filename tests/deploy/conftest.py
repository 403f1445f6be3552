"""The files of deploy/, and whole crawls where these start them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.conftest import fleet, serve

__all__ = ["fleet", "serve"]

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents and "serve" in getattr(
            item, "fixturenames", ()
        ):
            item.add_marker("crawl")


@pytest.fixture
def deploy() -> Path:
    return DEPLOY
