from __future__ import annotations

import codecs
import tracemalloc

import pytest
from protego import Protego

from crawler.fetching.robots import MAX_BYTES, MAX_CRAWL_DELAY_S, Robots, product_token, read_robots
from crawler.fetching.robots_record import CLOSED_S, FRESH_S, RobotsRecord

TOKEN = "regional-news-crawler"


def allows(text, path):
    robots = read_robots(200, text.encode(), TOKEN)
    return robots.state == "open" or Protego.parse(robots.text).can_fetch("http://h.example" + path, TOKEN)


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        ("regional-news-crawler/0.1", TOKEN),
        ("Regional-News-Crawler/0.1 (+mail@h.example)", TOKEN),
        ("Mozilla/5.0 (compatible; NewsBot/1.0; +http://h.example)", "newsbot"),
        ("", "*"),
    ],
)
def test_the_product_token(agent, token):
    assert product_token(agent) == token


@pytest.mark.parametrize("status", [300, 302, 400, 401, 403, 404, 410, 451])
def test_4xx_and_lost_redirects_allow_everything(status):
    assert read_robots(status, b"User-agent: *\nDisallow: /", TOKEN) == Robots("open")


@pytest.mark.parametrize("status", [None, 429, 500, 502, 503, 599, 600, 100])
def test_a_server_that_cannot_answer_closes(status):
    assert read_robots(status, b"", TOKEN) == Robots("closed")


def test_the_group_of_our_name_replaces_the_one_for_all():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Regional-News-Crawler/1.0\nDisallow: /x\nAllow: /x/y\n"
    assert allows(text, "/a")
    assert not allows(text, "/x/1")
    assert allows(text, "/x/y")


def test_a_longer_or_shorter_name_is_another_crawler():
    text = "User-agent: regional\nDisallow: /\n\nUser-agent: regional-news-crawler-2\nDisallow: /\n"
    assert allows(text, "/a")


def test_groups_of_several_names_and_several_groups_of_one_name():
    text = f"user-agent: a\nuser-agent: {TOKEN}\nuser-agent: b\ndisallow: /1\nuser-agent: a\ndisallow: /2\n"
    text += f"user-agent:{TOKEN}#x\n\n\ndisallow : /3 # three\n"
    assert not allows(text, "/1")
    assert allows(text, "/2")
    assert not allows(text, "/3")


def test_an_empty_group_of_our_name_allows_everything():
    assert allows(f"User-agent: *\nDisallow: /\n\nUser-agent: {TOKEN}\n", "/a")
    assert allows(f"User-agent: *\nDisallow: /\n\nUser-agent: {TOKEN}\nDisallow:\n", "/a")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body>404</body></html>",
        "Disallow: /",
        "\x00\xff" * 50,
        "user-agent\ndisallow",
        "#" * 600_000,
    ],
)
def test_what_holds_no_group_allows_everything(text):
    assert allows(text, "/a")


def test_a_mark_and_windows_lines_and_typos():
    assert not allows("\ufeffUser-Agent: *\r\nDisalow: /x\r\n", "/x")
    assert not allows("User-Agent: *\rDisallow: /x\r", "/x")


def test_patterns():
    text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /搜索\nDisallow: /s?q=\n"
    assert not allows(text, "/a/b.pdf")
    assert allows(text, "/a/b.pdf?x")
    assert not allows(text, "/%E6%90%9C%E7%B4%A2/1")
    assert not allows(text, "/s?q=1")
    assert allows(text, "/s")


@pytest.mark.parametrize(
    "text",
    [
        "User Agent: *\nDisallow: /x",
        "user agent *\nDisallow /x",
        "User-agent *\nDisallow /x",
        "USER AGENT:*\nDISALLOW /x # all of it",
        "useragent\t*\ndisallow\t/x",
        "User  agent :  *\nDisallow : /x",
        "User-agent: *\nDisallow /x:y\nDisallow /x",
        "User-agent: *\nAllow /\nDissallow /x",
        f"User Agent {TOKEN}/1.0\nDisallow /x",
        f"User-agent: {TOKEN}*\nDisallow: /x",
        "User-agent: a\nUser agent: *\nDisallow: /x",
    ],
)
def test_a_colon_or_a_hyphen_may_be_missing(text):
    assert not allows(text, "/x")
    assert allows(text, "/a")


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nNote: Disallow /x",
        "User-agent: *\nDisallowed /x",
        "User-agent: *\nPlease disallow /x",
        "User-agent: *\nSitemap http://h.example/x\nSitemap: /x",
        "User-agent: *\n# Disallow /x",
        "User-agent: *\nDisallow",
        "User agents: *\nDisallow: /x",
        "User-agent: *\nDisallow: /x:\n".replace("/x:", ""),
        "User-agent: *\nUser agent: other\nDisallow: /y\nUser agent: other\nDisallow /x",
    ],
)
def test_what_is_no_rule_for_us(text):
    assert allows(text, "/x")


def test_a_crawl_delay_without_a_hyphen():
    assert read_robots(200, b"User Agent *\nCrawl delay 7\n", TOKEN).crawl_delay == 7


