"""Invented pages of the kinds that Chinese news sites serve, each with what is true of it.

The structures are those of widespread systems and years; sites, people and news are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["KINDS", "Kind"]

P = (
    "本周起，云水县在城关、河口两个乡镇试点“一站式”办事大厅，群众带着身份证就能办理一百二十项事务。",
    "“以前盖一个章要跑三趟，现在半个小时就办完了。”从河口镇赶来的居民说，工作人员还帮他填好了表格。",
    "县政务服务中心负责人介绍，试点以来共受理事项三千四百余件，平均办理时间缩短了一半，满意率达到百分之九十八。",
    "据了解，试点将在年底前推广到全县十四个乡镇，届时村民在家门口的便民点就能提交材料，不必再进城。",
    "业内人士认为，这类改革的难处不在技术，而在部门之间的数据能不能真正打通，县里已为此成立了专班。",
)
BODY = "\n".join(P)
TITLE = "云水县试点一站式办事大厅 一百二十项事务家门口能办"

NAV = "".join(
    f'<a href="/{n}/">{t}</a> | '
    for n, t in (
        ("gn", "国内"),
        ("gj", "国际"),
        ("sh", "社会"),
        ("ty", "体育"),
        ("cj", "财经"),
        ("yl", "娱乐"),
        ("tp", "图片"),
    )
)
LINKS = tuple(
    (f"/a/2019/{n}.html", t)
    for n, t in enumerate(
        (
            "河口大桥主跨合龙 明年建成通车",
            "县医院新院区启用首日接诊千人",
            "秋粮收购价格上调每斤两分钱",
            "我县三名教师获评全省优秀",
            "城区这些路段周末禁行 请绕行",
            "老茶馆里说新事 宣讲员进社区",
        )
    )
)
LIST = (
    "<ul>"
    + "".join(
        f'<li><a href="{u}">{t}</a><span>2019-09-0{i + 1}</span></li>' for i, (u, t) in enumerate(LINKS)
    )
    + "</ul>"
)
FOOT = (
    '<div class="footer"><p><a href="/about">关于我们</a> | <a href="/ad">广告服务</a> | <a href="/contact">联系方式</a> | <a href="/join">招聘信息</a></p>'
    "<p>云水新闻网 版权所有 未经书面授权禁止使用</p><p>Copyright © 2019 www.yunshui-news.test All Rights Reserved. 云ICP备12345678号-1</p>"
    "<p>违法和不良信息举报电话：0000-1234567 举报邮箱：jb@yunshui-news.test</p></div>"
)


def paragraphs(tag: str = "p", indent: str = "　　") -> str:
    return "\n".join(f"<{tag}>{indent}{p}</{tag}>" for p in P)


ESCAPED = "".join(f"<p>{p}<\\/p>" for p in P)


@dataclass(frozen=True)
class Kind:
    """A page and the truth; None means that the page does not say (or that the test does not ask).

    ``profile`` is the template (TOML) that it is read by, if any; ``hints`` what a list said of it; ``fetched_at`` when
    it was fetched (ISO 8601).
    """

    name: str
    html: str
    url: str = "http://www.yunshui-news.test/system/2019/09/07/030012345.shtml"
    title: str = TITLE
    published: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    text: str = BODY
    breadcrumb: tuple[str, ...] | None = None
    encoding: str = "utf-8"
    profile: str = ""
    hints: dict[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    more: dict[str, object] = field(default_factory=dict)

    @property
    def fetched(self) -> datetime | None:
        """When it was fetched."""
        return datetime.fromisoformat(self.fetched_at) if self.fetched_at else None


def page(body: str, title: str = f"{TITLE}_云水新闻网", head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


KINDS: list[Kind] = []


def kind(name: str, html: str, **truth: object) -> None:
    KINDS.append(Kind(name, html, **truth))  # type: ignore[arg-type]


kind(
    "tables of 2004, text between <br>",
    f"""<HTML><HEAD><TITLE>云水新闻网--{TITLE}</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD><BODY>
