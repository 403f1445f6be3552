"""Invented pages, continued: on each of them one rule decides alone, what a profile says among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinds import BODY, LINKS, TITLE, Kind, P, page, paragraphs
from kinds_edges import ROW, told

from crawler.extraction.labels.model import LIST_HEADING
from crawler.extraction.labels.table import EDGE

if TYPE_CHECKING:
    from crawler.extraction.labels.model import Group, Rule

__all__ = ["KINDS", "pages_of"]

KINDS: list[Kind] = []
_FACTS: dict[str, object] = {"published": "2019-09-07T08:22", "source": "云水日报"}
_LINKED = [f'<a href="{url}">{title}</a>' for url, title in LINKS]
_REMARKS = f"<p>{_LINKED[0]}</p><p>大桥全长一千二百米。</p><p>{_LINKED[1]}</p><p>门诊楼有六层。</p>"


def kind(name: str, html: str, **truth: object) -> None:
    KINDS.append(Kind(name, html, **{**_FACTS, **truth}))  # type: ignore[arg-type]


def telling(name: str, content: str, **truth: object) -> None:
    kind(name, told(content), **truth)


def pages_of(group: Group, rule: Rule) -> list[str]:
    """Return pages of which the rule's example is a line: below and inside the text, or over a list behind it."""
    pages = []
    if group.label & EDGE:
        line = f"<p>{rule.example}</p>"
        rest = "".join(f"<p>{p}</p>" for p in P[1:])
        pages += [told(paragraphs() + line), told(f"<p>{P[0]}</p>{line}{rest}")]
    if group.label & LIST_HEADING:
        pages.append(told(f"{paragraphs()}<p>{rule.example}</p>{_REMARKS}"))
    return pages


def _readers(*, signed: bool) -> str:
    """Comments longer than a short text, signed by their readers or with buttons under them."""
    remarks = ("这样的窗口应该多开几个，老人家跑一趟县城不容易，天不亮就要去等车，办完事再回来天都黑了，希望早点推广到我们山里去。", "上个月我去办过一次，人不多，态度也好，就是停车的地方太小了，建议把旁边那块空地利用起来，大家都方便，也不会堵在路口。")  # fmt: skip
    above = "<div>云水网友 2019-09-07 10:20</div>" if signed else ""
    below = "" if signed else "<div>05-01 回复 赞(3)</div>"
    return (
        "<div><div>精彩评论</div>"
        + "".join(f"{above}<div>{said}</div>{below}" for said in remarks)
        + "</div>"
    )


telling(
    "the site speaks of itself behind a disclaimer",
    f"""{paragraphs()}<p>免责声明：本文仅代表作者个人观点，其原创性以及文中陈述的内容未经本网证实，请读者自行核实有关的一切内容。</p>
<p>云水新闻网创办于二〇〇三年，每天发布本地消息三百余条，读者遍及全省，多次获得优秀网站称号。</p>""",
)
telling(
    "remarks that nobody signs under the heading of comments",
    f"""{paragraphs()}<div>网友留言</div><div>这样的窗口应该多开几个，老人家跑一趟县城不容易。</div>
<div>支持一下，希望早点推广到我们镇。</div>""",
)
telling(
    "advertisements behind a row of buttons",
    f"""{paragraphs()}<p>【评论】【论坛】【大 中 小】【打印】【关闭】</p><p>云水家电城开业大酬宾，全场八折，三日为限，欢迎到店选购。</p>
<p>河口驾校秋季班开始报名，随到随学，学生优惠二百元。</p>""",
)
telling(
    "a list of links with a few words under each",
    f"{paragraphs()}<p>相关阅读：</p>{_REMARKS}",
)
telling(
    "who produced it behind the credits",
    f"{paragraphs()}<p>（责任编辑：罗小满）</p><p>云水融媒新闻中心出品</p>",
    editors=("罗小满",),
)
telling("keywords behind the text", f"{paragraphs()}<p>标签：云水 改革 一站式</p>")
kind(
    "a summary above the row of facts, in one element with the text",
    told(
        f"<p>县里的办事大厅搬到了乡镇，带上身份证就能办事，试点两个月受理三千多件，村民少跑了许多路。</p><p>2019-09-07 08:22　来源：云水日报</p>{paragraphs()}",
        row="",
    ),
)
telling("a summary that the text begins with again", f"<p>摘要：{P[0]}</p>{paragraphs()}")
telling(
    "the heading of a list high up in the text",
    f"<p>{P[0]}</p><p>相关新闻：</p><p>{_LINKED[0]}</p><p>{_LINKED[1]}</p>{''.join(f'<p>{p}</p>' for p in P[1:])}",
)
telling(
    "a few words over the links below the text",
    f"{paragraphs()}<div>本周榜单</div>{''.join(f'<div>{link}</div>' for link in _LINKED)}",
)
telling(
    "a box in the text, with a remark under its link",
    f"""{"".join(f"<p>{p}</p>" for p in P[:3])}<div class="k"><h4>相关新闻</h4><ul><li>{_LINKED[0]}</li></ul><div>大桥全长一千二百米。</div></div>
{"".join(f"<p>{p}</p>" for p in P[3:])}""",
)
telling(
    "the article twice in one element, for screens of two sizes",
    f"<div>{paragraphs()}</div><div><h2>{TITLE}</h2>{paragraphs()}</div>",
)
telling("a stock quote in a line of its own", f"{paragraphs()}<p>(5.32, -0.04, -0.75%)</p>")
for name, signed in (("two comments, signed", True), ("two comments, buttons under each", False)):
    telling(f"{name}, longer than the text", f"<div><p>{P[0]}</p></div>{_readers(signed=signed)}", text=P[0])
