"""A resolved profile as TOML."""

import json

import pytest

from crawler.portals import list_profiles, load_profile, parse_profile
from crawler.portals.show import plain
from crawler.portals.writing import as_toml


@pytest.mark.parametrize("name", list_profiles())
def test_what_is_printed_can_be_read_again(name):
    profile = load_profile(name)
    again = parse_profile(as_toml(profile), name)
    assert again.hash == profile.hash
    left, right = plain(profile), plain(again)
    for key in ("family", "families", "file"):
        del left[key], right[key]
    assert left == right


def test_everything_can_be_written(profile_of):
    profile = profile_of("""
        tags = { "省 份" = "福建", level = 'a"b' }
        exclude = ['^bbs\\.', "it's"]
        headers = { Accept = "text/html" }
        [list]
        region = "ul#left"
        fields = { url = "a.title@href", date = ["span | re:\\\\d+"] }
        pager = { url = "{stem}_{n}.{ext}", first = 1, last = 9 }
        [article]
        canonical = ["s#a|b#'#"]
        [[article.template]]
        when = "div.x"
        urls = ['x']
        title = ["h1 | before:_ | cut:'"]
        cut = ['^相关']
        [related]
        hot = ["div.hot"]
        [[channels]]
        url = "http://test-news.cn/x/"
        every = "2h"
        list = { items = "li" }
        render = { more = ["#more"], wait = "li", steps = 9 }
        [[channels]]
        url = "http://test-news.cn/y/"
        request = { url = "http://test-news.cn/api?page=1" }
        [channels.list]
        type = "json"
        items = ["data.list", "data.*.group"]
        fields = { url = "/p/{id}.htm", title = ["title | cut:x"], published = "time" }
        pager = { set = { page = "+1", last = "last:id" }, until = "data.more" }
    """)
    again = parse_profile(as_toml(profile), "test")
    assert again.hash == profile.hash
    assert plain(again.channels) == plain(profile.channels)
    assert again.tags == profile.tags


def test_plain_is_json(profile_of):
    json.dumps(plain(profile_of()))
