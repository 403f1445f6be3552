"""Where a redirect leads, by status, method and header; whether it may lead there is in test_admission.py."""

from __future__ import annotations

import pytest

from crawler.fetching.redirects import BadRedirect, Hop, read_hop

URL = "http://www.sample.example/2026-01/10/content_1.htm"


@pytest.mark.parametrize("status", [200, 204, 300, 304, 305, 306, 404, 503])
def test_what_is_no_redirect(status):
    assert read_hop(URL, "GET", status, b"/x") is None


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/x", "http://www.sample.example/x"),
        (b"x.htm", "http://www.sample.example/2026-01/10/x.htm"),
        (b"//fz.sample.example/x", "http://fz.sample.example/x"),
        (b"https://www.sample.example/x", "https://www.sample.example/x"),
        (b" \t/x ", "http://www.sample.example/x"),
        ("/福州".encode(), "http://www.sample.example/%E7%A6%8F%E5%B7%9E"),
        ("/福州".encode("gbk"), "http://www.sample.example/%B8%A3%D6%DD"),
        (b"javascript:alert(1)", "javascript:alert(1)"),
        (b"file:///etc/passwd", "file:///etc/passwd"),
        (b"?page=2", URL + "?page=2"),
    ],
)
def test_a_location_is_read_whatever_its_form(location, target):
    assert read_hop(URL, "GET", 302, location) == Hop(target)


@pytest.mark.parametrize("location", [None, b"http://[::1/x"])
def test_a_redirect_to_nowhere(location):
    with pytest.raises(BadRedirect) as refused:
        read_hop(URL, "GET", 301, location)
    assert refused.value.reason == "bad-redirect"


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        (301, "GET", "GET"),
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "HEAD", "HEAD"),
        (307, "POST", "POST"),
        (308, "POST", "POST"),
    ],
)
def test_which_redirects_turn_a_post_into_a_get(status, method, then):
    assert read_hop(URL, method, status, b"/x").method == then
