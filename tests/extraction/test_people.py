"""Who wrote, edited and published, in rows under a headline and lines of a text and behind it: one table."""

from __future__ import annotations

import pytest
from kinds import TITLE, paragraphs

from crawler.extraction import extract
from crawler.parsing import Document

D = "2024-05-10 09:52"

#: Where it stands (row: under the headline, with the date; first, last: lines of the text; below: behind it), what
#: stands there, and what it says: source, authors, editors.
TABLE = [
    ("row", f"<span>云水观察</span><span>{D}</span><span>发布于云南</span>", None, ["云水观察"], []),
    (
        "row",
        f'<a href="/u/3">老街的灯</a> <span>{D}</span> <span>IP属地：江苏</span> <a>+关注</a>',
        None,
        ["老街的灯"],
        [],
    ),
    ("row", f"{D} 来自：<span>江苏省南京市</span>", None, [], []),
    ("row", f"{D} 来自江苏", None, [], []),
    ("row", f"发布于 江苏南京 {D}", None, [], []),
    ("row", f"{D}·江苏", None, [], []),
    ("row", f"<span>{D}</span><span>来自</span><span>江苏</span>", None, [], []),
    ("row", f"<span>{D}</span> <span>IP:江苏</span>", None, [], []),
    ("row", f"<span>{D}</span> <span>发布地：江苏</span>", None, [], []),
    ("row", f"<span>{D}</span> <span>来自 江苏 苏州</span>", None, [], []),
    ("row", f"<span>{D}</span> <span>来自：江苏卫视</span>", "江苏卫视", [], []),
    ("row", f"<span>{D}</span> <span>来自 江苏新闻广播</span>", "江苏新闻广播", [], []),
    ("row", f"<span>{D}</span> <span>来自江苏公安</span>", "江苏公安", [], []),
    ("row", f"<span>{D}</span> <span>来自云水客户端</span>", "云水客户端", [], []),
    ("row", f'<a href="http://cj.yunshui.test/">云水财经</a> {D}', "云水财经", [], []),
    ("row", f'<a href="http://www.yunshui.test/">云水网</a> {D}', "云水网", [], []),
    ("row", f"{D} <span>云水网综合</span>", "云水网综合", [], []),
    ("row", f'{D} <a href="#">云水体育</a> 作者：葛长风', "云水体育", ["葛长风"], []),
    ("row", f"{D} 云水时评 葛长风", "云水时评", ["葛长风"], []),
    ("row", f"转自：<a>青川发布</a> {D}", "青川发布", [], []),
    ("row", f"（来源：青川发布） {D}", "青川发布", [], []),
    ("row", f"文章来自：青川发布 {D}", "青川发布", [], []),
    ("row", f"信息来源：<a>青川县人民政府</a> {D}", "青川县人民政府", [], []),
    ("row", f"消息来源：青川发布　|　{D}", "青川发布", [], []),
    ("row", f"葛长风／云水日报 {D}", "云水日报", ["葛长风"], []),
    ("row", f"云水日报/葛长风 {D}", "云水日报", ["葛长风"], []),
    ("row", f"云水日报 | 葛长风 {D}", "云水日报", ["葛长风"], []),
    ("row", f"云水日报 记者葛长风 {D}", "云水日报", ["葛长风"], []),
    ("row", f"{D} 云水日報 葛長風／台北報導", "云水日報", ["葛長風"], []),
    ("row", f"{D} 記者葛長風／台北報導", None, ["葛長風"], []),
    ("row", f"{D} 云水日報／記者 葛長風", "云水日報", ["葛長風"], []),
    ("row", '<div class="d">05/21</div><div class="y">2024</div>', None, [], []),
    (
        "row",
        '<span class="m">五月</span><span class="d">21</span><span class="y">2024</span><div>2024-05-21</div>',
        None,
        [],
        [],
    ),
    ("row", "<em>21</em><em>May</em><em>2024</em><p>2024-05-21 09:52</p>", None, [], []),
    ("last", '<p>责任编辑：罗小满<a href="/">返回首页&gt;&gt;</a></p>', None, [], ["罗小满"]),
    ("last", '<p>编辑：罗小满\u3000<a href="/">点击进入专题</a></p>', None, [], ["罗小满"]),
    ("last", '<p>（葛长风）<a href="/">查看更多</a></p>', None, ["葛长风"], []),
    ("last", '<p>记者 葛长风 <a href="/">返回搜狐，查看更多</a></p>', None, ["葛长风"], []),
    ("last", '<p>来源：云水日报<a href="/">返回云水，查看更多</a></p>', "云水日报", [], []),
    ("last", '<p>责任编辑：<a href="/">返回云水，查看更多</a></p>', None, [], []),
    ("last", "<p>■葛长风（云水大学教授）</p>", None, ["葛长风"], []),
    ("last", "<p>□葛长风（退休教师）　□卫采薇（学生）</p>", None, ["葛长风", "卫采薇"], []),
    ("last", "<p>（作者葛长风系云水大学教授）</p>", None, ["葛长风"], []),
    ("last", "<p>（作者单位：云水大学）</p>", None, [], []),
    ("last", "<p>作者：葛长风（作者系云水大学教授）</p>", None, ["葛长风"], []),
    ("last", "<p>文︱葛长风　图┃卫采薇　编辑│罗小满</p>", None, ["葛长风", "卫采薇"], ["罗小满"]),
    ("last", "<p>撰稿 ǀ 葛长风 责编 ǀ 罗小满</p>", None, ["葛长风"], ["罗小满"]),
    ("last", "<p>记者／葛长风 编辑／罗小满</p>", None, ["葛长风"], ["罗小满"]),
    ("last", "<p>作者 / 葛长风</p><p>编辑 / 罗小满</p>", None, ["葛长风"], ["罗小满"]),
    ("below", "<div>责任编辑：李华(EN009)</div>", None, [], ["李华(EN009)"]),
    ("below", "<div>责任编辑：李华 张平(EN009)</div>", None, [], ["李华", "张平(EN009)"]),
    ("below", "<div>(责任编辑：李华 HN666)</div>", None, [], ["李华 HN666"]),
    ("below", "<div>[责任编辑：李华]</div>", None, [], ["李华"]),
    ("below", "<div>【责任编辑:李华】</div>", None, [], ["李华"]),
    ("below", "<div>（编辑 李华 审核 张平）</div>", None, [], ["李华"]),
    ("below", "<div>编辑：李华（见习） 版面编辑：张平</div>", None, [], ["李华", "张平"]),
    ("below", "<div>责任编辑：李华 [网站纠错]</div>", None, [], ["李华"]),
    ("below", "<div>责任编辑：李华 0591-87654321</div>", None, [], ["李华"]),
    ("below", "<div>本文编辑：买买提·艾力</div>", None, [], ["买买提·艾力"]),
    ("below", "<div>责任编辑：欧阳秋白</div>", None, [], ["欧阳秋白"]),
    ("last", "<p>记者注意到，这已是今年第三次。</p>", None, [], []),
    ("last", "<p>记者了解到，目前张三已被送往医院治疗。</p>", None, [], []),
    ("last", "<p>通讯员说，方便面、白菜都涨价了</p>", None, [], []),
    ("last", "<p>作者认为，常住人口、户籍人口都在减少</p>", None, [], []),
    ("last", "<p>编辑部：请读者注意</p>", None, [], []),
    ("first", "<p>【记者葛长风╱云水报导】</p>", None, ["葛长风"], []),
    (
        "first",
        "<p>（云水社记者葛长风云水10日电）县里今天说，明年起将有新的办法，各镇都要照办。</p>",
        None,
        ["葛长风"],
        [],
    ),
    (
        "first",
        "<p>云水晚報訊（記者 葛長風）縣裏今天說，明年起將有新的辦法，各鎮都要照辦。</p>",
        None,
        ["葛長風"],
        [],
    ),
    ("first", "<p>【明报专讯】县里今天说，明年起将有新的办法，各镇都要照办。</p>", None, [], []),
    (
        "first",
        "<p>【本報訊】（記者葛長風）縣裏今天說，明年起將有新的辦法，各鎮都要照辦。</p>",
        None,
        ["葛長風"],
        [],
    ),
    ("first", "<p>撰文：葛長風　攝影：衛采薇</p>", None, ["葛長風", "衛采薇"], []),
    ("first", "<p>文：葛長風</p>", None, ["葛長風"], []),
    ("first", "<p>By 葛長風</p>", None, ["葛長風"], []),
    ("first", "<p>採訪．撰文／葛長風　攝影／衛采薇</p>", None, ["葛長風", "衛采薇"], []),
    ("last", "<p>（瓦歷斯．諾幹／台中報導）</p>", None, ["瓦歷斯．諾幹"], []),
    ("row", f"{D} 作者：陈李婉若", None, ["陈李婉若"], []),
    ("row", f"{D} 作者：一叶知秋", None, ["一叶知秋"], []),
    ("row", f"{D} 作者：@老街的灯", None, ["老街的灯"], []),
    ("row", f"{D} 作者：David Smith", None, ["David Smith"], []),
    ("row", f"{D} 作者：约翰·史密斯、Jane Doe", None, ["约翰·史密斯", "Jane Doe"], []),
    ("row", f"{D} 作者：J.K.罗琳", None, ["J.K.罗琳"], []),
    ("row", f"{D} 作者：欧阳 秋白", None, ["欧阳秋白"], []),
    ("row", f"{D} 作者：葛 霖 记者：卫 采", None, ["葛霖", "卫采"], []),
    ("row", f"{D} 记者：古丽娜尔·吐尔逊 阿不都热合曼", None, ["古丽娜尔·吐尔逊", "阿不都热合曼"], []),
    ("row", f"{D} 记者 其美多吉 通讯员 巴桑罗布", None, ["其美多吉", "巴桑罗布"], []),
]


@pytest.mark.parametrize(("where", "html", "source", "authors", "editors"), TABLE)
def test_the_table(where, html, source, authors, editors):
    parts = {"row": D, "first": "", "last": "", "below": "", where: html}
    article = extract(
        Document.from_text(
            f"<title>{TITLE}-云水网</title><div class=main><h1>{TITLE}</h1><div class=info>{parts['row']}</div>"
            f"<div class=content>{parts['first']}{paragraphs()}{parts['last']}</div>{parts['below']}</div>",
            "http://www.yunshui.test/a/1.html",
        )
    )
    assert (article.source, [author.name for author in article.authors], [*article.editors]) == (
        source,
        authors,
        editors,
    )
