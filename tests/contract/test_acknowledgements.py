"""Scrapy's engine, held to what the frontier relies on: a request is acknowledged exactly when it is done."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from types import SimpleNamespace

import pytest
from scrapy.core.engine import ExecutionEngine

from crawler.errors import UsageError
from crawler.frontier import inflight
from tests.contract.conftest import ROOT
from tests.contract.site import BODY, Site

pytestmark = pytest.mark.crawl


SEEDS = (
    "/slow-item", "/gen", "/from", "/same?spm=1", "/a/7?spm=1", "/loop?spm=1", "/again", "/ignored", "/gone", "/refused",
    "/fails", "/bad-item", "/dropped", "/fetches", "/released", "/retried", "/a/11", "/a/11", "/list/0",
)  # fmt: skip


@pytest.fixture(scope="module")
def site():
    with Site(20) as site:
        for path in (
            "/slow-item",
            "/bad-item",
            "/dropped",
            "/fails",
            "/gen",
            "/fetches",
            "/part",
            "/released",
            "/retried",
            "/same",
            "/again",
        ):
            site.page(path, BODY % b"")
        site.page("/from", status=302, headers={"Location": "/a/4?x=1"})
        site.page("/a/4?x=1", BODY % b"")
        site.page("/same?spm=1", status=301, headers={"Location": "/same"})
        site.page("/a/7?spm=1", status=301, headers={"Location": "/a/7"})
        site.page("/loop?spm=1", status=302, headers={"Location": "/loop"})
        site.page("/loop", status=302, headers={"Location": "/loop?spm=1"})
        yield site


@pytest.fixture(scope="module")
def events(redis_url, site):
    """What happened in one crawl of all the seeds."""
    settings = {
        "REDIS_URL": redis_url,
        "FRONTIER": f"contract-{uuid.uuid4().hex[:8]}",
        "REDIRECT_MAX_TIMES": 4,
    }
    given = {"base": site.url, "seeds": SEEDS, "settings": settings}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.contract.recorded", json.dumps(given)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return [tuple(event) for event in json.loads(done.stdout.splitlines()[-1])]


def of(events, path):
    return [event for event, where in events if where == path]


def test_an_item_is_stored_before_its_request_is_acknowledged(events):
    assert of(events, "/slow-item") == ["push", "lease", "end", "item", "ack"]


def test_children_of_a_slow_generator_are_pushed_before_the_acknowledgement(events):
    done = events.index(("ack", "/gen"))
    for event in (("push", "/gen-1"), ("item", "/gen"), ("push", "/gen-2"), ("end", "/gen")):
        assert events.index(event) < done


def test_a_redirect_is_acknowledged_after_its_target_is_pushed(events):
    assert events.index(("push", "/a/4?x=1")) < events.index(("ack", "/from"))
    assert of(events, "/a/4?x=1") == ["push", "lease", "end", "item", "ack"]


def test_a_redirect_to_its_own_id_is_followed(events):
    assert of(events, "/same?spm=1") == ["push", "lease", "ack"]
    assert of(events, "/same") == ["push", "lease", "end", "item", "ack"]


def test_a_redirect_of_an_article_to_its_own_id_is_followed(events):
    assert of(events, "/a/7") == ["push", "lease", "end", "item", "ack"]


def test_a_redirect_loop_ends(events):
    of_loop = [event for event, path in events if path in {"/loop", "/loop?spm=1"}]
    assert of_loop == ["push", *["lease", "push", "ack"] * 4, "lease", "ack"]


def test_a_retry_middleware_is_not_swallowed(events):
    assert of(events, "/again") == ["push", "lease", "push", "ack", "lease", "end", "item", "ack"]


def test_an_ignored_request_is_acknowledged(events, site):
    assert of(events, "/ignored") == ["push", "lease", "ack"]
    assert site.hits["/ignored"] == 0


def test_the_children_of_an_errback_are_pushed_before_the_acknowledgement(events):
    assert of(events, "/gone") == ["push", "lease", "ack"]
    assert events.index(("push", "/a/9")) < events.index(("ack", "/gone"))


def test_a_refused_connection_is_tried_again_and_then_dead(events):
    assert of(events, "/refused") == ["push"] + ["lease", "nack:refused"] * 3


def test_a_failing_callback_is_no_acknowledgement(events):
    assert of(events, "/fails") == ["push", *["lease", "nack:callback-error: ValueError"] * 3]
    assert of(events, "/a/1").count("push") == 1


def test_a_failing_pipeline_is_no_acknowledgement(events):
    found = of(events, "/bad-item")
    assert found == ["push", *["lease", "end", "nack:item-error: ValueError"] * 3]


def test_a_dropped_item_is_done(events):
    assert of(events, "/dropped") == ["push", "lease", "end", "ack"]


def test_a_fetch_inside_a_callback_belongs_to_its_lease(events, site):
    assert of(events, "/fetches") == ["push", "lease", "end", "item", "ack"]
    assert of(events, "/part") == []
    assert site.hits["/part"] == 1


def test_a_released_request_comes_back_without_a_try(events):
    assert of(events, "/released") == ["push", *["lease", "end", "release"] * 2, "lease", "end", "ack"]


def test_a_retried_request_comes_back_with_its_attempts(events):
    assert of(events, "/retried") == ["push", *["lease", "end", "nack:http-503"] * 2, "lease", "end", "ack"]


def test_known_links_are_dropped_without_a_lease(events, site):
    # twice a seed, and once on a list
    assert of(events, "/a/11").count("lease") == 1
    assert site.hits["/a/11"] == 1


def test_a_scrapy_without_the_names_is_refused_in_one_line():
    engine = ExecutionEngine.__new__(ExecutionEngine)
    engine._slot = SimpleNamespace(inprogress=set())
    with pytest.raises(
        UsageError, match=r"Scrapy .* has no engine\._slot\.closing.*requirements\.txt"
    ) as error:
        inflight.check(engine)
    assert "\n" not in str(error.value)