kind(
    "a short notice above a long footer that nothing names",
    page(
        f"""<h1>{TITLE}</h1>{ROW}<div class="nr"><p>{P[0]}</p></div><div class="bottom"><p>主办：云水县人民政府办公室，承办：云水县融媒体中心，协办：各乡镇人民政府、县直各部门，技术支持：云水数据中心</p>
<p>地址：云水县城关镇人民路一号政务服务中心大楼六层，邮编：000000，联系电话：0000-1234567，传真：0000-1234568</p></div>""",
    ),
    text=P[0],
)
telling(
    "a page of teasers",
    "".join(f'<p>{p[:30]}……<a href="/a/{n}.html">[详细]</a></p>' for n, p in enumerate(P[:2])),
    text="\n".join(f"{p[:30]}……[详细]" for p in P[:2]),
)
kind(
    "everything by a profile",
    page(
        f"""<h1>河口周刊第三十六期</h1><div>2019-09-01 10:00　来源：云水日报</div><div class="path"><i>要闻</i><i>县区</i></div><h2>{TITLE}</h2>
<h3>县里的新窗口</h3><p class="t" data-at="2019-09-07 08:22" data-of="河口周刊">第二版</p><p class="a">卢大江</p><p class="e">罗小满</p>
<p class="w">政务 改革</p><p class="d">办事大厅搬到了乡镇。</p><div class="nr">{paragraphs()}</div><img src="/i/1.jpg"><b class="c">大厅一角</b>
<video src="/v/1.mp4"></video>""",
        title="河口周刊第三十六期",
    ),
    profile="""type = "gallery"
title = ["h2"]
subtitle = ["h3"]
summary = ["p.d"]
keywords = ["p.w"]
published = ["p.t@data-at"]
source = ["p.t@data-of"]
authors = ["p.a"]
editors = ["p.e"]
breadcrumb = [".path i"]
body = ["div.nr"]
images = ["img@src"]
captions = ["b.c"]
videos = ["video@src"]
""",
    source="河口周刊",
    authors=("卢大江",),
    editors=("罗小满",),
    breadcrumb=("要闻", "县区"),
    more={
        "type": "gallery",
        "subtitle": "县里的新窗口",
        "summary": "办事大厅搬到了乡镇。",
        "keywords": ("政务", "改革"),
        "images": 1,
        "videos": 1,
    },
)
kind(
    "a byline by a profile",
    page(
        f'<h1>{TITLE}</h1>{ROW}<p class="by" data-by="文/方志远 图/卢大江">见报</p><div class="nr">{paragraphs()}</div>'
    ),
    profile='byline = ["p.by@data-by"]\nbody = ["div.nr"]\n',
    authors=("方志远", "卢大江"),
)
kind(
    "spans of a family, where nothing else says it",
    page(
        f"""<h1>{TITLE}</h1><div>2019-09-07 08:22</div><div style="display:none"><span id="source_baidu">云水日报</span>
<span id="author_baidu">云里的灯</span><span id="editor_baidu">罗小满</span></div><div class="nr">{paragraphs()}</div>""",
    ),
    authors=("云里的灯",),
    editors=("罗小满",),
)
kind(
    "the time in an attribute of what says how long ago it was",
    told(paragraphs(), row='<div><span data-time="2019-09-07 08:22:05">3小时前</span>　来源：云水日报</div>'),
    published="2019-09-07T08:22:05",
    url="http://www.yunshui-news.test/a/1.html",
)
kind(
    "an author whom only the linked data names",
    page(
        f'<h1>{TITLE}</h1>{ROW}<div class="nr">{paragraphs()}</div>',
        head='<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"方志远"}}</script>',
    ),
    authors=("方志远",),
)
kind(
    "what only the list says: a page without headline and time",
    page(f'<div class="nr">{paragraphs()}</div>', title=""),
    url="http://www.yunshui-news.test/a/1.html",
    hints={"title": TITLE, "published": "2019-09-07 08:22"},
    source=None,
)
_ITEMS = [f"<p>{link}</p><p>{said}</p>" for link, said in zip(_LINKED, P, strict=False)]
_DIGEST = [
    line
    for link, said in zip([title.replace(" ", "") for _, title in LINKS], P, strict=False)
    for line in (link, said)
]
telling(
    "a digest, with links to something else between its items",
    f"""{"".join(_ITEMS[:2])}<p><a href="/more/">更多县区报道</a></p><p>{P[0][:-1]}，全年开放。</p>{"".join(_ITEMS[2:])}""",
    text="\n".join((*_DIGEST[:4], f"{P[0][:-1]}，全年开放。", *_DIGEST[4:])),
)
_SHORT_TEXT = f'<h1>{TITLE}</h1>{ROW}<div class="nr"><p>{P[0]}</p></div>'
kind(
    "a short text beside a column of long linked headlines",
    page(
        _SHORT_TEXT
        + '<div class="k">'
        + "".join(
            f'<div><a href="{url}">{title} 云水县各乡镇各部门认真贯彻落实会议精神 扎实推进重点工作</a></div>'
            for url, title in LINKS
        )
        + "<div>县区频道每日更新，欢迎各位通讯员来稿。</div></div>"
    ),
    text=P[0],
)
kind(
    "a short text beside a column of teasers",
    page(
        _SHORT_TEXT
        + '<div class="k">'
        + "".join(
            f'<div>{p[:40]}……<a href="{url}">[详细]</a></div>' for (url, _), p in zip(LINKS, P, strict=False)
        )
        + "</div>"
    ),
    text=P[0],
)
kind(
    "a short text above a long disclaimer in an element of its own",
    page(
        f"""{_SHORT_TEXT}<div class="k"><p>免责声明：本文仅代表作者个人观点，与云水新闻网无关，其原创性以及文中陈述的文字和内容未经本网证实，
对本文以及其中全部或者部分内容、文字的真实性、完整性、及时性，本网不作任何保证或承诺，请读者仅作参考，并自行核实有关内容。</p><p>读者的意见可以寄到编辑部，我们每周选登几封。</p></div>"""
    ),
    text=P[0],
)
_UNMARKED = [f"图为{place}乡镇办事大厅的工作人员正在帮助前来办理医疗保险和养老保险业务的村民填写有关表格" for place in ("城关", "河口", "东山")]  # fmt: skip
kind(
    "lines without marks beside a sentence of the weather",
    page(
        f"""<h1>{TITLE}</h1>{ROW}<div class="nr">{"".join(f"<div>{line}</div>" for line in _UNMARKED)}</div>
<div class="k"><div>云水天气：今天白天多云，最高气温二十六度，东南风三级。</div></div>"""
    ),
    text="\n".join(_UNMARKED),
)
kind(
    "what only the head says: time, source, summary, keywords; a film in the text",
    page(
        f'<h1>{TITLE}</h1><div class="nr"><video src="/v/1.mp4"></video>{paragraphs()}</div>',
        head='<meta name="publishdate" content="2019-09-07 08:22"><meta name="source" content="云水日报">'
        '<meta name="keywords" content="云水,政务改革"><meta name="description" content="云水县在城关、河口两个乡镇试点“一站式”办事大厅，村民少跑了许多路。">',
    ),
    url="http://www.yunshui-news.test/a/1.html",
    more={
        "summary": "云水县在城关、河口两个乡镇试点“一站式”办事大厅，村民少跑了许多路。",
        "keywords": ("云水", "政务改革"),
        "videos": 1,
    },
)
kind(
    "the time in seconds, in a script",
    page(
        f'<h1>{TITLE}</h1><div class="nr">{paragraphs()}</div><script>var news={{"publishTime":1567815725}}</script>'
    ),
    url="http://www.yunshui-news.test/a/1.html",
    published="2019-09-07T08:22:05",
    source=None,
)
_MORE = "村民们说，过去办一件事要请一天假，如今赶集的路上就顺便办了；乡镇的干部也说，来的人多了，问的事多了，自己学得也快了。"
kind(
    "a summary in an element of its own, which is no lead",
    page(
        f"""<h1>{TITLE}</h1>{ROW}<div class="a"><p>核心提示：办事大厅搬到了乡镇，带上身份证就能办事，村民少跑路。</p></div>
<div class="b">{paragraphs()}<p>{_MORE}</p></div>"""
    ),
    text=f"{BODY}\n{_MORE}",
)
