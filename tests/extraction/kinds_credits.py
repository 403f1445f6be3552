"""Invented pages, continued: rows, bylines and credits."""

from __future__ import annotations

from kinds import BODY, FOOT, NAV, TITLE, Kind, P, page, paragraphs

from crawler.cleaning.text import clean_text

__all__ = ["KINDS"]

KINDS: list[Kind] = []
DAY = "2021-05-18T16:05"
ROW = "2021-05-18 16:05　来源：云水日报"


def kind(
    name: str, row: str, last: str = "", first: str = "", body: str = "", above: str = NAV, **truth: object
) -> None:
    """A page with a ``row`` under its headline, and the text between a ``first`` and some ``last`` lines."""
    html = page(
        f'<div class="top">{above}</div><div class="w"><h1>{TITLE}</h1><div class="r">{row}</div>'
        f'<div class="con">{first}{body or paragraphs()}{last}</div></div>{FOOT}'
    )
    truth.setdefault("published", DAY)
    truth.setdefault("source", "云水日报")
    KINDS.append(Kind(name, html, **truth))  # type: ignore[arg-type]


def ended(text: str) -> str:
    """The paragraphs, the last of which goes on with ``text``."""
    return "\n".join(f"<p>{p}</p>" for p in (*P[:-1], P[-1] + text))


# Editors, in the notations of twenty years.
for notation in (
    "<p>审核 卢大江 | 编辑 罗小满 | 校对 方志远</p>",
    "<p>■编辑：罗小满 ■校对：方志远 ■审核：卢大江</p>",
    "<p>责编/罗小满　版式/卢大江　校对/方志远</p>",
    "<p>本版责编：罗小满 版式设计：卢大江</p>",
    "<p>本期编辑 罗小满</p><p>本期审校 方志远</p>",
    "<p>网络编辑罗小满</p>",
    "<p>编辑罗小满 校对方志远</p>",
    "<p>文编：罗小满　美编：卢大江</p>",
    "<p>编辑：全媒体记者 罗小满</p>",
    "<p>编辑：宣传科　罗小满</p>",
    "<p>值班编委：卢大江 值班主任：方志远 责任编辑：罗小满 责任校对：马晓丽</p>",
    "<p>选稿：罗小满 来源：云水晨报</p>",
    "<p>（责任编辑：（实习）罗小满）</p>",
    "<p>责任编辑：罗小满　【打印】【关闭】</p>",
    "<p>责任编辑：罗小满 电话：0000-1234567</p>",
    "<p>来源：云水日报 责任编辑：罗小满 阅读 1234</p>",
):
    kind(f"editors: {notation}", ROW, notation, editors=("罗小满",))
kind(
    "editors of every part",
    ROW,
    "<p>责任编辑：罗小满 图片编辑：卢大江 视觉设计：方志远</p>",
    editors=("罗小满", "卢大江"),
)
for ending in (
    "（责任编辑：罗小满）",
    "（一审：卢大江 二审：方志远 编辑：罗小满）",
    "（編輯：罗小满）1100518",
):
    kind(f"editors behind the last sentence: {ending}", ROW, body=ended(ending), editors=("罗小满",))
