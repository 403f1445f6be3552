"""A queue that a former release filled goes on: its payloads are read, and its ids are still those of the pages."""

from __future__ import annotations

import pytest

from crawler.frontier.requests.codec import decode
from crawler.frontier.requests.routing import route
from crawler.portals.model import Profile

PROFILES = {"p": Profile(name="p", title="p", home="http://x.cn/", domains=("x.cn",))}

RECORDED = [
    (
        ('{"v":1,"u":"https://www.x.cn/a/1.html?utm_source=1","p":5,"meta":{"portal":"p","kind":"article","channel":"要闻",'
        '"list":"channel","hint":{"title":"题","published":"2026-01-02"},"page":1,"depth":2,"tags":{"a":"b"},"run":3}}'),
        "57b2ec52ec56cea54eb14ba4002e83be",
        {
            "portal": "p", "kind": "article", "channel": "要闻", "list": "channel",
            "hint": {"title": "题", "published": "2026-01-02"}, "page": 1, "depth": 2,
        },
    ),
    (
        ('{"v":1,"u":"http://api.x.cn/list.do","m":"POST","h":{"Content-Type":["application/x-www-form-urlencoded"]},'
        '"b":"cGFnZT0yJm5vZGU9Nw==","f":true,"meta":{"portal":"p","kind":"channel","page":2,"redirect_times":1,'
        '"redirect_urls":["http://x.cn/l"],"redirect_reasons":[302]}}'),
        "c122da908091b2490a4d227bd7992ff2",
        {
            "portal": "p", "kind": "channel", "page": 2, "redirect_times": 1, "redirect_urls": ["http://x.cn/l"],
            "redirect_reasons": [302],
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("payload", "identifier", "meta"), RECORDED)
def test_recorded_payloads_are_read(payload, identifier, meta):
    request = decode(payload.encode())
    assert request.meta == meta
    assert route(request, PROFILES).identifier == identifier


def test_nothing_else_of_them_is_lost():
    article, form = (decode(payload.encode()) for payload, _, _ in RECORDED)
    assert (article.url, article.method, article.priority) == (
        "https://www.x.cn/a/1.html?utm_source=1",
        "GET",
        5,
    )
    assert (form.method, form.body, form.dont_filter) == ("POST", b"page=2&node=7", True)
    assert form.headers["Content-Type"] == b"application/x-www-form-urlencoded"
