"""Where the path to a page may stand, how it is written, and what is none."""

from __future__ import annotations

import pytest
from kinds import TITLE, paragraphs

from crawler.extraction import extract
from crawler.parsing import Document

ABOVE = [
    ('<div class="crumb"><a href="/">资讯</a> &gt; <a href="/b/">在人间</a> &gt; 正文</div>', "资讯 在人间"),
    ('<div>您现在在：<a href="/">云水网</a> &gt; <a href="/b/">新闻</a></div>', "云水网 新闻"),
    ('<div>当前位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/b/">位置服务</a></div>', "首页 位置服务"),
    ("<div>您所在的位置是：首页 » 政务公开 » 通知</div>", "首页 政务公开 通知"),
    ("<div>您的位置： 首页 → 新闻 → 县区 → 内容</div>", "首页 新闻 县区"),
    (
        '<ol class="breadcrumb"><li><a href="/">首页</a></li><li><a href="/a">新闻</a></li><li>正文</li></ol>',
        "首页 新闻",
    ),
    (
        '<ul class="path"><li><a href="/">首页</a> &gt;</li><li><a href="/a">新闻</a> &gt;</li><li>详情</li></ul>',
        "首页 新闻",
    ),
    (
        '<div><a href="/">云水网</a><i>›</i><a href="/a">社会</a><i>›</i><span>正文</span><a href="/tg">我要投稿</a></div>',
        "云水网 社会",
    ),
    (
        '<div><a href="/">云水首页</a> &gt; <a href="/a">社会</a> &gt; 正文 <a href="/x">申请入驻</a></div>',
        "云水首页 社会",
    ),
    (
        '<div><a href="/">首页</a> &gt; <a href="/a">社会</a> <a href="/x">关注</a> <a href="/x">RSS</a></div>',
        "首页 社会",
    ),
    (f"<div>首页 &gt; 社会 &gt; {TITLE}</div>", "首页 社会"),
    (f"<div>首页 &gt; 社会 &gt; {TITLE[:10]}...</div>", "首页 社会"),
    ('<div class="location"><a href="/">首页</a> / <a href="/a">新闻</a> / 正文</div>', "首页 新闻"),
    (
        '<div class="crumbs"><span>位置：</span><a href="/">首页</a> - <a href="/a">新闻</a> - 正文</div>',
        "首页 新闻",
    ),
    (
        '<div>2024年5月20日 星期一　<span>当前位置：</span><a href="/">首页</a> &gt; <a href="/a">新闻</a></div>',
        "首页 新闻",
    ),
    ('<div class="crumb"><a href="/">首頁</a> 〉 <a href="/a">社會</a> 〉 內文</div>', "首頁 社會"),
    ('<div class="crumb"><a href="/">首页</a> ▸ <a href="/a">评论</a></div>', "首页 评论"),
    ('<div class="crumb">首页 &gt; <a href="/a">推荐</a> &gt; <a href="/b">原创</a></div>', "首页 推荐 原创"),
    ('<div><a href="/u/1">云水观察</a><a href="/u/1/all">查看TA的文章&gt;</a></div>', ""),
    (
        '<div><a href="/v">视频</a> &gt; <a href="/v/1">河口大桥主跨合龙，明年建成通车后进城只要十分钟</a></div>',
        "",
    ),
    (
        '<div><a href="/">首页</a> &gt; <a href="/a">新闻</a> | <a href="/b">财经</a> | <a href="/c">体育</a></div>',
        "首页 新闻",
    ),
    ('<div><h3>热点</h3><a href="/more">更多&gt;&gt;</a></div>', ""),
    ('<div><a href="/1">专题 &gt;</a></div>', ""),
    ('<div class="nav"><a href="/">首页</a><a href="/a">新闻</a><a href="/b">财经</a></div>', ""),
]
BELOW = [
    (
        '<div class="weizhi"><a href="/">首页</a> &gt; <a href="/a/">云水网</a> &gt; <a href="/b/">新闻频道</a></div>',
        "首页 云水网 新闻频道",
    ),
    ('<div>当前位置：<a href="/">首页</a> &gt; <a href="/a/">要闻</a> &gt; 正文</div>', "首页 要闻"),
    ('<div><a href="/1">上一篇 &gt; 云水新区</a></div>', ""),
]
FOOT = [
    (
        '<div id="p_navigator"><a href="/">云水网</a>&gt;&gt;<a href="/a">时政</a>&gt;&gt;<a href="/b">各地要闻</a></div>',
        "云水网 时政 各地要闻",
    ),
    (
        '<div class="bottom">您的位置：<a href="/">云水网</a> &gt; <a href="/a">时政</a></div>',
        "云水网 时政",
    ),
    ('<ul><li>&gt; <a href="/1">大桥合龙</a></li><li>&gt; <a href="/2">学校开学</a></li></ul>', ""),
]


def path(above: str = "", below: str = "", foot: str = "") -> str:
    html = (
        f"<title>{TITLE}-云水网</title>{above}<div class=main><h1>{TITLE}</h1><div>2020-10-04 15:05 来源：云水日报</div>"
        f"{below}<div class=content>{paragraphs()}</div></div>{foot}"
    )
    return " ".join(extract(Document.from_text(html, "http://a.test/1.html")).breadcrumb)


@pytest.mark.parametrize(("html", "names"), ABOVE)
def test_above_the_headline(html, names):
    assert path(above=html) == names


@pytest.mark.parametrize(("html", "names"), BELOW)
def test_between_headline_and_text(html, names):
    assert path(below=html) == names


@pytest.mark.parametrize(("html", "names"), FOOT)
def test_at_the_foot(html, names):
    assert path(foot=html) == names


def test_the_path_above_is_the_page_s():
    assert path(above=ABOVE[0][0], foot=FOOT[0][0]) == "资讯 在人间"
