"""Invented pages, continued: short news, notices that are an attachment, pictures alone, what looks only so."""

from __future__ import annotations

import json

from kinds import BODY, FOOT, LINKS, LIST, NAV, TITLE, Kind, P, page, paragraphs
from kinds_edges import ROW, told

from crawler.items import Attachment

__all__ = ["KINDS"]

KINDS: list[Kind] = []
_FACTS: dict[str, object] = {"published": "2019-09-07T08:22", "source": "云水日报"}
_SHORT = "9月7日，云水县城东小学举行运动会，三百名学生参加。"
_TOP = f"<h1>{TITLE}</h1>{ROW}"
_RULES = (
    "同一段话请只发一次，内容大致相同的留言会被合并",
    "辱骂他人、泄露他人隐私或者违反法律的留言，管理员看到后会立即删除",
    "借留言做广告或者反复打扰别人的，账号会被停用一段时间",
)
_OTHER = "".join(
    f"<p>{p}</p>"
    for p in (
        "在青川，说起嫁接果树的好手，十里八乡的人都会提到同一个名字，他今年七十三岁，依然每天上山。",
        "他没有上过几年学，却把每一年的花期、雨水和收成都记在本子上，攒下了满满两个木箱。",
    )
)
_LINKED = '看台上坐满了家长，<a href="/rm/">云水县融媒体中心</a>作了直播。'
_URL = "http://www.yunshui-news.test/a/1.html"


def kind(name: str, html: str, **truth: object) -> None:
    KINDS.append(Kind(name, html, **{"url": _URL, **_FACTS, **truth}))  # type: ignore[arg-type]


def around(content: str, *, above: str = "", behind: str = "") -> str:
    """A page whose article has an element of its own."""
    return page(
        f'<div class="top">{NAV}</div>{above}<div class="main">{_TOP}<div class="nr">{content}</div></div>{behind}'
    )


kind(
    "short news below a story of another page",
    around(
        f"<p>{_SHORT}</p><p>{_LINKED}</p><p>最小的选手只有六岁。</p>",
        above=f"<div><h2>七十三岁的果农</h2>{_OTHER}</div>",
    ),
    text=f"{_SHORT}\n看台上坐满了家长，云水县融媒体中心作了直播。\n最小的选手只有六岁。",
)
kind(
    "short news above the next article of an endless page",
    around(
        f"<p>{_SHORT}</p>",
        behind=f'<div class="main"><h1>七十三岁的果农</h1><div>2019-09-06 10:00　来源：青川晚报</div>{_OTHER}</div>',
    ),
    text=_SHORT,
)
kind(
    "short news above the rules for comments",
    around(
        f"<p>{_SHORT}</p>",
        behind=f"<div><div>网友须知</div>{''.join(f'<p>{rule}</p>' for rule in _RULES)}</div>",
    ),
    text=_SHORT,
)
kind(
    "short news in one element with the next article",
    page(
        f"<div>{_TOP}<p>{_SHORT}</p><h1>七十三岁的果农</h1><div>2019-09-06 10:00　来源：青川晚报</div>{_OTHER}</div>"
    ),
    text=_SHORT,
)
kind(
    "a notice for readers between the row of facts and short news",
    around(
        f'<div class="tip"><div>请同意我们的隐私权规范，登录账号后才能启用听新闻的功能。</div></div><p>{_SHORT}</p>'
    ),
    text=_SHORT,
)
kind(
    "a law for comments is the text",
    around(
        "<p>网络跟帖评论服务新规今天公布，用户发表评论前应当登录账号，管理员须在一小时内删除违法的留言。</p>"
        "<p>新规要求，平台不得擅自屏蔽用户的评论，用户可以投诉和举报。</p>",
        behind=FOOT,
    ),
    text="网络跟帖评论服务新规今天公布，用户发表评论前应当登录账号，管理员须在一小时内删除违法的留言。\n"
    "新规要求，平台不得擅自屏蔽用户的评论，用户可以投诉和举报。",
)
kind(
    "a lead in the headline's element, the text behind buttons outside",
    page(
        f"""<header>{NAV}</header><div class="hd">{_TOP}<p>{P[0]}</p></div><div class="bar">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="bd">{"".join(f"<p>{p}</p>" for p in P[1:])}</div>{FOOT}"""
    ),
)
kind(
    "a text in two elements with a list between",
    page(
        f"""<div class="main">{_TOP}<div class="part"><p>{P[0]}</p><p>{P[1]}</p></div><div class="list">{LIST}</div>
<div class="part"><p>{P[2]}</p><p>{P[3]}</p><p>{P[4]}</p></div></div>{FOOT}"""
    ),
)
kind(
    "the headline in a bar that stays above, too",
    page(
        f"""<div class="bar">{TITLE}</div><div>{NAV}</div><div><p>读者朋友，本网站将于周六升级，届时请您不要登录账号，由此带来的不便请谅解。</p></div>
<div class="main">{_TOP}<div><p>{_SHORT}</p></div></div><div>{LIST}</div>"""
    ),
    text=_SHORT,
)
kind(
    "an element that is named as a footer but holds the headline",
    page(f'<div class="main with-footer">{_TOP}<div class="nr"><p>{_SHORT}</p></div></div>{LIST}{FOOT}'),
    text=_SHORT,
)
kind(
    "a list of points in an element of its own begins the text",
    around(f"<ol><li>{P[0]}</li><li>{P[1]}</li></ol>{''.join(f'<p>{p}</p>' for p in P[2:])}", behind=FOOT),
)
kind(
    "short news beside a script that holds another article",
    around(
        f"<p>{_SHORT}</p>",
        behind=f"<script>var next={json.dumps({'title': '七十三岁的果农', 'content': _OTHER * 2})}</script>",
    ),
    text=_SHORT,
)
kind(
    "the first words of a text that a script holds whole",
    around(f"<p>{P[0]}</p>", behind=f"<script>var own={json.dumps({'content': paragraphs()})}</script>"),
)