kind("a question of the editor's", ROW, "<p>编辑：你怎么看？</p>", text=f"{BODY}\n编辑：你怎么看？")
kind("three reviews", ROW, "<p>一审一校：罗小满</p><p>二审二校：卢大江</p><p>三审三校：方志远</p>")
kind(
    "a reporter's line with its editor",
    ROW,
    "<p>云水新闻记者 方志远 编辑 罗小满</p>",
    authors=("方志远",),
    editors=("罗小满",),
    text=f"{BODY}\n云水新闻记者 方志远 编辑 罗小满",
)
kind(
    "an editor's label without an editor, above a link",
    ROW,
    '<p>责任编辑：</p><p><a href="/">返回云水</a></p>',
)
kind(
    "lines that begin as credits do",
    ROW,
    "<p>设计：更圆润的窗口</p><p>统筹安排</p><p>编辑成册</p>",
    body=ended("窗口有三处变化：") + "",
    text=f"{BODY}窗口有三处变化：\n设计：更圆润的窗口\n统筹安排\n编辑成册",
)
kind(
    "a first line of credits that says whose the text is",
    "2021-05-18 16:05",
    first="<p>本文来自微信公众号：云水制造（ID：yszz），作者：方志远，编辑：罗小满，题图来自：视觉云水</p>",
    source=None,
    authors=("方志远",),
    editors=("罗小满",),
    text="本文来自微信公众号：云水制造（ID：yszz），作者：方志远，编辑：罗小满，题图来自：视觉云水\n" + BODY,
)

# Sources in a row, and what stands beside them.
for row, source in (
    ("2021-05-18 16:05　来源：微信公众号“云水发布”", "微信公众号“云水发布”"),
    ("2021-05-18 16:05　信息来源：县融媒体中心　打印　关闭", "县融媒体中心"),
    ("2021-05-18 16:05　来源：《云水日报》海外版", "《云水日报》海外版"),
    ("2021-05-18 16:05　<span>云水头条客户端</span>", "云水头条客户端"),
    ("<span>云水发布</span> <em>2021-05-18 16:05</em> <em>发布于浙江</em>", "云水发布"),
    ("发布单位：县教育局 发布日期：2021-05-18 16:05", "县教育局"),
    ("时间：2021-05-18 16:05 云水网-云水日报", "云水网-云水日报"),
    ("<span>05月18日 下午</span> 来源：云水日报 <span>热度 12.3万</span>", "云水日报"),
    ("云水网　2021-05-18 16:05　来源：县人民政府", "县人民政府"),
    ("云水新闻网　2021-05-18 16:05　东河晚报", "东河晚报"),
    ("【云水新闻网】2021-05-18 16:05", "云水新闻网"),
    ("2021-05-18 16:05　来源：云水网（北京）", "云水网"),
    ("2021-05-18 16:05 | 来源：云水网－《云水日报》 小字号", "云水网－《云水日报》"),
    ("2021-05-18 16:05 <span>转载于 云水网</span> <span>阅读需4分钟</span> <span>播报</span>", "云水网"),
    ("2021-05-18 16:05　来源：云水日报（海外版）", "云水日报（海外版）"),
    (
        "<span>云水日报</span> <span>2021-05-18 16:05</span> <span>阅读 3021</span> <span>21.4w</span>",
        "云水日报",
    ),
):
    kind(f"row: {row}", row, source=source, published=None if "下午" in row else DAY)
kind(
    "row: how long ago",
    "<span>3小时前</span> <span>云水日报</span>",
    published=None,
)
kind(
    "row: an author's label without an author",
    '时间：2021-05-18 16:05　来源：云水日报　作者：　<a href="/bbs">进入论坛</a>',
)
kind(
    "account above the text",
    "<span>云水发布</span> <em>2021-05-18 16:05</em> <em>河南</em>",
    "<p>来源丨县教育局 编辑丨罗小满</p>",
    "<p><span>点击上方</span><span>云水发布</span><span>关注我们</span></p>",
    source="县教育局",
    authors=("云水发布",),
    editors=("罗小满",),
)

