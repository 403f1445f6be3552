"""The sample portal, made once, and served on a free port."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Without a package of its own, tests/ is found from the repository's root, wherever pytest was started.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.portal.server import PortalServer
from tests.portal.world import World, make_world


@pytest.fixture(scope="session", params=["sample", "fjsen"])
def world(request: pytest.FixtureRequest) -> World:
    return make_world(request.param)


@pytest.fixture(scope="session")
def sample() -> World:
    return make_world("sample")


@pytest.fixture
def server(sample: World) -> Iterator[PortalServer]:
    with PortalServer(sample) as running:
        yield running
