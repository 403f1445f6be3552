"""Invented pages, continued: lists, comments and tables beside a text."""

from __future__ import annotations

from kinds import BODY, FOOT, LINKS, NAV, TITLE, Kind, P, page, paragraphs

from crawler.cleaning.text import clean_text

__all__ = ["KINDS"]

HEAD = f'<h1>{TITLE}</h1><div class="m">2023-05-06 16:11 来源：云水晚报</div>'
SHORT = "\n".join(P[:2])
TEASERS = tuple(
    f"{t.split()[0]}，有关部门日前介绍了最新进展，并回应了群众关心的几个问题，下一步还会继续推进。"
    for _, t in LINKS
)
STREAM = "".join(
    f'<div class="c3"><div class="c4"><h3><a href="{u}">{t}</a></h3><p>{s}</p><span>云水晚报</span><span>2天前</span></div></div>'
    for (u, t), s in zip(LINKS, TEASERS, strict=True)
)
REMARKS = (
    "我家今年也去办了，排队不到十分钟，窗口的人很耐心，比以前强多了，希望一直这样下去。",
    "我们镇还没有，去城里来回要两个小时，希望明年能轮到我们这里，老人家真的跑不动。",
    "材料能不能再少一点，户口本复印件交了三回，都是一个楼里的部门，不知道为什么还要我跑。",
    "支持，办事就该这样，县里其他单位也学一学，别总让群众等。",
)
COMMENTS = "".join(
    f'<div class="x7"><b>网友{i}</b><p>{r}</p><i>05-0{i + 1} 回复 赞</i></div>' for i, r in enumerate(REMARKS)
)
CELLS = (
    ("品名", "最低价", "最高价"),
    ("白菜", "1.00", "1.40"),
    ("萝卜", "0.90", "1.20"),
    ("土豆", "1.60", "2.10"),
    ("番茄", "3.20", "4.00"),
)
TABLE = (
    "<table>"
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in CELLS)
    + "</table>"
)
DIGEST = "".join(
    f'<h3><a href="{u}">{t}</a></h3><p>{s}</p>' for (u, t), s in zip(LINKS, TEASERS, strict=True)
)
QUOTES = "".join(f"<p>{r}</p>" for r in REMARKS)