def unnamed(name: str, behind: str, text: str = P[0]) -> None:
    """A page on which nothing says which line is the headline, but for the row of facts below it."""
    content = "".join(f"<p>{p}</p>" for p in text.split("\n"))
    kind(
        name,
        page(f'<div>{TITLE}</div>{ROW}<div class="k1">{content}</div>{behind}', title="云水新闻网"),
        text=text,
    )


unnamed(
    "nothing is a headline: a column of long linked headlines",
    '<div class="k2">'
    + "".join(
        f'<div><a href="{url}">{title} 云水县各乡镇各部门认真贯彻落实会议精神 扎实推进重点工作</a></div>'
        for url, title in LINKS
    )
    + "<div>县区频道每日更新，欢迎各位通讯员来稿。</div></div>",
)
unnamed(
    "nothing is a headline: a long disclaimer",
    """<div class="k2"><p>免责声明：本文仅代表作者个人观点，与云水新闻网无关，其原创性以及文中陈述的文字和内容未经本网证实，
对本文以及其中全部或者部分内容、文字的真实性、完整性、及时性，本网不作任何保证或承诺，请读者仅作参考，并自行核实有关内容。</p><p>读者的意见可以寄到编辑部，我们每周选登几封。</p></div>""",
)
unnamed(
    "nothing is a headline: a footer longer than the text",
    "<footer><p>本站开通二十年来，先后获得全省优秀网站、十佳频道等称号，读者遍及海内外，每天有十万人次从这里了解云水。</p>"
    "<p>编辑部设在人民路一号三楼，每天早上七点开始值班，一直到夜里十二点。</p></footer>",
    _SHORT,
)
kind(
    "readers' words in the text's element, longer than the text",
    around(
        f"<p>{_SHORT}</p><div><div>云水网友 2019-09-07 10:20</div><div>这样的运动会应该多开几次，老人家看了也高兴，希望明年能有更多的项目。</div>"
        "<div>河口网友 2019-09-07 11:20</div><div>我家孩子跑了第二名，回来高兴了一整天，说明年要拿第一，谢谢老师们。</div>"
        "<div>青川网友 2019-09-07 12:20</div><div>什么时候也到我们乡里来办一次，场地是现成的，人手也不缺。</div></div>"
    ),
    text=_SHORT,
)
kind(
    "a box of films with its heading, which scripts fill",
    told(
        f'{paragraphs()}<div class="rv"><b>精彩视频推荐</b><div>自动播放开关 自动播放</div><div>正在加载...</div></div>'
    ),
)
kind(
    "the heading of what is read most over one link",
    told(
        f'{paragraphs()}<p><strong>【热门点阅】</strong></p><p>●<a href="{LINKS[0][0]}">{LINKS[0][1]}</a></p>'
    ),
)
kind(
    "accounts to follow behind the text",
    told(
        f"{paragraphs()}<p>◆ 追踪更多云水影音及图文新闻：</p>"
        '<p>1.用微博追踪云水影音及图文新闻：<a href="/w">追踪</a></p><p>2.用微信追踪云水影音及图文新闻：<a href="/x">追踪</a></p>'
    ),
)
kind(
    "a link that closes the line of credits",
    told(f'{paragraphs()}<p>编辑 罗小满 校对 方志远<a href="/">返回云水，查看更多</a></p>'),
    editors=("罗小满",),
)
kind(
    "a last paragraph that begins with a reporter",
    told(f"{paragraphs()}<p>记者注意到，办事大厅门口新添了三排座椅。</p>"),
    text=f"{BODY}\n记者注意到，办事大厅门口新添了三排座椅。",
)