<TABLE width=770 align=center><TR><TD bgcolor=#cccccc>{NAV}</TD></TR></TABLE>
<TABLE width=770 align=center><TR><TD width=160 valign=top><TABLE><TR><TD>热点新闻</TD></TR>{"".join(f'<TR><TD>·<a href="{u}">{t}</a></TD></TR>' for u, t in LINKS)}</TABLE></TD>
<TD width=610 valign=top><TABLE width="100%"><TR><TD align=center><FONT size=5><B>{TITLE}</B></FONT></TD></TR>
<TR><TD align=center><FONT size=2>2004年08月12日09:15　来源：云水日报　作者：方志远</FONT></TD></TR>
<TR><TD><FONT id=zoom size=3>{"<BR><BR>".join("　　" + p for p in P)}</FONT></TD></TR>
<TR><TD align=right><FONT size=2>（责任编辑：罗小满）</FONT></TD></TR>
<TR><TD>【<a href="javascript:window.print()">打印</a>】【<a href="javascript:window.close()">关闭</a>】</TD></TR>
<TR><TD>相关新闻：<BR>{"<BR>".join(f'・<a href="{u}">{t}</a>(08/1{i})' for i, (u, t) in enumerate(LINKS))}</TD></TR></TABLE></TD></TR></TABLE>{FOOT}</BODY></HTML>""",
    published="2004-08-12T09:15",
    source="云水日报",
    authors=("方志远",),
    editors=("罗小满",),
    encoding="gb18030",
)
kind(
    "system path of regional portals",
    page(f"""<div class="top">{NAV}</div><div class="weizhi">您当前的位置 ：<a href="/">云水新闻网</a>&nbsp;&nbsp;>>&nbsp;&nbsp;<a href="/xw/">新闻</a>&nbsp;&nbsp;>>&nbsp;&nbsp;<a href="/xw/bd/">本地</a></div>
<div class="bt">{TITLE}</div><div class="info">http://www.yunshui-news.test　2019-09-07 08:22　<span>来源：<a href="http://www.yunshui-news.test/">云水新闻网</a></span>　责任编辑：罗小满</div>
<div class="nr">{paragraphs()}<p align="right">作者：方志远　 编辑：罗小满</p></div>
<div id="news_more_page_div_id"></div><div class="fx">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="xg"><h3>相关新闻</h3>{LIST}</div>{FOOT}"""),
    published="2019-09-07T08:22",
    source="云水新闻网",
    authors=("方志远",),
    editors=("罗小满",),
    breadcrumb=("云水新闻网", "新闻", "本地"),
)
kind(
    "government site, labels in a row",
    page(
        f"""<div class="header">{NAV}</div><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwdt/">政务动态</a> &gt; <a href="/zwdt/xz/">乡镇动态</a></div>
<div class="article"><h1>{TITLE}</h1><div class="info"><span>信息来源：县政务服务中心</span><span>发布时间：2021-03-09 16:40</span><span>浏览次数：<script>document.write(12)</script></span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="TRS_Editor"><style>.TRS_Editor P{{line-height:1.5}}</style>{paragraphs("div")}</div>
<div class="attach">附件：</div><div class="close"><a href="#">【打印本页】</a> <a href="#">【关闭窗口】</a></div></div>{FOOT}""",
        head='<meta name="ArticleTitle" content="'
        + TITLE
        + '"><meta name="PubDate" content="2021-03-09 16:40"><meta name="ContentSource" content="县政务服务中心">',
    ),
    published="2021-03-09T16:40",
    source="县政务服务中心",
    breadcrumb=("首页", "政务动态", "乡镇动态"),
    url="http://www.yunshui.gov.test/zwdt/xz/202103/t20210309_1234.html",
)
kind(
    "party paper online, editors in brackets, pages in numbers",
    page(f"""<div class="path"><a href="/">云水网</a>&gt;&gt;<a href="/GB/shizheng/">时政</a></div>
