"""A long text is read whole in every layout: in parts, with a lead apart, with subheads, lists and boxes between."""

from __future__ import annotations

import pytest
from kinds import BODY, FOOT, LIST, NAV, P

from crawler.extraction import extract
from crawler.parsing import Document

TITLE = "云水县城东小学举行冬季运动会"
ROW = "2024-05-20 09:47　来源：云水商报"
_PARAGRAPHS = [f"<p>{paragraph}</p>" for paragraph in P]


def _page(body: str) -> str:
    return f"<html><head><title>{TITLE}_云水新闻网</title></head><body>{body}</body></html>"


def _main(content: str) -> str:
    return _page(
        f'<div>{NAV}</div><div class="main"><h1>{TITLE}</h1><div class="info">{ROW}</div>{content}</div>{FOOT}'
    )


def _content(content: str) -> str:
    return f'<div class="content">{content}</div>'


def _times(name: str, entry: str, joined: str) -> tuple[str, str]:
    """A text of several times of day, which are no rows of other articles."""
    entries = "".join(entry.format(n, text) for n, text in enumerate(P))
    return _main(f'<div class="{name}">{entries}</div>'), "\n".join(
        joined.format(n, text) for n, text in enumerate(P)
    )


LAYOUTS = {
"div para":(_main(_content("".join(f'<div class="para"><p>{x}</p></div>' for x in P))),BODY),
"div para flat":(_main("".join(f"<div>{x}</div>" for x in P)),BODY),
"sections h2":(_main("".join(f"<section><h2>小标题{n}</h2><p>{x}</p></section>" for n,x in enumerate(P))),"\n".join(f"小标题{n}\n{x}" for n,x in enumerate(P))),
"h1 subheads":(_main(_content("".join(f"<h1>小标题{n}</h1><p>{x}</p>" for n,x in enumerate(P)))),"\n".join(f"小标题{n}\n{x}" for n,x in enumerate(P))),
"related in the middle":(_main(_content("".join(_PARAGRAPHS[:2])+f'<div class="rel"><h3>相关新闻</h3>{LIST}</div>'+"".join(_PARAGRAPHS[2:]))),BODY),
"related in the middle no names":(_main(f'<div>{"".join(_PARAGRAPHS[:2])}<div><h3>相关新闻</h3>{LIST}</div>{"".join(_PARAGRAPHS[2:])}</div>'),BODY),
"parts, list between, other names":(_main(f'<div class="a1">{"".join(_PARAGRAPHS[:2])}</div><div class="rel">{LIST}</div><div class="a2">{"".join(_PARAGRAPHS[2:])}</div>'),BODY),
"related at the start":(_main(_content(f'<div class="rel"><h3>相关新闻</h3>{LIST}</div>'+"".join(_PARAGRAPHS))),BODY),
"header lead, body out, subheads":(_page(f'<div>{NAV}</div><header><h1>{TITLE}</h1><p>{ROW}</p><p>{P[0]}</p></header><div class="bd">{_PARAGRAPHS[1]}<h2>小标题</h2>{"".join(_PARAGRAPHS[2:])}</div>{FOOT}'),f"{P[0]}\n{P[1]}\n小标题\n"+"\n".join(P[2:])),
"headline twice":(_page(f'<div class="m"><h1>{TITLE}</h1></div><div>{NAV}</div><div>{LIST}</div><div class="d"><h1>{TITLE}</h1><div>{ROW}</div><div>{"".join(_PARAGRAPHS)}</div></div>'),BODY),
"qa":(_main(_content("".join(f"<h3>问：第{n}个问题，怎么办？</h3><p>答：{x}</p>" for n,x in enumerate(P)))),"\n".join(f"问：第{n}个问题，怎么办？\n答：{x}" for n,x in enumerate(P))),
"cols":(_page(f'<div>{NAV}</div><div class="head"><h1>{TITLE}</h1><p>{ROW}</p></div><div class="row"><div class="col1">{"".join(_PARAGRAPHS[:2])}</div><div class="col2">{"".join(_PARAGRAPHS[2:])}</div></div>{FOOT}'),BODY),
"ads between":(_main(f'<div class="t">{_PARAGRAPHS[0]}</div><div class="ad">广告</div><div class="t">{_PARAGRAPHS[1]}{_PARAGRAPHS[2]}</div><div class="ad"><iframe src="/ad"></iframe></div><div class="t">{_PARAGRAPHS[3]}{_PARAGRAPHS[4]}</div>'),BODY),
"editor above the text":(_page(f'<div>{NAV}</div><div class="head"><h1>{TITLE}</h1><p>{ROW}</p></div><div>编辑：罗小满</div><div class="bd">{"".join(_PARAGRAPHS)}</div>{FOOT}'),BODY),
"lead, editor, body":(_page(f'<div>{NAV}</div><div class="head"><h1>{TITLE}</h1><p>{ROW}</p><div class="lead"><p>{P[0]}</p></div></div><div>编辑：罗小满</div><div class="bd">{"".join(_PARAGRAPHS[1:])}</div>{FOOT}'),BODY),
"lead, links, body":(_page(f'<div>{NAV}</div><div class="head"><h1>{TITLE}</h1><p>{ROW}</p><div class="lead"><p>{P[0]}</p></div></div><div class="hot">{LIST}</div><div class="bd">{"".join(_PARAGRAPHS[1:])}</div>{FOOT}'),BODY),
"document":(_main(_content(f'<p>各乡镇人民政府：</p>{"".join(_PARAGRAPHS)}<p align=right>云水县人民政府办公室</p><p align=right>2024年5月20日</p><p>（此件公开发布）</p><p><a href="/f/1.doc">附件：报名表.doc</a></p>')),f"各乡镇人民政府：\n{BODY}\n云水县人民政府办公室\n2024年5月20日\n（此件公开发布）\n附件：报名表.doc"),
"law of comments, long":(_main(_content("<p>国家网信部门今天公布规定，用户发表评论前应当注册账号，平台应当处理举报。</p><p>规定明确，本平台和其他平台均应公开投诉电话，管理员不得擅自删除评论。</p><p>对违反规定的账号，平台可以屏蔽，用户可以投诉。</p>")),"国家网信部门今天公布规定，用户发表评论前应当注册账号，平台应当处理举报。\n规定明确，本平台和其他平台均应公开投诉电话，管理员不得擅自删除评论。\n对违反规定的账号，平台可以屏蔽，用户可以投诉。"),
"site notice to readers":(_main(_content("<p>各位网友：本网站将于六月一日升级，届时请您不要登录账号。</p><p>由此带来的不便，敬请谅解。</p>")),"各位网友：本网站将于六月一日升级，届时请您不要登录账号。\n由此带来的不便，敬请谅解。"),
"about us page":(_main(_content("<p>云水新闻网由中共云水县委宣传部主管、云水县融媒体中心主办，是县级重点新闻网站。</p><p>本网站设有二十多个频道，欢迎网友留言、投稿。</p>")),"云水新闻网由中共云水县委宣传部主管、云水县融媒体中心主办，是县级重点新闻网站。\n本网站设有二十多个频道，欢迎网友留言、投稿。"),
"gallery captions":(_main(_content("".join(f'<p><img src="/p/{n}.jpg"></p><p>第{n}张，孩子们在跑步。</p>' for n in range(4)))),"\n".join(f"第{n}张，孩子们在跑步。" for n in range(4))),
"live text": _times("live", '<div class="entry"><div class="time">2024-05-20 1{0}:05</div><p>{1}</p></div>', "2024-05-20 1{0}:05\n{1}"),
"live text with headings": _times("live", '<div class="entry"><h3>第{0}项开赛</h3><div class="time">2024-05-20 1{0}:05</div><p>{1}</p></div>', "第{0}项开赛\n2024-05-20 1{0}:05\n{1}"),
"a line of times": _times("line", "<h2>2024年5月2{0}日 09:00</h2><p>{1}</p>", "2024年5月2{0}日 09:00\n{1}"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_text_is_read_whole(layout):
    html, text = LAYOUTS[layout]
    assert extract(Document.from_text(html, "http://www.yunshui-news.test/a/1.html")).text == text
