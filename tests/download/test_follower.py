"""Fetches outside the queue: every step of a redirect in its host's turn, and judged."""

from __future__ import annotations

import pytest
from scrapy.http import Response

from crawler.download.follower import Follower
from crawler.errors import GiveUp, Retry
from crawler.fetching.redirects import BadRedirect
from crawler.portals.model import Profile
from crawler.urls import RequestSpec
from tests.contexts import Turns, make_context

BASE = "http://www.sample.example"
PORTAL = Profile(name="sample", title="", home=f"{BASE}/", domains=("sample.example",))


class Site:
    """Answers by path, and notes what it was asked."""

    def __init__(self, **answers):
        self.answers = {f"{BASE}/{path}": answer for path, answer in answers.items()}
        self.requests = []

    async def download(self, request):
        self.requests.append(request)
        answer = self.answers[request.url]
        if isinstance(answer, Exception):
            raise answer
        status, location = answer if isinstance(answer, tuple) else (answer, None)
        return Response(request.url, status, headers={"Location": location} if location else {})


async def fetch(site, spec, **meta):
    turns = Turns()
    follower = Follower(make_context(turns, profiles={"sample": PORTAL}), site.download)
    return await follower.fetch(spec, {"portal": "sample", **meta}), turns.taken


async def test_every_step_waits_for_its_turn_and_is_a_request_of_its_own():
    site = Site(a=(302, "/b"), b=(301, "/c"), c=200)
    response, turns = await fetch(
        site, RequestSpec(f"{BASE}/a", headers=(("Accept", "*/*"),)), kind="resource"
    )

    assert (response.url, response.status) == (f"{BASE}/c", 200)
    assert turns == [request.url for request in site.requests] == [f"{BASE}/{path}" for path in "abc"]
    for request in site.requests:
        assert request.meta["dont_redirect"]
        assert request.meta["kind"] == "resource"
        assert request.headers["Accept"] == b"*/*"
    assert len({id(request.meta) for request in site.requests}) == 3


async def test_a_form_is_posted_again_or_becomes_a_get_without_body():
    headers = (("Content-Type", "application/json"), ("Origin", BASE))
    for status, method in ((302, "GET"), (307, "POST")):
        site = Site(a=(status, "/b"), b=200)
        await fetch(site, RequestSpec(f"{BASE}/a", "POST", headers, b"{}"))
        then = site.requests[1]
        assert (then.method, then.body) == (method, b"{}" if method == "POST" else b"")
        assert ("Content-Type" in then.headers) is (method == "POST")
        assert then.headers["Origin"] == BASE.encode()


@pytest.mark.parametrize(
    ("answers", "reason", "steps"),
    [
        ({"a": (302, "http://www.elsewhere.example/")}, "offsite-redirect", 1),
        ({"a": (302, "http://127.0.0.1/")}, "private-address", 1),
        ({"a": (302, "javascript:x()")}, "unsupported-scheme", 1),
        ({"a": (302, None)}, "bad-redirect", 1),
        ({"a": (302, "/b"), "b": (302, "/a")}, "redirect-loop", 2),
        ({"a": (302, "/b"), "b": GiveUp("private-address")}, "private-address", 2),
    ],
)
async def test_a_step_that_may_not_be_is_not_made(answers, reason, steps):
    site = Site(**answers)
    with pytest.raises(BadRedirect) as refused:
        await fetch(site, RequestSpec(f"{BASE}/a"))
    assert refused.value.reason == reason
    assert len(site.requests) == steps


async def test_five_redirects_are_followed_and_no_more():
    chain = {f"r{n}": (302, f"/r{n + 1}") for n in range(6)}
    assert (await fetch(Site(**chain | {"r5": 200}), RequestSpec(f"{BASE}/r0")))[0].status == 200
    with pytest.raises(BadRedirect, match="too-many-redirects"):
        await fetch(Site(**chain), RequestSpec(f"{BASE}/r0"))


async def test_what_the_first_request_fails_of_is_no_redirects_fault():
    for error in (GiveUp("robots"), TimeoutError()):
        with pytest.raises(type(error)) as failed:
            await fetch(Site(a=error), RequestSpec(f"{BASE}/a"))
        assert not isinstance(failed.value, BadRedirect)
    with pytest.raises(Retry, match="host-paused"):
        await fetch(Site(a=(302, "/paused")), RequestSpec(f"{BASE}/a"))
