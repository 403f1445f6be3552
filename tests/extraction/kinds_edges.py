"""Invented pages, continued: what stands around a text, headlines, times."""

from __future__ import annotations

from kinds import BODY, ESCAPED, FOOT, NAV, TITLE, Kind, P, page, paragraphs

__all__ = ["KINDS"]

KINDS: list[Kind] = []


def kind(name: str, html: str, **truth: object) -> None:
    KINDS.append(Kind(name, html, **truth))  # type: ignore[arg-type]


ROW = '<div class="info">2019-09-07 08:22　来源：云水日报</div>'


def told(content: str, *, row: str = ROW, headline: str = f"<h1>{TITLE}</h1>", behind: str = "") -> str:
    """A page of which only the element with the text differs."""
    return page(f'<div class="top">{NAV}</div>{headline}{row}<div class="nr">{content}</div>{FOOT}{behind}')


def telling(name: str, content: str, **truth: object) -> None:
    kind(name, told(content), **{"published": "2019-09-07T08:22", "source": "云水日报", **truth})


telling(
    "hotline and copyright in the text's element",
    f"""{paragraphs()}<p>想爆料？请拨打云水日报新闻热线0000-3333333，或登录“云水+”客户端提供线索。</p>
<p>【您有新闻线索，请向我们报料，一经采用即付稿酬】</p><p>① 凡本网注明“来源：云水新闻网”的作品，均为本网合法拥有版权的作品，未经本网授权不得使用。</p>
<p>② 如因作品内容、版权等问题需要同本网联系，请在30日内进行。</p><p>本文链接：http://www.yunshui-news.test/1.html</p>
<p>分享让更多人看到</p><p>打赏</p><p>3人已打赏</p><p>举报/反馈</p>""",
)
telling(
    "an article that asks for clues and tells where to apply",
    f"""{paragraphs()}<p>群众如有线索，请拨打110或与办案民警联系。</p><p>报名电话：0000-3333333</p>""",
    text=f"{BODY}\n群众如有线索，请拨打110或与办案民警联系。\n报名电话：0000-3333333",
)
telling(
    "a player above the text, advertisements in it",
    f"""<p>AI朗读</p><p>男声</p><p>女声</p><p>0:00 / 01:35</p><p>您的浏览器不支持 video 标签。</p><p>视频加载中...</p><p>小字号 中字号 大字号</p>
<p>{P[0]}</p><p>广告</p><p>{P[1]}</p><div>打开APP查看高清图片</div>{"".join(f"<p>{p}</p>" for p in P[2:])}""",
)
telling(
    "calls in traditional characters",
    f"""<p>{P[0]}</p><p>請繼續往下閱讀...</p>{"".join(f"<p>{p}</p>" for p in P[1:])}
<p>不用抽 現在用APP看新聞 點我下載APP</p><p>本網站之文字、圖片，非經授權，不得轉載。</p>""",
)

for name, row, at in (
    ("the day apart from month and year", '<div class="d"><span>07</span><span>2019-09</span></div>', ""),
    ("the day above the year", "<div><div>09/07</div><div>2019</div></div>", ""),
    ("the clock before the day", "<div><span>08:22</span><span>2019/09/07</span></div>", "T08:22"),
    ("wide digits", "<p>２０１９－０９－０７　０８：２２</p>", "T08:22"),
    ("an address beside seconds of one digit", "<p>http://www.yunshui-news.test/index.html　2019-9-7 8:22:5</p>", "T08:22:05"),
):  # fmt: skip
    kind(f"time: {name}", told(paragraphs() + "<p>来源：云水日报</p>", row=row), published=f"2019-09-07{at}", source="云水日报", text=f"{BODY}\n来源：云水日报", url="http://www.yunshui-news.test/a/1.html")  # fmt: skip

kind(
    "headline with a badge in its element",
    told(paragraphs(), headline=f'<h1>{TITLE} <span class="tag"><a href="/yc/">原创</a></span></h1>'),
    published="2019-09-07T08:22",
    source="云水日报",
)
kind(
    "e-paper: the head names the paper, a list on the page the headline",
    page(
        f"""<table><tr><td><ul><li><a href="1.htm">·{TITLE}</a></li><li><a href="2.htm">·河口大桥主跨合龙 明年建成通车</a></li></ul></td>
<td><div>2019年09月07日 星期六</div><div><a href="#">放大</a> <a href="#">缩小</a></div><div class="f1">{TITLE}</div><div class="f2">群众跑一趟就能办好</div>
<div id="ozoom">{paragraphs()}</div></td></tr></table>""",
        title="云水日报",
    ),
    published="2019-09-07",
)
kind(
    "e-paper: four letters behind the paper's name",
    page(
        f'<div>2019年09月07日 星期六</div><div class="c"><p class="bt">老街的灯</p><div id="ozoom">{paragraphs()}</div></div>',
        title="云水日报数字报-老街的灯",
    ),
    title="老街的灯",
    published="2019-09-07",
)
kind(
    "a page that nobody named",
    page(
        f'<div class="nav">{NAV}</div><p align=center><b>{TITLE}</b></p><p>2019-09-07</p>{paragraphs()}',
        title="无标题文档",
    ),
    published="2019-09-07",
)
STATE = f"""{{"site":{{"title":"云水号","source":"云水网"}},"detail":{{"id":1,"title":"{TITLE}","source":"云水日报","author":"方志远",
"editor":"罗小满","publishTime":"2019-09-07 08:22:05","content":"{ESCAPED.replace('"', "&quot;")}"}}}}"""
kind(
    "everything in the state of a script",
    page(f'<div id="app"></div><script>window.__STATE__={STATE}</script>', title="云水号"),
    url="https://h5.yunshui-news.test/#/detail/1",
    published="2019-09-07T08:22:05",
    source="云水日报",
    authors=("方志远",),
    editors=("罗小满",),
)

telling(
    "a box that calls itself a summary",
    f"""<div class="a"><div class="t">摘要</div><div class="x">【{TITLE}】改革的难处不在技术，而在数据，县里为此成立了专班，效果明显。</div></div>
<div class="b">{paragraphs()}</div>""",
)
telling(
    "a summary that has no box stays",
    f"<p><b>核心提示</b></p><p>改革的难处不在技术，而在数据，县里为此成立了专班。</p>{paragraphs()}",
    text=f"核心提示\n改革的难处不在技术，而在数据，县里为此成立了专班。\n{BODY}",
)
telling(
    "words of the site behind a notice",
    f"""<p>↓↓↓</p>{paragraphs()}<div>本内容为作者独立观点，不代表云水网立场。未经允许不得转载，授权事宜请联系 hz@yunshui-news.test</div>
<div>想看见更多的人，都在云水</div>""",
)
telling(
    "an author's card behind a notice stays",
    f"{paragraphs()}<p>（未经授权，不得转载）</p><p>作者简介：方志远，云水大学教授</p>",
    text=f"{BODY}\n作者简介：方志远，云水大学教授",
)
telling(
    "pages of a long article by name",
    f"{paragraphs()}<p>本文导航：</p><p>第1页：云水往事</p><p>第2页：河口今日</p><p>共2页: 1 2 下一页</p>",
)
