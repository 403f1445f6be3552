"""Dates as pages write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.chinese.moment import (
    BEIJING,
    from_epoch,
    from_url,
    read_block,
    read_moment,
    without_dates,
)
from crawler.chinese.relative import read_relative

NOW = datetime(2022, 11, 3, 12, 0, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-11-03   07:29:26", "2022-11-03T07:29:26+08:00"),
        ("2022年11月03日07:29", "2022-11-03T07:29+08:00"),
        ("2022年11月3日 07时29分", "2022-11-03T07:29+08:00"),
        ("2022年11月3日 07时29分26秒", "2022-11-03T07:29:26+08:00"),
        ("2022/11/3 7:29", "2022-11-03T07:29+08:00"),
        ("2022.11.03 07:29", "2022-11-03T07:29+08:00"),
        ("2022-11-3", "2022-11-03"),
        ("2022年11月3日 星期四", "2022-11-03"),
        ("2022-11-03 (周四) 07:29", "2022-11-03T07:29+08:00"),
        ("2022-11-03 下午 3:05", "2022-11-03T15:05+08:00"),
        ("2022-11-03T07:29:26Z", "2022-11-03T15:29:26+08:00"),
        ("2022-11-03T07:29:26.123+00:00", "2022-11-03T15:29:26+08:00"),
        ("2022-11-03T07:29:26+0800", "2022-11-03T07:29:26+08:00"),
        ("2022-11-03T07:29+08:00", "2022-11-03T07:29+08:00"),
        ("20221103072926", "2022-11-03T07:29:26+08:00"),
        ("发布时间：2022-11-03 来源", "2022-11-03"),
        ("2022 11 / 03 19 : 02", "2022-11-03T19:02+08:00"),
        ("22-11-03 07:29", "2022-11-03T07:29+08:00"),
        ("11-02 07:29", "2022-11-02T07:29+08:00"),
        ("12-27 07:29", "2021-12-27T07:29+08:00"),
        ("11月2日 07:29", "2022-11-02T07:29+08:00"),
        ("2022-11-3 9:05:3", "2022-11-03T09:05:03+08:00"),
        ("2022-11-3 9:5:3", "2022-11-03T09:05:03+08:00"),
        ("2022-11-03 3:05 PM", "2022-11-03T15:05+08:00"),
        ("07:29 2022-11-03", "2022-11-03T07:29+08:00"),
        ("07:29:26 | 2022年11月3日", "2022-11-03T07:29:26+08:00"),
        ("07:29起，2022-11-03", "2022-11-03"),
        ("２０２２－１１－０３　０７：２９", "2022-11-03T07:29+08:00"),
        ("2022-11-03 1:2", "2022-11-03"),
        ("2022-13-45 07:29", None),
        ("2022-02-30", None),
        ("1066-11-03", None),
        ("电话 2022-110303", None),
        ("第10-12页", None),
        ("", None),
    ],
)
def test_read_moment(text, iso):
    moment = read_moment(text, reference=NOW)
    assert (moment.iso() if moment else None) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("刚刚", "2022-11-03T12:00+08:00"),
        ("5分钟前", "2022-11-03T11:55+08:00"),
        ("3小时前", "2022-11-03"),
        ("14小时前", "2022-11-02"),
        ("昨天", "2022-11-02"),
        ("昨天 14:30", "2022-11-02T14:30+08:00"),
        ("前天", "2022-11-01"),
        ("3天前", "2022-10-31"),
        ("很久以前", None),
    ],
)
def test_read_relative(text, iso):
    moment = read_relative(text, NOW)
    assert (moment.iso() if moment else None) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("http://a.test/2022-11/03/content_1.htm", "2022-11-03"),
        ("http://a.test/system/2022/11/03/030012345.shtml", "2022-11-03"),
        ("http://a.test/202211/t20221103_1.html", "2022-11-03"),
        ("http://a.test/2022/1/3/1.html", "2022-01-03"),
        ("http://a.test/a_20221103_1.html", "2022-11-03"),
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
        ("Thu Nov 03 07:29:26 CST 2022", "2022-11-03T07:29:26+08:00"),
        ("Thu Nov 03 2022 07:29:26 GMT+0800 (CST)", "2022-11-03T07:29:26+08:00"),
        ("二〇二二年十一月三日", "2022-11-03"),
        ("二○一九年十月三十一日", "2019-10-31"),
        ("二零二零年一月二十日", "2020-01-20"),
        ("二〇二二年二月三十日", None),
        ("（二〇〇七年六月二十九日县人民代表大会通过）", None),
    ],
)
def test_printed_and_written_out(text, iso):
    moment = read_moment(text)
    assert (moment.iso() if moment else None) == iso


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
