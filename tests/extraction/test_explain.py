"""``scrapy extract --explain``: the page's lines, and why they were read as they were."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from golden_pages import INVENTED
from kinds import BODY, TITLE

from crawler.commands.explained import as_json, as_lines
from crawler.extraction import explain, extract
from crawler.extraction.explanation import ABOVE, BELOW, MAX_LINES
from crawler.extraction.text.beside_headline import BEHIND
from crawler.parsing import Document
from crawler.portals import parse_profile

ROOT = Path(__file__).resolve().parents[2]
PAGE = next(page for page in INVENTED if page.name == "hotline and copyright in the text's element")
HEAD = 'schema = 1\ntitle = "云水新闻网"\nhome = "http://www.yunshui-news.test/"\ndomains = ["yunshui-news.test"]\n'


def document(page=PAGE) -> Document:
    return Document.from_bytes(page.body, page.url)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@pytest.mark.parametrize("page", INVENTED[::9], ids=lambda page: page.name)
def test_an_explanation_is_of_what_is_read(page):
    found = explain(document(page))
    assert found.article == extract(document(page))
    kept = [line for line in found.lines if line.kept]
    assert len(kept) == (found.article.text.count("\n") + 1 if found.article.text else 0)
    assert all(line.why for line in found.lines)
    json.dumps(as_json(found))
    for width in (60, 80, 120):
        wide = [line for line in as_lines(found, width=width, colours=False) if columns(line) > width]
        assert wide == []


def test_labels_values_and_rules():
    lines = {line.text: line for line in explain(document()).lines}
    body = lines[BODY.split("\n")[0]]
    assert (body.kept, body.cut, body.why, body.labels["prose"]) == (True, "", "sentence", "paragraph")
    assert lines[TITLE].cut == "headline"
    assert lines["举报/反馈"].labels == {"appeal": "buttons at the end"}
    assert lines["举报/反馈"].cut == "ends: disclaimer"
    notice = next(line for line in lines.values() if line.text.startswith("想爆料"))
    assert (notice.labels["notice"], notice.cut) == ("news wanted", "end: site")
    first, last = explain(document()).lines[0], explain(document()).lines[-1]
    assert (first.cut, last.cut) == (ABOVE, BEHIND)
    assert body.element == "p"
    assert explain(document()).element == "div.nr"


def test_lines_around_a_text_that_no_headline_is_known_of():
    link = '<div><a href="/">云水新闻</a></div>'
    found = explain(Document.from_text(f"{link}<div><p>{BODY}</p><p>完。</p></div>{link}", PAGE.url))
    assert [line.cut for line in found.lines] == [ABOVE, "", "", BELOW]


def test_what_a_profile_chose():
    html = f'<h1>{TITLE}</h1><div class="c"><p>{BODY}</p><p>完</p><p>以上是全文</p></div>'
    rules = '[[article.template]]\nbody = ["div.c"]\ncut = ["^完$"]\n'
    found = explain(Document.from_text(html, PAGE.url), parse_profile(HEAD + rules, "yunshui"))
    assert found.origin == "profile:div.c"
    assert [line.cut for line in found.lines][-2:] == ["profile: cut", "profile: cut"]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "\x00\x1b[31m",
        "<p>\x1b]0;owned\x07\u202e\u200b" + BODY,
        '<script>var a = "\\ud800' + BODY * 3 + '"</script>',
        "<b>" * 5000 + BODY,
        "<p>x</p>" * 50_000,
        "<p>" + "汉" * 500_000,
        f"<div class='{'x ' * 5000}'><p>{BODY}</p></div>",
    ],
    ids=range(8),
)
def test_odd_pages(html):
    found = explain(Document.from_text(html, ""))
    assert len(found.lines) <= MAX_LINES
    for line in as_lines(found, width=80, colours=False):
        assert line.isprintable()
        assert len(line) <= 80
    assert len(json.dumps(as_json(found))) < 8_000_000


def run(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "scrapy", "extract", *args], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **variables},
    )  # fmt: skip


@pytest.fixture
def saved(tmp_path) -> str:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.body)
    return str(file)


@pytest.mark.build
def test_plain_in_a_pipe(saved):
    done = run(saved, "--explain", "--url", PAGE.url, "--portal", "sample", COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\033" not in done.stdout
    lines = done.stdout.split("\n")
    assert lines[0] == PAGE.url
    assert lines[1] == "text: generic in div.nr"
    assert next(line for line in lines if "想爆料" in line).startswith("- ")
    assert next(line for line in lines if "本周起" in line).startswith("+ ")
    assert any(line.split() == ["source", "visible", "云水日报"] for line in lines)
    assert max(map(columns, lines)) <= 100


@pytest.mark.build
def test_one_object_a_page(saved):
    done = run(saved, saved, "--explain", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == second
    assert first["input"] == saved
    assert first["text"] == {"from": "generic", "element": "div.nr"}
    assert first["fields"]["source"] == {"value": "云水日报", "from": "visible"}
    assert {"number", "element", "text", "labels", "value", "why", "cut", "kept"} == set(first["lines"][0])


@pytest.mark.build
def test_json_belongs_to_explain(saved):
    done = run(saved, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: --json belongs to --explain; without it, articles are JSON anyway\n"


@pytest.mark.build
@pytest.mark.parametrize("coloured", [True, False])
def test_colours_on_a_terminal(saved, coloured):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "extract", "--explain", saved], cwd=ROOT, stdout=theirs, stderr=theirs,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm"} | ({} if coloured else {"NO_COLOR": "1"}),
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(ours)
    assert process.returncode == 0
    assert (b"\033[32m" in shown) == coloured
    assert "本周起".encode() in shown
