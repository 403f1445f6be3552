"""What belongs to the text stays in it: dates, lists of dates, boxes in the middle, steps of a how-to."""

from __future__ import annotations

import pytest
from kinds import BODY, TITLE, P

from crawler.cleaning import clean_article
from crawler.extraction import extract
from crawler.parsing import Document

ROW = '<div class="info">2022-11-03 07:29　来源：云水日报</div>'
FOOT = '<div class="foot"><p>关于我们 | 联系我们</p><p>云水网版权所有 未经许可不得转载</p></div>'
LINKS = (
    '<a href="/1.html">河口大桥主跨合龙</a>',
    '<a href="/2.html">县医院新院区启用</a>',
    '<a href="/3.html">秋粮收购上调</a>',
)


def ps(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def read(content: str, *, title: str = TITLE, behind: str = "") -> str:
    """The text of a page with a headline, a row of facts and an element with the content."""
    html = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}_云水网</title></head><body><h1>{title}</h1>"
        f'{ROW}<div class="content">{content}</div>{behind}{FOOT}</body></html>'
    )
    return clean_article(
        extract(Document.from_bytes(html.encode(), "https://www.yunshui.test/a/1.html"))
    ).text


@pytest.mark.parametrize(
    "lines",
    [
        ("2022年11月3日10:20，事故现场恢复通行。", "没有人员被困。"),
        ("开幕式将于2022年11月5日19:30举行。", "欢迎市民踊跃参加。"),
        ("活动时间：2022年11月10日9:00", "活动地点：市体育中心"),
        ("停水时间：2022年11月5日8:00至18:00", "停水范围：城关、河口两镇"),
        ("时间：11月5日（周六）9:00", "地点：县体育馆"),
        ("2022年11月5日 14:00", "讲座：家乡的味道", "2022年11月12日 14:00", "讲座：古籍里的云水"),
    ],
)
def test_a_date_with_a_clock_does_not_end_the_text(lines):
    assert read(ps(*P, *lines)) == "\n".join((BODY, *lines))


def test_a_text_of_few_dates():
    lines = ("讲座的具体安排如下，欢迎市民参加，座位有限，请先到馆登记：", "2022年11月5日 14:00", "讲座：家乡的味道，主讲人李老师", "2022年11月12日 14:00", "讲座：古籍里的云水，主讲人王老师")  # fmt: skip
    assert read(ps(*lines)) == "\n".join(lines)


def test_the_time_of_the_article_behind_its_text_ends_it():
    assert read(ps(*P, "2022-11-03 07:29", "云水网编辑部整理的其他内容")) == BODY


@pytest.mark.parametrize(
    "box",
    [
        f"<p>推荐阅读：</p><p>{LINKS[0]}</p>",
        "<div class=box><h4>相关新闻</h4><ul>"
        + "".join(f"<li>{link}</li>" for link in LINKS)
        + "</ul></div>",
    ],
)
def test_the_text_goes_on_behind_a_box_of_links(box):
    assert read(ps(*P[:3]) + box + ps(*P[3:])) == BODY


def test_steps_of_a_how_to():
    steps = (
        "下载“云水办事”APP，注册登录；",
        "关注“云水交警”微信公众号，也可办理。",
        "扫描现场二维码，填写信息；",
    )
    assert read(ps(*P[:2], *steps, *P[2:])) == "\n".join((*P[:2], *steps, *P[2:]))


def test_a_call_at_the_end_goes():
    assert read(ps(*P, "关注“云水发布”微信公众号，了解更多信息。")) == BODY


def test_a_question_is_no_credit():
    lines = (*P[:2], "编辑：你怎么看待这种变化？", *P[2:])
    assert read(ps(*lines)) == "\n".join(lines)


LIST = "<ul>" + "".join(f"<li>{link}</li>" for link in LINKS) + "</ul>"


