"""Texts that show their own end."""

from __future__ import annotations

import pytest

from crawler.fetching.bodies import is_whole, range_is_whole

PAGE = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>正文</p></body></html>"


@pytest.mark.parametrize(
    "body",
    [
        PAGE.encode(),
        PAGE.upper().encode("gbk"),
        PAGE.encode("utf-16"),
        (PAGE + "\r\n\0\n").encode(),
        (PAGE + "<!-- 12 ms -->\n<!-- node 3 -->").encode(),
        (PAGE + '<script src="/count.js"></script> <script>a("</html>")</script>').encode(),
        PAGE.replace("<body>", "<body><script>if (a < b) w('<html>')</script>").encode(),
        PAGE.replace("</html>", "</html >").encode(),
        b"<html>" + b"x" * 100_000 + b"</html>",
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel></channel></rss>\n',
        b"<urlset xmlns='x'><url></url></urlset>",
        b'{"list": [1, 2]}',
        b" [] ",
    ],
)
def test_what_shows_its_end(body):
    assert is_whole(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        PAGE[:-1].encode(),
        PAGE[:-9].encode(),
        (PAGE[:-7] + "<script>w('</body></html>").encode(),
        (PAGE + "<p>and more").encode(),
        (PAGE + "<!-- not ended").encode(),
        (PAGE + "<script>var a").encode(),
        PAGE[30:].encode(),
        b"<p>no page</p></html>",
        b"<rss><channel></channel>",
        b"<urlset><url></url></urlse",
        b'{"list": [1, 2',
        b'"text"',
        b"12",
        b"User-agent: *\nDisallow: /",
        b"[" * 100_000,
    ],
)
def test_what_does_not(body):
    assert not is_whole(body)


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (b"bytes 0-99/100", True),
        (b" Bytes  0-0/1 ", True),
        (b"bytes 0-98/100", False),
        (b"bytes 1-99/100", False),
        (b"bytes 0-99/*", False),
        (b"bytes */100", False),
        (b"items 0-99/100", False),
        (b"", False),
        (None, False),
    ],
)
def test_a_range_that_is_everything(value, whole):
    assert range_is_whole(value) is whole
