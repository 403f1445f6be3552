"""How a profile's rules lie over its families'."""

import pytest

from crawler.portals import parse_profile

FAMILIES = {
    "one": """
        exclude = ['^one\\.']
        rate = 1.5
        headers = { A = "one", B = "one" }
        [list]
        urls = ['/one/']
        items = ["li.one"]
        skip = ["div.one"]
        pager = { next = ["a.one"], first = 1 }
        [article]
        urls = ['/one\\d']
        canonical = ['s|one|1|']
        [[article.template]]
        title = ["h1.one"]
        editors = ["span.one"]
        body = ["div.one"]
        remove = ["p.one"]
        [[article.template]]
        type = "gallery"
        body = ["div.pictures"]
        captions = ["p.caption"]
        [related]
        hot = ["ul.one"]
    """,
    "two": """
        rate = 2.5
        [list]
        urls = ['/two/']
        items = ["li.two"]
        pager = { next = ["a.two"], first = 7 }
        [article]
        urls = ['/two\\d']
        [[article.template]]
        title = ["h1.two"]
        body = ["div.two"]
    """,
}

HEAD = 'title = "x"\nhome = "http://a.cn/"\ndomains = ["a.cn"]\n'


@pytest.fixture
def resolved(tmp_path):
    (tmp_path / "families").mkdir()
    for name, text in FAMILIES.items():
        (tmp_path / "families" / f"{name}.toml").write_text(text, encoding="utf-8")

    def make(lines="", family='["one", "two"]'):
        return parse_profile(f"{HEAD}family = {family}\n{lines}", "a", folders=[tmp_path])

    return make


def texts(sources):
    return [source.text for source in sources]


def patterns(rules):
    return [rule.pattern for rule in rules]


def test_families_add_up_in_order(resolved):
    profile = resolved()
    assert profile.families == ("one", "two", "generic")
    assert profile.family == "one"
    assert profile.rate == 1.5
    assert patterns(profile.article.urls) == [r"/one\d", r"/two\d"]
    assert patterns(profile.channel_urls) == ["/one/", "/two/"]
    assert profile.list.items == ("li.one", "li.two")
    assert texts(profile.list.pager.next)[:2] == ["a.one", "a.two"]
    assert profile.list.pager.first == 1
    assert [template.name for template in profile.article.templates] == ["one:1", "one:2", "two:1"]
    assert resolved(family='["two", "one"]').rate == 2.5


def test_values_of_the_profile_win(resolved):
    profile = resolved('rate = 9\nheaders = { B = "mine" }\n[list.pager]\nfirst = 3\n')
    assert profile.rate == 9
    assert profile.headers == {"A": "one", "B": "mine"}
    assert profile.list.pager.first == 3


def test_what_is_tried_in_order_comes_first(resolved):
    profile = resolved('[list]\nitems = "li.mine"\nskip = "div.mine"\n[related]\nhot = "ul.mine"\n')
    assert profile.list.items == ("li.mine", "li.one", "li.two")
    assert profile.list.skip == ("div.mine", "div.one")
    assert profile.related == {"hot": ("ul.mine", "ul.one")}


def test_an_empty_list_switches_off(resolved):
    profile = resolved(
        "exclude = []\n[list]\nitems = []\nurls = []\n[list.pager]\nnext = []\n[article]\ncanonical = []\n"
        "[[article.template]]\nbody = 'p'\neditors = []\nremove = []\n"
    )
    assert profile.exclude == ()
    assert profile.list.items == ()
    assert profile.channel_urls == ()
    assert profile.list.pager.next == ()
    assert profile.article.canonical == ()
    assert "editors" not in profile.article.templates[0].fields
    assert profile.article.templates[0].remove == ()


def test_a_set_of_rules_replaces_or_includes(resolved):
    assert patterns(resolved("[article]\nurls = ['/mine']").article.urls) == ["/mine"]
    included = resolved("[article]\nurls = ['/first', '...', '/last']\n[list]\nurls = '...'")
    assert patterns(included.article.urls) == ["/first", r"/one\d", r"/two\d", "/last"]
    assert patterns(included.channel_urls) == ["/one/", "/two/"]