# Bylines as lines of their own, which stay in the text.
for byline, names in (
    ("云水新闻记者 方志远 通讯员 卢大江 东河报道", ("方志远", "卢大江")),
    ("本报（yunshui-news.test）记者 方志远 杭州报道", ("方志远",)),
    ("本报记者 方志远 卢大江报道", ("方志远", "卢大江")),
    ("本报记者 方志远摄", ("方志远",)),
    ("法治周报记者 方志远 法治在线通讯员 卢大江", ("方志远", "卢大江")),
    ("記者林怡君／台北報導", ("林怡君",)),
    ("文：黃子健　圖：李嘉敏", ("黃子健", "李嘉敏")),
    ("□ 方志远", ("方志远",)),
    ("◎文/方志远 图/卢大江", ("方志远", "卢大江")),
    ("方志远/文 卢大江/摄", ("方志远", "卢大江")),
    ("方志远 卢大江 报道", ("方志远", "卢大江")),
    ("方志远（云水日报评论员）", ("方志远",)),
):
    shown = " ".join(byline.split())
    kind(f"last line: {byline}", ROW, f"<p>{byline}</p>", authors=names, text=f"{BODY}\n{shown}")
    kind(f"first line: {byline}", ROW, first=f"<p>{byline}</p>", authors=names, text=f"{shown}\n{BODY}")
for lead, names in (
    ("（中央云社記者王大維台北6日電）", ("王大維",)),
    ("〔記者陳雅婷／台中報導〕", ("陳雅婷",)),
    ("云新网东河3月8日电 (方志远 记者 卢大江)", ("方志远", "卢大江")),
    ("云华社东河3月8日电 记者方志远、卢大江报道：", ("方志远", "卢大江")),
    ("云华社东河3月8日电　记者方志远　", ("方志远",)),
    ("云华网拉萨5月8日电（记者拉巴次仁、边巴次仁 实习记者 普布扎西）", ("拉巴次仁", "边巴次仁", "普布扎西")),
):
    told = "\n".join((lead + P[0], *P[1:]))
    shown = told.replace("　", "").replace("电 记者", "电记者")
    kind(
        f"dateline: {lead}",
        ROW,
        body="".join(f"<p>{p}</p>" for p in told.split("\n")),
        authors=names,
        text=shown,
    )
for ending, names in (
    ("文/图 方志远", ("方志远",)),
    ("（方志远综合报道）", ("方志远",)),
    ("（作者方志远为东河大学教授）", ("方志远",)),
    ("（高新园区综合报道）", ()),
    ("（作者为东河大学教授）", ()),
):
    kind(
        f"behind the last sentence: {ending}",
        ROW,
        body=ended(ending),
        authors=names,
        text=f"{BODY}{ending}",
    )
kind(
    "names that are a list's",
    ROW,
    "<p>获奖名单如下：</p><p>● 方志远</p><p>● 卢大江</p>",
    text=f"{BODY}\n获奖名单如下：\n● 方志远\n● 卢大江",
)

# Authors in the row.
for row, names in (
    ("作者：方志远 通讯员 卢大江", ("方志远", "卢大江")),
    ("作者：记者 方志远 通讯员 马晓丽/文 卢大江/图", ("方志远", "马晓丽", "卢大江")),
    ("<span>文/方志远 图/卢大江</span>", ("方志远", "卢大江")),
    ("<span>方志远 编译</span>", ("方志远",)),
    ("<span>撰稿 方志远(特约撰稿)</span>", ("方志远",)),
    ("作者: 记者方志远文图", ("方志远",)),
    ("<span>Christopher Barkley</span>", ("Christopher Barkley",)),
    ("<span>LISA FRIED, OMAR HADDAD</span>", ("LISA FRIED", "OMAR HADDAD")),
    ("□方志远", ("方志远",)),
    ("作者：[美]约翰·史密斯", ("约翰·史密斯",)),
    ("作者：(法)让-保罗·萨特", ("让-保罗·萨特",)),
    ("记者方志远 通讯员卢大江", ("方志远", "卢大江")),
):
    kind(f"row: {row}", f"{ROW}　{row}", authors=names)
for row, names in (
    ("[云水日报] [2021-05-18 16:05] [方志远]", ("方志远",)),
    ("《云水日报》（2021年05月18日 16:05 第A12版）", ()),
    ("●方志远<br>《云水日报》2021年05月18日 16:05", ("方志远",)),
):
    kind(f"row: {row}", row, authors=names)
