from __future__ import annotations

import re

import pytest

from crawler.fetching.admission import refusal
from crawler.fetching.redirects import hop_refusal
from crawler.portals.model import Profile
from crawler.portals.page_kind import PageKind

PORTAL = Profile(
    name="sample",
    title="样报",
    home="http://www.sample.example/",
    domains=("sample.example", "127.0.0.1"),
    exclude=(re.compile(r"^bbs\."), re.compile(r"/private/")),
)
INNER = Profile(
    name="inner", title="", home="http://10.0.0.7/", domains=("10.0.0.7", "localhost"), private=True
)


@pytest.mark.parametrize(
    "url",
    [
        "http://sample.example/",
        "https://fz.sample.example/2026-01/10/content_1.htm",
        "http://SAMPLE.example:8080/a?b=private",
        "HTTP://sample.example./",
    ],
)
def test_within_the_portal(url):
    assert refusal(url, PORTAL) is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "unsupported-scheme"),
        ("javascript:alert(1)", "unsupported-scheme"),
        ("data:text/html,x", "unsupported-scheme"),
        ("ftp://sample.example/", "unsupported-scheme"),
        ("gopher://127.0.0.1:6379/_SET", "unsupported-scheme"),
        ("no url", "bad-url"),
        ("http://", "bad-url"),
        ("http://[::1", "bad-url"),
        ("http://sample.example/" + "x" * 3000, "url-too-long"),
        ("http://127.0.0.1/", "private-address"),
        ("http://127.1/", "private-address"),
        ("http://2130706433/", "private-address"),
        ("http://0x7f000001/", "private-address"),
        ("http://0177.0.0.1/", "private-address"),
        ("http://%31%32%37.0.0.1/", "private-address"),
        ("http://127。0。0。1/", "private-address"),
        ("http://localhost:6379/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://100.100.100.200/", "private-address"),
        ("http://metadata.google.internal/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[::ffff:127.0.0.1]/", "private-address"),
        ("http://[fd00:ec2::254]/", "private-address"),
        ("http://10.1.2.3/", "private-address"),
        ("http://0.0.0.0/", "private-address"),
        ("http://sample.example@evil.example/", "offsite"),
        ("http://evil.example/?sample.example", "offsite"),
        ("http://notsample.example/", "offsite"),
        ("http://sample.example.evil.example/", "offsite"),
        ("http://bbs.sample.example/", "excluded"),
        ("http://www.sample.example/private/1.htm", "excluded"),
        ("http://www.sample.example/a?b=/private/", "excluded"),
    ],
)
def test_refused(url, reason):
    assert refusal(url, PORTAL) == reason


def test_a_portal_may_allow_private_addresses():
    assert refusal("http://10.0.0.7/a", INNER) is None
    assert refusal("http://localhost/a", INNER) is None
    assert refusal("http://10.0.0.8/a", INNER) == "offsite"


def test_without_a_portal_every_public_host():
    assert refusal("http://anything.example/", None) is None
    assert refusal("http://10.0.0.7/", None) == "private-address"


def test_robots_txt_is_asked_for_below_excluded_patterns():
    assert refusal("http://bbs.sample.example/robots.txt", PORTAL, exclude=False) is None


A = "http://www.sample.example/2026-01/10/content_1.htm"


def hop(target, chain=(A,), **given):
    return hop_refusal(target, list(chain), PORTAL, **{"most": 5, "kind": PageKind.ARTICLE, **given})


def test_redirects_within_the_portal_are_followed():
    assert hop(A.replace("http:", "https:")) is None
    assert hop("http://fz.sample.example/wap/1.htm") is None
    assert hop("http://www.sample.example/", kind=PageKind.CHANNEL) is None


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (A, "redirect-loop"),
        ("http://evil.example/", "offsite-redirect"),
        ("http://127.0.0.1:6379/", "private-address"),
        ("file:///etc/passwd", "unsupported-scheme"),
        ("http://bbs.sample.example/x", "excluded"),
        ("http://sample.example/" + "x" * 3000, "url-too-long"),
        ("http://www.sample.example/", "gone-redirect"),
        ("http://sample.example/index.html", "gone-redirect"),
    ],
)
def test_redirects_that_are_not_followed(target, reason):
    assert hop(target) == reason


def test_a_circle_of_three_and_a_long_chain():
    chain = [A, A + "?2", A + "?3"]
    assert hop(A, chain) == "redirect-loop"
    assert hop(A + "?4", chain) is None
    assert hop(A + "?6", [f"{A}?{n}" for n in range(5)]) is None
    assert hop(A + "?7", [f"{A}?{n}" for n in range(6)]) == "too-many-redirects"