KINDS: list[Kind] = [
    Kind(
        "a short article above a longer stream of teasers in boxes without telling names",
        page(
            f'{NAV}<div class="c1">{HEAD}<div class="t">{paragraphs()}</div><div class="c2">{STREAM}</div></div>{FOOT}'
        ),
        published="2023-05-06T16:11",
        source="云水晚报",
    ),
    Kind(
        "two paragraphs above the same stream",
        page(
            f'{NAV}<div class="c1">{HEAD}<div class="t"><p>{P[0]}</p><p>{P[1]}</p></div><div class="c2"><div>为你推荐</div>{STREAM}</div></div>'
        ),
        source="云水晚报",
        text=SHORT,
    ),
    Kind(
        "a digest: linked headlines inside the text are its own",
        page(f'{NAV}{HEAD}<div class="t"><p>{P[0]}</p>{DIGEST}</div>{FOOT}'),
        source="云水晚报",
        text="\n".join(
            [P[0], *(line for (_, t), s in zip(LINKS, TEASERS, strict=True) for line in (clean_text(t), s))]
        ),
    ),
    Kind(
        "comments under hashed classes, their number in the heading",
        page(
            f'{NAV}<div class="_2x">{HEAD}<div class="_3k">{paragraphs()}</div><div class="_7d"><h3>全部评论(4)</h3>{COMMENTS}</div></div>{FOOT}'
        ),
        source="云水晚报",
    ),
    Kind(
        "comments below the credits, longer than the article",
        page(
            f'{NAV}<div class="_2x">{HEAD}<div class="_3k"><p>{P[0]}</p><p>{P[1]}</p></div><div>编辑：罗小满</div><div class="_7d">{COMMENTS}</div></div>{FOOT}'
        ),
        source="云水晚报",
        editors=("罗小满",),
        text=SHORT,
    ),
    Kind(
        "what readers say, quoted by the article under a subhead",
        page(f'{NAV}{HEAD}<div class="t">{paragraphs()}<p>网友热议：</p>{QUOTES}</div>{FOOT}'),
        source="云水晚报",
        text="\n".join([BODY, "网友热议：", *REMARKS]),
    ),
    Kind(
        "a table of prices between two sentences",
        page(f'{NAV}{HEAD}<div class="t"><p>{P[0]}</p>{TABLE}<p>{P[2]}</p></div>{FOOT}'),
        source="云水晚报",
        text="\n".join([P[0], *(cell for row in CELLS for cell in row), P[2]]),
    ),
    Kind(
        "a list with dates and times beside its links, in the text's column",
        page(
            f"""{NAV}<div class="l">{HEAD}<div class="t"><p>{P[0]}</p><p>{P[1]}</p></div><div><div>相关新闻</div><ul>"""
            + "".join(f'<li><a href="{u}">{t}</a> 2022-10-1{i} 14:58</li>' for i, (u, t) in enumerate(LINKS))
            + f"</ul></div></div>{FOOT}"
        ),
        source="云水晚报",
        text=SHORT,
    ),
    Kind(
        "a row of channels with bars between them, longer than the one sentence of the page",
        page(
            "<table><tr><td>"
            + " | ".join(
                f'<a href="/{n}/">{n}</a>'
                for n in (
                    "新闻",
                    "国内",
                    "国际",
                    "社会",
                    "军事",
                    "体育",
                    "足球",
                    "篮球",
                    "娱乐",
                    "明星",
                    "电影",
                    "音乐",
                )
                * 3
            )
            + f"</td></tr><tr><td><b>{TITLE}</b></td></tr><tr><td>2008年09月21日22:31 云水日报</td></tr><tr><td>图为9月21日，{P[0]}</td></tr></table>"
        ),
        source="云水日报",
        text=f"图为9月21日，{P[0]}",
    ),
    Kind(
        "a short article in a box, an advertisement of some length in the next",
        page(
            f"""{NAV}<div class="left">{HEAD}<div class="zw"><p>{P[0]}</p><p>{P[1]}</p></div>
<div class="sj">手机看新闻，随时随地了解身边事：发送短信“订阅”到指定号码，即可每天收到一份云水早报，资费每月三元，首月免费。</div></div>{FOOT}"""
        ),
        source="云水晚报",
        text=SHORT,
    ),
    Kind(
        "parts of a text in boxes of the same name, and one paragraph outside them",
        page(
            f"""{NAV}<div class="left">{HEAD}<div class="part1"><p>{P[0]}</p><p>{P[1]}</p></div><div class="part2"><p>{P[2]}</p></div>
<p>{P[3]}</p></div>{FOOT}"""
        ),
        source="云水晚报",
        text="\n".join(P[:4]),
    ),
    Kind(
        "headline, text, buttons, comments and a list in the cells of one table",
        page(
            f"""<table><tr><td>{NAV}</td></tr><tr><td>{HEAD}{paragraphs()}</td></tr><tr><td>【评论】【论坛】【大 中 小】【打印】【关闭】</td></tr>
<tr><td><div>网友评论（以下只代表网友个人观点，不代表本站立场）</div></td></tr>"""
            + "".join(
                f"<tr><td>网友：方志{i} 发表于 2023-5-7 10:2{i}:30</td></tr><tr><td>{r}</td></tr>"
                for i, r in enumerate(REMARKS)
            )
            + "<tr><td>相关新闻</td></tr>"
            + "".join(
                f'<tr><td>·<a href="{u}">{t}</a>(05-0{i + 1})</td></tr>' for i, (u, t) in enumerate(LINKS)
            )
            + f"</table>{FOOT}"
        ),
        source="云水晚报",
    ),
    Kind(
        "rules for comments, longer than the flash above them",
        page(
            f"""<table><tr><td>{NAV}</td></tr><tr><td><b>{TITLE}</b></td></tr>
<tr><td>http://www.yunshui-news.test 2004年03月18日14:31 云水新闻网</td></tr><tr><td>{P[0]}</td></tr><tr><td>【推荐】【打印】【关闭】</td></tr>
<tr><td>请遵守《互联网电子公告服务管理规定》及其他有关法律法规。用户应当承担一切因自己的行为而直接或间接导致的法律责任，本站管理人员有权保留或删除其管辖留言中的任意内容。</td></tr></table>"""
        ),
        published="2004-03-18T14:31",
        source="云水新闻网",
        text=P[0],
    ),
    Kind(
        "a names' list of a notice, its lines parted by breaks",
        page(
            f"""{NAV}{HEAD}<div class="t">{P[0]}<br>方志远 罗小满 陈青禾 何山 丁一鸣<br>吴小北 林青 宋词 赵云舟 钱多多<br>
周南 马兰花 黄河清 江月明 石磊<br>云水县教育局<br>二〇二三年五月六日</div>{FOOT}"""
        ),
        source="云水晚报",
        text="\n".join(
            [
                P[0],
                "方志远 罗小满 陈青禾 何山 丁一鸣",
                "吴小北 林青 宋词 赵云舟 钱多多",
                "周南 马兰花 黄河清 江月明 石磊",
                "云水县教育局",
                "二〇二三年五月六日",
            ]
        ),
    ),
    Kind(
        "readers' questions in bold over a guest's answers, in a box of their own",
        page(
            f"""{NAV}<div class="left">{HEAD}<div class="lead"><p>{P[0]}</p></div><div class="qa">"""
            + "".join(
                f"<p><b>网友{n}：什么时候能办？</b></p><p>{answer}</p>" for n, answer in enumerate(P[1:], 1)
            )
            + f"</div></div>{FOOT}"
        ),
        source="云水晚报",
        text="\n".join(
            [
                P[0],
                *(line for n, answer in enumerate(P[1:], 1) for line in (f"网友{n}：什么时候能办？", answer)),
            ]
        ),
    ),
    Kind(
        "a digest in a box of its own below a lead: neither cut short nor signed",
        page(
            f'{NAV}<div class="left">{HEAD}<div class="lead"><p>{P[0]}</p></div><div class="items">{DIGEST}</div></div>{FOOT}'
        ),
        source="云水晚报",
        text="\n".join(
            [P[0], *(line for (_, t), s in zip(LINKS, TEASERS, strict=True) for line in (clean_text(t), s))]
        ),
    ),
    Kind(
        "the number of comments and buttons above the text, below a summary",
        page(
            f"""{NAV}<div class="left">{HEAD}<div class="zy"><p>本报今日刊发长篇通讯，记述一个县城怎样让群众少跑路，请读者朋友关注。</p></div><div>网友评论（12）</div><div>【收藏】【打印】【关闭】</div>
<div class="zw">{paragraphs()}</div></div>{FOOT}"""
        ),
        source="云水晚报",
        text=f"本报今日刊发长篇通讯，记述一个县城怎样让群众少跑路，请读者朋友关注。\n{BODY}",
    ),
    Kind(
        "a text around an advertisement, in boxes that share a word",
        page(
            f"""{NAV}<div class="left">{HEAD}<div class="text-top"><p>{P[0]}</p><p>{P[1]}</p></div><div class="gg">广告</div>
<div class="text-bottom"><p>{P[2]}</p></div></div>{FOOT}"""
        ),
        source="云水晚报",
        text="\n".join(P[:3]),
    ),
    Kind(
        "a table whose teams are links, between two paragraphs",
        page(
            f"""{NAV}{HEAD}<div class="t"><p>{P[0]}</p><table>"""
            + "".join(
                f'<tr><td>{n}</td><td><a href="/team/{n}.html">{team}队</a></td><td>2{n}</td></tr>'
                for n, team in enumerate(("云水", "河口", "城关", "青川"), 1)
            )
            + f"</table><p>{P[2]}</p></div>{FOOT}"
        ),
        source="云水晚报",
        text="\n".join(
            [
                P[0],
                *(
                    cell
                    for n, team in enumerate(("云水", "河口", "城关", "青川"), 1)
                    for cell in (str(n), f"{team}队", f"2{n}")
                ),
                P[2],
            ]
        ),
    ),
    Kind(
        "subheads that are names of buttons, a note behind the text's credits, an attachment",
        page(
            f"""{NAV}{HEAD}<div class="t"><p>{P[0]}</p><h3>微信</h3><p>{P[1]}</p><p>{P[2]}</p><p>{P[3]}</p><p>{P[4]}</p><p>策划：方志远 罗小满</p>
<p>记者手记：{P[1]}</p><p><a href="/files/1.doc">附件：办事指南.doc</a></p></div>{FOOT}"""
        ),
        source="云水晚报",
        text="\n".join([P[0], "微信", *P[1:], f"记者手记：{P[1]}", "附件：办事指南.doc"]),
    ),
    Kind(
        "cards of players, each little, together most of the text",
        page(
            f"""{NAV}{HEAD}<div class="t"><p>{P[0]}</p>"""
            + "".join(f'<div class="player"><b>{n}号</b><p>{r}</p></div>' for n, r in enumerate(REMARKS, 1))
            + f"</div>{FOOT}"
        ),
        source="云水晚报",
        text="\n".join([P[0], *(line for n, r in enumerate(REMARKS, 1) for line in (f"{n}号", r))]),
    ),
    Kind(
        "a poem under a headline that reads like a sentence",
        page(
            f"""{NAV}<h1>老井新渠，一个村庄的四季</h1><div class="m">2023-05-06 16:11 来源：云水晚报</div>
<div class="t"><p>井绳磨亮青石</p><p>渠水绕过门前</p><p>春天把犁铧递给他</p><p>秋天把谷粒还给田</p><p>谁在灯下数着</p><p>一年又一年</p></div>{FOOT}""",
            title="老井新渠，一个村庄的四季_云水新闻网",
        ),
        title="老井新渠，一个村庄的四季",
        source="云水晚报",
        text="井绳磨亮青石\n渠水绕过门前\n春天把犁铧递给他\n秋天把谷粒还给田\n谁在灯下数着\n一年又一年",
    ),
]
