"""The pages say what the truth says, and every article can be reached the way the truth names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from sample_portal import indexes, scripted
from sample_portal.faults import Faults, trap_of
from sample_portal.links import BROKEN, href, list_url, relative
from sample_portal.router import Router
from sample_portal.spinning import spin
from sample_portal.truth import TrueArticle
from sample_portal.world import World

_BODIES = {
    "modern": "div.cont-news", "classic": "div.content > div#zoom", "left": "div.left > div.zw",
    "picture": "div.content > div.big > div#zoom", "table": "td#new_message_id", "trs": "div.TRS_Editor",
    "trs-word": "div.TRS_Editor > div.Custom_UnionStyle",
}  # fmt: skip


@pytest.fixture(scope="module")
def router(world: World) -> Router:
    return Router(world)


def tree(router: Router, url: str, codec: str = "utf-8") -> LexborHTMLParser:
    reply = router.reply(url)
    assert reply.status == 200, url
    return LexborHTMLParser(reply.body.decode(codec))


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def body_text(router: Router, article: TrueArticle) -> str:
    parts = []
    for url in article.pages:
        body = tree(router, url, article.coding.codec).css_first(_BODIES[article.layout])
        for clutter in body.css("script, style, .zrbj, .ad"):
            clutter.decompose()
        parts.append(body.text())
    return squeeze("".join(parts))


def test_bodies_hold_the_true_text_in_order_and_nothing_else_but_the_noise(
    world: World, router: Router
) -> None:
    for article in world.articles.values():
        blocks = [block.text for page in article.body for block in page]
        said = map(spin, blocks) if article.spun else blocks
        assert body_text(router, article) == squeeze("".join(said)), article.url
        assert article.text in "\n".join(
            block.text for page in article.body for block in page if block.text
        ) or any(block.noise for page in article.body for block in page)


def test_heads_show_title_source_editors_and_time(world: World, router: Router) -> None:
    for article in world.articles.values():
        page = tree(router, article.url, article.coding.codec)
        say = spin if article.spun else str
        assert page.css_first("h1").text() == say(article.title)
        text = squeeze(page.body.text())
        when = article.published_at
        assert re.search(rf"{when.year}[-/年.]0?{when.month}[-/月.]0?{when.day}", text)
        if article.precision != "day":
            assert f"{when.hour}:{when:%M}" in text
        assert squeeze(say(f"来源：{article.source or ''}")) in text
        for editor in article.editors:
            assert say(editor) in text
        rest = "".join(block.text for part in article.body for block in part)
        for person in article.people:
            assert say(person.name) in text or person.name in rest


def test_pictures_resolve_to_the_true_addresses(world: World, router: Router) -> None:
    for article in world.articles.values():
        found = []
        for url in article.pages:
            body = tree(router, url, article.coding.codec).css_first(_BODIES[article.layout])
            images = (image.attributes for image in body.css("img"))
            found += [urljoin(url, one.get("data-src") or one.get("src") or "") for one in images]
        assert found == [picture.url for picture in article.pictures]


def test_every_coding_is_used_and_gb18030_pages_need_more_than_gb2312(world: World, router: Router) -> None:
    codings = {article.coding for article in world.articles.values()}
    assert {(coding.header, coding.meta) for coding in codings if coding.codec == "gb18030"} >= {
        ("utf-8", "gb2312"), (None, "gb2312"), (None, None), (None, "utf-8"), ("gb2312", "gb2312"),
    }  # fmt: skip
    assert ("gb2312", "utf-8", "utf-8") in {(coding.header, coding.meta, coding.codec) for coding in codings}
    bodies = [router.reply(one.url).body for one in world.articles.values() if one.coding.codec == "gb18030"]
    beyond, four_bytes = 0, 0
    for body in bodies:
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")
        beyond += "\ufffd" in body.decode("gb2312", "replace")
        four_bytes += "\ufffd" in body.decode("gbk", "replace")
    assert beyond > len(bodies) / 2
    assert four_bytes >= 3


def test_mobile_twins_name_their_article(world: World, router: Router) -> None:
    for article in world.articles.values():
        if article.wap:
            page = tree(router, article.wap)
            assert page.css_first("link[rel=canonical]").attributes["href"] == article.url


# how articles are reached


def links(router: Router, url: str) -> Iterable[str]:
    body = router.reply(url).body
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("gb18030")
    page = LexborHTMLParser(text)
    for anchor in page.css("a"):
        target = (anchor.attributes.get("href") or "").strip()
        try:
            found = urljoin(url, target)
            good = urlsplit(found).hostname and urlsplit(found).port in (None, 80)
        except ValueError:
            continue
        if good and found.startswith("http"):
            yield found
    for total in re.findall(r"createPageHTML\((\d+), \d+,", text):
        yield from (urljoin(url, f"index_{number}.htm") for number in range(1, int(total)))


def crawl(
    world: World, router: Router, starts: Iterable[str], *, through_articles: bool = True, pagers: bool = True
) -> set[str]:
    """The canonical URLs of the articles that a patient reader of the plain HTML finds."""
    queue, seen, found = list(starts), set[str](), set[str]()
    while queue:
        url = queue.pop()
        place = router.addresses.find(url)
        if place is not None and place.article is not None:
            found.add(place.article.url)
            url = place.article.url
        elif place is not None and place.channel is not None:
            url = list_url(place.channel, place.page)
        if url in seen or trap_of(url) or urlsplit(url).hostname not in world.portal.hosts:
            continue
        seen.add(url)
        if not pagers and place is not None and place.channel is not None and place.page > 1:
            continue
        if place is None and url != world.portal.home:
            continue
        if through_articles or place is None or place.article is None:
            queue += links(router, url)
    return found


def entries(world: World) -> list[str]:
    return [world.portal.home, *(channel.url for channel in world.portal.channels if channel.known)]


def sitemap_and_feed(world: World) -> tuple[list[str], list[str]]:
    import gzip

    if not world.portal.indexed:
        return [], []
    faults = Faults(world)
    maps = indexes.news_sitemap(world, faults) + gzip.decompress(indexes.archive_sitemap(world))
    return (
        re.findall(r"<loc>(http[^<]+)</loc>", maps.decode()),
        re.findall(r"<link>([^<?]+)", indexes.feed(world).decode()),
    )


def only(world: World, *ways: str) -> set[str]:
    return {article.url for article in world.articles.values() if article.reached <= set(ways)}


def test_everything_is_reached_and_each_special_article_only_its_own_way(
    world: World, router: Router
) -> None:
    maps, feed = sitemap_and_feed(world)
    start = entries(world)
    plain = set(world.articles) - only(world, "javascript")
    assert crawl(world, router, [*start, *maps, *feed]) == plain
    assert crawl(world, router, [*start, *feed]) == plain - only(world, "sitemap")
    assert crawl(world, router, [*start, *maps]) == plain - only(world, "feed")
    shallow = crawl(world, router, start, through_articles=False)
    assert shallow == only(world, "channel", "home", "hot")


def test_what_a_script_asks_for_lists_every_article_of_its_channel(world: World, router: Router) -> None:
    for channel in world.portal.channels:
        if not channel.script:
            continue
        assert "<li>" not in tree(router, channel.url).css_first("#list").html
        found, asked = list[str](), scripted.first_request(channel)
        while asked:
            data = json.loads(router.reply(asked).body)
            rows = data["items"] if channel.script == "scroll" else data["data"]["list"]
            found += [urljoin(asked, row.get("u") or row["url"]) for row in rows]
            page = len(found) // channel.per_page + 1
            following = {
                "scroll": f"{asked.partition('&last=')[0]}&last={rows[-1]['id']}" if rows else "",
                "more": f"{asked.partition('&page=')[0]}&page={page}"
                if rows and data.get("data", {}).get("hasMore")
                else "",
            }
            asked = following[channel.script]
        assert found == [article.url for article in world.listed(channel)]


def test_lists_must_be_walked_to_their_end(world: World, router: Router) -> None:
    maps, feed = sitemap_and_feed(world)
    first_pages = crawl(world, router, [*entries(world), *maps, *feed], pagers=False)
    for channel in world.portal.channels:
        missed = [article for article in world.listed(channel) if article.url not in first_pages]
        assert len(missed) >= 2, channel.id
    assert len(first_pages) < 0.85 * len(world.articles)


def test_lists_show_their_channel_newest_first_and_the_pager_ends(world: World, router: Router) -> None:
    for channel in world.portal.channels:
        listed = world.listed(channel)
        assert [one.published_at for one in listed] == sorted(
            (one.published_at for one in listed), reverse=True
        )
        assert world.pages(channel) >= 2
        beyond = list_url(channel, world.pages(channel) + 1)
        assert router.reply(beyond).status == 404
        assert all(urljoin(channel.url, relative(one.url, channel.url)) == one.url for one in listed)


def test_traps_have_no_end_and_no_articles_of_their_own(world: World, router: Router) -> None:
    news = f"http://{world.channel('node_101').host}"
    for start, trap in (
        (f"{news}/riqi/node_20221103.htm", "calendar"),
        (f"http://www.{world.portal.domain}/zt/node_9.htm", "path"),
        (f"{world.channel('node_101').url}?sort=hot", "query"),
        (f"{world.channel('node_176').url};jsessionid=1", "session"),
    ):
        seen, queue = set[str](), [start]
        while queue and len(seen) < 50:
            url = queue.pop(0)
            if url not in seen and trap_of(url) == trap:
                seen.add(url)
                assert router.reply(url).status == 200
                queue += [one for one in links(router, url) if trap_of(one) == trap]
        assert len(seen) == 50, trap


def test_faults_of_every_kind_are_linked_and_are_no_articles(world: World, router: Router) -> None:
    faults = Faults(world)
    kinds = {fault.kind for fault in faults.by_url.values()}
    assert {
        "404",
        "410",
        "soft-404",
        "gone-script",
        "gone-refresh",
        "loop",
        "off-site",
        "to-home",
        "to-private",
    } <= kinds
    linked = {
        fault.url
        for channel in world.portal.channels
        for page in range(1, 9)
        for fault in faults.on_list(channel, page)
    }
    assert len(linked) == 4 * sum(not channel.script for channel in world.portal.channels)
    for fault in faults.by_url.values():
        assert router.addresses.find(fault.url) is None
        expected = {"404": 404, "410": 410}.get(fault.kind, 302 if fault.target else 200)
        assert router.reply(fault.url).status == expected


def test_sample_portal_has_forbidden_articles_on_every_kind_of_host(sample: World) -> None:
    hosts = {urlsplit(url).hostname for url in Faults(sample).disallowed}
    assert len(hosts) >= 2


def test_disguised_links_are_there_in_every_form(world: World) -> None:
    forms = "".join(
        href(article, list_url(channel, 1), world.seed)
        for channel in world.portal.channels
        for article in world.articles.values()
    )
    for mark in (
        ";jsessionid=",
        "?PHPSESSID=",
        "utm_source",
        "spm=",
        "from=timeline",
        "#comment",
        "/wap/",
        "https://",
        ":80/",
        "?v=",
    ):
        assert mark in forms
    assert any(f"http://{host.upper()}" in forms for host in world.portal.hosts)


def test_broken_hrefs_stand_on_the_lists(world: World, router: Router) -> None:
    text = b"".join(
        router.reply(list_url(channel, page)).body
        for channel in world.portal.channels
        for page in range(1, world.pages(channel) + 1)
    ).decode("utf-8", "replace")
    shown = [target for target in BROKEN if f'href="{target}"' in text]
    assert len(shown) > len(BROKEN) * 0.7


def test_pages_are_the_same_bytes_every_time(world: World, router: Router) -> None:
    again = Router(World(world.portal, world.seed))
    for url in [*list(world.articles)[::25], world.portal.home, world.channel("node_176").url]:
        assert again.reply(url) == router.reply(url)
