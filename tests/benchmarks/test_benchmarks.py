"""The benchmarks still run: small, on a loaded machine, and without a word about their figures."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.extraction import differences, take_turns
from benchmarks.report import write_section
from benchmarks.revision import taken_out
from benchmarks.site import Site

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.servers
@pytest.mark.crawl
@pytest.mark.parametrize("command", ["crawl --own-server", "frontier", "seen", "server"])
def test_each_command_runs_to_its_end(command):
    words = [sys.executable, "-m", "benchmarks", *command.split(), "--quick"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "| --- |" in ran.stdout


@pytest.mark.servers
@pytest.mark.crawl
def test_an_earlier_commit_is_crawled_with_in_turn():
    words = ["-m", "benchmarks", "crawl", "--quick", "--own-server", "--only", "c", "--base", "HEAD"]
    ran = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "| now / before |" in ran.stdout
    assert re.search(r"^\| CPU ms/page \| \d+\.\d\d \| \d+\.\d\d \|", ran.stdout, re.MULTILINE)


def test_a_commit_is_laid_out_and_cleared_away():
    with taken_out("HEAD", "crawler") as revision:
        assert (revision.folder / "crawler/__init__.py").is_file()
        assert [path.name for path in revision.folder.iterdir()] == ["crawler"]
    assert not revision.folder.exists()
    with pytest.raises(SystemExit, match="no-such-commit"), taken_out("no-such-commit"):
        pass


def test_two_folders_of_code_read_the_same_pages_in_turn():
    site = Site(3)
    wanted = {article.path for article in site.articles}
    pages = {
        path: (f"http://www.sample-news.test{path}", body) for path, body in site.pages() if path in wanted
    }
    before, after = take_turns([ROOT, ROOT], pages, passes=2)
    assert len(before.passes) == len(after.passes) == 3
    assert before.warm_ms > 0
    assert before.cold_ms > 0
    assert before.results.keys() == pages.keys()
    assert differences(before, after) == {}
    title = next(iter(pages))
    after.results[title]["title"] = "another"
    assert differences(before, after) == {"title": [title]}


def test_the_site_is_what_the_tables_say():
    site = Site(1000)
    pages = dict(site.pages())
    articles = [pages[article.path] for article in site.articles]
    assert len(pages) == site.size + site.list_pages == 1021
    assert all(body.count(b"<a ") == 33 for body in articles)
    assert 14_000 < sum(map(len, articles)) / len(articles) < 16_000
    assert dict(Site(1000).pages()) == pages


def test_a_section_is_replaced_and_the_prose_stays(tmp_path):
    document = tmp_path / "document.md"
    document.write_text("before\n<!-- a:begin -->\nold\n<!-- a:end -->\nafter\n", "utf-8")
    write_section("a", "new", document)
    assert document.read_text("utf-8") == "before\n<!-- a:begin -->\nnew\n<!-- a:end -->\nafter\n"
    with pytest.raises(ValueError, match="no markers"):
        write_section("b", "new", document)
