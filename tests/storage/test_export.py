"""``scrapy export`` as a person runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.storage.read.selection import Selection, read_articles

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def export(mongo_uri, mongo_database, tmp_path):
    def run(*arguments, uri=mongo_uri, **options):
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("MONGO", "REDIS"))},
            "MONGO_URI": uri,
            "MONGO_DATABASE": mongo_database,
            "DATA_DIR": str(tmp_path / "data"),
        }
        return subprocess.run(
            [sys.executable, "-m", "scrapy", "export", *arguments],
            cwd=ROOT,
            env=environment,
            timeout=60,
            check=False,
            **{"capture_output": True, **options},
        )

    return run


@pytest.fixture
async def stored(articles, make_article, clock):
    """Twelve articles: two portals, some copies, one without a time, one by nobody."""
    made = [
        make_article(
            n,
            portal="fjsen" if n % 3 else "other",
            tags={"province": "福建" if n % 2 else "江西"},
            channels=("fujian",) if n % 4 else ("shizheng",),
            found_on=(),
            published_at=clock.now + timedelta(days=-n, hours=n),
            published=(clock.now + timedelta(days=-n, hours=n)).isoformat(),
        )
        for n in range(1, 11)
    ]
    made.append(replace(made[1], url="http://copy.fjsen.com/2.htm", published_at=clock.now))
    made.append(make_article(12, published_at=None, published=None, portal=None, found_on=()))
    assert not any(await articles.store(made))
    return made


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_json_lines_hold_every_field_in_a_stable_order(export, stored, tmp_path):
    out, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    done = export(str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == f"exported 12 articles to {out}\n"
    export(str(again))
    assert out.read_bytes() == again.read_bytes()
    articles = lines(out)
    assert len(articles) == 12
    assert list(articles[0])[:3] == ["_id", "url", "portal"]
    assert articles[0]["fetched_at"] == "2022-11-03T08:00:00+00:00"
    assert articles[0]["authors"] == [{"name": "林小宇", "role": "reporter"}]
    keys = [(a["portal"] is None, a["portal"] or "", a["published_at"] or "", a["_id"]) for a in articles]
    assert keys == sorted(keys)
    assert sorted(tmp_path.iterdir()) == [out, again], "no temporary file is left"


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(portals=("other",)), {3, 6, 9}),
        (Selection(portals=("other", "fjsen"), channels=("shizheng",)), {4, 8}),
        (Selection(tags={"province": "江西"}, portals=("other",)), {6}),
        (Selection(since=date(2022, 11, 1), until=date(2022, 11, 1)), {2}),
        (Selection(since=date(2022, 11, 2)), {1, 11}),
        (Selection(leaders=True, since=date(2022, 11, 1)), {1, 2}),
        (Selection(channels=("none",)), set()),
    ],
)
async def test_selections(database, stored, selection, expected):
    urls = [article.url for article in stored]
    found = [article["url"] async for article in read_articles(database, selection)]
    assert {urls.index(url) + 1 for url in found} == expected
    assert len(found) == len(expected)


def test_the_options_reach_the_selection(export, stored, tmp_path):
    out = tmp_path / "a.jsonl"
    days = ["--since", "2022-10-26", "--until", "2022-10-31"]
    done = export(
        "--portal",
        "fjsen",
        "--channel",
        "shizheng,node_176",
        "--tag",
        "province=江西",
        *days,
        "--leaders",
        str(out),
    )
    assert done.returncode == 0, done.stderr
    assert [article["title"] for article in lines(out)] == ["第8届海峡论坛开幕", "第4届海峡论坛开幕"]


def test_without_text(export, stored):
    done = export("-", "--no-text", "--portal", "fjsen")
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(articles) == 8
    assert not {"text", "html", "text_raw"} & set(articles[0])
    assert done.stderr.decode() == "exported 8 articles\n"


async def test_csv_for_excel(export, articles, make_article, tmp_path):
    text = '第一段，"引号"；\n=cmd|第二段,逗号'
    await articles.store([make_article(1, title="=1+1", text=text, keywords=("海峡", "论坛"))])
    done = export(str(tmp_path / "plain.csv"))
    assert done.returncode == 0, done.stderr
    plain = (tmp_path / "plain.csv").read_bytes()
    row = next(csv.DictReader(io.StringIO(plain.decode("utf-8"), newline="")))
    assert (row["title"], row["text"]) == ("=1+1", text)
    assert row["published"] == "2022-11-03T07:29:26+08:00"
    assert row["authors"] == "林小宇 (reporter)"
    assert row["keywords"] == "海峡; 论坛"
    assert row["channels"] == "fujian"
    assert row["tags"] == "province=福建"
    export("--bom", str(tmp_path / "excel.csv"))
    excel = (tmp_path / "excel.csv").read_bytes()
    assert excel.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(excel.decode("utf-8-sig"), newline="")))
    assert row["title"] == "'=1+1", "a page must not run formulas in somebody's Excel"


async def test_line_separators_inside_a_text_do_not_end_a_line(export, articles, make_article):
    await articles.store([make_article(1, title="一\u2028二\u0085三")])
    done = export("-")
    assert len(done.stdout.decode().splitlines()) == 1
    assert json.loads(done.stdout)["title"] == "一\u2028二\u0085三"


def test_parquet_without_pyarrow_is_one_line(export, stored, tmp_path, monkeypatch):
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "pyarrow.py").write_text("raise ModuleNotFoundError(name=__name__)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    done = export(str(tmp_path / "a.parquet"))
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "error: parquet needs pyarrow: pip install pyarrow, or export to .jsonl or .csv\n"
    )
    assert list(tmp_path.glob("*parquet*")) == []


def test_parquet(export, stored, tmp_path):
    done = export(str(tmp_path / "a.parquet"))
    assert done.returncode == 0, done.stderr
    from pyarrow import parquet

    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert len(rows) == 12
    assert rows[0]["authors"] == [{"name": "林小宇", "role": "reporter"}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "takes one file"),
        (["a.xlsx"], "suffix"),
        (["nowhere/a.jsonl"], "cannot be written"),
        (["-", "--since", "yesterday"], "expected a date like"),
        (["-", "--until", "9999-12-31"], "--until 9999-12-31: expected a year from 1900 to 9998"),
        (["-", "--since", ""], "--since: expected a date like"),
        (["-", "--since", "2022-11-03", "--until", "2022-11-02"], "--since 2022-11-03 lies after --until"),
        (
            ["-", "--channel", "fujian,福州"],
            "--channel 福州: no article and no profile has this channel; did you mean node_176?",
        ),
        (["-", "-s", "MONGO_DATABASE=a.b"], "MONGO_DATABASE='a.b': a name of up to 63 bytes"),
        (["-", "--portal", "fjsne"], "there: fjsen, other"),
        (["-", "--nonsense"], "--nonsense"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(export, stored, arguments, words):
    done = export(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_nobody_there_is_one_line(export):
    done = export("-", uri="mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(
        "error: MongoDB at mongodb://127.0.0.1:9 does not answer as primary"
    )
    assert done.stderr.count(b"\n") == 1


def test_a_full_disk_is_one_line_and_leaves_the_former_file(export, stored, tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    done = export("/dev/full", "--format", "jsonl")
    assert done.returncode == 2
    assert done.stderr.decode() == "error: /dev/full: No space left on device; the export is not complete\n"
    kept = tmp_path / "a.jsonl"
    kept.write_text("former\n")
    assert export(str(kept), "--portal", "fjsne").returncode == 2
    assert kept.read_text() == "former\n"
    assert list(tmp_path.glob(".*")) == []


def test_a_reader_that_has_seen_enough_is_no_error(export, stored):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = export("-", capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