_NOTICE = "云水县水利局2019年第11号公告"


def notice(
    name: str, content: str, *files: tuple[str, str, str], behind: str = FOOT, **truth: object
) -> None:
    attachments = tuple(
        Attachment(f"http://www.yunshui-news.test{url}", title, ending) for url, title, ending in files
    )
    kind(
        name,
        page(f'<div class="top">{NAV}</div><div class="main">{_TOP}{content}</div>{behind}'),
        **{
            "text": "\n".join(title for _, title, _ in files),
            "more": {"attachments": attachments, "type": "news"},
            **truth,
        },
    )


notice(
    "a notice that is an attachment",
    f'<div class="nr"><p><a href="/f/11.pdf">附件：{_NOTICE}.pdf</a></p></div>',
    ("/f/11.pdf", f"附件：{_NOTICE}.pdf", "pdf"),
)
notice(
    "a notice that is two attachments, in one line",
    f'<div class="nr"><p>附件：<a href="/f/11.doc">{_NOTICE}</a>　<a href="/f/12.xls">供水价格表</a></p></div>',
    ("/f/11.doc", _NOTICE, "doc"),
    ("/f/12.xls", "供水价格表", "xls"),
)
notice(
    "attachments below a word that stands alone, above credits and a long footer",
    f'<div class="nr"><div>附件下载：</div><ul><li><a href="/down?f=11.docx">{_NOTICE}</a></li><li><a href="../f/12.zip">报名表</a></li></ul></div><div>责任编辑：罗小满</div>',
    ("/down?f=11.docx", _NOTICE, "docx"),
    ("/f/12.zip", "报名表", "zip"),
    behind="<div><p>云水新闻网由中共云水县委宣传部主管、云水县融媒体中心主办，是县级重点新闻网站，设有二十多个频道，日均发布本地新闻一百多条。</p></div>",
    editors=("罗小满",),
)
notice(
    "a notice in a frame",
    '<div class="nr"><iframe src="/pdf/viewer.html?file=%2Ff%2F11.pdf" width="800" height="600"></iframe></div>',
    ("/pdf/viewer.html?file=%2Ff%2F11.pdf", "11.pdf", "pdf"),
)
notice(
    "a few words above the files of a notice",
    '<div class="nr"><p>现将有关文件公布如下：</p><p><a href="/f/11.doc">报名表</a></p><p><a href="/f/12.xls">价格表</a></p></div>',
    ("/f/11.doc", "报名表", "doc"),
    ("/f/12.xls", "价格表", "xls"),
    text="现将有关文件公布如下：\n报名表\n价格表",
)
notice(
    "a text with attachments behind it",
    f'<div class="nr">{paragraphs()}<p>附件：1.<a href="/f/1.doc">报名表</a></p><p><a href="/f/2.pdf">2.实施方案.pdf</a></p></div><div>责任编辑：罗小满</div>',
    ("/f/1.doc", "报名表", "doc"),
    ("/f/2.pdf", "2.实施方案.pdf", "pdf"),
    text=f"{BODY}\n附件：1.报名表\n2.实施方案.pdf",
    editors=("罗小满",),
)
notice(
    "a text with attachments below the credits",
    f'<div class="nr">{paragraphs()}</div><div>责任编辑：罗小满</div><div class="fj"><a href="/f/2.pdf">实施方案</a></div>',
    ("/f/2.pdf", "实施方案", "pdf"),
    text=BODY,
    editors=("罗小满",),
)
notice(
    "a report for download in another list is no attachment",
    f'<div class="nr">{paragraphs()}</div>',
    text=BODY,
    behind=f'<div class="side"><h3>下载</h3>{LIST}<ul><li><a href="/f/9.pdf">云水年鉴</a></li></ul></div>{FOOT}',
)
kind(
    "pictures alone",
    page(
        f"""<div class="top">{NAV}</div><div class="main">{_TOP}<div class="nr"><p><img src="/p/1.jpg"></p><p><img src="/p/2.jpg"></p></div>
<div>责任编辑：罗小满</div></div><div><p>云水新闻网是县级重点新闻网站，设有二十多个频道，日均发布本地新闻一百多条，读者遍及海内外。</p></div>"""
    ),
    text="",
    editors=("罗小满",),
    more={"images": 2, "type": "gallery"},
)
kind(
    "one picture alone, in one element with the headline",
    page(
        f'<div class="main">{_TOP}<p><img src="/p/long.jpg"></p><p>（责任编辑：罗小满）</p></div><div>{LIST}</div>{FOOT}'
    ),
    text="",
    editors=("罗小满",),
    more={"images": 1, "type": "gallery"},
)
kind(
    "a picture above a text",
    page(
        f'<div class="main">{_TOP}<p><img src="/p/long.jpg"></p><div class="nr"><p>{_SHORT}</p></div><p>（责任编辑：罗小满）</p></div>{FOOT}'
    ),
    text=_SHORT,
    editors=("罗小满",),
    more={"type": "news"},
)
kind(
    "pictures that only a script has",
    around(
        f"<p>{_SHORT}</p>",
        behind=f"""<script>var picList=[{{"url":"/p/1.jpg","note":"城关"}},{{"url":"/p/2.jpg"}},{{"url":"/p/3.jpg"}}];</script>{FOOT}""",
    ),
    text=_SHORT,
    more={"images": 3, "type": "gallery"},
)
kind(
    "a film that only a script has",
    around(
        f"<p>{_SHORT}</p>",
        behind=f"""<script>play({{"title":"{TITLE}","videoUrl":"/v/1.mp4"}})</script>{FOOT}""",
    ),
    text=_SHORT,
    more={"videos": 1, "type": "video"},
)
kind(
    "a few words without marks below pictures",
    page(
        f"""<div class="main">{_TOP}<div class="nr"><p><img src="/p/1.jpg"></p><p>图为云水县城东小学运动会现场</p></div>
<div>责任编辑：罗小满</div></div><div><p>云水新闻网是县级重点新闻网站，设有二十多个频道，日均发布本地新闻一百多条，读者遍及海内外。</p></div>"""
    ),
    text="图为云水县城东小学运动会现场",
    editors=("罗小满",),
    more={"images": 1},
)
_PICTURES = '<p><img src="/p/1.jpg"></p><p><img src="/p/2.jpg"></p>'
_SITE = "<p>云水新闻网版权所有 未经授权禁止转载</p><p>主管：云水县委宣传部 主办：云水县融媒体中心</p>"
kind(
    "pictures alone right above a footer that names no telephone",
    around(_PICTURES, behind=f'<div class="footer">{_SITE}</div>'),
    text="",
    more={"images": 2, "type": "gallery"},
)
kind("pictures at the end of a page", around(_PICTURES), text="", more={"images": 2, "type": "gallery"})
kind(
    "a notice in a frame at the end of a page",
    around('<iframe src="/f/1.pdf"></iframe>'),
    text="1.pdf",
    more={"attachments": (Attachment("http://www.yunshui-news.test/f/1.pdf", "1.pdf", "pdf"),)},
)
kind(
    "a picture above a text that speaks as a site does, in an element of its own",
    page(
        f'<div class="main">{_TOP}<div class="pic"><img src="/p/1.jpg"></div><div class="nr">'
        f"<p>运动会由云水县教育局主办，云水县体育中心承办，报名热线和地点不变。</p>{paragraphs()}</div></div>{FOOT}"
    ),
    text=f"运动会由云水县教育局主办，云水县体育中心承办，报名热线和地点不变。\n{BODY}",
)
