"""URLs: the golden ids, and what must hold for any input."""

import json
import re
from pathlib import Path
from statistics import median
from time import process_time
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from crawler.urls import (
    canonical_url,
    host,
    in_domains,
    is_private_address,
    join,
    request_url,
    site,
    url_id,
)

CASES = json.loads((Path(__file__).parent / "golden" / "url_ids.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_golden_ids(case):
    canonical = canonical_url(case["url"])
    assert canonical == case["canonical"]
    assert url_id(canonical) == case["id"]
    assert canonical_url(canonical) == canonical
    assert safe_url_string(canonical) == canonical  # Scrapy's Request leaves it alone


def test_there_are_enough_golden_cases():
    assert len(CASES) >= 60


@pytest.mark.parametrize(
    "url",
    [
        "",
        "fjsen.com/a.htm",
        "//www.fjsen.com/a.htm",
        "/a.htm",
        "javascript:void(0)",
        "mailto:a@fjsen.com",
        "ftp://www.fjsen.com/a.htm",
        "file:///etc/passwd",
        "http:",
        "http://",
        "http:///",
        "http://?a=1",
        "http:a.htm",
        "http://www..fjsen.com/",
        "http://www.fjsen.com:99999/",
        "http://www.fjsen.com:0/",
        "http://www.fjsen.com:8a/",
        "http://a b.com/",
        "http://<script>/",
        "http://[::1/",
        "http://[nonsense]/",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.5/",
        "http://300.1.1.1/",
        "http://xn--a.com/",
        "http://" + "a" * 64 + ".com/",
        "http://" + "a." * 130 + "com/",
        "http://www.fjsen.com/\ud800",
        "http://www.fjsen.com\\@other.example/",
    ],
)
def test_what_is_no_url_is_refused(url):
    with pytest.raises(ValueError):
        canonical_url(url)


def test_scheme_is_the_profiles_or_kept():
    assert canonical_url("http://a.com/x", scheme="https") == "https://a.com/x"
    assert canonical_url("https://a.com/x", scheme=None) == "https://a.com/x"
    assert canonical_url("http://a.com:8080/x", scheme="https") == "http://a.com:8080/x"
    assert url_id(canonical_url("http://a.com/x", scheme="https")) == url_id(canonical_url("http://a.com/x"))


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "big5"])
def test_queries_are_encoded_as_the_page_is(encoding):
    expected = "".join(f"%{byte:02X}" for byte in "福州".encode(encoding))
    assert (
        canonical_url("http://a.com/福?q=福州", encoding=encoding) == f"http://a.com/%E7%A6%8F?q={expected}"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "no-such-encoding", "ascii"])
def test_queries_in_an_encoding_that_cannot_say_them(encoding):
    assert canonical_url("http://a.com/?q=福", encoding=encoding) == "http://a.com/?q=%E7%A6%8F"


_URLISH = st.text(alphabet="ab.1/\\:;?#@%&=[]()+-_ \t|'\"福ß\u3002\u202e", max_size=40)


@given(
    _URLISH,
    st.sampled_from(
        ["http://", "https://", "http:/", "HTTP:\\", "", "//", " http://a.com/", "http://a.com/?"]
    ),
)
def test_any_text_is_refused_or_has_one_spelling(text, prefix):
    try:
        canonical = canonical_url(prefix + text)
    except ValueError:
        return
    assert canonical.isascii()
    assert canonical_url(canonical) == canonical
    assert canonical_url(canonical, scheme=None) == canonical
    assert safe_url_string(canonical) == canonical
    assert "#" not in canonical
    assert len(url_id(canonical)) == 32
    assert host(canonical) == host(prefix + text)


@given(
    st.text(max_size=60), st.sampled_from(["http://a.com/b/c.htm?d#e", "http://a.com", "https://a.com/b/"])
)
def test_join_never_raises(reference, base):
    assert isinstance(join(base, reference), str)