<div class="clearfix w1000_320 text_title"><h1>{TITLE}</h1><div class="box01"><div class="fl">2015年06月15日08:18&nbsp;&nbsp;&nbsp;&nbsp;来源：<a href="http://paper.test/">云水日报</a></div><div class="fr"><a>分享到</a></div></div></div>
<div class="box_con" id="rwb_zw"><p><a href="/app">点击进入“云水青年”专栏&gt;&gt;</a></p>{paragraphs()}<div class="zdfy"><a href="1.html">【1】</a><a href="2.html">【2】</a></div><div class="edit">(责编：罗小满、卢大江)</div></div>
<div class="clearfix"><h2>相关新闻</h2>{LIST}</div>{FOOT}"""),
    published="2015-06-15T08:18",
    source="云水日报",
    editors=("罗小满", "卢大江"),
    breadcrumb=("云水网", "时政"),
)
kind(
    "agency dateline, editor after the text",
    page(f"""<div class="h-title">{TITLE}</div><div class="h-info"><span class="h-time">2017-11-03 21:07:55</span><span>&nbsp;来源：</span><span class="aticle-src">云水社</span></div>
<div id="p-detail"><p>　　云水社城关11月3日电（记者方志远、卢大江）{P[0]}</p>{"".join(f"<p>　　{p}</p>" for p in P[1:])}
<div class="p-jc"><span class="tiyi1">[责任编辑: 罗小满]</span></div></div><div class="zan">点赞</div>{FOOT}"""),
    published="2017-11-03T21:07:55",
    source="云水社",
    authors=("方志远", "卢大江"),
    editors=("罗小满",),
    text="云水社城关11月3日电（记者方志远、卢大江）" + BODY,
)
kind(
    "row of spans, two-letter labels",
    page(f"""<div class="content-title"><h1>{TITLE}</h1><p><span>2022-05-18 10:02</span><span>云水晚报</span><span>作者：方志远</span></p></div>
<div class="content-body">{paragraphs()}</div><p class="zrbj">责编：罗小满</p><div class="comment"><h3>网友评论</h3><p>办事大厅真的方便，我上周去办了居住证，前后不到十分钟，点赞！</p><p>希望尽快推广到我们镇，现在进城一趟要两个小时，太不容易了。</p></div>{FOOT}"""),
    published="2022-05-18T10:02",
    source="云水晚报",
    authors=("方志远",),
    editors=("罗小满",),
)
kind(
    "comments longer than the article",
    page(f"""<h1>{TITLE}</h1><div class="time">2020/01/05 07:30 来源:云水发布</div><div class="article"><p>{P[0]}</p><p>{P[1]}</p></div>
<div id="comment-list" class="comment-list">{"".join(f'<div class="cmt-item"><span>网友{i}</span><p>我觉得这件事情很有意义，第{i}次看到这样的新闻了，希望各地都能学一学，不要只停留在试点上，老百姓要的是实实在在的方便。</p></div>' for i in range(20))}</div>{FOOT}"""),
    published="2020-01-05T07:30",
    source="云水发布",
    text="\n".join(P[:2]),
)
kind(
    "related list with teasers inside the article's element",
    page(f"""<h1>{TITLE}</h1><div class="meta">2018年12月01日 12:00:01 来源： 云水日报</div><div class="art">{paragraphs()}
<p><strong>相关阅读：</strong></p>{"".join(f'<p><a href="{u}">{t}</a></p>' for u, t in LINKS)}<p>免责声明：本文仅代表作者个人观点，与本网无关。其原创性以及文中陈述文字和内容未经本站证实，请读者仅作参考，并请自行核实相关内容。</p></div>{FOOT}"""),
    published="2018-12-01T12:00:01",
    source="云水日报",
)
kind(
    "app promotion and byline at the end",
    page(
        f"""<h1>{TITLE}</h1><div class="info">2021-07-01 06:41 | 来源：云水日报</div><div class="txt">{paragraphs()}<p>云水日报记者 方志远 通讯员 卢大江</p><p>编辑 罗小满</p><p>校对 夏雨荷</p><p>更多精彩资讯请在应用市场下载“云水”客户端，未经授权请勿转载，欢迎提供新闻线索，一经采纳有费用酬谢。</p><p>扫描二维码关注云水日报微信公众号</p></div>{FOOT}"""
    ),
    published="2021-07-01T06:41",
    source="云水日报",
    authors=("方志远", "卢大江"),
    editors=("罗小满",),
    text=BODY + "\n云水日报记者 方志远 通讯员 卢大江",
    more={"proofreaders": ("夏雨荷",)},
)
kind(
    "official account, sections and lazy pictures",
    page(
        f"""<div id="js_article"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1><div id="meta_content"><span class="rich_media_meta_text">卢大江</span> <span id="profileBt"><a>云水发布</a></span> <em id="publish_time">2023-02-14 18:00</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">{"".join(f'<section style="margin:0"><section><p><span>{p}</span></p></section></section><p><img data-src="https://pic.test/mmbiz/{i}/640?wx_fmt=jpeg" data-w="1080"></p>' for i, p in enumerate(P))}</div></div>
