"""The benchmarks still run: small, on a loaded machine, and without a word about their figures."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.report import write_section
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
