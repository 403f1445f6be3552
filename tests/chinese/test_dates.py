"""The one grammar of dates: what a text says on a page, and in a list."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.chinese.dates import (
    BEIJING,
    find_date,
    find_relative,
    from_epoch,
    from_url,
    read_block,
    read_moment,
    read_relative,
    without_dates,
)

NOW = datetime(2022, 11, 3, 12, 0, tzinfo=BEIJING)
SAME = object()  # in a list what the page's value is, without the zone

#: text, what a page says with it (ISO 8601 to its precision), what a list's entry does. Read at noon of 2022-11-03.
TABLE = [
    # with year, month and day
    ("2022-11-03", "2022-11-03", SAME),
    ("2022-11-3", "2022-11-03", SAME),
    ("[2022/1/3]", "2022-01-03", SAME),
    ("2022.11.03", "2022-11-03", SAME),
    ("2022.11.03.", "2022-11-03", SAME),
    ("（2022年11月03日）", "2022-11-03", SAME),
    ("2022年11月3日 星期四", "2022-11-03", SAME),
    ("发布时间：2022-11-03 来源", "2022-11-03", SAME),
    ("20221103", "2022-11-03", SAME),
    ("二〇二二年十一月三日", "2022-11-03", SAME),
    ("二○一九年十月三十一日", "2019-10-31", SAME),
    ("二零二零年一月二十日", "2020-01-20", SAME),
    ("民國111年11月3日", "2022-11-03", SAME),
    ("中華民國111年11月3日 14:30", "2022-11-03T14:30+08:00", SAME),
    ("民国89.1.5", "2000-01-05", SAME),
    # with the time of day
    ("2022-11-03   07:29:26", "2022-11-03T07:29:26+08:00", SAME),
    ("2022-11-03   07:29", "2022-11-03T07:29+08:00", SAME),
    ("2022年11月03日07:29", "2022-11-03T07:29+08:00", SAME),
    ("2022年11月3日 7:29", "2022-11-03T07:29+08:00", SAME),
    ("2022年11月3日 07时29分", "2022-11-03T07:29+08:00", SAME),
    ("2022年11月3日 07时29分26秒", "2022-11-03T07:29:26+08:00", SAME),
    ("2022年11月3日10点05分", "2022-11-03T10:05+08:00", SAME),
    ("2022年11月3日 10點05分", "2022-11-03T10:05+08:00", SAME),
    ("2022年11月3日10時05分26秒", "2022-11-03T10:05:26+08:00", SAME),
    ("2022/11/3 7:29", "2022-11-03T07:29+08:00", SAME),
    ("2022.11.03 07:29", "2022-11-03T07:29+08:00", SAME),
    ("2022-11-03 (周四) 07:29", "2022-11-03T07:29+08:00", SAME),
    ("2022 11 / 03 19 : 02", "2022-11-03T19:02+08:00", SAME),
    ("2022-11-3 9:05:3", "2022-11-03T09:05:03+08:00", SAME),
    ("2022-11-3 9:5:3", "2022-11-03T09:05:03+08:00", SAME),
    ("2022-11-03 17:11:2419号晚上", "2022-11-03T17:11:24+08:00", SAME),
    ("20221103072926", "2022-11-03T07:29:26+08:00", SAME),
    ("07:29 2022-11-03", "2022-11-03T07:29+08:00", SAME),
    ("07:29:26 | 2022年11月3日", "2022-11-03T07:29:26+08:00", SAME),
    ("07:29起，2022-11-03", "2022-11-03", SAME),
    ("２０２２－１１－０３　０７：２９", "2022-11-03T07:29+08:00", SAME),
    ("２０２２年１１月３日", "2022-11-03", SAME),
    ("2022-11-03 1:2", "2022-11-03", SAME),
    # halves of the day
    ("2022-11-03 下午 3:05", "2022-11-03T15:05+08:00", SAME),
    ("2022-11-03 3:05 PM", "2022-11-03T15:05+08:00", SAME),
    ("2022-11-03 12:05 AM", "2022-11-03T00:05+08:00", SAME),
    ("2022-11-03 12:05 PM", "2022-11-03T12:05+08:00", SAME),
    ("2022-11-03 AM 12:05", "2022-11-03T00:05+08:00", SAME),
    ("2022-11-03 凌晨12:30", "2022-11-03T00:30+08:00", SAME),
    ("2022-11-03 凌晨2:30", "2022-11-03T02:30+08:00", SAME),
    ("2022-11-03 早上8:30", "2022-11-03T08:30+08:00", SAME),
    ("2022-11-03 上午12:05", "2022-11-03T00:05+08:00", SAME),
    ("2022-11-03 中午12:05", "2022-11-03T12:05+08:00", SAME),
    ("2022-11-03 中午1:05", "2022-11-03T13:05+08:00", SAME),
    ("2022-11-03 中午11:40", "2022-11-03T11:40+08:00", SAME),
    ("2022-11-03 下午12:40", "2022-11-03T12:40+08:00", SAME),
    ("2022-11-03 傍晚6:20", "2022-11-03T18:20+08:00", SAME),
    ("2022-11-03 晚上9:05", "2022-11-03T21:05+08:00", SAME),
    ("2022-11-03 夜间9:05", "2022-11-03T21:05+08:00", SAME),
    ("2022-11-03 夜間11:05", "2022-11-03T23:05+08:00", SAME),
    ("2022-11-03 深夜1:05", "2022-11-03T01:05+08:00", SAME),
    ("2022-11-03 晚21:05", "2022-11-03T21:05+08:00", SAME),
    ("2022年11月3日下午3时05分", "2022-11-03T15:05+08:00", SAME),
    # zones
    ("2022-11-03T07:29:26Z", "2022-11-03T15:29:26+08:00", "2022-11-03T07:29:26+00:00"),
    ("2022-11-03T07:29:26.123+00:00", "2022-11-03T15:29:26+08:00", "2022-11-03T07:29:26+00:00"),
    ("2022-11-03T07:29:26+0800", "2022-11-03T07:29:26+08:00", "2022-11-03T07:29:26+08:00"),
    ("2022-11-03T07:29+08:00", "2022-11-03T07:29+08:00", "2022-11-03T07:29+08:00"),
    ("Thu Nov 03 07:29:26 CST 2022", "2022-11-03T07:29:26+08:00", "2022-11-03T07:29:26+08:00"),
    ("Thu Nov 03 07:29:26 2022", "2022-11-03T07:29:26+08:00", SAME),
    ("Thu Nov 03 2022 07:29:26 GMT+0800 (CST)", "2022-11-03T07:29:26+08:00", "2022-11-03T07:29:26+08:00"),
    ("Thu, 03 Nov 2022 07:29:26 +0800", "2022-11-03T07:29:26+08:00", "2022-11-03T07:29:26+08:00"),
    ("Thu, 03 Nov 2022 07:29:26 GMT", "2022-11-03T15:29:26+08:00", "2022-11-03T07:29:26+00:00"),
    ("Thu, 03 Nov 2022 07:29:26 CST", "2022-11-03T07:29:26+08:00", "2022-11-03T07:29:26+08:00"),
    ("Thu, 03 Nov 2022 07:29:26 EST", None, None),
    # without the year, or its century
    ("22-11-03 07:29", "2022-11-03T07:29+08:00", SAME),
    ("11-02 07:29", "2022-11-02T07:29+08:00", "11-02T07:29"),
    ("12-27 07:29", "2021-12-27T07:29+08:00", "12-27T07:29"),
    ("11月2日 07:29", "2022-11-02T07:29+08:00", "11-02T07:29"),
    ("11-02", None, "11-02"),
    ("[11/2]", None, "11-02"),
    ("11月2日", None, "11-02"),
    ("云水网 11-02", None, "11-02"),
    # from now on
    ("刚刚", "2022-11-03T12:00+08:00", "刚刚"),
    ("刚才", "2022-11-03T12:00+08:00", "刚才"),
    ("几秒前", "2022-11-03T12:00+08:00", "几秒前"),
    ("5分钟前", "2022-11-03T11:55+08:00", "5分钟前"),
    ("半小时前", "2022-11-03T11:30+08:00", "半小时前"),
    ("半个小时前", "2022-11-03T11:30+08:00", "半个小时前"),
    ("3小时前", "2022-11-03", "3小时前"),
    ("3個小時前", "2022-11-03", "3個小時前"),
    ("两小时前", "2022-11-03", "两小时前"),
    ("十二小时前", "2022-11-03", "十二小时前"),
    ("一个半小时前", "2022-11-03", "一个半小时前"),
    ("14小时前", "2022-11-02", "14小时前"),
    ("发布于两天前", "2022-11-01", "两天前"),
    ("今天", "2022-11-03", "今天"),
    ("今日", "2022-11-03", "今日"),
    ("今日 08:30", "2022-11-03T08:30+08:00", "今日 08:30"),
    ("昨天", "2022-11-02", "昨天"),
    ("昨日", "2022-11-02", "昨日"),
    ("昨天 14:30", "2022-11-02T14:30+08:00", "昨天 14:30"),
    ("昨天 下午2:30", "2022-11-02T14:30+08:00", "昨天 下午2:30"),
    ("昨日发布", "2022-11-02", "昨日"),
    ("前天", "2022-11-01", "前天"),
    ("大前天", "2022-10-31", "大前天"),
    ("3天前", "2022-10-31", "3天前"),
    ("1周前", "2022-10-27", "1周前"),
    # none
    ("很久以前", None, None),
    ("3个月前", None, None),
    ("今日头条", None, None),
    ("昨日重现", None, None),
    ("今日11.25-11.28日全国气温", None, None),
    ("副市长因公殉职 两天前刚获任命", None, None),
    ("曼联0-2变3-2 绝平", None, None),
    ("2022-13-45 07:29", None, None),
    ("2022-11-32", None, None),
    ("2022-02-30", None, None),
    ("1066-11-03", None, None),
    ("电话 2022-110303", None, None),
    ("电话0591-87000000", None, None),
    ("增长2022.11.3%", None, None),
    ("第10-12页", None, None),
    ("第3-4版", None, None),
    ("3-6岁", None, None),
    ("13-32", None, None),
    ("共34页", None, None),
    ("二〇二二年二月三十日", None, None),
    ("（二〇〇七年六月二十九日县人民代表大会通过）", None, None),
    ("民國111年13月3日", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "page", "listed"), TABLE)
def test_the_table(text, page, listed):
    moment = read_moment(text, reference=NOW) or read_relative(text, NOW)
    assert (moment.iso() if moment else None) == page
    written = find_date(text)
    shown = written.iso() if written else find_relative(text)
    assert shown == (page and page.removesuffix("+08:00") if listed is SAME else listed)
    if page and written:  # both mean the same, and what a list shows is read again as itself
        assert written.moment(BEIJING, NOW) == moment
        again = find_date(shown)
        assert again is not None
        assert again.iso() == shown


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("2022-11-02", "2022-11-02T23:59:59.999999+08:00"),
        ("11-02", "2022-11-02T23:59:59.999999+08:00"),
        ("12-30", "2021-12-30T23:59:59.999999+08:00"),
        ("11-05", "2022-11-05T23:59:59.999999+08:00"),  # a clock that is a day ahead
        ("2022-11-02 07:29", "2022-11-02T07:29:00+08:00"),
        ("昨天", "2022-11-02T23:59:59.999999+08:00"),
        ("昨天 07:29", "2022-11-02T07:29:00+08:00"),
        ("3小时前", "2022-11-03T09:00:00+08:00"),
        ("刚刚", "2022-11-03T12:00:00+08:00"),
    ],
)
def test_the_latest_time_that_may_be_meant(text, latest):
    written = find_date(text)
    moment = written.moment(BEIJING, NOW) if written else read_relative(text, NOW)
    assert moment.latest.isoformat() == latest


def test_zones():
    tokyo = ZoneInfo("Asia/Tokyo")
    assert read_moment("2022-11-03 07:29", tokyo).iso() == "2022-11-03T07:29+09:00"
    assert read_moment("2022-11-03T07:29:26Z", tokyo).iso() == "2022-11-03T16:29:26+09:00"
    late = datetime(2022, 11, 3, 15, 30, tzinfo=UTC)  # 00:30 of the next day in Tokyo
    assert read_relative("昨天", late, tokyo).iso() == "2022-11-03"
    assert read_relative("1小时前", late, tokyo).iso() == "2022-11-03"


def test_a_day_without_a_year_needs_the_present():
    assert read_moment("11-02 07:29") is None
    assert find_date("02-29").moment(BEIJING, datetime(2023, 1, 1, tzinfo=UTC)) is None
    assert find_date("02-29").moment(BEIJING, datetime(2021, 1, 1, tzinfo=UTC)).iso() == "2020-02-29"


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("http://a.test/2022-11/03/content_1.htm", "2022-11-03"),
        ("http://a.test/system/2022/11/03/030012345.shtml", "2022-11-03"),
        ("http://a.test/202211/t20221103_1.html", "2022-11-03"),
        ("http://a.test/2022/1/3/1.html", "2022-01-03"),
        ("http://a.test/a_20221103_1.html", "2022-11-03"),
        ("http://a.test/19/0907/15/X.html", "2019-09-07"),
        ("http://a.test/99/0907/15/X.html", None),
        ("http://a.test/2019/02/31/1.htm", None),
        ("http://a.test/x?d=/2019/06/21/", None),
        ("http://a.test/node_176.htm", None),
        ("http://2022-11-03.a.test/x", None),
    ],
)
def test_from_url(url, iso):
    moment = from_url(url)
    assert (moment.iso() if moment else None) == iso


def test_a_day_is_its_start_in_its_zone():
    moment = read_moment("2022-11-03")
    assert moment.utc == datetime(2022, 11, 2, 16, 0, tzinfo=UTC)


def test_epochs():
    assert from_epoch(1581517074).iso() == "2020-02-12T22:17:54+08:00"
    assert from_epoch(1581517074000) == from_epoch(1581517074)
    assert from_epoch(12) is None
    assert from_epoch(9e15) is None


def test_refines():
    day, minute, second = (read_moment(f"2022-11-03{rest}") for rest in ("", " 07:29", " 07:29:26"))
    assert second.refines(minute)
    assert minute.refines(day)
    assert not day.refines(minute)
    assert not second.refines(read_moment("2022-11-03 07:30"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("03 2022-11", "2022-11-03"),
        ("3 2022/11", "2022-11-03"),
        ("03日 2022年11月", "2022-11-03"),
        ("11-03 2022", "2022-11-03"),
        ("11月03日 2022", "2022-11-03"),
        ("31 2022-02", None),
        ("03 2022-11-04", None),
        ("4条评论 2022-11", None),
        ("2022-11", None),
    ],
)
def test_a_day_apart_from_its_month(text, iso):
    moment = read_block(text)
    assert (moment.iso() if moment else None) == iso


def test_what_is_left_without_dates():
    assert without_dates("11月03日 07:29 云水日报").strip() == "云水日报"
    assert without_dates("2022-11-03 07:29 云水日报").strip() == "云水日报"
    assert without_dates("第3-5版 云水日报") == "第3-5版 云水日报"