<div class="qr_code"><p>微信扫一扫</p><p>关注该公众号</p></div>""",
        title="",
    ),
    published="2023-02-14T18:00",
    source="云水发布",
    authors=("卢大江",),
    url="https://mp.weixin.test/s?__biz=1&mid=2",
)
kind(
    "article only in a script's state",
    page(
        f"""<div id="app"></div><script>window.__INITIAL_STATE__={{"detail":{{"title":"{TITLE}","publishTime":"2022-08-09 15:16:17","content":"{ESCAPED}"}}}};</script>"""
    ),
    published="2022-08-09T15:16:17",
)
kind(
    "article in a text area",
    page(
        f"""<h1>{TITLE}</h1><p class="time">2020-10-10 10:10</p><textarea class="article-content">{"".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in P)}</textarea>{FOOT}"""
    ),
    published="2020-10-10T10:10",
)
kind(
    "stray </html> and a script before the document",
    f"""<script>var _t=1;</script><html><head><title>{TITLE} - 云水新闻网</title></head><body><div class="nav">{NAV}</div></body></html>
<div class="main"><h1>{TITLE}</h1><div class="info">时间：2010-04-05 09:08 来源：云水报 作者：方志远</div><div id="content">{paragraphs()}</div></div>{FOOT}""",
    published="2010-04-05T09:08",
    source="云水报",
    authors=("方志远",),
)
kind(
    "unclosed tags",
    f"""<html><head><title>{TITLE}-云水新闻网</title><body><table><tr><td><h2>{TITLE}</h2><tr><td>发布时间：2009-02-03<tr><td class=content>{"".join(f"<p>　　{p}" for p in P)}<tr><td>上一篇：<a href=/1>{LINKS[0][1]}</a><br>下一篇：<a href=/2>{LINKS[1][1]}</a></table>{FOOT}""",
    published="2009-02-03",
)
kind(
    "gallery: pictures, each with its caption",
    page(
        f"""<h1>{TITLE}</h1><div class="info">2019-10-01 08:00 来源：云水图片网</div><div class="pics">{"".join(f'<p align="center"><img src="/upload/2019/{i}.jpg" width="600"></p><p align="center">{c}</p>' for i, c in enumerate(("10月1日，游客在云水古镇游览。方志远 摄", "10月1日，游船驶过河口大桥。方志远 摄", "10月1日，孩子们在城关广场放风筝。方志远 摄", "10月1日，村民在晒秋。方志远 摄")))}</div>{FOOT}"""
    ),
    published="2019-10-01T08:00",
    source="云水图片网",
    text="10月1日，游客在云水古镇游览。方志远 摄\n10月1日，游船驶过河口大桥。方志远 摄\n10月1日，孩子们在城关广场放风筝。方志远 摄\n10月1日，村民在晒秋。方志远 摄",
    more={"type": "gallery", "images": 4},
)
kind(
    "a short notice",
    page(
        f"""<div class="nav">{NAV}</div><div class="crumb">首页 &gt; 通知公告 &gt; 正文</div><h1>关于城关镇停水的通知</h1><div class="sub">发布日期：2018-06-01 来源：县水务局 阅读：102</div>
