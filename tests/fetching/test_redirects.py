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
        # as links of a page are
        (rb"\a\b", "http://www.sample.example/a/b"),
        (rb"\\fz.sample.example\b", "http://fz.sample.example/b"),
        (rb"/a\b.htm?c\d", "http://www.sample.example/a/b.htm?c%5Cd"),
        (b"http:/fz.sample.example/x", "http://fz.sample.example/x"),
        (b"http:///fz.sample.example/x", "http://fz.sample.example/x"),
        (rb"http:\\fz.sample.example\x", "http://fz.sample.example/x"),
        (b"http:x.htm", "http://www.sample.example/2026-01/10/x.htm"),
        (b"http://me:secret@fz.sample.example/x", "http://fz.sample.example/x"),
        (b"//me@fz.sample.example:80/x", "http://fz.sample.example/x"),
        (b"HTTP://FZ.Sample.Example./X", "http://fz.sample.example/X"),
        (b"https://fz.sample.example:443", "https://fz.sample.example/"),
        (b"http://fz.sample.example:8080?x", "http://fz.sample.example:8080/?x"),
        (b"../../x/./y/../z/", "http://www.sample.example/x/z/"),
        (b"/x#top", "http://www.sample.example/x"),
        (b"/a\n/b", "http://www.sample.example/a/b"),
        ("http://新闻.sample.example/x".encode(), "http://xn--efvy88h.sample.example/x"),
        # what a server says stays as it says it: a session, a share's mark, the name of a folder's index
        (
            b"/x;jsessionid=1A?sid=2&utm_source=a&from=b",
            "http://www.sample.example/x;jsessionid=1A?sid=2&utm_source=a&from=b",
        ),
        (b"/gd/index.html", "http://www.sample.example/gd/index.html"),
        (b"//www.sample.example//a//b", "http://www.sample.example//a//b"),
        (b"/a%2Fb?c=%e6%96%b0&&d", "http://www.sample.example/a%2Fb?c=%e6%96%b0&&d"),
        (b"/a?b=c/../d", "http://www.sample.example/a?b=c/../d"),
        (b"mailto:a@sample.example", "mailto:a@sample.example"),
    ],
)
def test_a_location_is_read_whatever_its_form(location, target):
    assert read_hop(URL, "GET", 302, location) == Hop(target)


@pytest.mark.parametrize(
    "location",
    [
        None,
        b"http://[::1/x",
        b"http://",
        rb"http://a.example\@b.example/",
        b"http://a.example:99999/",
        b"//?x",
    ],
)
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
