"""When an article was published: which of several times is believed, in every notation; read at noon of 2024-05-10."""

from __future__ import annotations

from datetime import datetime

import pytest
from kinds import TITLE, paragraphs

from crawler.chinese.dates import BEIJING
from crawler.extraction import extract
from crawler.parsing import Document

NOW = datetime(2024, 5, 10, 12, 0, tzinfo=BEIJING)
PLAIN = "http://www.yunshui.test/a/1001.html"
DATED = "http://www.yunshui.test/2024-05/09/content_1.htm"

#: The row under the headline, what stands in the head, the address, and what is read (without +08:00).
TABLE = [
    ("更新时间：2024-05-08 10:00", "", PLAIN, "2024-05-08T10:00"),
    ("<span>更新时间：</span><span>2024-05-08 10:00</span>", "", PLAIN, "2024-05-08T10:00"),
    ("<div>更新时间</div><div>2024-05-08 10:00</div>", "", PLAIN, "2024-05-08T10:00"),
    ("最后更新于 2024年5月8日 10:00", "", PLAIN, "2024-05-08T10:00"),
    ("最后修改：2024-05-08", "", PLAIN, "2024-05-08"),
    ("更新日期：2024-05-08　浏览：12", "", PLAIN, "2024-05-08"),
    ("2024-05-08 10:00更新", "", PLAIN, "2024-05-08T10:00"),
    ("2024-05-08 10:00（更新）", "", PLAIN, "2024-05-08T10:00"),
    ("來源：雲水日報 更新時間：2024-05-08 10:00", "", PLAIN, "2024-05-08T10:00"),
    ("截止时间：2024-05-28", "", PLAIN, None),
    ("采集时间：2024-05-08 10:00", "", PLAIN, None),
    ("更新时间：2024-05-08 10:00 发布时间：2024-05-07 09:00", "", PLAIN, "2024-05-07T09:00"),
    ("2024-05-07 09:00 更新时间：2024-05-08 10:00", "", PLAIN, "2024-05-07T09:00"),
    (
        "更新：2024-05-08 10:00",
        '<meta name="publishdate" content="2024-05-07 08:00:00">',
        PLAIN,
        "2024-05-07T08:00:00",
    ),
    (
        "更新时间：2024-05-08 10:00",
        '<meta property="article:modified_time" content="2024-05-08T10:00:00+08:00">',
        PLAIN,
        "2024-05-08T10:00",
    ),
    ("更新时间：2024-05-08 10:00", "", "http://www.yunshui.test/2024-05/07/content_1.htm", "2024-05-07"),
    ("昨天", "", DATED, "2024-05-09"),
    ("昨天 18:30", "", DATED, "2024-05-09T18:30"),
    ("3小时前", "", DATED, "2024-05-09"),
    ("3小时前", '<script>var o={"pubtime":"2024-05-10 08:40:12"}</script>', PLAIN, "2024-05-10T08:40:12"),
    ("3小时前", '<script>var o={pubDate:"2024/05/10 08:40"}</script>', PLAIN, "2024-05-10T08:40"),
    (
        "3小时前",
        '<script>window.__D={"list":[{"ctime":1600000000}],"detail":{"publishTime":1715301612000}}</script>',
        PLAIN,
        "2024-05-10T08:40:12",
    ),
    ("3小时前", "<script>var user={ctime:1500000000}</script>", PLAIN, "2024-05-10"),
    ('<time datetime="2024-05-10T00:40:12Z">3小时前</time>', "", PLAIN, "2024-05-10T08:40:12"),
    ('<time datetime="2024-05-10T00:40:12.000Z"></time>', "", PLAIN, "2024-05-10T08:40:12"),
    ('<span title="2024-05-10 08:40:12">3小时前</span>', "", PLAIN, "2024-05-10T08:40:12"),
    ('<span data-time="1715301612">3小时前</span>', "", PLAIN, "2024-05-10T08:40:12"),
    ('<i class="time" data-value=1715301612000></i>', "", PLAIN, "2024-05-10T08:40:12"),
    ('<i class="time" timestamp="1715301612000"></i> 来源：云水日报', "", PLAIN, "2024-05-10T08:40:12"),
    ('<i class="x" data-modified-time="1715301612000"></i> 来源：云水日报', "", PLAIN, None),
    ('<i class="x" data-id="1715301612000"></i> 来源：云水日报', "", PLAIN, None),
    ('<img src="a.jpg" data-size="1715301612"> 来源：云水日报', "", PLAIN, None),
    ("2024-05-10 00:40 UTC", "", PLAIN, "2024-05-10T08:40"),
    ("Fri, 10 May 2024 00:40:12 GMT", "", PLAIN, "2024-05-10T08:40:12"),
    ("May 10, 2024 08:40", "", PLAIN, "2024-05-10T08:40"),
    ("113年5月10日 上午8:40", "", PLAIN, "2024-05-10T08:40"),
    ("113/05/10 08:40", "", PLAIN, "2024-05-10T08:40"),
    ("民國113年05月10日", "", PLAIN, "2024-05-10"),
    ("发布时间：２０２４－０５－１０　０８：４０", "", PLAIN, "2024-05-10T08:40"),
    ("2024-05-10 凌晨12:30", "", PLAIN, "2024-05-10T00:30"),
    ("2024-05-10 12:05 AM", "", PLAIN, "2024-05-10T00:05"),
    ("半小时前", "", PLAIN, "2024-05-10T11:30"),
    ("两小时前", "", PLAIN, "2024-05-10"),
    ("大前天", "", PLAIN, "2024-05-07"),
    ("昨晚8:30", "", PLAIN, "2024-05-09T20:30"),
    ("3小时前更新", "", PLAIN, "2024-05-10"),
    ("刚才", "", PLAIN, "2024-05-10T12:00"),
    ("5月10日 8点05分", "", PLAIN, "2024-05-10T08:05"),
    ("05-10 08:05", "", PLAIN, "2024-05-10T08:05"),
    ("2024年5月10日 8點05分", "", PLAIN, "2024-05-10T08:05"),
    ("2024年5月10日 08时05分06秒", "", PLAIN, "2024-05-10T08:05:06"),
    ("2024年5月10日下午3时", "", PLAIN, "2024-05-10"),
]


def published(row: str, head: str = "", url: str = PLAIN, below: str = "") -> str | None:
    html = (
        f"<title>{TITLE}-云水网</title>{head}<body><div class=main><h1>{TITLE}</h1><div class=info>{row}</div>"
        f"<div class=content>{paragraphs()}</div>{below}</div>"
    )
    found = extract(Document.from_text(html, url), fetched_at=NOW).published
    return found and found.removesuffix("+08:00")


@pytest.mark.parametrize(("row", "head", "url", "time"), TABLE)
def test_the_table(row, head, url, time):
    assert published(row, head, url) == time


def test_what_is_changed_below_the_text():
    assert published("", below="<div>更新时间：2024-05-08 10:00</div>") == "2024-05-08T10:00"


def test_comments_have_times_of_their_own():
    comments = "<div>评论</div><div>网友 2024-05-10 08:00</div><div>好</div><div>网友 2024-05-10 09:00</div>"
    assert published("来源：云水日报", below=comments) is None
