"""Titles, times, sources, pictures, page metadata, pages of a long article, JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from kinds import BODY, FOOT, LINKS, LIST, TITLE, P, page

from crawler.extraction import extract, stitch, to_json
from crawler.items import Article, Author, Image
from crawler.parsing import Document

URL = "http://www.yunshui-news.test/2022-11/03/content_1.htm"
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in P)
NOW = datetime(2022, 11, 3, 4, 0, tzinfo=UTC)


def read(html: str, url: str = URL, **more: object) -> Article:
    return extract(Document.from_text(html, url), **more)


@pytest.mark.parametrize(
    ("head", "visible", "title"),
    [
        (f"{TITLE}_新闻频道_云水网", f"<h1>{TITLE}</h1>", TITLE),
        (f"云水网--{TITLE}", f"<h2>{TITLE}</h2>", TITLE),
        (f"{TITLE} - 云水网", "", TITLE),
        (f"{TITLE}-云水网", "", TITLE),
        ("云水网", f"<h1>{TITLE}</h1>", TITLE),
        ("云水新闻网", f'<div class="bt">{TITLE}</div>', TITLE),
        ("云水县人民政府", f"<table><tr><td>{TITLE}</td></tr></table>", TITLE),
        ("", f"<h3>{TITLE}</h3><p>作者：张楠</p>", TITLE),
        ("云水新闻网", f"<h1>云水新闻网</h1><h2>{TITLE}</h2>", TITLE),
        ("云水新闻网", f'<h1>云水新闻网</h1><div class="bt">{TITLE}</div>', TITLE),
        ("云水新闻网", f"<h1>云水新闻网</h1><h3>{TITLE}</h3>", TITLE),
        (f"评论｜{TITLE}_云水网", "", f"评论｜{TITLE}"),
        ("云水PK河口 | 谁的办事大厅更快？ - 云水新闻网", "", "云水PK河口 | 谁的办事大厅更快？"),
        ("云水新闻网", f"<h3>王文：{TITLE}</h3><div>云水县融媒体中心出品</div>", f"王文：{TITLE}"),
        ("云水县人民政府", "<div>扫一扫在手机打开当前页</div>", "云水县人民政府"),
        (f"{TITLE}|政务|改革_云水网", f"<h1><em>原创</em>{TITLE}</h1>", TITLE),
        (
            TITLE.replace(" ", "") + "_云水网",
            f"<p align=center><b>{TITLE[:8]}</b></p><p align=center><b>{TITLE[8:]}</b></p>",
            TITLE[:8] + TITLE[8:],
        ),
        (
            f"{TITLE}_云水网",
            f'<div class="tuijian"><h2><a href="/1">{LINKS[0][1]}</a></h2></div><div class="bt">{TITLE}</div>',
            TITLE,
        ),
        (
            "COVID-19疫苗接种点今天起增加到二十个_云水网",
            "<h1>COVID-19疫苗接种点今天起增加到二十个</h1>",
            "COVID-19疫苗接种点今天起增加到二十个",
        ),
    ],
)
def test_title(head, visible, title):
    assert (
        read(page(f"{visible}<p>2022-11-03 来源：云水网</p><div>{PARAGRAPHS}</div>", title=head)).title
        == title
    )


@pytest.mark.parametrize("badge", ["荐", "独家", "精", "原创", "首发", "图", "新", "獨家", "快讯"])
@pytest.mark.parametrize(
    "shape",
    ["<h1><em>{badge}</em>{title}</h1>", "<h1>{title}<span>{badge}</span></h1>", "<h1>[{badge}]{title}</h1>"],
)
def test_a_badge_is_no_part_of_a_title(badge, shape):
    heading = shape.format(badge=badge, title=TITLE)
    html = page(f"{heading}<p>2022-11-03 来源：云水网</p><div>{PARAGRAPHS}</div>", title=f"{TITLE}_云水网")
    assert read(html).title == TITLE


@pytest.mark.parametrize(
    ("row", "head", "published"),
    [
        ("2022-11-03 07:29", "", "2022-11-03T07:29+08:00"),
        (
            "2022-11-03 07:29",
            '<meta property="article:published_time" content="2022-11-03T07:29:26+08:00">',
            "2022-11-03T07:29:26+08:00",
        ),
        (
            "2022-11-03 07:29",
            '<meta property="article:published_time" content="2022-11-04T10:00:00+08:00">',
            "2022-11-03T07:29+08:00",
        ),
        ("2022-11-03", '<meta name="PubDate" content="2022-11-03 09:53">', "2022-11-03T09:53+08:00"),
        ("更新时间：2022-11-03 20:00", '<meta name="publishdate" content="2022-11-02">', "2022-11-02"),
        ("今天 10:30", "", "2022-11-03T10:30+08:00"),
        ("11-02 10:30", "", "2022-11-02T10:30+08:00"),
        (
            "",
            '<script>var d={"publishTime":"2022-11-01 08:09:10","updateTime":"2022-11-03 08:09:10"};</script>',
            "2022-11-01T08:09:10+08:00",
        ),
        ("", '<script>var ct = "1581517074";</script>', "2020-02-12T22:17:54+08:00"),
        (
            "",
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2022-10-31T01:02:03Z"}</script>',
            "2022-10-31T09:02:03+08:00",
        ),
        ("", "", "2022-11-03"),
        ("2031-01-01 00:00", "", "2022-11-03"),
    ],
)
def test_published(row, head, published):
    article = read(
        page(f'<h1>{TITLE}</h1><div class="info">{row}</div><div>{PARAGRAPHS}</div>', head=head),
        fetched_at=NOW,
    )
    assert article.published == published


@pytest.mark.parametrize(
    ("row", "published"),
    [
        ('<time datetime="2022-11-03T07:29:26+08:00">2022年11月3日</time>', "2022-11-03T07:29:26+08:00"),
        ('<time datetime="2022-11-03T07:29:26+08:00">3小时前</time>', "2022-11-03T07:29:26+08:00"),
        ('<time datetime="2022-11-02T07:29:26+08:00">11-02</time>', "2022-11-02T07:29:26+08:00"),
        ('<span data-time="2022-11-03 07:29:26">3小时前</span>', "2022-11-03T07:29:26+08:00"),
        ('<span data-val="1667431766000">3小时前</span>', "2022-11-03T07:29:26+08:00"),
        ('2022-11-02 <time class="updated" datetime="2022-11-03T07:29:26">3小时前</time>', "2022-11-02"),
        ('2022-11-02 08:00 <time datetime="2022-11-03T07:29:26">3小时前</time>', "2022-11-02T08:00+08:00"),
    ],
)
def test_an_element_s_own_time_completes_what_it_shows(row, published):
    article = read(
        page(f'<h1>{TITLE}</h1><div class="info">{row}</div><div>{PARAGRAPHS}</div>'), fetched_at=NOW
    )
    assert article.published == published


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", '<div class="pl"><span>云水居民</span><span>2022-11-05 10:20</span><p>说得好</p></div>'),
        ("", f'<ul><li><a href="/1">{LINKS[0][1]}</a><span>2022-11-05 10:20</span></li></ul>'),
        ("<div>2026年11月23日 星期一 10:20:30</div>", ""),
    ],
)
@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="publishdate" content="2022-11-03 07:29:26">', "2022-11-03T07:29:26+08:00"),
        ("", "2022-11-03"),
    ],
)
def test_times_of_comments_lists_and_clocks(above, below, head, published):
    html = page(f"{above}<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>{below}", head=head)
    assert read(html).published == published


@pytest.mark.parametrize("body", ["", "<p>2022-11-02 08:00 来源：云水网</p>"])
def test_when_something_takes_place_is_not_when_it_was_published(body):
    html = f"<h1>{TITLE}</h1>{body}<div><p>时间：2022年11月1日上午10:00</p><p>地点：云水县人民会堂</p>{PARAGRAPHS}</div>"
    assert read(page(html)).published == ("2022-11-02T08:00+08:00" if body else "2022-11-03")


@pytest.mark.parametrize("mark", ["－", "\\", "→", " / ", "&gt;"])
def test_separators_of_a_breadcrumb(mark):
    path = f'<div>当前位置：<a href="/">云水网</a>{mark}<a href="/n/">新闻</a></div>'
    html = page(f"<div>{path}</div><h1>{TITLE}</h1><p>2022-11-03</p><div>{PARAGRAPHS}</div>")
    assert read(html).breadcrumb == ("云水网", "新闻")


def test_the_words_between_names_are_their_roles():
    html = page(
        f"<h1>{TITLE}</h1><p>2022-11-03 作者：本报记者 方志远 通讯员 卢大江</p><div>{PARAGRAPHS}</div>"
    )
    assert [(a.name, a.role) for a in read(html).authors] == [
        ("方志远", "reporter"),
        ("卢大江", "correspondent"),
    ]


@pytest.mark.parametrize(
    "folder",
    ["/sites/default/files", "/upload/app", "/uploads/weixin", "/download", "/ad", "/banner", "/share/line"],
)
def test_a_picture_is_no_ornament_by_its_folder(folder):
    picture = f'<p><img src="{folder}/20221103.jpg"></p>'
    html = page(
        f"<h1>{TITLE}</h1><div><p>{P[0]}</p>{picture}<img src='/a/icons/3.png'><img src='/a/logo.png'>{PARAGRAPHS}</div>"
    )
    assert [image.url.partition("test")[2] for image in read(html).images] == [f"{folder}/20221103.jpg"]


def test_no_time_is_invented():
    article = read(
        page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"), url="http://a.test/node.htm", fetched_at=NOW
    )
    assert (article.published, article.published_at, article.published_precision) == (None, None, None)


def test_a_date_in_the_masthead_or_the_text_is_not_the_article_s():
    html = page(
        f"<div>今天是2022年11月3日 星期四</div><h1>{TITLE}</h1><div>2022-10-01 08:00 来源：云水网</div><div><p>（2007年6月29日县人民代表大会常务委员会第二十八次会议通过）</p>{PARAGRAPHS}</div>"
    )
    assert read(html).published == "2022-10-01T08:00+08:00"


@pytest.mark.parametrize(
    ("row", "source", "authors", "editors"),
    [
        (
            "<span>2022-11-03</span><span>来源：</span><a href='http://p.test/'>云水日报</a><span>责任编辑：罗小满</span>",
            "云水日报",
            [],
            ["罗小满"],
        ),
        ("<span>2022-11-03</span> <a>云水日报</a>", "云水日报", [], []),
        ("<span>云水日报</span><span>2022-11-03</span><span>方志远</span>", "云水日报", ["方志远"], []),
        ("<p>方志远/云水日报</p><p>2022-11-03</p>", "云水日报", ["方志远"], []),
        ("<p>云水新闻记者 方志远</p><p>2022-11-03 来源：云水新闻</p>", "云水新闻", ["方志远"], []),
        ("<span>大江说事</span><span>2022-11-03</span>", None, ["大江说事"], []),
        ("<span>2022-11-03</span> <span>来源：</span> <a>评论(0)</a>", None, [], []),
        (
            "2022-11-03 作者：方志远 卢大江 来源：云水日报 编辑：罗小满_YS1234",
            "云水日报",
            ["方志远", "卢大江"],
            ["罗小满_YS1234"],
        ),
        ("2022-11-03 稿源：云水网 (编辑：罗小满)", "云水网", [], ["罗小满"]),
        ("2022-11-03 来源：云水网　　参与互动", "云水网", [], []),
        ("2022-11-03 来自：四川", None, [], []),
        ("2022-11-03 作者：方志远 摄像：卢大江 编辑：罗小满 ‖ 审核", None, ["方志远", "卢大江"], ["罗小满"]),
        ("2022-11-03 来源：云水网 编辑：admin", "云水网", [], []),
        ("2022-11-03 作者：本报记者 方志远 通讯员 卢大江", None, ["方志远", "卢大江"], []),
        ("2022-11-03 作者：David Smith", None, ["David Smith"], []),
        ("2022-11-03 作者：方志远（全国人大代表、云水研究院研究员）", None, ["方志远"], []),
        ("发布日期：2022-11-03 作者：佚名 来源：本站 浏览：12次", "本站", [], []),
        ("供稿：文学院 撰稿：李四 发布日期：2022-11-03 浏览量：12", None, ["李四"], []),
        (
            "【作者：李四】【发布时间：2022-11-03】【来源：宣传部】【阅读：33次】【关闭】",
            "宣传部",
            ["李四"],
            [],
        ),
        ("2022年11月03日 10:11　　云水日报　　李四光", "云水日报", ["李四光"], []),
        ("<span>2022-11-03 10:11</span><span>云水网综合</span>", "云水网综合", [], []),
        ("<i>2022-11-03</i><i>来源：云水新闻客户端 记者 李四</i>", "云水新闻客户端", ["李四"], []),
        ("来源：云水网-《云水日报》 2022-11-03 10:11", "云水网-《云水日报》", [], []),
        ("文/李四 2022-11-03", None, ["李四"], []),
        ("发布者：ys_admin 2022-11-03 10:11", None, [], []),
    ],
)
def test_row_under_the_headline(row, source, authors, editors):
    article = read(page(f'<h1>{TITLE}</h1><div class="info">{row}</div><div>{PARAGRAPHS}</div>{FOOT}'))
    assert article.source == source
    assert [author.name for author in article.authors] == authors
    assert list(article.editors) == editors


def test_linked_data_may_name_the_author():
    head = '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"%s","name":"%s"}}</script>'
    body = f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>"
    assert [author.name for author in read(page(body, head=head % ("Person", "方志远"))).authors] == [
        "方志远"
    ]
    assert read(page(body, head=head % ("Organization", "云水网"))).authors == ()
    assert read(page(body, head='<meta name="author" content="方志远">')).authors == ()


def test_the_account_is_the_source_where_the_text_names_its_author():
    article = read(
        page(
            f"<h1>{TITLE}</h1><div><span>大江说事</span> <span>2022-11-03</span></div><div>{PARAGRAPHS}<p>采写：云水见习记者 方志远</p></div>"
        )
    )
    assert article.source == "大江说事"
    assert article.authors == (Author("方志远", "reporter"),)


def test_pictures_and_films():
    html = page(
        f'<img src="/logo.png"><h1>{TITLE}</h1><div class="c"><p><img src="/blank.gif" data-src="//pic.test/1.jpg" alt="{TITLE}"></p><p>{P[0]}</p>'
        f'<p><img src="../2.jpg" width="20" height="20"></p><figure><img src="../3.jpg"><figcaption>大厅内景 方志远摄</figcaption></figure>'
        f'<p>{P[1]}</p><p align="center"><img src="data:image/gif;base64,x" data-original="4.png"></p><p align="center">居民在排队。</p>'
        f'<video src="/5.mp4"></video><iframe src="https://v.qq.com/txp/iframe/player.html?vid=1"></iframe><iframe src="/ad.html"></iframe><p>{P[2]}</p><div class="qrcode"><img src="/qr.jpg"></div></div>'
    )
    article = read(html)
    assert article.images == (
        Image("http://pic.test/1.jpg", None, -1),
        Image("http://www.yunshui-news.test/2022-11/3.jpg", "大厅内景 方志远摄", 0),
        Image("http://www.yunshui-news.test/2022-11/03/4.png", "居民在排队。", 2),
    )
    assert [(video.url, video.after) for video in article.videos] == [
        ("http://www.yunshui-news.test/5.mp4", 3),
        ("https://v.qq.com/txp/iframe/player.html?vid=1", 3),
    ]


def test_markup_is_safe():
    article = read(
        page(
            f'<h1>{TITLE}</h1><div><h2>一 < 二 & 三</h2><p onclick="x()">{P[0]}&lt;script&gt;alert(1)&lt;/script&gt;</p><script>evil()</script><p><img src="/1.jpg" onerror="x()"></p><ul><li>{P[1]}</li><li>{P[2]}</li></ul></div>'
        )
    )
    assert "<script" not in article.html
    assert "onerror" not in article.html
    assert article.html.startswith("<h2>一 &lt; 二 &amp; 三</h2><p>")
    assert '<figure><img src="http://www.yunshui-news.test/1.jpg" alt=""></figure>' in article.html
    assert article.html.endswith(f"<ul><li>{P[1]}</li><li>{P[2]}</li></ul>")


def test_page_metadata():
    html = page(
        f'<div class="dh">您的位置：<a href="/">云水网</a> > <a href="/a">新闻</a> > 正文</div><h1>{TITLE}</h1><h3>——河口镇见闻</h3><div>2022-11-03</div><div>{PARAGRAPHS}</div><div class="pl">已有<em>12</em>人发表了评论</div>',
        head=f'<meta name="keywords" content="政务,改革 便民"><meta name="description" content="{P[0]}">',
    )
    article = read(html)
    assert article.breadcrumb == ("云水网", "新闻")
    assert article.subtitle == "——河口镇见闻"
    assert article.keywords == ("政务", "改革", "便民")
    assert article.summary == P[0]
    assert article.comment_count == 12
    assert (
        read(
            page(
                f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>",
                head='<meta name="description" content="云水新闻网是云水县唯一的新闻门户网站">',
            )
        ).summary
        is None
    )


def test_hidden_text_is_left_out_unless_there_is_no_other():
    hidden = f'<div style="display:none"><p>{P[4]}</p></div>'
    assert read(
        page(f"<h1>{TITLE}</h1><div>{''.join(f'<p>{p}</p>' for p in P[:4])}{hidden}</div>")
    ).text == "\n".join(P[:4])
    assert read(page(f'<h1>{TITLE}</h1><div id="c" style="display: none;">{PARAGRAPHS}</div>')).text == BODY


def test_a_page_about_hidden_or_embedded_text_keeps_its_own():
    assert (
        read(
            page(f'<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><script>var x="{"别的文章，" * 60}";</script>')
        ).text
        == BODY
    )


def test_links_given_are_kept():
    assert read(page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>{LIST}"), links=()).related == ()


def test_stitching():
    first = Article(
        url="u1",
        title="t",
        text="一\n二",
        html="<p>一</p>",
        images=(Image("a", None, 0),),
        pages=("u1",),
        authors=(Author("张三", "reporter"),),
    )
    second = Article(
        url="u2",
        title="x",
        text="三",
        html="<p>三</p>",
        images=(Image("b", None, 0),),
        pages=("u2",),
        editors=("李四",),
        authors=(Author("王五", "reporter"), Author("张三", "author")),
    )
    whole = stitch(first, [second, second, Article(url="u3")])
    assert (whole.url, whole.title, whole.text, whole.html) == ("u1", "t", "一\n二\n三", "<p>一</p><p>三</p>")
    assert whole.images == (Image("a", None, 0), Image("b", None, 2))
    assert whole.pages == ("u1", "u2")
    assert whole.editors == ("李四",)
    assert whole.authors == (Author("张三", "reporter"), Author("王五", "reporter"))


def test_a_gallery_of_a_picture_a_page_is_known_when_it_is_whole():
    pages = [
        Article(
            url=f"u{n}",
            text=f"第{n}图" if n < 3 else "",
            images=(Image(f"i{n}", None, 0 if n < 3 else -1),),
            pages=(f"u{n}",),
        )
        for n in (1, 2, 3)
    ]
    whole = stitch(pages[0], [*pages[1:], pages[2]])
    assert whole.type == "gallery"
    assert [(image.url, image.after) for image in whole.images] == [("i1", 0), ("i2", 1), ("i3", 1)]
    assert whole.pages == ("u1", "u2", "u3")
    assert stitch(pages[0], [pages[1]]).type == "news"


def test_json_has_the_names_of_the_contract():
    article = read(
        page(f"<h1>{TITLE}</h1><div>2022-11-03 07:29:26 来源：云水网</div><div>{PARAGRAPHS}</div>"),
        fetched_at=NOW,
    )
    found = json.loads(json.dumps(to_json(article)))
    assert found["published_at"] == "2022-11-02T23:29:26+00:00"
    assert found["extraction"]["from"]["source"] == "visible"
    assert set(found["extraction"]) == {"version", "profile", "from"}
    assert found["authors"] == []
    assert found["pages"] == [URL]


def test_a_disclaimer_names_no_author():
    page = """<html><body><h1>山里的路修好了</h1><div class="info">2022-10-01 08:00 来源：福州日报</div>
    <div class="content"><p>永溪县的路修好了，村民出行方便了许多，来往的车也多了起来，大家都说好。</p>
    <p>一位村民说，从前进城要走半天，如今一小时就到了，孩子上学也不用再绕远路。（记者 杨碧珍）</p>
    <p><strong>免责声明：本文仅代表作者</strong>个人观点，与本网无关。其原创性以及文中内容未经本网证实，请读者仅作参考。</p>
    </div></body></html>"""
    article = extract(Document.from_text(page, "http://www.a-news.cn/1.htm"))
    assert [author.name for author in article.authors] == ["杨碧珍"]
