"""Dates of entries."""

from datetime import UTC, date, datetime

import pytest

from crawler.discovery import listed_at, url_day
from crawler.discovery.dates import entry_date, xml_date

NOW = datetime(2022, 11, 3, 2, 0, tzinfo=UTC)  # 10:00 in Fuzhou


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-11-03 07:29:26", "2022-11-03T07:29:26"), ("2022-11-03   07:29", "2022-11-03T07:29"), ("[2022/1/3]", "2022-01-03"),
        ("2022.11.03", "2022-11-03"), ("2022年11月3日 7:29", "2022-11-03T07:29"), ("（2022年11月03日）", "2022-11-03"),
        ("11-03", "11-03"), ("[11/3]", "11-03"), ("11月3日", "11-03"), ("11-03 07:29", "11-03T07:29"), ("3小时前", "3小时前"),
        ("昨天 08:00", "昨天 08:00"), ("2022-13-03", None), ("2022-11-32", None), ("13-32", None), ("第3-4版", None), ("共34页", None), ("", None),
        ("电话0591-87000000", None),
    ],
)  # fmt: skip
def test_entry_dates(text, expected):
    assert entry_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 21 Jun 2019 07:29:26 +0800", "2019-06-21T07:29:26+08:00"),
        ("Fri, 21 Jun 2019 07:29:26 GMT", "2019-06-21T07:29:26+00:00"),
        ("Fri, 21 Jun 2019 07:29:26 CST", "2019-06-21T07:29:26+08:00"),
        ("Fri, 21 Jun 2019 07:29:26 EST", "2019-06-21T07:29:26-05:00"),
        ("Fri, 21 Jun 2019 07:29:26 -0500", "2019-06-21T07:29:26-05:00"),
        ("Fri, 21 Jun 2019", "2019-06-21"),
        ("Fri, 21 Jun 2019 7:29:26 PM", "2019-06-21T19:29:26"),
        ("2019-06-21 07:29:26 CST", "2019-06-21T07:29:26+08:00"),
        ("2019-06-20 23:29:26 UTC", "2019-06-20T23:29:26+00:00"),
        ("21 Jun 19 07:29:26 +0800", "2019-06-21T07:29:26+08:00"),
        ("1561073366", "2019-06-20T23:29:26+00:00"),
        ("/Date(1561073366000+0800)/", "2019-06-20T23:29:26+00:00"),
        ("21 Jun 2019 07:29 +0800", "2019-06-21T07:29+08:00"),
        ("2019-06-21T07:29:26Z", "2019-06-21T07:29:26+00:00"),
        ("2019-06-21T07:29:26.123+08:00", "2019-06-21T07:29:26+08:00"),
        ("2019-06-21", "2019-06-21"),
        ("2019-06-21 07:29:26", "2019-06-21T07:29:26"),
        ("2019/06/21 07:29", "2019-06-21T07:29"),
        ("2019年6月21日", "2019-06-21"),
        ("yesterday", None),
        ("Fri, 99 Jun 2019 07:29:26 +0800", None),
        ("", None),
        ("9" * 100, None),
    ],
)
def test_dates_of_feeds(text, expected):
    assert xml_date(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/2019-06/21/content_1.htm", date(2019, 6, 21)), ("http://a.cn/202009/t20200918_693227.htm", date(2020, 9, 18)),
        ("http://a.cn/n1/2019/0615/c1013-1.html", date(2019, 6, 15)), ("http://a.cn/19/0907/15/X.html", date(2019, 9, 7)),
        ("http://a.cn/system/2019/06/21/01.shtml", date(2019, 6, 21)), ("http://a.cn/c/2019-06-21/1.shtml", date(2019, 6, 21)),
        ("http://a.cn/2019/02/31/1.htm", None), ("http://a.cn/node_176.htm", None), ("http://a.cn/x?d=/2019/06/21/", None),
    ],
)  # fmt: skip
def test_days_of_urls(url, expected):
    assert url_day(url) == expected


@pytest.mark.parametrize(
    ("shown", "url", "expected"),
    [
        ("2022-11-03T07:29:26", "", "2022-11-02T23:29:26+00:00"),
        ("2022-11-03T07:29:26+00:00", "", "2022-11-03T07:29:26+00:00"),
        ("2022-11-02", "", "2022-11-02T15:59:59.999999+00:00"),
        ("11-02", "", "2022-11-02T15:59:59.999999+00:00"),
        ("12-30", "", "2021-12-30T15:59:59.999999+00:00"),
        ("3小时前", "", "2022-11-02T23:00:00+00:00"),
        ("昨天", "", "2022-11-02T15:59:59.999999+00:00"),
        ("昨天 08:00", "", "2022-11-02T00:00:00+00:00"),
        ("11-02T07:29", "", "2022-11-01T23:29:00+00:00"),
        (None, "http://a.cn/2022-11/01/content_1.htm", "2022-11-01T15:59:59.999999+00:00"),
        ("佚名", "http://a.cn/2022-11/01/content_1.htm", "2022-11-01T15:59:59.999999+00:00"),
    ],
)
def test_listed_at(shown, url, expected):
    assert listed_at(shown, url, NOW, "Asia/Shanghai").isoformat() == expected


def test_listed_at_without_any_date():
    assert listed_at(None, "http://a.cn/1.htm", NOW, "Asia/Shanghai") is None
    assert listed_at("02-29", "", datetime(2023, 1, 1, tzinfo=UTC), "Asia/Shanghai") is None
