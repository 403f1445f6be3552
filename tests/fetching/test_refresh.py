"""Pages that say where they have moved."""

from __future__ import annotations

import pytest

from crawler.fetching.refresh import find_refresh

URL = "http://www.sample.example/2026-01/10/content_1.htm"
SITE = "http://www.sample.example"


def refresh(content, head=""):
    page = f'<html><head>{head}<meta http-equiv="Refresh" content="{content}"></head><body>x</body></html>'
    return find_refresh(page.encode(), URL, longest=5)


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=/x.htm", f"{SITE}/x.htm"),
        ("0;URL = '/x.htm'", f"{SITE}/x.htm"),
        ("3,/x.htm", f"{SITE}/x.htm"),
        ("0 x.htm", f"{SITE}/2026-01/10/x.htm"),
        ("0.5; url=x.htm", f"{SITE}/2026-01/10/x.htm"),
        (r"0; url=\2026-01\x.htm", f"{SITE}/2026-01/x.htm"),
        ("0; url=http:/fz.sample.example/x", "http://fz.sample.example/x"),
        ("0; url=http:///fz.sample.example/x", "http://fz.sample.example/x"),
        ("0; url=http://me:pw@fz.sample.example/x", "http://fz.sample.example/x"),
        ("0; url=/x?a=1&amp;b=2", f"{SITE}/x?a=1&b=2"),
    ],
)
def test_where_a_page_leads(content, target):
    assert refresh(content) == target


@pytest.mark.parametrize(
    "content",
    ["5; url=/x", "300; url=/x", "0", "0;", "0; url=", "url=/x", "", "0; url=content_1.htm", "0; url=javascript:x()",
     "0; url=http://[::1", "soon; url=/x", "-1; url=/x", "0; url=mailto:a@b.cn"],
)  # fmt: skip
def test_pages_that_stay(content):
    assert refresh(content) is None


def test_a_relative_address_is_relative_to_the_base_as_links_are():
    assert refresh("0; url=x.htm", '<base href="/gd/">') == f"{SITE}/gd/x.htm"
    assert (
        refresh(r"0; url=\x.htm", '<base href="http://fz.sample.example/gd/">')
        == "http://fz.sample.example/x.htm"
    )


def test_a_tag_in_a_comment_a_script_or_an_ignored_element_does_not_count():
    tag = '<meta http-equiv="refresh" content="0; url=/x">'
    for page in (
        f"<!-- {tag} -->",
        f"<script>w('{tag}')</script>",
        f"<noscript>{tag}</noscript>",
        f"{'y' * 5000}{tag}",
    ):
        assert find_refresh(page.encode(), URL, longest=5, ignored=["noscript"]) is None
    assert find_refresh(f"<noscript>{tag}</noscript>".encode(), URL, longest=5) == f"{SITE}/x"


def test_a_page_in_utf_16_or_gbk():
    page = '<html><head><title>福州</title><meta http-equiv="refresh" content="0; url=/x"></head></html>'
    assert find_refresh(page.encode("gbk"), URL, "text/html; charset=gbk", longest=5) == f"{SITE}/x"


def test_the_header_stands_for_the_tag_and_counts_first():
    page = b'<meta http-equiv="refresh" content="0; url=/x">'
    assert find_refresh(page, URL, header=b"0; url=/y", longest=5) == f"{SITE}/y"
    assert find_refresh(page, URL, header=b"900", longest=5) is None
    assert find_refresh(b"", URL, header=rb"1;url=\y", longest=5) == f"{SITE}/y"
