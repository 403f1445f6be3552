"""Which list a link stands in."""

import pytest

from crawler.discovery.link_context import kind_of_heading
from crawler.portals import parse_profile
from crawler.portals.page_kind import PageKind
from tests.discovery.conftest import HEAD

PAGE = "http://www.test-news.cn/2022-11/03/content_1.htm"
LINK = '<a href="http://www.test-news.cn/2022-11/03/content_2.htm">另一篇文章的标题</a>'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("相关新闻", "related"), ("相關新聞", "related"), ("延伸阅读", "related"), ("推荐阅读", "related"), ("相关链接", "related"),
        ("猜你喜欢", "related"), ("最新福州新闻 频道推荐", "channel"), ("福建要闻", "channel"), ("进入图片频道 最新图文", "photo"),
        ("高清组图", "photo"), ("进入视频频道 最新视频", "video"), ("一周热点新闻", "hot"), ("24小时排行", "hot"), ("点击排行榜", "hot"),
        ("热门文章", "hot"), ("友情链接", None), ("评论", None),
    ],
)  # fmt: skip
def test_headings(text, kind):
    assert kind_of_heading(text) == kind


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="tit">{h}</div><ul><li>{a}</li></ul>',
        "<h3>{h}</h3><div><ul><li>{a}</li></ul></div>",
        '<div class="box"><h4><span>{h}</span></h4><div><p>{a}</p></div></div>',
        '<ul><li class="tit">{h}</li><li>{a}</li></ul>',
        "<dl><dt>{h}</dt><dd>{a}</dd></dl>",
        "<table><tr><td class=title2><b>{h}</b></td></tr><tr><td>·{a}</td></tr></table>",
        "<p>{h}</p><div>{a}</div>",
        "<div>{h}</div><!-- x --><br><div><table><tr><td>{a}</td></tr></table></div>",
        '<div class="hd"><a href="/node_5.htm">{h}</a></div><div class="bd"><ul><li>{a}</li></ul></div>',
        "<section><header><h2>{h}</h2></header><div>{a}</div></section>",
    ],
)
@pytest.mark.parametrize(
    ("heading", "kind"), [("相关新闻", "related"), ("一周热点", "hot"), ("最新视频", "video")]
)
def test_a_list_under_its_heading(links_of, markup, heading, kind):
    body = f"<h1>标题</h1><div class='zw'><p>正文</p></div>{markup.format(h=heading, a=LINK)}"
    links = links_of(body, url=PAGE, page=PageKind.ARTICLE)
    assert [link.list for link in links.around] == [kind]
    assert [link.list for link in links.articles] == [kind]


@pytest.mark.parametrize(
    ("name", "kind"),
    [('class="list_related"', "related"), ('id="xgxw"', "related"), ('class="box hot"', "hot"), ('class="rank"', "hot"),
     ('class="photo-list"', "photo"), ('class="video_box"', "video"), ('class="latest"', "channel")],
)  # fmt: skip
def test_a_list_without_a_heading_has_a_name(links_of, name, kind):
    links = links_of(f"<div {name}><ul><li>{LINK}</li></ul></div>", url=PAGE, page=PageKind.ARTICLE)
    assert [link.list for link in links.around] == [kind]


def test_lists_one_after_the_other(links_of):
    def entry(number):
        return f'<li><a href="/2022-11/03/content_{number}.htm">文章的标题 {number}</a><span>2022-11-0{number}</span></li>'

    body = (
        f'<div class="tit">相关新闻</div><ul>{entry(2)}{entry(3)}</ul>'
        f'<div class="tit">最新图文</div><ul>{entry(4)}</ul><div class="tit">本站声明</div><ul>{entry(5)}</ul>'
    )
    links = links_of(body, url=PAGE, page=PageKind.ARTICLE)
    assert [(link.list, link.date) for link in links.around] == [
        ("related", "2022-11-02"), ("related", "2022-11-03"), ("photo", "2022-11-04"), ("channel", "2022-11-05"),
    ]  # fmt: skip


def test_links_in_the_text_are_in_no_list(links_of):
    links = links_of(
        f"<div class='zw'><p>正文里说到{LINK}，然后继续。</p></div>", url=PAGE, page=PageKind.ARTICLE
    )
    assert links.around == ()
    assert [link.list for link in links.articles] == ["channel"]


def test_the_profile_may_say_where_lists_stand(links_of):
    profile = parse_profile(HEAD + "family = 'founder'\n[related]\nvideo = ['div.x1', '#x2']\n", "test")
    for box in ('class="x1"', 'id="x2"'):
        links = links_of(
            f"<div {box}><p>热点</p><div>{LINK}</div></div>", url=PAGE, page=PageKind.ARTICLE, profile=profile
        )
        assert [link.list for link in links.articles] == ["hot"]  # the nearest word wins
        links = links_of(
            f"<div {box}><div>{LINK}</div></div>", url=PAGE, page=PageKind.ARTICLE, profile=profile
        )
        assert [link.list for link in links.articles] == ["video"]