@pytest.mark.parametrize(
    "base", ["http://a.com", "http://a.com/", "http://a.com/b/c.htm?x=1/2#f", "https://a.com/b/c/"]
)
@pytest.mark.parametrize(
    "reference",
    ["x.htm", "./x.htm", "../x.htm", "/x.htm", "//b.com/x", "?q=1", "#f", "", "http://b.com/", "x/y?z=http://c.com/#f",
     "../../../x", "a:b/c.htm".replace("a:b", "a;b"), "content_1.htm", "./"],
)  # fmt: skip
def test_join_agrees_with_the_standard_library(base, reference):
    assert canonical_url(join(base, reference)) == canonical_url(urljoin(base, reference))


def test_join_reads_references_as_browsers_do():
    base = "http://a.com/b/c.htm"
    assert join(base, " \n x.htm ") == "http://a.com/b/x.htm"
    assert join(base, "\\x\\y.htm") == "http://a.com\\x\\y.htm"
    assert join(base, "http:x.htm") == "http://a.com/b/x.htm"
    assert join(base, "java\nscript:go()") == "javascript:go()"
    assert join(base, "mailto:a@b.com") == "mailto:a@b.com"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://fz.fjsen.com/a", "fjsen.com"),
        ("http://fjsen.com/a", "fjsen.com"),
        ("http://a.b.people.com.cn/", "people.com.cn"),
        ("http://fgw.zj.gov.cn/", "zj.gov.cn"),
        ("http://www.gov.cn/", "www.gov.cn"),
        ("http://gov.cn/", "gov.cn"),
        ("http://www.sample-news.test:8080/", "sample-news.test"),
        ("http://localhost/", "localhost"),
        ("http://10.1.2.3/", "10.1.2.3"),
        ("http://[::1]:80/", "::1"),
        ("http://a.新闻.中国/", "xn--efvy88h.xn--fiqs8s"),
    ],
)
def test_site(url, expected):
    assert site(url) == expected


def test_host_is_the_canonical_one_without_port():
    assert host("HTTP://u:p@FZ.Fjsen.com:8080/a") == "fz.fjsen.com"
    assert host("http://[::1]:80/") == "::1"
    with pytest.raises(ValueError):
        host("/a.htm")


def test_in_domains():
    domains = ("fjsen.com", "news.example")
    assert in_domains("http://FZ.fjsen.com/a", domains)
    assert in_domains("https://fjsen.com", domains)
    assert not in_domains("http://notfjsen.com/", domains)
    assert not in_domains("http://fjsen.com.evil.test/", domains)
    assert not in_domains("http://fjsen.com@evil.test/", domains)
    assert not in_domains("http://evil.test\\.fjsen.com/", domains)
    assert not in_domains("http://fz.fjsen.com\\@evil.test/", domains)
    assert not in_domains("/a", domains)


@pytest.mark.parametrize(
    "name",
    ["localhost", "a.localhost", "LOCALHOST.", "printer.local", "metadata.google.internal", "127.0.0.1", "127.9.9.9",
     "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "::1", "[::1]", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
     "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "999999999999", ""],
)  # fmt: skip
def test_private_addresses(name):
    assert is_private_address(name)


@pytest.mark.parametrize(
    "name", ["www.fjsen.com", "8.8.8.8", "[2400:3200::1]", "localhost.com", "10.com", "internal.cn"]
)
def test_public_hosts(name):
    assert not is_private_address(name)


def growth(do, make, n: int) -> float:
    """How many times as much CPU an input of 4n costs as one of n: about 4 if linear, 16 if quadratic."""
    small, large = make(n), make(4 * n)
    times: dict[str, list[float]] = {small: [], large: []}
    for _ in range(5):
        for text, found in times.items():
            began = process_time()
            do(text)
            found.append(process_time() - began)
    return median(times[large]) / median(times[small])


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "http://a.com/" + "../" * n,
        lambda n: "http://a.com/?" + "a&" * n,
        lambda n: "http://a.com/" + "%" * n,
        lambda n: "http://a.com/" + "/(S(" * n,
        lambda n: "http://a.com/" + "福" * n,
        lambda n: "http://" + "@" * (10 * n) + "a.com/",
        lambda n: "http://a.com/" + "/" * n + ";jsessionid=" * n,
    ],
)
def test_hostile_lengths_are_linear(make):
    assert growth(canonical_url, make, 5000) < 9


