"""The sample portal, made once, and served on a free port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sample_portal.server import PortalServer
from sample_portal.world import World, make_world


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
