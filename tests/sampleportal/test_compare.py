"""The comparison finds what is wrong with a crawl, and nothing wrong with a perfect one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from sample_portal.addresses import Addresses
from sample_portal.compare import compare
from sample_portal.faults import Faults
from sample_portal.log import Request
from sample_portal.scoring import authors_right, body_f1
from sample_portal.traffic import check_requests
from sample_portal.truth import TrueArticle
from sample_portal.world import World

Document = dict[str, Any]


def stored(world: World, article: TrueArticle) -> Document:
    """What a perfect crawl stores of an article."""
    return {
        "url": article.url,
        "type": article.kind,
        "title": article.title,
        "subtitle": article.subtitle,
        "published": article.published,
        "published_precision": article.precision,
        "source": article.source,
        "source_url": article.source_url,
        "authors": [{"name": one.name, "role": min(one.roles)} for one in article.people],
        "editors": list(article.editors),
        "breadcrumb": list(article.breadcrumb),
        "text": article.text,
        "images": [{"url": one.url, "caption": one.caption, "after": one.after} for one in article.pictures],
        "related": [
            {"title": one.title, "url": one.url, "date": one.date, "list": one.list}
            for entries in world.around(article).values()
            for one in entries
        ],
        "pages": list(article.pages),
        "channels": [channel for channel in article.channels if world.channel(channel).known],
    }


def perfect(world: World) -> list[Document]:
    """What a perfect crawl stores."""
    groups = {member.url: name for name, members in world.groups().items() for member in members}
    return [
        {**stored(world, one), "cluster_id": groups.get(one.url, one.key)} for one in world.articles.values()
    ]


def test_a_perfect_crawl_has_no_problem(world: World) -> None:
    report = compare(world, perfect(world))
    assert report.problems == []
    assert (report.recall, report.body_f1) == (1.0, 1.0)
    assert all(score.share == 1.0 for score in (*report.fields.values(), *report.details.values()))
    assert "recall 100.00%" in report.text()


def test_what_only_a_browser_reaches_is_missed_where_it_is_expected(sample: World) -> None:
    plain = [one for one in perfect(sample) if sample.articles[str(one["url"])].reached != {"javascript"}]
    assert len(plain) < len(sample.articles)
    assert compare(sample, plain).problems == []
    missing = compare(sample, plain, javascript=True).missing
    assert {article.home.script for article in missing} == {"more", "scroll"}


def spoil(name: str, value: Callable[[Any], object]) -> Callable[[list[Document]], None]:
    def change(documents: list[Document]) -> None:
        for document in documents[: len(documents) // 20]:
            document[name] = value(document[name])

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda documents: documents.pop(), "1 of {n} articles are missing"),
        (
            lambda documents: documents.append({"url": "http://www.sample-news.test/about.htm"}),
            "1 documents are no articles",
        ),
        (lambda documents: documents.append(dict(documents[3])), "1 documents are second copies"),
        (
            lambda documents: documents.append({"url": documents[0]["url"].replace("/20", "/wap/20", 1)}),
            "second copies",
        ),
        (spoil("title", lambda value: value + "（图）"), "title is right on 9"),
        (spoil("published", lambda value: value.replace("2022", "2021")), "published is right on"),
        (spoil("published_precision", lambda _: None), "published is right on"),
        (spoil("source", lambda value: f"来源：{value}"), "source is right on"),
        (
            spoil("authors", lambda value: [*value, {"name": "赵睿", "role": "reporter"}]),
            "authors is right on",
        ),
        (spoil("editors", lambda value: [*value, "甲"]), "editors is right on"),
        (spoil("breadcrumb", lambda value: [*value, "正文"]), "breadcrumb is right on"),
        (
            spoil("text", lambda value: value + "责任编辑：赵睿 分享到微信 已有0人发表了评论" * 2),
            "have an F1 below 0.99",
        ),
        (spoil("text", lambda _: None), "have an F1 below 0.99"),
        (
            lambda documents: [one.update(cluster_id=one["url"]) for one in documents],
            "groups of exact copies are not one",
        ),
    ],
)
def test_each_fault_is_found_and_named(
    sample: World, change: Callable[[list[Document]], None], problem: str
) -> None:
    documents = perfect(sample)
    change(documents)
    problems = compare(sample, documents, javascript=True).problems
    assert len(problems) == 1
    assert problem.format(n=len(sample.articles)).replace("have an", "has an") in problems[0]


def test_body_f1_is_the_multiset_overlap_of_four_grams() -> None:
    assert body_f1("一二三四五", "一二三四五") == 1.0
    assert body_f1("一二三四五六", "一二三四") == pytest.approx(2 * 1 / (3 + 1))
    assert body_f1("ＡＢＣ，一 二\n三", "abc一二三".upper()) == 1.0
    assert body_f1("一二三四", "") == 0.0
    assert body_f1("", "") == 1.0
    assert body_f1("一一一一一", "一一一一") == pytest.approx(2 / 3)


def test_optional_authors_may_be_left_out_and_roles_must_be_right(sample: World) -> None:
    article = next(
        one
        for one in sample.articles.values()
        if any(not person.required for person in one.people) and one.kind == "news"
    )
    required = [{"name": one.name, "role": min(one.roles)} for one in article.people if one.required]
    everyone = [{"name": one.name, "role": min(one.roles)} for one in article.people]
    assert authors_right(article, required)
    assert authors_right(article, everyone)
    assert not authors_right(article, [{**one, "role": "editor"} for one in everyone])
    reported = next(one for one in sample.articles.values() if any(person.required for person in one.people))
    assert not authors_right(reported, [])


def request(url: str, status: int = 200, **fields: Any) -> Request:
    host, _, rest = url.removeprefix("http://").partition("/")
    return Request(number=0, at=0.0, method="GET", host=host, target=f"/{rest}", status=status, **fields)


def test_requests_of_a_good_crawl_are_counted(sample: World) -> None:
    article = next(one for one in sample.articles.values() if len(one.pages) == 3)
    log = [request(url) for url in article.pages] + [request(article.url, 503), request(article.url, 304)]
    report = check_requests(sample, [*log, request(sample.channel("zwgk").url), request(sample.portal.home)])
    assert (report.total, report.articles, report.lists, report.problems) == (7, 3, 1, [])


def test_requests_that_must_not_happen_are_found(sample: World) -> None:
    article = next(iter(sample.articles.values()))
    disallowed = min(Faults(sample).disallowed)
    trap = [request(f"http://www.sample-news.test/{'zt/' * depth}node_9.htm") for depth in range(1, 70)]
    for log, problem in (
        ([request(disallowed)], "1 requests under a Disallow"),
        ([request("http://www.sample-news.test/search?q=1")], "1 requests under a Disallow"),
        ([request("http://gov.sample-news.test/zwgk/a.doc")], "1 requests under a Disallow"),
        ([request("http://other.example/", 502, foreign=True)], "1 requests to other hosts"),
        ([request(article.url), request(f"{article.url}?from=x")], "1 articles were fetched twice"),
        (trap, "69 requests in the path trap"),
    ):
        problems = check_requests(sample, log).problems
        assert len(problems) == 1
        assert problem in problems[0]


def test_addresses_are_found_in_every_form(world: World) -> None:
    addresses = Addresses(world)
    for article in world.articles.values():
        for url in (
            f"https://{article.host.upper()}:80{article.path}?utm_source=x#top", f"{article.url};jsessionid=1", article.pages[-1],
            *((article.wap,) if article.wap else ()),
        ):  # fmt: skip
            place = addresses.find(url)
            assert place is not None
            assert place.article is article
    assert addresses.find("http://[bad") is None
    assert addresses.find(world.portal.home) is None


def test_the_command_reads_mongodb_and_its_exit_code_is_the_verdict(
    sample: World, mongo_uri: str, mongo_database: str, tmp_path: Path
) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "sample_portal", "compare", "--javascript", "--mongo", mongo_uri, "--database", mongo_database, "--log", str(log)],
            cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(asdict(request(url))) + "\n" for url in list(sample.articles)[:3]))
    with MongoClient[Document](mongo_uri) as client:
        client[mongo_database]["articles"].insert_many(perfect(sample))
        good = run()
        client[mongo_database]["articles"].delete_one({"url": next(iter(sample.articles))})
        bad = run()
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "everything as required")
    assert "3 article pages" in good.stdout
    assert bad.returncode == 1
    assert f"PROBLEM    1 of {len(sample.articles)} articles are missing" in bad.stdout


def test_a_mongodb_that_does_not_answer_is_one_line() -> None:
    uri = "mongodb://127.0.0.1:9/"
    done = subprocess.run(
        [sys.executable, "-m", "sample_portal", "compare", "--mongo", uri],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"cannot read {uri}: ")
    assert done.stderr.count("\n") == 1
