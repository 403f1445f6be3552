"""The tree: repaired as a browser does, in time linear in the page."""

from __future__ import annotations

import time

import pytest

from crawler.parsing import Document
from crawler.parsing.limits import MAX_DEPTH, MAX_SIZE, tame

SENTENCE = "本周起，云水县在城关、河口两个乡镇试点办事大厅。"


def depth(doc: Document) -> int:
    deepest, node = 0, doc.tree.body
    while node is not None:
        deepest += 1
        node = node.first_child
    return deepest


@pytest.mark.parametrize(
    "source",
    [
        f"<script>var a=1</script><html><head><title>t</title></head><body><p>{SENTENCE}</p></body></html>",
        f"<html><body><p>a</p></body></html><div><p>{SENTENCE}</p></div>",
        f"<html><head><title>t</title><body><table><tr><td><p>{SENTENCE}<tr><td>b",
        f"<div><p>{SENTENCE}",
    ],
)
def test_trees_are_repaired(source):
    doc = Document.from_text(source, "http://a.test/")
    assert SENTENCE in doc.tree.body.text()


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", "http://a.test/x/y.html"),
        ('<base href="/z/">', "http://a.test/z/"),
        ('<base href="https://b.test/">', "https://b.test/"),
        ('<base href="javascript:alert(1)">', "http://a.test/x/y.html"),
        ('<base href="http://[">', "http://a.test/x/y.html"),
    ],
)
def test_base_url(base, expected):
    assert Document.from_text(f"<head>{base}</head>", "http://a.test/x/y.html").base_url == expected


ATTACKS = {
    "nested": "<div>" * 200_000 + SENTENCE,
    "nested and closed": "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
    "nested inline": "<span>" * 200_000 + SENTENCE,
    "tables": "<table><tr><td>" * 30_000 + SENTENCE,
    "unclosed fonts": "".join(f"<p><font color={i}>字" for i in range(5_000)) + SENTENCE,
    "unclosed bold": "".join(f"<p><b class={i}>字" for i in range(3_000)) + SENTENCE,
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(50_000)) + ">" + SENTENCE,
    "attributes with signs": "<div " + " ".join(f'a{i}=">"' for i in range(50_000)) + ">" + SENTENCE,
    "options": SENTENCE + "<select>" + "<option>字" * 50_000,
    "brackets": SENTENCE + "<" * 2_000_000,
    "scripts": SENTENCE + "<script>" * 200_000,
    "comments": SENTENCE + "<!--" * 200_000,
    "quotes": SENTENCE + '<a ="' * 200_000,
    "NUL": SENTENCE + "\0" * 2_000_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_time_is_bounded(attack):
    started = time.process_time()
    doc = Document.from_text(ATTACKS[attack], "http://a.test/")
    text = doc.tree.root.text()
    assert time.process_time() - started < 5
    assert SENTENCE in text
    assert depth(doc) <= 4 * MAX_DEPTH + 10  # a level of a table is four elements


def test_ordinary_pages_are_left_alone():
    source = ("<div class=a><p>" + SENTENCE + "</p><br><img src=x></div>" * 500).encode()
    assert tame(source) is source
    assert len(tame(b"a" * (MAX_SIZE + 1))) == MAX_SIZE


def test_the_limits_drop_tags_and_no_text():
    words = [f"词{i}" for i in range(3_000)]
    doc = Document.from_text("".join(f"<div>{word}" for word in words), "http://a.test/")
    assert doc.tree.body.text().split("词")[1:] == [word[1:] for word in words]