for row, names in (
    ("本报记者　方志远　2021-05-18 16:05", ("方志远",)),
    ("云水日报特约撰稿 方志远　2021-05-18 16:05", ("方志远",)),
):
    kind(f"row: {row}", row, source=None, authors=names)
kind("source and author behind one label", f"{ROW}　　方志远", authors=("方志远",))
kind("a translator", ROW, "<p>翻译：方志远</p>", authors=("方志远",), text=f"{BODY}\n翻译：方志远")
kind(
    "an author and a translator",
    f"{ROW} <span>Helen Ward</span>",
    "<p>翻译：方志远</p>",
    authors=("Helen Ward",),
    text=f"{BODY}\n翻译：方志远",
)
kind(
    "who reports from where, beside the source",
    "<span>2021-05-18 16:05</span> <span>云聯報／ 記者</span><span>陳雅玲</span><span>／雲林即時報導</span>",
    source="云聯報",
    authors=("陳雅玲",),
)

# What pages of sites that nobody had looked at brought.
kind(
    "channels beside 图片 and 视频 in the navigation are nobody's names",
    ROW,
    above='<div><a href="/tp/">图片</a> | <a href="/sp/">视频</a> | <a href="/pt/">莆田</a> | <a href="/nd/">宁德</a> | '
    '<a href="/qx/">区县</a> | <a href="/hz/">哈萨克</a> | <a href="/gn/">国内</a></div>',
)
kind(
    "labels and values in the cells of a table below the text",
    "2021-05-18 16:05",
    "</div><table><tr><td>稿源</td><td>云水晚报</td></tr><tr><td>编辑</td><td>罗小满</td></tr></table><div>",
    source="云水晚报",
    editors=("罗小满",),
)
kind(
    "a staff number behind a linked name, a telephone behind another",
    ROW,
    '<p>（责任编辑：<a href="/u/1">罗小满</a> HN026）</p>',
    editors=("罗小满 HN026",),
)
kind("an editor with a telephone", ROW, "<p>资讯编辑：罗小满 000-26093257</p>", editors=("罗小满",))
kind(
    "how many read it, where it is from, whom it thanks",
    f"{ROW} <span>51<span>万人阅读</span></span> <em>发表于</em> <span>感谢<b>方志</b>的投递</span>",
)
kind(
    "reporters whose surnames are rare, or of several parts, against their word",
    ROW,
    first="<p>云水社昆明8月11日电（记者字强、林碧锋 通讯员艾克拜尔·吐尔逊报道）县里开了会，定下三件事。</p>",
    authors=("字强", "林碧锋", "艾克拜尔·吐尔逊"),
    text=f"云水社昆明8月11日电（记者字强、林碧锋 通讯员艾克拜尔·吐尔逊报道）县里开了会，定下三件事。\n{BODY}",
)
kind(
    "an outlet before its author's name",
    ROW,
    "<p>（文/数码之家 方志远）</p>",
    authors=("方志远",),
    text=f"{BODY}\n（文/数码之家 方志远）",
)
kind(
    "an account and a button to follow it under the headline, the date elsewhere",
    "<div>云水驴行</div><div>关注</div>",
    "<div>2021-05-18 16:05</div>",
    source=None,
    authors=("云水驴行",),
    published=None,
)
kind(
    "whose text an account carries, in its first line",
    ROW,
    first="<p>原创： 叨叨小方编译 云水研究</p>",
    authors=("叨叨小方",),
    text=f"原创：叨叨小方编译云水研究\n{BODY}",
)
for line in ("（来源：云水晨报 方志远 罗小满）", "来源丨云水公园（ID：yspark2018）"):
    kind(
        f"a source that the text itself names, below the page's row: {line}",
        ROW,
        first=f"<p>{line}</p>",
        text=f"{clean_text(line)}\n{BODY}",
    )