<div class="con"><p>因管网检修，6月2日8时至18时城关镇停水，请居民提前储水。</p><p>特此通知。</p><p style="text-align:right">县水务局</p><p style="text-align:right">2018年6月1日</p></div>{LIST}{FOOT}""",
        title="关于城关镇停水的通知-云水县水务局",
    ),
    title="关于城关镇停水的通知",
    published="2018-06-01",
    source="县水务局",
    text="因管网检修，6月2日8时至18时城关镇停水，请居民提前储水。\n特此通知。\n县水务局\n2018年6月1日",
    breadcrumb=("首页", "通知公告"),
)
kind(
    "Founder paper: no classes, founder-content",
    f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>云水日报-{TITLE}</title></head><body><table width=900><tr><td>{NAV}</td></tr></table>
<table><tr><td>2018年09月12日 星期三</td><td>第A03版：要闻</td></tr></table>
<table><tbody><tr><td class=font01>{TITLE}</td></tr><tr><td class=font02></td></tr><tr><td>&nbsp;</td></tr></tbody></table>
<div id=ozoom><founder-content>{paragraphs("P")}<P>　　（方志远 卢大江）</P></founder-content></div><table><tr><td><a href="content_2.htm">下一篇</a></td></tr></table></body></html>""",
    published="2018-09-12",
    authors=("方志远", "卢大江"),
    text=BODY + "\n（方志远 卢大江）",
    url="http://paper.yunshui.test/html/2018-09/12/content_1.htm",
)
kind(
    "mobile page of a self-media account",
    page(f"""<header><a href="/">云水头条</a></header><article><h1>{TITLE}</h1><div class="author-info"><img class="avatar" src="/a.png"><div class="name">大江说事</div><div class="time">2022-11-11 11:11</div><div class="follow">关注</div></div><div class="article-content">{paragraphs(indent="")}</div></article>
<section class="recommend"><h3>为您推荐</h3>{LIST}</section>"""),
    published="2022-11-11T11:11",
    authors=("大江说事",),
)
kind(
    "subheads, quotations and a list in the text",
    page(
        f"""<h1>{TITLE}</h1><div class="source">2023-03-03 03:03:03 来源：云水周刊 作者：方志远</div><div class="content"><h2>试点从两个镇开始</h2><p>{P[0]}</p><blockquote><p>{P[1]}</p></blockquote><h2>三件事要办好</h2><ul><li>材料一次提交，部门之间流转；</li><li>窗口统一受理，限时办结；</li><li>结果可以邮寄，费用由财政承担。</li></ul><p>{P[2]}</p><p>{P[3]}</p></div><div class="hot"><h3>热门新闻</h3>{LIST}</div>{FOOT}"""
    ),
    published="2023-03-03T03:03:03",
    source="云水周刊",
    authors=("方志远",),
    text="\n".join(
        (
            "试点从两个镇开始",
            P[0],
            P[1],
            "三件事要办好",
            "材料一次提交，部门之间流转；",
            "窗口统一受理，限时办结；",
            "结果可以邮寄，费用由财政承担。",
            P[2],
            P[3],
        )
    ),
)
kind(
    "modified and crawl times beside the published one",
    page(
        f"""<h1>{TITLE}</h1><div class="info">最后更新: 2019-09-08 20:00:00　发布时间: 2019-09-07 15:10:53　来源: 云水财经　责任编辑: 罗小满</div><div class="content">{paragraphs()}</div><div class="comments"><p>网友甲 2019-09-09 10:00:00</p><p>说得好，支持改革，希望越办越好。</p></div>{FOOT}"""
    ),
    published="2019-09-07T15:10:53",
    source="云水财经",
    editors=("罗小满",),
)
kind(
    "lead in an element of its own before the text",
    page(
        f"""<h1>{TITLE}</h1><div class="meta"><span>2024-04-04 04:04</span> <span>来源：云水网</span></div><div class="lead"><p>{P[0]}</p></div><div class="body">{"".join(f"<p>{p}</p>" for p in P[1:])}</div><div class="tags"><a href="/t/1">政务</a> <a href="/t/2">改革</a></div>{FOOT}"""
    ),
    published="2024-04-04T04:04",
    source="云水网",
)
kind(
    "two-column portal with a hot list before the text",
    page(f"""<div id="header">{NAV}</div><div class="left"><h3>热点排行</h3>{LIST}<p>本网特稿：云水县多部门联合开展夏季安全检查，发现问题一百余处，均已整改。<a href="/x">[详细]</a></p></div>
<div class="right"><div class="tit"><h2>{TITLE}</h2></div><div class="msg">日期：2016-05-04 11:20:00　作者：方志远　来源：云水电视台　点击：<span>233</span></div><div class="con">{paragraphs()}</div><div class="pn">上一篇：<a href="/1">{LINKS[0][1]}</a><br>下一篇：<a href="/2">{LINKS[1][1]}</a></div></div>{FOOT}"""),
    published="2016-05-04T11:20:00",
    source="云水电视台",
    authors=("方志远",),
)
kind(
    "one paragraph of plain text in a cell",
    f"""<html><head><title>{TITLE}</title></head><body><table><tr><td>{NAV}</td></tr></table><table><tr><td align=center class=bigtitle>{TITLE}</td></tr><tr><td align=center>云水晨报　2007-10-09</td></tr><tr><td>{P[0]}{P[1]}{P[2]}</td></tr></table>{FOOT}</body></html>""",
    published="2007-10-09",
    source="云水晨报",
    text=P[0] + P[1] + P[2],
)
kind(
    "bold speakers of an interview",
    page(
        f"""<h1>{TITLE}</h1><div class="info">2014-07-08 09:10　云水网</div><div class="zw"><p><strong>主持人：</strong>{P[0]}</p><p><strong>方志远：</strong>{P[1]}</p><p><strong>主持人：</strong>{P[2]}</p><p><strong>方志远：</strong>{P[3]}</p></div>{LIST}{FOOT}"""
    ),
    published="2014-07-08T09:10",
    source="云水网",
    text=f"主持人：{P[0]}\n方志远：{P[1]}\n主持人：{P[2]}\n方志远：{P[3]}",
)
kind(
    "a data table in the text",
    page(
        f"""<h1>{TITLE}</h1><div class="info">2021-02-03 来源：县统计局</div><div class="TRS_Editor"><p>{P[0]}</p><table border="1"><tr><td>乡镇</td><td>件数</td></tr><tr><td>城关</td><td>1800</td></tr><tr><td>河口</td><td>1600</td></tr></table><p>{P[1]}</p><p>{P[2]}</p></div>{FOOT}"""
    ),
    published="2021-02-03",
    source="县统计局",
    text=f"{P[0]}\n乡镇\n件数\n城关\n1800\n河口\n1600\n{P[1]}\n{P[2]}",
)
kind(
    "words of single elements, spans everywhere",
    page(
        f"""<h1>{TITLE}</h1><p class="info"><span>2020-06-07 08:09</span></p><div class="detail">{"".join('<p><span style="font-size:16px"><span>' + p[:12] + '</span></span><span style="font-size:16px">' + p[12:] + "</span></p>" for p in P)}</div>{FOOT}"""
    ),
    published="2020-06-07T08:09",
)
kind(
    "paragraphs of <div>, empty ones between",
    page(
        f"""<div class="title">{TITLE}</div><div class="date">2018年11月12日 13:14</div><div class="cnt">{"".join(f"<div>{p}</div><div><br></div><div>&nbsp;</div>" for p in P)}</div><div class="related-news"><div>相关链接</div>{LIST}</div>{FOOT}"""
    ),
    published="2018-11-12T13:14",
)
kind(
    "links inside sentences",
    page(
        f"""<h1>{TITLE}</h1><div>2019-12-13 14:15 来源：<a href="/">云水财经</a></div><div class="art">{"".join(f'<p><a href="/s">{p[:6]}</a>{p[6:20]}<a href="/t">{p[20:26]}</a>{p[26:]}</p>' for p in P)}</div>{LIST}{FOOT}"""
    ),
    published="2019-12-13T14:15",
    source="云水财经",
)
kind(
    "site notice above, editor's note kept",
    page(
        f"""<div class="notice"><p>关于防范冒用本网名义的公告：近期有人冒用本网名义行骗，请广大网友提高警惕，谨防上当。<a href="/gg">查看</a></p></div><div class="nav">{NAV}</div><h1>{TITLE}</h1><div class="info">2022-02-22 22:22:22</div><div class="content"><p>编者按：{P[0]}</p>{"".join(f"<p>{p}</p>" for p in P[1:])}</div>{FOOT}"""
    ),
    published="2022-02-22T22:22:22",
    text="编者按：" + BODY,
)
kind(
    "source and author below the text",
    page(
        f"""<h2 class="t">{TITLE}</h2><div class="c">{paragraphs()}</div><div class="b"><p>发布时间：2017-08-09 10:11</p><p>来源：云水日报</p><p>作者：方志远</p><p>编辑：罗小满</p></div>{LIST}{FOOT}"""
    ),
    published="2017-08-09T10:11",
    source="云水日报",
    authors=("方志远",),
    editors=("罗小满",),
)
kind(
    "poem: short lines without stops",
    page(
        f"""<h1>大河的早晨</h1><div class="info">2015-03-04 来源：云水文艺 作者：卢大江</div><div class="poem">船从雾里来<br>桨声轻轻<br>惊起一滩鹭鸟<br>母亲在岸上喊我的名字<br>喊声落进水里<br>一圈一圈<br>漾到今天</div>{LIST}{FOOT}""",
        title="大河的早晨_云水文艺",
    ),
    title="大河的早晨",
    published="2015-03-04",
    source="云水文艺",
    authors=("卢大江",),
    text="船从雾里来\n桨声轻轻\n惊起一滩鹭鸟\n母亲在岸上喊我的名字\n喊声落进水里\n一圈一圈\n漾到今天",
)
kind(
    "latest comments and reporter's card around the text",
    page(
        f"""<div class="main"><h1>{TITLE}</h1><div class="summary">摘要：{P[0]}</div><div class="author-card"><img src="/a.jpg"><p>方志远</p><p>云水日报记者，关注政务与民生。</p></div><div class="meta">2021-09-10 11:12:13 | 云水日报</div><div class="article-body">{paragraphs()}</div></div><div class="comments"><p>写得真好，希望早点推广到全省，让更多人受益。</p></div>{FOOT}"""
    ),
    published="2021-09-10T11:12:13",
    source="云水日报",
    authors=("方志远",),
)
kind(
    "traditional characters",
    page(
        "<h1>雲水縣試辦單一窗口 百二項業務就近辦理</h1><div>2022-03-04 05:06　來源：雲水時報</div><div class='c'><p>本週起，雲水縣在城關、河口兩鄉鎮試辦單一窗口，民眾帶身分證就能辦理一百二十項業務。</p><p>「以前蓋一個章要跑三趟，現在半小時就辦好了。」居民說。</p></div>",
        title="雲水縣試辦單一窗口 百二項業務就近辦理 - 雲水時報",
    ),
    title="雲水縣試辦單一窗口 百二項業務就近辦理",
    published="2022-03-04T05:06",
    source="雲水時報",
    text="本週起，雲水縣在城關、河口兩鄉鎮試辦單一窗口，民眾帶身分證就能辦理一百二十項業務。\n「以前蓋一個章要跑三趟，現在半小時就辦好了。」居民說。",
)
kind(
    "forum-like: title as link, floor buttons",
    page(
        f"""<div class="bm"><h1><a href="/thread-1-1-1.html">{TITLE}</a></h1><p class="xg1">2013-3-14 15:16| 发布者: <a href="/u">ys_admin</a>| 查看: 520| 评论: 3|来自: 云水在线</p><div class="s">摘要: {P[0][:30]} ...</div><table><tr><td id="article_content">{"<br /><br />".join(P)}</td></tr></table></div><div class="bm"><h2>最新评论</h2><p>引用 路人 2013-3-15 10:00</p><p>支持一下，写得好。</p></div>{FOOT}"""
    ),
    published="2013-03-14T15:16",
    source="云水在线",
)

kind(
    "text in parts of one name, then boxes of that name with other news",
    page(
        f"""<h1>{TITLE}</h1><div class="info">2020-05-06 07:08</div><div class="part"><p>{P[0]}</p><p>{P[1]}</p><p>特别提醒：{P[2]}</p></div>
<div class="part"><p>{P[3]}</p></div><div class="part"><h3><a href="/1">{LINKS[0][1]}</a></h3><p>2020-05-05 10:00</p><p>{P[4]}</p></div>{FOOT}"""
    ),
    published="2020-05-06T07:08",
    text=f"{P[0]}\n{P[1]}\n特别提醒：{P[2]}\n{P[3]}",
)
