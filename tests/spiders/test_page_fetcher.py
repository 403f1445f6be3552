"""Further pages of an article: each step in its host's turn, judged like every page."""

from __future__ import annotations

import pytest
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response

from crawler.download.follower import Follower
from crawler.errors import GiveUp, Retry
from crawler.portals.model import Profile
from crawler.spiders.page_fetcher import PageFetcher
from tests.contexts import Turns, make_context

BASE, OTHER = "http://www.sample.example", "http://m.sample.example"
PORTAL = Profile(name="sample", title="", home=f"{BASE}/", domains=("sample.example",))
PAGE = "<html><body><p>第二页</p></body></html>".encode()


@pytest.fixture
def fetch():
    async def fetch(answers, url=f"{BASE}/1_2.htm", **how):
        turns, requests = Turns(), []
        context = make_context(turns, profiles={"sample": PORTAL})

        async def download(request):
            requests.append(request)
            # a turn is taken right before its request, and for no other
            assert turns.taken[-1] == request.url
            assert len(turns.taken) == len(requests)
            found = answers[request.url]
            if isinstance(found, Exception):
                raise found
            if isinstance(found, str):
                return Response(request.url, 302, headers={"Location": found}, request=request)
            if isinstance(found, int):
                return HtmlResponse(request.url, found, request=request)
            return HtmlResponse(request.url, body=found, request=request)

        fetcher = PageFetcher(context, Follower(context, download))
        return await fetcher.fetch(url, "sample", **how), turns.taken, requests

    return fetch


async def test_a_redirect_to_another_host_waits_for_that_hosts_turn(fetch):
    answers = {
        f"{BASE}/1_2.htm": f"{OTHER}/1_2.htm",
        f"{OTHER}/1_2.htm": "/1-2.htm",
        f"{OTHER}/1-2.htm": PAGE,
    }
    response, turns, requests = await fetch(answers, last_attempt=True)
    assert (response.url, response.body) == (f"{OTHER}/1-2.htm", PAGE)
    assert turns == [f"{BASE}/1_2.htm", f"{OTHER}/1_2.htm", f"{OTHER}/1-2.htm"]
    for request in requests:
        assert request.meta["kind"] == "continuation"
        assert request.meta["last_attempt"] is True
        assert request.meta["dont_redirect"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("http://www.elsewhere.example/1_2.htm", "offsite-redirect"),
        ("http://127.0.0.1/1_2.htm", "private-address"),
        ("/1_2.htm", "redirect-loop"),
        ("/", "gone-redirect"),
        (404, "http-404"),
    ],
)
async def test_a_page_that_is_not_there(fetch, answer, reason):
    with pytest.raises(GiveUp) as missing:
        await fetch({f"{BASE}/1_2.htm": answer})
    assert missing.value.reason == reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("/paused", "host-paused"), (503, "http-503"), (DownloadTimeoutError(), "timeout"), (b"", "empty-body")],
)
async def test_a_page_that_cannot_be_had_now(fetch, answer, reason):
    with pytest.raises(Retry) as later:
        await fetch({f"{BASE}/1_2.htm": answer})
    assert later.value.reason == reason
