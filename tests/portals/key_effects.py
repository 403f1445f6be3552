"""What each key of a profile changes, as data: a probe of the crawler's own code, and what it says with the key and without."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.settings import Settings

from crawler.cleaning import clean_article
from crawler.commands.portals import _row
from crawler.context import CrawlScope
from crawler.context.scope import is_named
from crawler.discovery import ListPage, article_pages, is_soft404, read_links, read_list, whole_article_link
from crawler.extraction import extract
from crawler.fetching.admission import refusal
from crawler.frontier.redis.politeness import pace
from crawler.middlewares.portal_headers import PortalHeadersMiddleware
from crawler.middlewares.robots import RobotsMiddleware
from crawler.parsing import Document
from crawler.portals import Profile
from crawler.portals.addresses import article_url, kind_of
from crawler.portals.page_kind import PageKind
from crawler.rendering.driver import Drive, Limits
from crawler.spiders.assembly import ArticleAssembler
from crawler.spiders.intervals import ChannelIntervals
from crawler.spiders.requests import Task
from crawler.spiders.seeds import seeds
from crawler.urls import RequestSpec
from tests.contexts import make_context

SITE = "http://www.a.cn"
HEAD = {"title": '"甲报"', "home": f'"{SITE}/"', "domains": '["a.cn"]'}
PARAGRAPHS = "".join(
    f"<p>第{n}段：本市昨天召开会议，部署今年的供水管网改造工作，要求各镇按期完成。</p>" for n in "一二三四五"
)


@dataclass(frozen=True)
class Effect:
    """``toml`` has the key, ``without`` is the same profile but for it; ``head`` replaces lines of the head."""

    key: str
    toml: str
    probe: Callable[[Profile], Any]
    with_it: Any
    without_it: Any
    without: str = ""
    head: tuple[tuple[str, str], ...] = ()


# --- probes: lists


def list_page(items: str, pager: str = "") -> str:
    return (
        f"<html><body><div class=top><a href='/2026-01/02/content_900001.htm'>专题推荐之本市旧闻一则</a></div>\
<ul class=l>{items}</ul><div class=p>{pager}</div></body></html>"
    )


ITEMS = "".join(
    f"<li><a class=m href='/2026-01/0{n}/content_10000{n}.htm'>本市新闻之{n}号要闻标题</a><i>0{n}日</i><b>2026-01-0{n}</b></li>"
    for n in (3, 4)
)


def links(profile, *, html="", url=f"{SITE}/l/", page=PageKind.CHANNEL):
    channel = next(iter(profile.channels), None)
    return read_links(Document.from_text(html or list_page(ITEMS), url), profile, page=page, channel=channel)


def articles(profile, **how):
    return [link.url.removeprefix(SITE) for link in links(profile, **how).articles if link.list == "channel"]


def titles(profile):
    return [link.title for link in links(profile).articles if link.list == "channel"]


def dates(profile):
    return [link.date for link in links(profile).articles if link.list == "channel"]


def next_of(html, url=f"{SITE}/l/index.htm"):
    def probe(profile):
        found = links(profile, html=html, url=url).next
        return None if found is None else found.url.removeprefix(SITE)

    return probe


def further(profile):
    html = "<html><body><a href='/n/'>本市栏目</a></body></html>"
    return [link.url for link in links(profile, html=html, page=PageKind.HOME, url=f"{SITE}/").channels]


ANSWER = '{"data": {"list": [{"u": "/2026-01/03/content_100003.htm", "t": "本市新闻之三号要闻标题", "d": "2026-01-03"}], "more": 0}}'


def json_list(profile, *, number=1, body=ANSWER):
    channel = profile.channels[0]
    page = ListPage(
        request=channel.request or RequestSpec(channel.url), profile=profile, channel=channel, number=number,
        body=body.encode(), content_type="application/json",
    )  # fmt: skip
    return read_list(page)


def json_urls(profile):
    return [link.url.removeprefix(SITE) for link in json_list(profile).articles]


def json_next(profile):
    found = json_list(profile, body=ANSWER.replace('"more": 0', '"more": 1')).next
    return None if found is None else found.url.removeprefix(SITE)


JSON = 'channels = [{ url = "http://www.a.cn/l/", request = { url = "http://www.a.cn/api?p=1" } }]\n[list]\ntype = "json"\n'
ROWS = 'items = "data.list"\nfields = { url = "u", title = "t", published = "d" }\n'

# --- probes: addresses, seeds, turns


def refused(url):
    return lambda profile: refusal(url, profile)


def kind(url):
    return lambda profile: kind_of(SITE + url, profile).value


def seeded(profile):
    return [(spec.url, spec.method, spec.body, spec.headers) for spec, _, _ in seeds(profile, CrawlScope())]


def seeded_urls(profile):
    return [found[0] for found in seeded(profile)]


def turns(profile):
    found = pace(profile.rate, profile.site_rate)
    return found.gap, found.site_gap


def sent(profile):
    request = Request(f"{SITE}/x", meta={"portal": "a"})
    PortalHeadersMiddleware(make_context(profiles={"a": profile})).process_request(request)
    return request.headers.to_unicode_dict()


def asks_robots(profile):
    asked = []

    class Engine:
        async def download_async(self, request):
            asked.append(request.url)
            raise TimeoutError

    signals = SimpleNamespace(connect=lambda *_: None, disconnect=lambda *_: None)
    settings = Settings({"ROBOTSTXT_USER_AGENT": None, "USER_AGENT": "x", "DOWNLOAD_TIMEOUT": 9})
    crawler = SimpleNamespace(engine=Engine(), signals=signals, settings=settings)
    middleware = RobotsMiddleware(crawler, make_context(profiles={"a": profile}))

    async def ask():
        try:
            await middleware.process_request(Request(f"{SITE}/x", meta={"portal": "a"}))
        except Exception as error:  # what becomes of it is another test's
            return type(error).__name__
        return None

    asyncio.run(ask())
    return asked


# --- probes: articles


def article_page(body=f"<div id=b>{PARAGRAPHS}</div>", head=""):
    return f"<html><head><title>页题</title>{head}</head><body><h1>本市供水管网改造今年完成</h1><p class=f>2026-01-03 08:30 来源：甲报</p>\
{body}<div class=foot><div id=x>另外的话</div><div id=d>2026年2月4日 09:10</div><div id=i><img src='/x.jpg'></div><div id=c>图为现场</div><div id=v><video src='/v.mp4'></video></div></div></body></html>"


def extracted(field, html=None, **how):
    def probe(profile):
        doc = Document.from_text(html or article_page(), f"{SITE}/2026-01/03/content_100003.htm")
        return getattr(extract(doc, profile, **how), field)

    return probe


def names(field):
    return lambda profile: [found.name for found in extracted(field)(profile)]


def urls_of(field):
    return lambda profile: [found.url for found in extracted(field)(profile)]


def has(field, word, html=None):
    return lambda profile: word in extracted(field, html)(profile)


def stored(field):
    def probe(profile):
        async def download(request):
            raise TimeoutError

        context = make_context(profiles={profile.name: profile})
        task = Task(
            portal=profile.name, kind=PageKind.ARTICLE, list="channel", channel=profile.channels[0].id
        )
        doc = Document.from_text(article_page(), f"{SITE}/2026-01/03/content_100003.htm")
        return getattr(asyncio.run(ArticleAssembler(context, download).assemble(doc, task, profile)), field)

    return probe


def around(profile):
    html = f"<html><body><h1>题</h1>{PARAGRAPHS}<div id=r><ul>{ITEMS}</ul></div></body></html>"
    found = links(profile, html=html, url=f"{SITE}/2026-01/03/content_100003.htm", page=PageKind.ARTICLE)
    return sorted({link.list for link in found.articles})


PAGED = f"<html><body><h1>题</h1>{PARAGRAPHS}<div id=n><a href='content_100003_b2.htm'>下</a></div><p><a href='content_100003_b3.htm'>再下</a></p><a id=all href='content_100003_all.htm'>全部</a><script>pages(3, 0);</script></body></html>"


def pages(profile):
    doc = Document.from_text(PAGED, f"{SITE}/2026-01/03/content_100003.htm")
    return [url.rpartition("/")[2] for url in article_pages(doc, profile).further]


def whole(profile):
    found = whole_article_link(Document.from_text(PAGED, f"{SITE}/2026-01/03/content_100003.htm"), profile)
    return None if found is None else found.rpartition("/")[2]


def pages_read(profile):
    asked = []

    async def download(request):
        asked.append(request.url)
        raise TimeoutError

    class Pages(ArticleAssembler):
        async def _page(self, url, task):
            asked.append(url)
            return Document.from_text(PAGED, url)

    context = make_context(profiles={"a": profile})
    doc = Document.from_text(PAGED, f"{SITE}/2026-01/03/content_100003.htm")
    asyncio.run(Pages(context, download).assemble(doc, Task(portal="a", kind=PageKind.ARTICLE), profile))
    return len(asked)


def gone(profile):
    return is_soft404(Document.from_text("<html><body><p>本稿已经撤走啦</p></body></html>", SITE), profile)


def simplified(profile):
    article = extract(
        Document.from_text(article_page().replace("会议", "會議"), f"{SITE}/2026-01/03/content_100003.htm"),
        profile,
    )
    return "會" in clean_article(article, profile).text


# --- probes: rendering


class Page:
    """A page in a browser that shows a new link after every step."""

    def __init__(self):
        self.steps, self.options, self.waited = 0, {}, []

    async def goto(self, *_, **__):
        pass

    async def content(self):
        return ""

    async def query_selector(self, selector):
        self.waited.append(selector)
        return self

    async def evaluate(self, script, options=None):
        if options is None:
            return {"links": [f"/{n}" for n in range(self.steps + 1)], "size": 9}
        self.options = options
        self.steps += 1
        return True


def driven(profile):
    rules = profile.channels[0].render
    if rules is None:
        return None
    page, quiet = Page(), SimpleNamespace(made=0, quiet_for=lambda: 99.0, waits_for_data=lambda: False)

    async def goes_on(_):
        return page.steps < 3

    asyncio.run(Drive(page, quiet, rules, Limits(30), goes_on).run(f"{SITE}/l/"))
    return page.options["more"] if page.options else None, page.options.get("scroll"), page.waited, page.steps


def is_due(profile):
    kept = {}
    frontier = SimpleNamespace(epoch=1, keep=lambda _, key, value, ttl: kept.update({key: value}))

    async def cached(key):
        return kept.get(key)

    frontier.cached = cached
    intervals = ChannelIntervals(frontier, CrawlScope(), {"a": profile})
    channel = profile.channels[0]
    intervals.note(Request(channel.url), Task(portal="a", kind=PageKind.CHANNEL, channel=channel.id))
    return asyncio.run(intervals.is_due("a", channel))


def channel(inside: str) -> str:
    return f'channels = [{{ url = "http://www.a.cn/l/"{inside} }}]\n'


def template(inside: str) -> str:
    return f'[[article.template]]\nbody = ["#b"]\n{inside}\n'


PLAIN = template("")
SCRIPT = "[article.pages]\nscript = ['pages\\((?P<total>\\d+), (?P<current>\\d+)\\)']\n"
RULES = "[article]\ncontinuation = ['_b\\d\\.htm$']\ncanonical = ['s#_b\\d\\.htm$#.htm#']\n"
COUNT = "[list.pager]\nscript = ['mypager\\((?P<total>\\d+)\\)']\n"

EFFECTS = [
    Effect("title", "", lambda p: _row(p)[1], "乙报", "甲报", head=(("title", '"乙报"'),)),
    Effect("family", 'family = "founder"', kind("/wap/2026-01/03/content_1_2.htm"), "continuation", "article"),
    Effect("home", "", seeded_urls, ["http://www.a.cn/h/"], ["http://www.a.cn/"], head=(("home", '"http://www.a.cn/h/"'),)),
    Effect("scheme", 'scheme = "https"', lambda p: article_url(f"{SITE}/1.htm", p), "https://www.a.cn/1.htm", "http://www.a.cn/1.htm"),
    Effect("domains", "", refused("http://b.cn/"), None, "offsite", head=(("domains", '["a.cn", "b.cn"]'),)),
    Effect("exclude", "exclude = ['^bbs\\.']", refused("http://bbs.a.cn/"), "excluded", None),
    Effect("private", "private = true", refused("http://10.0.0.1/"), "offsite", "private-address"),
    Effect("tags", 'tags = { city = "1" }\n' + channel(""), stored("tags"), {"city": "1"}, {}, without=channel("")),
    Effect("channels", channel(""), seeded_urls, ["http://www.a.cn/l/", "http://www.a.cn/"], ["http://www.a.cn/"]),
    Effect("follow_channels", "follow_channels = false", further, [], ["http://www.a.cn/n/"]),
    Effect("sitemaps", 'sitemaps = ["http://www.a.cn/m.xml"]', seeded_urls, ["http://www.a.cn/", "http://www.a.cn/m.xml"], ["http://www.a.cn/"]),
    Effect("feeds", 'feeds = ["http://www.a.cn/f.xml"]', seeded_urls, ["http://www.a.cn/", "http://www.a.cn/f.xml"], ["http://www.a.cn/"]),
    Effect("robots", "robots = false", asks_robots, [], ["http://www.a.cn/robots.txt"]),
    Effect("headers", 'headers = { "X-Key" = "k" }', sent, {"X-Key": "k"}, {}),
    Effect("timezone", 'timezone = "UTC"', extracted("published"), "2026-01-03T08:30+00:00", "2026-01-03T08:30+08:00"),
    Effect("characters", 'characters = "simplified"', simplified, False, True),
    Effect("channels.url", channel("").replace("/l/", "/k/"), seeded_urls, ["http://www.a.cn/k/", "http://www.a.cn/"], ["http://www.a.cn/l/", "http://www.a.cn/"], without=channel("")),
    Effect("channels.id", channel(', id = "eins"'), stored("channels"), ("eins",), ("l",), without=channel("")),
    Effect("channels.name", channel(', name = "要闻"'), lambda p: is_named(p.channels[0], ("要闻",)), True, False, without=channel("")),
    Effect("channels.tags", channel(', tags = { k = "v" }'), stored("tags"), {"k": "v"}, {}, without=channel("")),
    Effect("channels.every", channel(', every = "1h"'), is_due, False, True, without=channel("")),
    Effect("channels.enabled", channel(", enabled = false"), seeded_urls, ["http://www.a.cn/"], ["http://www.a.cn/l/", "http://www.a.cn/"], without=channel("")),
    Effect("channels.list", channel(', list = { region = "div.top" }'), articles, ["/2026-01/02/content_900001.htm"], ["/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], without=channel(', list = { region = ".l" }')),
    Effect("channels.render", channel(", render = true"), driven, ([], True, [], 3), None, without=channel("")),
    Effect("channels.render.more", channel(', render = { more = ".m" }'), driven, ([".m"], False, [], 3), ([], True, [], 3), without=channel(", render = true")),
    Effect("channels.render.scroll", channel(", render = { scroll = false }"), driven, ([], False, [], 3), ([], True, [], 3), without=channel(", render = true")),
    Effect("channels.render.wait", channel(', render = { wait = ".w" }'), driven, ([], True, [".w"], 3), ([], True, [], 3), without=channel(", render = true")),
    Effect("channels.render.steps", channel(", render = { steps = 1 }"), driven, ([], True, [], 1), ([], True, [], 3), without=channel(", render = true")),
    Effect("channels.request", JSON + ROWS, lambda p: seeded_urls(p)[0], "http://www.a.cn/api?p=1", "http://www.a.cn/l/", without=channel("")),
    Effect("channels.request.url", (JSON + ROWS).replace("api?p=1", "api?q=1"), lambda p: seeded_urls(p)[0], "http://www.a.cn/api?q=1", "http://www.a.cn/api?p=1", without=JSON + ROWS),
    Effect("channels.request.method", (JSON + ROWS).replace('p=1"', 'p=1", method = "POST"'), lambda p: seeded(p)[0][1], "POST", "GET", without=JSON + ROWS),
    Effect("channels.request.form", (JSON + ROWS).replace('p=1"', 'p=1", form = { t = "1" }'), lambda p: seeded(p)[0][1:3], ("POST", b"t=1"), ("GET", b""), without=JSON + ROWS),
    Effect("channels.request.json", (JSON + ROWS).replace('p=1"', 'p=1", json = { t = 1 }'), lambda p: seeded(p)[0][1:], ("POST", b'{"t":1}', (("Content-Type", "application/json"),)), ("GET", b"", ()), without=JSON + ROWS),
    Effect("list.type", JSON + ROWS, json_urls, ["/2026-01/03/content_100003.htm"], [], without=JSON.replace("json", "html").replace(', request = { url = "http://www.a.cn/api?p=1" }', "")),
    Effect("list.urls", "[list]\nurls = ['/x_\\d+\\.do$']", kind("/x_1.do"), "channel", "other"),
    Effect("list.region", '[list]\nregion = [".top"]', articles, ["/2026-01/02/content_900001.htm"], ["/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], without='[list]\nregion = [".l"]'),
    Effect("list.items", '[list]\nregion = ["body"]\nitems = ["li"]', articles, ["/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], ["/2026-01/02/content_900001.htm", "/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], without='[list]\nregion = ["body"]'),
    Effect("list.fields", '[list]\nitems = ["li"]\nfields = { date = "i | re:(\\\\d+)" }', dates, ["03", "04"], ["2026-01-03", "2026-01-04"], without='[list]\nitems = ["li"]'),
    Effect("list.skip", '[list]\nregion = ["body"]\nskip = [".top"]', articles, ["/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], ["/2026-01/02/content_900001.htm", "/2026-01/03/content_100003.htm", "/2026-01/04/content_100004.htm"], without='[list]\nregion = ["body"]'),
    Effect("list.budget", JSON + ROWS + "budget = 1\n[list.pager]\nset = { p = '+1' }", json_next, None, "/api?p=2", without=JSON + ROWS + "[list.pager]\nset = { p = '+1' }"),
    Effect("list.pager.next", '[list.pager]\nnext = [".q a"]', next_of(list_page(ITEMS, "<a href='/l/index_2.htm'>下一页</a><span class=q><a href='/l/odd/7'>下一页</a></span>")), "/l/odd/7", "/l/index_2.htm"),
    Effect("list.pager.script", COUNT, next_of(list_page(ITEMS, "<script>mypager(9);</script>")), "/l/index_2.html", None),
    Effect("list.pager.url", COUNT + "url = 'p{n}.html'", next_of(list_page(ITEMS, "<script>mypager(9);</script>")), "/l/p2.html", "/l/index_2.html", without=COUNT),
    Effect("list.pager.first", COUNT + "first = 1", next_of(list_page(ITEMS, "<script>mypager(9);</script>")), "/l/index_1.html", "/l/index_2.html", without=COUNT),
    Effect("list.pager.last", COUNT + "last = 1", next_of(list_page(ITEMS, "<script>mypager(9);</script>")), None, "/l/index_2.html", without=COUNT),
    Effect("list.pager.set", JSON + ROWS + "[list.pager]\nset = { p = '+1' }", json_next, "/api?p=2", None, without=JSON + ROWS),
    Effect("list.pager.until", JSON + ROWS + "[list.pager]\nset = { p = '+1' }\nuntil = 'data.none'", json_next, None, "/api?p=2", without=JSON + ROWS + "[list.pager]\nset = { p = '+1' }"),
    Effect("article.urls", "[article]\nurls = ['/x_\\d+\\.do$']", kind("/x_1.do"), "article", "other"),
    Effect("article.deny", "[article]\ndeny = ['/content_100003\\.']", kind("/2026-01/03/content_100003.htm"), "other", "article"),
    Effect("article.canonical", "[article]\ncanonical = ['s#^m\\.a\\.cn#www.a.cn#']", lambda p: article_url("http://m.a.cn/1.htm", p), "http://www.a.cn/1.htm", "http://m.a.cn/1.htm"),
    Effect("article.continuation", "[article]\ncontinuation = ['_p\\d\\.htm$']", kind("/2026-01/03/content_100003_p2.htm"), "continuation", "article"),
    Effect("article.gone", "[article]\ngone = ['本稿已经撤走啦']", gone, True, False),
    Effect("article.template", template("").replace("#b", "#x"), has("text", "另外的话"), True, False),
    Effect("article.pages.next", RULES + '[article.pages]\nnext = ["#n a"]', pages, ["content_100003_b2.htm"], ["content_100003_b2.htm", "content_100003_b3.htm"], without=RULES),
    Effect("article.pages.all", '[article.pages]\nall = ["#all"]', whole, "content_100003_all.htm", None),
    Effect("article.pages.script", SCRIPT, pages, ["content_100003_1.htm", "content_100003_2.htm"], []),
    Effect("article.pages.url", SCRIPT + "url = '{stem}-{n}.{ext}'", pages, ["content_100003-1.htm", "content_100003-2.htm"], ["content_100003_1.htm", "content_100003_2.htm"], without=SCRIPT),
    Effect("article.pages.first", SCRIPT + "first = 2", pages, ["content_100003_2.htm", "content_100003_3.htm"], ["content_100003_1.htm", "content_100003_2.htm"], without=SCRIPT),
    Effect("article.pages.limit", SCRIPT + "limit = 2", pages_read, 1, 2, without=SCRIPT),
    Effect("article.template.name", template('name = "mine"'), lambda p: "mine" in str(extracted("extraction")(p)), True, False, without=PLAIN),
    Effect("article.template.type", template('type = "video"'), extracted("type"), "video", "news", without=PLAIN),
    Effect("article.template.when", template('title = ["#x"]\nwhen = "#none"'), extracted("title"), "本市供水管网改造今年完成", "另外的话", without=template('title = ["#x"]')),
    Effect("article.template.urls", template("title = ['#x']\nurls = ['/other/']"), extracted("title"), "本市供水管网改造今年完成", "另外的话", without=template('title = ["#x"]')),
    Effect("article.template.title", template('title = ["#x"]'), extracted("title"), "另外的话", "本市供水管网改造今年完成", without=PLAIN),
    Effect("article.template.subtitle", template('subtitle = ["#x"]'), extracted("subtitle"), "另外的话", None, without=PLAIN),
    Effect("article.template.summary", template('summary = ["#x"]'), extracted("summary"), "另外的话", None, without=PLAIN),
    Effect("article.template.keywords", template('keywords = ["const:供水 管网"]'), extracted("keywords"), ("供水", "管网"), (), without=PLAIN),
    Effect("article.template.published", template('published = ["#d"]'), extracted("published"), "2026-02-04T09:10+08:00", "2026-01-03T08:30+08:00", without=PLAIN),
    Effect("article.template.source", template('source = ["const:乙报"]'), extracted("source"), "乙报", "甲报", without=PLAIN),
    Effect("article.template.byline", template('byline = ["const:记者 王小明"]'), names("authors"), ["王小明"], [], without=PLAIN),
    Effect("article.template.authors", template('authors = ["const:李大为"]'), names("authors"), ["李大为"], [], without=PLAIN),
    Effect("article.template.editors", template('editors = ["const:陈小红"]'), extracted("editors"), ("陈小红",), (), without=PLAIN),
    Effect("article.template.breadcrumb", template('breadcrumb = ["#x"]'), extracted("breadcrumb"), ("另外的话",), (), without=PLAIN),
    Effect("article.template.body", template("").replace("#b", "#x"), has("text", "第一段"), False, True),
    Effect("article.template.images", template('images = ["#i img@src"]'), urls_of("images"), [f"{SITE}/x.jpg"], [], without=PLAIN),
    Effect("article.template.captions", template('images = ["#i img@src"]\ncaptions = ["#c"]'), lambda p: [i.caption for i in extracted("images")(p)], ["图为现场"], [None], without=template('images = ["#i img@src"]')),
    Effect("article.template.videos", template('videos = ["#v video@src"]'), urls_of("videos"), [f"{SITE}/v.mp4"], [], without=PLAIN),
    Effect("article.template.remove", template('remove = ["p:nth-child(2)"]'), has("text", "第二段"), False, True, without=PLAIN),
    Effect("article.template.cut", template('cut = ["第四段"]'), has("text", "第五段"), False, True, without=PLAIN),
    *(Effect(f"related.{name}", f'[related]\n{name} = ["#r"]', around, [name], ["channel"]) for name in ("related", "photo", "video", "hot")),
    Effect("ignore_parameters", 'ignore_parameters = ["sid"]', lambda p: article_url(f"{SITE}/1.htm?sid=7", p), f"{SITE}/1.htm", f"{SITE}/1.htm?sid=7"),
    Effect("keep_parameters", 'keep_parameters = ["from"]', lambda p: article_url(f"{SITE}/1.htm?from=7", p), f"{SITE}/1.htm?from=7", f"{SITE}/1.htm"),
    Effect("related.channel", '[related]\nchannel = ["#r"]', around, ["channel"], ["related"], without='[related]\nrelated = ["#r"]'),
    Effect("rate", "rate = 10", lambda p: turns(p)[0] < 200, True, False),
    Effect("site_rate", "site_rate = 1", lambda p: turns(p)[1] >= 1000, True, False),
]  # fmt: skip
