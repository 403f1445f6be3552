from __future__ import annotations

import pytest

from crawler.fetching.policy import FEW, judge_body, judge_fault, judge_status
from crawler.fetching.verdicts import Done, GiveUp, Retry
from crawler.portals.page_kind import PageKind

PAGE = "<html><head><title>福州新闻</title></head><body><p>正文</p></body></html>"


@pytest.mark.parametrize("status", [200, 201, 203, 206])
def test_success_is_done(status):
    assert judge_status(status) == Done()


@pytest.mark.parametrize("status", [404, 410, 400, 401, 402, 405, 406, 407, 414, 451])
def test_what_is_final_at_once(status):
    assert judge_status(status) == GiveUp(f"http-{status}")


@pytest.mark.parametrize("status", [408, 421, 425, 429, 500, 502, 503, 504, 520, 521, 599])
@pytest.mark.parametrize("attempt", [1, 2, 50])
def test_what_is_tried_again_is_bounded_by_the_frontier(status, attempt):
    assert judge_status(status, attempt=attempt) == Retry(f"http-{status}")


def test_the_servers_own_pause_is_handed_on():
    assert judge_status(503, after_s=17.0) == Retry("http-503", 17.0)
    assert judge_status(429, after_s=0.0) == Retry("http-429", 0.0)


def test_a_firewalls_403_is_worth_few_tries():
    verdicts = [judge_status(403, attempt=attempt) for attempt in range(1, 5)]
    assert verdicts == [Retry("http-403"), Retry("http-403"), GiveUp("http-403"), GiveUp("http-403")]


def test_not_modified_answers_only_a_conditional_request():
    assert judge_status(304, conditional=True) == Done(unchanged=True)
    assert judge_status(304) == GiveUp("http-304")


@pytest.mark.parametrize("status", [300, 301, 302, 305, 307, 308, 0, 600, 999, 100])
def test_a_redirect_that_was_not_followed_and_nonsense_are_final(status):
    assert judge_status(status) == GiveUp(f"http-{status}")


@pytest.mark.parametrize("fault", ["timeout", "refused", "dns", "connection", "tunnel", "truncated"])
def test_faults_of_the_line_are_tried_again(fault):
    assert judge_fault(fault, attempt=9, detail="x") == Retry(fault, None, "x")


@pytest.mark.parametrize("fault", ["too-large", "headers-too-large", "unsupported-scheme", "bad-url"])
def test_faults_that_stay_are_final(fault):
    assert judge_fault(fault, detail="x") == GiveUp(fault, "x")


def test_the_unexpected_is_tried_once_more():
    assert judge_fault("unexpected", attempt=1) == Retry("unexpected")
    assert judge_fault("unexpected", attempt=FEW["unexpected"]) == GiveUp("unexpected")


def test_a_page_is_a_page_in_any_encoding():
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5hkscs"):
        text = PAGE if encoding != "big5hkscs" else PAGE.replace("闻", "聞")
        assert judge_body(text.encode(encoding)) == Done(), encoding


@pytest.mark.parametrize("body", [b"", b"   \r\n\t", b"\x00" * 40])
def test_an_empty_body_is_tried_again_a_few_times(body):
    assert judge_body(body) == Retry("empty-body")
    assert judge_body(body, attempt=3) == GiveUp("empty-body")
    assert judge_status(204) == Retry("empty-body")


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"GIF89a\x01\x00",
        b"%PDF-1.4\n%\xe2\xe3",
        b"PK\x03\x04\x14\x00",
        b"\x1f\x8b\x08\x00",
        b"\x00\x00\x00\x18ftypmp42",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x7fELF\x02\x01\x01",
        bytes(range(256)) * 10,
        b"\x00" * 5000 + PAGE.encode(),
    ],
)
def test_a_binary_served_as_html_is_not_text(body):
    assert judge_body(body) == GiveUp("not-text")


def test_a_few_nul_bytes_do_not_make_a_page_binary():
    body = PAGE.replace("<p>", "<p>\x00\x01").encode()
    assert judge_body(body) == Done()


def test_a_sitemap_may_be_a_gzip_file_but_a_page_may_not():
    body = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
    assert judge_body(body, kind=PageKind.SITEMAP) == Done()
    assert judge_body(body, kind=PageKind.FEED) == Done()
    assert judge_body(body, kind=PageKind.ARTICLE) == GiveUp("not-text")


def test_a_firewalls_script_is_not_the_page():
    wall = b"<html><script>var arg1='6A';document.cookie='acw_sc__v2='+x;location.reload()</script></html>"
    assert judge_body(wall) == Retry("wall")
    assert judge_body(wall, attempt=3) == GiveUp("wall")


def test_a_long_article_about_firewalls_is_an_article():
    assert judge_body(("<p>" + "关于 acw_sc__v2 的研究" * 3000 + "</p>").encode()) == Done()
