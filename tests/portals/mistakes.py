"""Mistakes in a profile: its text, the key that is named, a part of the reason."""

__all__ = ["MISTAKES"]

_GOOD = {"title": '"测试网"', "home": '"http://www.a.cn/"', "domains": '["a.cn"]'}


def _with(lines: str = "", **changes: str | None) -> str:
    top = {**_GOOD, **changes}
    return "".join(f"{key} = {value}\n" for key, value in top.items() if value is not None) + lines


MISTAKES: list[tuple[str, str, str]] = [
    ("title = ", "", "not valid TOML"),
    ("a = [" * 3000, "", "not valid TOML"),
    (_with(schema="2"), "schema", "version 2 is not known"),
    (_with(titel='"x"'), "titel", "did you mean title?"),
    (_with(xyz='"x"'), "xyz", "unknown key"),
    (_with(title=None), "title", "missing"),
    (_with(title="1"), "title", "expected a text, got a whole number"),
    (_with(home=None), "home", "missing; name the home page or at least one channel"),
    (_with(home='"www.a.cn"'), "home", "no http or https URL"),
    (_with(home='"http://www.b.cn/"'), "home", "outside of domains (a.cn)"),
    (_with(domains=None), "domains", "missing"),
    (_with(domains="[]"), "domains", "missing"),
    (_with(domains='["http://a.cn/"]'), "domains[0]", "no domain"),
    (_with(domains='["a.cn", "cn"]'), "domains[1]", "no domain"),
    (_with(scheme='"ftp"'), "scheme", "ftp"),
    (_with(family='"fonder"'), "family", "did you mean founder?"),
    (_with(family='["trs", "trs"]'), "family", "twice"),
    (_with(family='"../x"'), "family", "unknown family"),
    (_with(timezone='"Asia/Fuzhou"'), "timezone", "no time zone"),
    (_with(timezone='"../../etc/passwd"'), "timezone", "no time zone"),
    (_with(rate="-1"), "rate", "no rate"),
    (_with(rate='"fast"'), "rate", "expected a number"),
    (_with(site_rate="nan"), "site_rate", "no rate"),
    (_with(exclude="['(']"), "exclude", "bad regular expression"),
    (_with(headers='{ "a b" = "c" }'), "headers.a b", "no header"),
    (_with(headers='{ a = "c\\r\\nd: e" }'), "headers.a", "no header"),
    (_with(characters='"traditional"'), "characters", "traditional"),
    (_with(tags="{ a = 1 }"), "tags.a", "expected a text, got a whole number"),
    (_with(tags="{ a.b = 'x' }"), "tags.a", "expected a text, got a table"),
    (_with(tags="{ 'a.b' = 'x' }"), "tags.a.b", "'a.b' is no name for a tag"),
    (_with(tags="{ '$a' = 'x' }"), "tags.$a", "no name for a tag"),
    (_with(tags='{ "a\\u0000" = "x" }'), "tags.a\\x00", "no name for a tag"),
    (_with(tags="{ '' = 'x' }"), "tags", "'' is no name for a tag"),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\ntags = { "a.b" = "c" }'),
        "channels[0].tags.a.b",
        "no name for a tag",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\ntags = { a = 1 }'),
        "channels[0].tags.a",
        "expected a text",
    ),
    (_with('"a\\nb" = 1'), "a\\nb", "unknown key"),
    (_with(domains='["a.cn", "com.cn"]'), "domains[1]", "'com.cn' is nobody's"),
    (_with(domains='["a.cn", "GOV.cn."]'), "domains[1]", "'GOV.cn.' is nobody's"),
    (_with(domains='["a.cn", "公司.cn"]'), "domains[1]", "'公司.cn' is nobody's"),
    (_with(sitemaps='["http://b.cn/s.xml"]'), "sitemaps[0]", "outside of domains"),
    (_with(feeds='["feed"]'), "feeds[0]", "no http or https URL"),
    (_with(tls='"legacy"'), "tls", "not supported by this version"),
    (_with(twin_of='"x"'), "twin_of", "not supported by this version"),
    (_with("[epaper]\nissue = 'x'"), "epaper", "not supported by this version"),
    (_with('[[channels]]\nname = "x"'), "channels[0].url", "missing"),
    (_with('[[channels]]\nurl = "x"'), "channels[0].url", "no http or https URL"),
    (_with('[[channels]]\nurl = "http://b.cn/"'), "channels[0].url", "outside of domains"),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrender = "yes"'),
        "channels[0].render",
        "expected true or false",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrender = { mroe = "a" }'),
        "channels[0].render.mroe",
        "did you mean more?",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrender = { more = "div[" }'),
        "channels[0].render.more",
        "bad CSS selector",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrender = { wait = "div[" }'),
        "channels[0].render.wait",
        "bad CSS selector",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrender = { steps = 100000 }'),
        "channels[0].render.steps",
        "out of range",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrender = true\nlist = { type = "json", items = "x", fields = { url = "u" } }'
        ),
        "channels[0].render",
        "needs no browser",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = "http://a.cn/l"'),
        "channels[0].request",
        "expected a table",
    ),
    (_with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = { }'), "channels[0].request.url", "missing"),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://b.cn/l" }'),
        "channels[0].request.url",
        "outside of domains",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l", method = "PUT" }'),
        "channels[0].request.method",
        "PUT",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l", method = "GET", form = { a = "b" } }'
        ),
        "channels[0].request.method",
        'a body is sent with method = "POST"',
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l", form = { a = "b" }, json = { a = 1 } }'
        ),
        "channels[0].request.json",
        "exclude each other",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l", form = { a = 1 } }'),
        "channels[0].request.form.a",
        "expected a text",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\n'),
        "channels[0].request",
        "needs rules for what it brings",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json" }'
        ),
        "channels[0].list.items",
        "missing",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a b" }'
        ),
        "channels[0].list.items",
        "is no path",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a" }'
        ),
        "channels[0].list.fields.url",
        "missing",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { uri = "a" } }'
        ),
        "channels[0].list.fields.uri",
        "unknown field",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "/p/{id}}" } }'
        ),
        "channels[0].list.fields.url",
        "is no template",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u | re:(" } }'
        ),
        "channels[0].list.fields.url",
        "bad regular expression",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u" }, region = "div" }'
        ),
        "channels[0].list.region",
        "a json list has none",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u" }, pager = { next = "a" } }'
        ),
        "channels[0].list.pager.next",
        "belongs to HTML lists",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u" }, pager = { set = { p = "1" } } }'
        ),
        "channels[0].list.pager.set.p",
        "expected +NUMBER",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u" }, pager = { url = "l.json" } }'
        ),
        "channels[0].list.pager.url",
        "no page template",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\nrequest = { url = "http://a.cn/l?p=1" }\nlist = { type = "json", items = "a", fields = { url = "u" }, pager = { until = "a b" } }'
        ),
        "channels[0].list.pager.until",
        "is no path",
    ),
    (_with('[[channels]]\nurl = "http://a.cn/x/"\nevery = "soon"'), "channels[0].every", "no interval"),
    (_with('[[channels]]\nurl = "http://a.cn/x/"\nurl2 = "y"'), "channels[0].url2", "did you mean url?"),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\n[[channels]]\nid = "x"\nurl = "http://a.cn/y/"'),
        "channels[1].id",
        "'x' is the id of channels[0] too",
    ),
    (
        _with(
            '[[channels]]\nurl = "http://a.cn/x/"\n[[channels]]\nid = "y"\nurl = "https://a.cn/x/index.htm"'
        ),
        "channels[1].url",
        "is the URL of channels[0] too",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\n[channels.list]\nitems = ["li["]'),
        "channels[0].list.items",
        "bad CSS selector",
    ),
    (
        _with('[[channels]]\nurl = "http://a.cn/x/"\n[channels.list]\nurls = ["x"]'),
        "channels[0].list.urls",
        "[list]",
    ),
    (_with(channels_from='"none.csv"'), "channels_from", "file in the profile's folder"),
    (_with("[list]\ntype = 'script'"), "list.type", "not supported by this version"),
    (_with("[list]\nnested = 'x'"), "list.nested", "not supported by this version"),
    (_with("[list]\nfields = { colour = 'x' }"), "list.fields.colour", "unknown field"),
    (_with("[list]\nfields = { title = 'meta:x' }"), "list.fields.title", "only CSS"),
    (_with("[list]\nfields = { url = 'a[' }"), "list.fields.url", "bad CSS selector"),
    (_with("[list]\nregion = 'ul#'"), "list.region", "bad CSS selector"),
    (_with("[list]\nbudget = 0"), "list.budget", "out of range"),
    (_with("[list.pager]\nnext = 'a | rex:b'"), "list.pager.next", "not a filter"),
    (_with("[list.pager]\nnxet = 'a'"), "list.pager.nxet", "did you mean next?"),
    (_with("[list.pager]\nset = {}"), "list.pager.set", "belongs to JSON lists"),
    (_with("[list.pager]\nscript = 'page'"), "list.pager.script", "(?P<total>"),
    (_with("[list.pager]\nurl = '{stem}.htm'"), "list.pager.url", "needs {n}"),
    (_with("[article]\nurls = ['(a+)+']"), "article.urls", "exponential"),
    (_with("[article]\ntype = 'json'"), "article.type", "not supported by this version"),
    (_with("[article]\ncanonical = 'x'"), "article.canonical", "no rewriting rule"),
    (_with("[article]\ncanonical = 's|(a)|\\\\2|'"), "article.canonical", "has no group 2"),
    (_with("[article]\ncanonical = 's|(a|b|'"), "article.canonical", "bad regular expression"),
    (_with("[article.pages]\nlimit = 0"), "article.pages.limit", "out of range"),
    (_with("[article.pages]\nall = ['a', 1]"), "article.pages.all[1]", "expected a text"),
    (_with("[[article.template]]\nbody = 'div['"), "article.template[0].body", "bad CSS selector"),
    (_with("[[article.template]]\ntitle = 'xpath://h1['"), "article.template[0].title", "bad XPath"),
    (_with("[[article.template]]\nthen = []"), "article.template[0].then", "not supported by this version"),
    (_with("[[article.template]]\nwhen = 'x['"), "article.template[0].when", "bad CSS selector"),
    (_with("[[article.template]]\ncut = '('"), "article.template[0].cut", "bad regular expression"),
    (_with("[[article.template]]\ntype = 'novel'"), "article.template[0].type", "novel"),
    (_with("[related]\nhot = 'x['"), "related.hot", "bad CSS selector"),
    (_with("[related]\nhat = 'x'"), "related.hat", "did you mean hot?"),
]