def test_what_is_quadratic_is_found():
    assert growth(re.compile("a*b").search, lambda n: "a" * n, 1000) > 9


PAIRS = [
    (encoding, lead, trail)
    for encoding in ("gb18030", "gbk", "big5", "big5hkscs", "cp950", "cp949", "cp932")
    for lead in range(0x81, 0xFF)
    for trail in range(0x40, 0xFF)
]


def test_every_character_of_two_bytes_has_one_spelling():
    """Written as the character, percent-encoded byte by byte, and as a browser sends it: one article, one id."""
    wrong = []
    for encoding, lead, trail in PAIRS:
        raw = bytes((lead, trail))
        try:
            character = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(character) != 1 or character.encode(encoding, "replace") != raw:
            continue  # two of the bytes say the same character: only one of them is what a link of it asks for
        sent = f"%{lead:02X}" + (chr(trail) if chr(trail) in BROWSERS_KEEP else f"%{trail:02X}")
        spellings = {
            canonical_url(f"http://a.cn/s.asp?k={text}&p=1", encoding=encoding)
            for text in (character, f"%{lead:02x}%{trail:02x}", f"%{lead:02X}%{trail:02X}", sent)
        }
        (spelt,) = spellings if len(spellings) == 1 else ("",)
        if not spelt or canonical_url(spelt, encoding=encoding) != spelt or safe_url_string(spelt) != spelt:
            wrong.append((encoding, raw.hex(), spellings))
    assert not wrong, wrong[:5]


BROWSERS_KEEP = set(map(chr, range(0x40, 0x7F)))
"""What the URL standard leaves of a query's bytes from 0x40 on."""


@given(
    st.lists(
        st.sampled_from(["丂", "丄", "倂", "功", "許", "蓋", "福", "州", "@", "%40", "%", "&", "=", "A"])
    ),
    st.sampled_from(["gb18030", "gbk", "big5hkscs", "cp950", "utf-8", "cp932"]),
)
def test_any_query_of_any_page_has_one_spelling(texts, encoding):
    once = canonical_url(f"http://a.cn/s.asp?k={''.join(texts)}", encoding=encoding)
    assert canonical_url(once, encoding=encoding) == once == canonical_url(once)
    assert canonical_url(once, encoding="big5hkscs") == once
    assert safe_url_string(once) == once


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://a.cn/gd/index.html", "http://a.cn/gd/index.html"),
        ("http://a.cn/index.shtml", "http://a.cn/index.shtml"),
        ("HTTP://A.cn:80/gd/Default.htm#top", "http://a.cn/gd/Default.htm"),
        ("http://a.cn/gd/../gd/index.htm", "http://a.cn/gd/index.htm"),
        ("http://a.cn/gd/index.html?from=wap", "http://a.cn/gd/index.html"),
        ("http://a.cn/gd/index.html?", "http://a.cn/gd/index.html"),
        ("http://a.cn/gd/index.php", "http://a.cn/gd/index.php"),
        ("http://a.cn/gd/", "http://a.cn/gd/"),
        ("http://a.cn/gd", "http://a.cn/gd"),
        ("http://a.cn/gd/index.html?id=1", "http://a.cn/gd/index.html?id=1"),
    ],
)
def test_what_is_asked_for_keeps_the_name_of_its_file(url, asked):
    assert request_url(url) == asked
    assert request_url(asked) == asked
    assert canonical_url(asked) == canonical_url(url)


def test_what_a_person_names_keeps_its_parameters():
    assert (
        request_url("http://a.cn/gd?from=wap&utm_x=1&a=%e7", keep=None)
        == "http://a.cn/gd?from=wap&utm_x=1&a=%E7"
    )
    assert (
        canonical_url("http://a.cn/gd?from=wap&spm=1", keep=frozenset({"from"})) == "http://a.cn/gd?from=wap"
    )
