"""The parts of a worker that know no Redis: outbox, seen links, priorities, paces, delays, names."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.settings import Settings

from crawler import settings as declared
from crawler.errors import UsageError
from crawler.frontier.options import Options
from crawler.frontier.redis import operations
from crawler.frontier.redis.keys import list_name
from crawler.frontier.redis.politeness import pace
from crawler.frontier.requests.priority import queue_priority
from crawler.frontier.requests.routing import route, was_redirected_to_itself
from crawler.frontier.requests.specs import request_of
from crawler.frontier.worker.backoff import retry_delay
from crawler.frontier.worker.outbox import Outbox
from crawler.frontier.worker.seen_cache import SeenCache, of_run
from crawler.portals.model import Profile
from crawler.portals.page_kind import PageKind
from crawler.portals.requests import JSON_BODY
from crawler.urls import RequestSpec, url_id
from tests.frontier.conftest import ident, push

PROFILES = {"p": Profile(name="p", title="p", home="http://x.cn/", domains=("x.cn",))}


def test_a_batch_stays_the_same_until_it_is_confirmed():
    outbox = Outbox(3)
    for n in range(5):
        outbox.put(("w", "p", str(n)), ("p", str(n)) if n % 2 else None)
    first = outbox.batch()
    outbox.put(("w", "p", "late"))
    assert outbox.batch() is first
    assert (first.number, len(first.ops), first.seen) == (1, 3, (("p", "1"),))
    assert len(outbox) == 6
    outbox.confirm()
    second = outbox.batch()
    assert (second.number, [op[2] for op in second.ops]) == (2, ["3", "4", "late"])
    outbox.confirm()
    assert len(outbox) == 0
    assert outbox.batch().ops == ()
    outbox.confirm()
    outbox.put(("w", "p", "x"))
    assert outbox.batch().number == 3


def test_what_was_confirmed_lately_is_told_again_before_the_rest(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("crawler.frontier.worker.outbox.monotonic", lambda: now[0])
    outbox = Outbox(2)
    for at, op in ((0, push("old")), (4, push("new")), (8, ("s", "a.x.cn", 1000, 1)), (8, ("a", "e", "1"))):
        now[0] = 100.0 + at
        outbox.put(op)
        outbox.batch()
        outbox.confirm()
    outbox.put(push("next"))
    now[0] += 3600  # Redis was away for an hour
    assert outbox.repeat() == 2, "neither what is safe for long, nor pauses"
    assert outbox.batch().ops == (push("new"), ("a", "e", "1"))
    outbox.confirm()
    assert outbox.batch().ops == (push("next"),)
    assert outbox.repeat() == 2, "it may be lost again"


def test_a_batch_is_bounded_in_bytes():
    outbox = Outbox(500)
    for n in range(10):
        outbox.put(push(n, payload=b"x" * 1_000_000))
    assert len(outbox.batch().ops) == 4


def test_settlements_at_the_head_can_be_cut_off():
    outbox = Outbox(10)
    for op in (("a", "e1", "1"), ("n", "e2", "2"), push("x"), ("a", "e3", "3")):
        outbox.put(op)
    batch = outbox.batch()
    head = outbox.head("anr")
    assert head == batch.ops[:2]
    outbox.cut(2)
    assert outbox.batch().ops == batch.ops[2:]
    assert outbox.head("anr") == ()


def test_known_links_are_those_of_one_server_and_epoch():
    known = SeenCache()
    assert known.check(1, 0)
    known.settle("p", ident(1))
    assert known.has("p", ident(1))
    assert not known.has("q", ident(1))
    assert known.check(1, 0)
    assert not known.check(1, 1)
    assert not known.has("p", ident(1))
    known.settle("p", ident(1))
    assert not known.check(2, 1)
    assert not known.has("p", ident(1))


def test_what_is_on_its_way_is_known_until_it_was_for_another_server():
    known = SeenCache()
    assert known.check(1, 0)
    known.expect("p", ident(1))
    assert known.has("p", ident(1))
    assert not known.check(2, 0)
    assert known.has("p", ident(1)), "it is still in the outbox, and will be sent to the new one"
    known.settle("p", ident(1), keep=False)
    assert not known.has("p", ident(1))


def test_lists_are_known_within_a_run():
    known = SeenCache()
    known.settle(of_run("p", 1), ident(1))
    assert known.has(of_run("p", 1), ident(1))
    assert not known.has(of_run("p", 2), ident(1))
    assert not known.has("p", ident(1))


def test_known_links_are_bounded_and_keep_what_is_used():
    known = SeenCache(size=100)
    for n in range(1000):
        known.settle("p", ident(n))
        assert known.has("p", ident(0))
    assert 100 <= len(known) <= 200
    assert known.has("p", ident(999))
    assert not known.has("p", ident(500))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("article", 1, 0), ("channel", 1, 499)),
        (("gallery", 1, -40), ("home", 1, 0)),
        (("channel", 2, 0), ("channel", 3, 400)),
        (("feed", 1, 0), ("sitemap", 1, 0)),
        (("channel", 300, 0), ("article", 1, -100)),
        (("article", 1, 5), ("article", 1, 4)),
        (("article", 1, 10**9), ("article", 1, 0)),
    ],
)
def test_ranks(better, worse):
    assert (
        0
        <= queue_priority(PageKind(better[0]), *better[1:])
        < queue_priority(PageKind(worse[0]), *worse[1:])
        < 4000
    )


def test_paces():
    assert pace(2, 4) == pytest.approx(pace(2, 4))
    two = pace(2, 4)
    assert 500 < two.gap < 550
    assert 250 < two.site_gap < 275
    assert (pace(1, 0.5).gap, pace(1, 0.5).site_gap, pace(1, 1).slack) == (1000, 2000, 0)
    assert (pace(5, 5, override=0).gap, pace(5, 5, override=0).site_gap) == (0, 0)
    # five in a second with a server that counts: 5 gaps less one slack leave no room for a sixth
    five = pace(5, 0)
    assert 5 * five.gap - five.slack > 1040
    assert 1000 / five.gap > 4.6


def test_pauses_grow_are_bounded_and_never_undercut_the_server():
    waits = [retry_delay(attempt, first=2, longest=600) for attempt in range(1, 8)]
    assert waits == [2, 8, 32, 128, 512, 600, 600]
    assert retry_delay(1, first=2, longest=600, after=50) == 50
    assert retry_delay(1, first=2, longest=600, jitter=1) == 2.5
    assert retry_delay(10**9, first=2, longest=600) == 600


def test_places():
    request = Request("http://FZ.x.cn/a?utm_source=1#f", meta={"portal": "p"})
    found = route(request, PROFILES)
    assert found == ("p", url_id("http://fz.x.cn/a"), "fz.x.cn", "x.cn")
    assert route(Request("https://fz.x.cn/a"), PROFILES) == found
    assert (
        route(Request("http://fz.x.cn/a", method="POST", body=b"x=1"), PROFILES).identifier
        != found.identifier
    )
    for url in ("http://other.cn/", "http://xx.cn/"):
        with pytest.raises(ValueError, match="no portal"):
            route(Request(url), PROFILES)


def test_a_redirect_chain_is_compared_by_ids():
    request = Request(
        "https://x.cn/a", meta={"redirect_urls": ["nonsense", "http://x.cn/b", "http://x.cn/a?utm_source=1"]}
    )
    assert was_redirected_to_itself(request, route(request, PROFILES), PROFILES)
    request.meta["redirect_urls"] = ["http://x.cn/b"]
    assert not was_redirected_to_itself(request, route(request, PROFILES), PROFILES)


@pytest.mark.parametrize(
    "spec",
    [
        RequestSpec("https://x.cn/a", "POST", body=b"tid=1"),
        RequestSpec("https://x.cn/a", "POST", JSON_BODY, b'{"tid":1}'),
    ],
)
def test_the_redirect_of_a_list_behind_a_form_is_no_duplicate_of_itself(spec):
    request = request_of(spec, meta={"portal": "p", "redirect_urls": ["http://x.cn/a"]})
    assert was_redirected_to_itself(request, route(request, PROFILES), PROFILES)
    request.meta["redirect_urls"] = ["http://x.cn/b"]
    assert not was_redirected_to_itself(request, route(request, PROFILES), PROFILES)


def test_list_names_are_short_and_told_apart():
    assert list_name("node_12") == "node_12"
    names = {list_name(key) for key in ("http://x.cn/a?b", "a:b", "a b", "", "x" * 99, "频道")}
    assert len(names) == 6
    assert all(len(name) < 40 and ":" not in name for name in names)


def test_options_from_settings():
    project = {name: value for name, value in vars(declared).items() if name.isupper()}
    options = Options.from_settings(
        Settings({**project, "FRONTIER": "f", "LEASE_SECONDS": "9", "RETRY_TIMES": 3, "FRONTIER_BATCH": 7})
    )
    assert (options.name, options.lease, options.heartbeat, options.tries, options.batch) == ("f", 9, 3, 4, 7)
    for wrong in (
        {"LEASE_SECONDS": "soon"},
        {"LEASE_SECONDS": 5, "HEARTBEAT_SECONDS": 6},
        {"DELAY_MAX": -1},
        {"FRONTIER": ""},
    ):
        with pytest.raises(UsageError):
            Options.from_settings(Settings({**project, **wrong}))
    with pytest.raises(UsageError, match="not the settings of this project"):
        Options.from_settings(Settings({"FRONTIER": "f"}))


def test_any_cache_value_is_a_string_to_lua():
    assert bytes(operations.keep("k", b"\x00\xff", 1000)[2]) == b"\xdb\x00\x00\x00\x02\x00\xff"


def test_the_projects_settings_are_the_documented_defaults():
    from scrapy.utils.project import get_project_settings

    assert Options.from_settings(get_project_settings()) == Options(
        name="news",
        lease=60,
        heartbeat=20,
        hold_max=900,
        batch=500,
        prefetch=16,
        poll=1,
        tries=5,
        pause=2,
        pause_max=600,
        poison=4,
        delay_max=300,
        patience=60,
        run_max=21_600,
        grace=25,
        seen_days=0,
        host_max=8,
        site_max=16,
        hang=600,
        join_only=False,
        start_urls="{%(frontier)s}:%(name)s:start_urls",
    )