@pytest.mark.parametrize(
    ("agent", "token"),
    [
        ("360Spider/1.0", "360spider"),
        ("News2Go/0.1 (+http://h.example)", "news2go"),
        ("Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://h.example)", "mj12bot"),
        ("Mozilla/5.0 (compatible; 007ac9 Crawler)", "007ac9"),
        ("web.archive/2", "web.archive"),
        ("Mozilla/5.0 (compatible; Bot.)", "bot"),
    ],
)
def test_a_name_with_digits_is_read_whole(agent, token):
    assert product_token(agent) == token
    text = f"User-agent: {token.upper()}\nDisallow: /x\nUser-agent: {token.rstrip('0123456789')}-other\nDisallow: /y\n"
    robots = read_robots(200, text.encode(), token)
    rules = Protego.parse(robots.text)
    assert not rules.can_fetch("http://h.example/x", token)
    assert rules.can_fetch("http://h.example/y", token)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16(encoding):
    text = "User-agent: *\r\nDisallow: /搜索\r\nDisallow: /x\r\n"
    body = text.encode(encoding)
    robots = read_robots(200, body, TOKEN)
    rules = Protego.parse(robots.text)
    assert not rules.can_fetch("http://h.example/x", TOKEN)
    assert not rules.can_fetch("http://h.example/%E6%90%9C%E7%B4%A2", TOKEN)
    assert rules.can_fetch("http://h.example/a", TOKEN)


def test_utf_16_with_the_mark_of_the_other_end():
    body = codecs.BOM_UTF16_BE + "User-agent: *\nDisallow: /x\n".encode("utf-16-be")
    assert not Protego.parse(read_robots(200, body, TOKEN).text).can_fetch("http://h.example/x", TOKEN)


def test_a_path_in_gbk_is_the_path_of_its_bytes():
    body = "User-agent: *\nDisallow: /搜索\nDisallow: /x\n".encode("gbk")
    rules = Protego.parse(read_robots(200, body, TOKEN).text)
    assert not rules.can_fetch("http://h.example/%CB%D1%CB%F7/1", TOKEN)
    assert not rules.can_fetch("http://h.example/x", TOKEN)
    assert rules.can_fetch("http://h.example/%CB%D1", TOKEN)


def test_the_crawl_delay_is_bounded():
    def delay(value):
        return read_robots(200, f"User-agent: *\nCrawl-delay: {value}\n".encode(), TOKEN).crawl_delay

    assert delay("2.5") == 2.5
    assert delay("86400") == MAX_CRAWL_DELAY_S
    assert [delay(value) for value in ("", "-1", "nan", "inf", "soon")] == [None] * 5


def test_only_the_first_500_kib_count():
    text = b"User-agent: *\nDisallow: /a\n" + b"#" * MAX_BYTES + b"\nDisallow: /b\n"
    assert "/b" not in read_robots(200, text, TOKEN).text


def test_a_file_of_thousands_of_agents_and_rules_costs_little():
    names = "".join(f"user-agent:{n}\n" for n in range(10_000)) * 2
    text = (names + "allow:/a\n" * 15_000).encode()
    assert len(text) < MAX_BYTES
    tracemalloc.start()
    read_robots(200, text, TOKEN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # given to Protego as it is, it takes 300 million rules
    assert peak < 50e6


def test_records_survive_the_journey_and_refuse_anything_else():
    record = RobotsRecord(Robots("rules", "user-agent: *\ndisallow: /搜索", 2.0), 17.5, 3)
    assert RobotsRecord.from_bytes(record.to_bytes()) == record
    for data in (
        None,
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b'{"v":1}',
        b'{"v":1,"robots":[],"until":0,"failures":0}',
    ):
        assert RobotsRecord.from_bytes(data) is None


def test_a_record_says_what_failed():
    failed = RobotsRecord(Robots("closed", cause="tls-weak-key: dh key too small"), 17.5, 3)
    assert RobotsRecord.from_bytes(failed.to_bytes()).robots.cause == "tls-weak-key: dh key too small"
    older = failed.to_bytes().replace(b'"cause"', b'"other"')
    assert RobotsRecord.from_bytes(older).robots.cause == ""


def test_a_failing_server_is_asked_again_at_growing_intervals():
    record, waits = None, []
    for _ in range(7):
        record = RobotsRecord.after(Robots("closed"), 1000.0, record)
        waits.append(record.until - 1000.0)
        assert record.robots.state == "closed"
    assert waits == [*CLOSED_S, CLOSED_S[-1], CLOSED_S[-1]]


def test_the_last_rules_hold_while_the_server_fails_and_success_forgets_failures():
    good = RobotsRecord.after(Robots("rules", "user-agent: *\ndisallow: /"), 0.0)
    bad = RobotsRecord.after(Robots("closed"), FRESH_S, good)
    assert bad.robots == good.robots
    assert bad.until == FRESH_S + CLOSED_S[0]
    assert RobotsRecord.after(Robots("open"), 2 * FRESH_S, bad) == RobotsRecord(
        Robots("open"), 3 * FRESH_S, 0
    )
