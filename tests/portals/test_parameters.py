"""Parameters that say nothing: where that holds, and what the profile says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.portals.addresses import article_url, kind_of, request_id, request_of_article
from crawler.portals.page_kind import PageKind
from crawler.portals.parameters import IdleParameters, file_kind
from crawler.portals.writing import as_toml
from crawler.urls import RequestSpec, canonical_url, url_id

BASE = "http://www.test-news.cn"


def idle(*names: str, beside: tuple[str, ...] = ()) -> tuple[IdleParameters, ...]:
    return (IdleParameters(frozenset(beside), frozenset(names)),)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/2026/1128/1001.html?t=1", "/#.html"),
        ("/2026/1128/content_32518201.htm", "/content_#.htm"),
        ("/a/3wYyCuSR4w.html", "/#.html"),
        ("/index.htm?sid=1", "/"),
        ("/gd/?sid=1", "/"),
        ("/gd/index_2.html", "/index_#.html"),
        ("/show.php?id=1", "/show.php"),
        ("/article/12345", "/#"),
        ("/bdyw", "/bdyw"),
        ("/", "/"),
    ],
)
def test_kinds_of_files(url, kind):
    assert file_kind(BASE + url) == f"www.test-news.cn{kind}"


@pytest.mark.parametrize(
    ("learnt", "url", "known"),
    [
        ({"/#.html": idle("t")}, "/2026/1128/1001.html?t=1764489600123", "/2026/1128/1001.html"),
        ({"/#.html": idle("")}, "/2026/1128/1001.html?1764489600123", "/2026/1128/1001.html"),
        ({"/": idle("sid")}, "/index.htm?sid=4f0a9c", "/"),
        ({"/": idle("sid")}, "/gd/index.htm?sid=4f0a9c", "/gd/"),
        ({"/show.php": idle("sid", beside=("id",))}, "/show.php?sid=x&id=7", "/show.php?id=7"),
        ({"/show.php": idle("sid", "r", beside=("id",))}, "/show.php?sid=x&id=7", "/show.php?id=7"),
        # elsewhere the same name may be the article
        ({"/#.html": idle("t")}, "/show.php?t=1764489600123", "/show.php?t=1764489600123"),
        ({"/#.html": idle("t")}, "/2026/list.html?t=1764489600123", "/2026/list.html?t=1764489600123"),
        ({"/show.php": idle("sid", beside=("id",))}, "/show.php?sid=x", "/show.php?sid=x"),
        ({"/show.php": idle("sid", beside=("id",))}, "/show.php?sid=x&cat=7", "/show.php?sid=x&cat=7"),
        ({"/#.html": idle("t")}, "/2026/1128/1001.html?T=17", "/2026/1128/1001.html?T=17"),
    ],
)
def test_what_was_learnt_holds_in_one_place(profile_of, learnt, url, known):
    profile = replace(
        profile_of(""), learnt={f"www.test-news.cn{place}": rules for place, rules in learnt.items()}
    )
    spelt = article_url(BASE + url, profile)
    assert spelt == BASE + known
    assert article_url(spelt, profile) == spelt
    assert request_of_article(BASE + url, profile) == BASE + url  # asked for as it is named
    assert request_id(RequestSpec(BASE + url), profile) == url_id(BASE + known)
    kept = replace(profile, keep_parameters=frozenset({"t", "sid", "r", ""}))
    assert article_url(BASE + url, kept) == canonical_url(BASE + url)


def test_the_profile_names_its_own(profile_of):
    profile = profile_of('ignore_parameters = ["ch", ""]\nkeep_parameters = ["from"]\n')
    assert article_url(f"{BASE}/show.php?id=7&ch=5", profile) == f"{BASE}/show.php?id=7"
    assert article_url(f"{BASE}/a/1.html?17644896", profile) == f"{BASE}/a/1.html"
    assert article_url(f"{BASE}/list.php?from=xiangzhen&spm=1", profile) == f"{BASE}/list.php?from=xiangzhen"
    printed = as_toml(profile)
    assert 'ignore_parameters = ["", "ch"]' in printed
    assert 'keep_parameters = ["from"]' in printed


def test_pages_that_the_profile_names_are_asked_for_as_it_says(profile_of):
    profile = profile_of(f"""
        ignore_parameters = ["sid"]
        [[channels]]
        url = "{BASE}/gd/index.html"
        [[channels]]
        url = "{BASE}/list.php?from=app&sid=7"
    """)
    folder, program = profile.channels
    assert (folder.url, folder.id) == (f"{BASE}/gd/index.html", "gd")
    assert program.url == f"{BASE}/list.php?from=app&sid=7"
    for url in (f"{BASE}/gd/", f"{BASE}/gd/index.html", f"{BASE}/list.php?sid=9"):
        assert kind_of(article_url(url, profile), profile) is PageKind.CHANNEL