@pytest.mark.parametrize("remark", ["双方未透露交易金额", "11月3日，云水。", "云水今日立冬"])
def test_a_text_of_a_few_words(remark):
    assert read(ps(remark), title="云水一企业完成新一轮融资").replace(" ", "") == remark


def test_links_below_the_row_are_no_text():
    assert read(LIST, title="云水新闻联播") == ""


def test_a_poem_beside_recommendations():
    poem = (
        "春风吹过老街旁",
        "旧楼换了新衣裳",
        "孩童嬉笑绿荫下",
        "老人闲坐话家常",
        "邻里相逢多问好",
        "万家灯火暖心房",
    )
    assert read(ps(*poem), title="诗三首", behind=f"<div><h3>推荐</h3>{LIST}</div>") == "\n".join(poem)


def test_the_folded_rest_of_a_text():
    fold = ps(*P[:2]) + f'<div id=more style="display:none">{ps(*P[2:])}</div><div>展开全文</div>'
    assert read(fold) == BODY


def test_what_is_hidden_without_a_fold_stays_away():
    assert read(ps(*P[:3]) + f'<div style="display:none">{ps(*P[3:])}</div>') == "\n".join(P[:3])


def test_a_summary_that_the_text_repeats():
    assert read(f'<div class="summary">摘要：{P[0]}</div>{ps(*P)}') == BODY


@pytest.mark.parametrize(
    "notice",
    [
        "声明：转载此文是出于传递更多信息之目的。若有来源标注错误，请与本网联系。",
        "（本文来源：云水日报 记者：刘洋）",
        "【我要爆料】新闻热线0839-3333333",
        "本文不构成投资建议，股市有风险，投资需谨慎。",
        "想爆料？请登录云水问政平台、拨打新闻热线0839-3333333，或关注云水网官方微博提供新闻线索。云水网广告热线0839-3333334。",
        "如果您身边有新闻线索，请拨打云水晚报热线：96000",
        "【您有新闻线索请向我们报料，一经采用付酬。报料微信：ysbl】",
        "声明：该文观点仅代表作者本人，云水号系信息发布平台。",
        "② 本网未注明“来源：云水网”的稿件均为转载稿，转载出于传递更多信息之目的。如其他媒体下载使用，须自负法律责任。",
        "如涉及稿件版权等问题，请于一个月内与本网联系。",
        "版权归原作者所有",
        "本文地址：http://www.yunshui.test/a/1.html",
        "请网友文明上网，理性发言。发言最多300字，还可输入300字。",
        "请遵守《互联网电子公告服务管理规定》及有关法律法规。您应当承担因您的行为而导致的法律责任。本站有权保留或删除留言。",
        "举报/反馈",
        "打赏 12人已打赏",
        "转播到腾讯微博",
        "— END —",
        "請繼續往下閱讀...",
        "點我下載APP 按我看活動辦法",
        "本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。",
    ],
)
def test_notices_at_the_end(notice):
    assert read(ps(*P, notice)) == BODY


def test_the_same_article_twice():
    copy = f'<div class="mobile"><h1>{TITLE}</h1>{ROW}<div class="content">{ps(*P)}</div></div>'
    assert read(ps(*P), behind=copy) == BODY


@pytest.mark.parametrize(
    "footer",
    [
        ("主办：云水县人民政府办公室　承办：云水县大数据局", "地址：云水县人民路1号　联系电话：0839-1234567"),
        ("地址：云水县人民路1号，邮编：628100，联系电话：0839-1234567", "网站标识码：5108000001 川公网安备51080202000001号"),
        ("网站标识码：5108000001 　 蜀ICP备05001234号", "建议使用1024×768分辨率，IE9.0以上浏览器浏览本网站"),
        ("本站常年法律顾问：某某律师事务所李某律师，欢迎监督。", "您访问的链接即将离开“云水县政府网”，是否继续？"),
    ],
)  # fmt: skip
def test_a_footer_of_another_name(footer):
    assert read(ps(*P[:2]), behind=f'<div class="bottom">{ps(*footer)}</div>') == "\n".join(P[:2])


