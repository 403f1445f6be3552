from __future__ import annotations

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