def test_templates_are_helped_by_families_of_their_type(resolved):
    profile = resolved(
        "[[article.template]]\ntitle = 'h1.mine'\nbody = 'div.mine'\nremove = 'p.mine'\n"
        "[[article.template]]\ntype = 'gallery'\nwhen = 'div.pics'\n"
        "[[article.template]]\nname = 'strict'\ntitle = ['h2', 'const:']\nbody = ['div.strict']\n"
    )
    first, gallery, strict, *families = profile.article.templates
    assert texts(first.fields["title"]) == ["h1.mine", "h1.one", "h1.two"]
    assert texts(first.fields["body"]) == ["div.mine"]
    assert texts(first.fields["editors"]) == ["span.one"]
    assert first.remove == ("p.mine", "p.one")
    assert "captions" not in first.fields
    assert gallery.when == "div.pics"
    assert texts(gallery.fields["body"]) == ["div.pictures"]
    assert texts(gallery.fields["captions"]) == ["p.caption"]
    assert strict.name == "strict"
    assert texts(strict.fields["title"]) == ["h2"]
    assert [template.name for template in families] == ["one:1", "one:2", "two:1"]


def test_a_channel_may_have_a_list_of_its_own(resolved):
    profile = resolved(
        "[list]\nitems = 'li.mine'\nbudget = 5\n"
        "[[channels]]\nurl = 'http://a.cn/x/'\n"
        "[[channels]]\nurl = 'http://a.cn/y/'\nlist = { items = 'li.own', pager = { last = 3 } }\n"
    )
    plain, own = profile.channels
    assert plain.list is None
    assert own.list.items == ("li.own", "li.mine", "li.one", "li.two")
    assert own.list.budget == 5
    assert own.list.pager.last == 3
    assert own.list.pager.first == 1
    assert profile.list.pager.last is None


FOUNDER_ITEMS = ("div.cont-left ul.list_page > li", "ul.list_page > li")
API = """
type = "json"
items = "data.list"
fields = { url = "link", title = "title" }
pager = { set = { page = "+1" }, last = 9 }
"""


def test_json_lists_lie_over_each_other_like_all_lists(tmp_path):
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "app.toml").write_text(f"[list]\n{API}", encoding="utf-8")
    own = parse_profile(
        "title = 'x'\ndomains = ['a.cn']\nfamily = ['app', 'founder']\n"
        "[list]\nitems = \"rows[?kind=='news']\"\n"
        "[[channels]]\nurl = 'http://a.cn/x/'\n"
        "list = { fields = { url = '/p/{id}.htm', published = 'time' }, budget = 5 }\n"
        "[[channels]]\nurl = 'http://a.cn/y/'\nlist = { pager = { url = 'list_{n}.json' } }\n"
        "[[channels]]\nurl = 'http://a.cn/z/'\nlist = { type = 'html', region = 'div.left' }\n",
        "x",
        folders=[tmp_path],
    )
    first, second, page = (channel.list for channel in own.channels)

    assert first.items == ("rows[?kind=='news']", "data.list")
    assert texts(first.fields["url"]) == ["/p/{id}.htm", "link"]
    assert texts(first.fields["date"]) == ["time"]
    assert (first.pager.set, first.pager.last, first.budget) == ({"page": "+1"}, 9, 5)
    assert (second.pager.set, second.pager.url) == ({}, "list_{n}.json")
    assert (page.type, page.items, page.region) == ("html", FOUNDER_ITEMS, ("div.left",))


def test_the_generic_rules_lie_below_all(resolved):
    assert any("已删除或过期" in pattern for pattern in patterns(resolved().article.gone))
    assert parse_profile(HEAD, "a").families == ("generic",)
    assert parse_profile(HEAD + 'family = "generic"', "a").families == ("generic",)
    assert parse_profile(HEAD, "a").family is None