def test_addresses_and_licences_in_a_text_stay():
    lines = (P[0], "地址：云水县人民路1号，凭身份证入场", "网站开办者应办理ICP备案手续，并领取许可证", *P[1:])
    assert read(ps(*lines)) == "\n".join(lines)


@pytest.mark.parametrize("heading", ["热榜", "24小时热榜", "为你推荐", "今日要闻"])
def test_the_heading_of_a_list_behind_a_short_text(heading):
    entries = "".join(f"<div><h4>{link}</h4><p>{P[n][:28]}</p></div>" for n, link in enumerate(LINKS))
    assert read(ps(P[0]), behind=f"<div><h3>{heading}</h3>{LIST}</div>") == P[0]
    assert read(ps(P[0]), behind=f"<div><h3>{heading}</h3>{entries}</div>").startswith(P[0])


@pytest.mark.parametrize(
    "last",
    [
        "群众如有线索，请拨打110或与办案民警联系，联系人：李警官，电话0839-3333333。",
        "如果您有线索，请与我们联系，电话0839-3333333，提供重要线索者必有重酬。",
        "报名电话：0839-3333333　报名邮箱：bm@yunshui.test",
        "举报邮箱：jb@yunshui.test　举报电话：0839-3333333",
        "来稿请寄：云水县文化馆征文组，投稿邮箱：zw@yunshui.test",
        "参赛作品版权归主办单位所有。",
        "市民可下载“云水办事”APP预约挂号。",
        "记者打开手机上的一款客户端，当天的菜价一目了然。",
        "未来，两地将进一步加强商务合作。",
        "律师提醒，未经他人同意公开其隐私，可能承担侵权责任。",
        "目前，涉事平台已发布声明致歉。",
        "下一步，县里将推出更多精彩活动。",
        "她把好消息分享到了朋友圈。",
        "孩子们坐在树荫下，正在看书。",
        "这段视频引发网友关注，登上微博热搜。",
        "让我们为这些守护者点个赞！",
        "与往期相比，这一期的报名人数翻了一番。",
        "他说，这不代表自己的立场变了。",
    ],
)
def test_the_last_sentence_of_an_article(last):
    assert read(ps(*P, last)).replace(" ", "") == f"{BODY}\n{last}".replace("\u3000", "")


@pytest.mark.parametrize(
    "line",
    [
        "未经许可，任何单位和个人不得在河道内采砂。",
        "违法和不良信息治理成效明显，举报数量同比下降三成。",
        "文明上网，从我做起",
        "网络视听节目许可证的办理时限缩短一半，全程网上受理。",
        "打开云水办事APP查看进度",
    ],
)
def test_what_only_sounds_like_a_notice(line):
    assert read(ps(*P[:2], line, *P[2:])) == "\n".join((*P[:2], line, *P[2:]))


def test_the_days_of_a_chronicle():
    lines = ("2022年11月3日", P[0], "2022年11月4日", P[1])
    assert read(ps(*lines)) == "\n".join(lines)
    # under a row with the page's own date, a day is a speech's
    assert read(ps("2022年11月3日", *P)) == f"2022年11月3日\n{BODY}"


@pytest.mark.parametrize(
    "last",
    [
        ("一、下载“云水通”APP", "二、打开APP，点击“预约”", "三、扫描二维码进入会场"),
        ("1.微信搜索关注“云水发布”公众号", "2.点击“我要投票”"),
        ("投票方式：关注“云水发布”微信公众号，点击“投票”", "投票时间：9月7日至9月10日"),
        ("公司声明：凡冒用本公司名义的，将依法追究。", "特此声明。"),
        ("第六条　未经许可，不得转载、复制。", "第七条　本办法自公布之日起施行。"),
    ],
)
def test_how_something_is_done(last):
    assert read(ps(*P[:2], *last)).replace(" ", "") == "\n".join((*P[:2], *last)).replace("\u3000", "")
