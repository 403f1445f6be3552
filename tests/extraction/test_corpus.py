"""The figures on real, labelled pages, and the page that this project began with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import quality
from crawler.cleaning import clean_article
from crawler.cleaning.characters import is_traditional
from crawler.items import Article
from crawler.urls import site

ROOT = Path(__file__).resolve().parents[2]
#: What the generic extractor must reach; quality.json holds the (higher) floors of this corpus.
TARGETS = {
    "body_f1": 0.985,
    "body_f1>=0.95": 0.9,
    "title": 0.98,
    "publish_time": 0.97,
    "source": 0.95,
    "author_f1_named": 0.85,
    "editor_f1": 0.95,
}

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def measured(corpus):
    return quality.measure(corpus, quality.load_scorer(corpus), rounds=1)


@pytest.mark.parametrize("field", TARGETS)
def test_targets(measured, field):
    assert measured.fields[field] >= TARGETS[field]


def test_no_answer_is_empty(measured):
    assert all(page["body_f1"] for page in measured.pages.values())


def test_floors_hold(measured, corpus):
    floors = json.loads(quality.FLOORS.read_text(encoding="utf-8"))
    assert quality.check(measured, floors, quality.corpus_hash(corpus)) == []


#: Where rules stand that could have been made for a site of the corpus.
RULES = ("extraction", "chinese", "discovery", "cleaning", "parsing")


def test_no_rule_names_a_site_of_the_corpus(corpus):
    hosts = set()
    for path in corpus.glob("truth/*.json"):
        if url := json.loads(path.read_text(encoding="utf-8")).get("url"):
            hosts |= {url.split("/")[2].removeprefix("www."), site(url)}
    files = [path for folder in RULES for path in (ROOT / "crawler" / folder).rglob("*.py")]
    assert len(files) > 80
    assert hosts
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in files
        for code in [path.read_text(encoding="utf-8")]
        for host in sorted(hosts)
        if host in code
    ]
    assert named == []


def test_the_gate_itself(measured, corpus, tmp_path, monkeypatch, capsys):
    floors = json.loads(quality.FLOORS.read_text(encoding="utf-8"))
    high = {**floors, "floors": {**floors["floors"], "title": 1.1}}
    assert quality.check(measured, high, quality.corpus_hash(corpus)) == [
        "title: 1.0000 is below its floor 1.1000"
    ]
    assert quality.check(measured, floors, "other")
    with pytest.raises(SystemExit, match="would lower the floor of title"):
        quality.set_floors(measured, high, floors["corpus"], lower=False)
    assert quality.set_floors(measured, high, floors["corpus"], lower=True)["floors"]["title"] < 1.1
    with pytest.raises(SystemExit):
        quality.main([str(tmp_path)])
    assert "no labelled pages" in capsys.readouterr().err


def test_the_command_prints_what_the_gate_measures(corpus):
    pages = sorted(corpus.glob("pages/*.html.gz"))[::10]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "extract", *map(str, pages)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["input"] for one in found] == [str(page) for page in pages]
    truth = quality.load_scorer(corpus).load_truth(corpus)
    for one, page in zip(found, pages, strict=True):
        assert (
            one["title"]
            == quality.predict("http://a.test/", __import__("gzip").decompress(page.read_bytes()))["title"]
        )
        assert one["title"][:4] in truth[page.name.removesuffix(".html.gz")]["title"]


def test_the_seed_is_restored(seed):
    article = clean_article(Article(url="", text=seed))
    assert article.cleaning == ("restore-mirror",)
    assert article.text_raw is not None
    assert not re.search("[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]", article.text)
    assert not is_traditional(article.text)
    assert clean_article(article) == article
    # not a character lost: without its readings, the seed has as many letters
    readings = r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,6}[)）]"
    letters = re.compile(r"[\W_]+")
    assert len(letters.sub("", article.text)) == len(letters.sub("", re.sub(readings, "", seed)))
    assert "本轮疫情发生以来,闽侯县第一时间开展“万名干部下基层”行动" in article.text
    assert "(记者 谭湘竹 通讯员 侯宣新 侯融媒)" in article.text
    assert "这些热腾腾的饭菜带着浓浓的情意" in article.text
    assert "责任编辑:赵睿" in article.text


#: What must be left where a page's names, head, tags or notation are others: no field may hang on one of them.
PERTURBED = {"body_f1": 0.98, "body_f1>=0.95": 0.95, "title": 0.93, "source": 0.93, "editor_f1": 0.95}


@pytest.mark.slow
def test_nothing_was_learnt_by_heart(corpus):
    for row in quality.perturbed(corpus, quality.load_scorer(corpus)):
        low = {field: row.fields[field] for field, floor in PERTURBED.items() if row.fields[field] < floor}
        assert (row.name, low) == (row.name, {})
