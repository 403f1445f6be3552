"""What ``make cases`` prints: right where an answer is as expected, and what came where it is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cases import differences

ROOT = Path(__file__).resolve().parents[2]
ANSWER = {
    "text": "第一段开头，中间。\n\n最后一段结尾。",
    "authors": [{"name": "童山", "role": "author"}],
    "images": [{"url": "http://a/1.jpg"}],
    "published": "2026-11-28T09:15:00+08:00",
    "breadcrumb": ["首页", "时政"],
}


@pytest.mark.parametrize(
    ("expected", "right"),
    [
        ({"text": {"paragraphs": 2, "first": "第一段", "last": "结尾。"}}, True),
        ({"text": {"paragraphs": 2, "first": "第一段"}}, True),
        ({"text": {"paragraphs": 1, "first": "第一段"}}, False),
        ({"text": {"paragraphs": 2, "first": "段"}}, False),
        ({"authors": ["童山"]}, True),
        ({"authors": []}, False),
        ({"images": ["http://a/1.jpg"]}, True),
        ({"published": "2026-11-28"}, True),
        ({"published": "2026-11-28T09:16"}, False),
        ({"breadcrumb": ["首页", "时政"], "authors": ["童山"]}, True),
        ({"source": "清屏网"}, False),
    ],
)
def test_fields_are_compared_by_what_is_expected_of_them(expected, right):
    assert (differences(expected, ANSWER) == "") is right


def test_it_prints_a_line_a_page_and_fails_where_one_is_wrong(tmp_path):
    page = (
        "<h1>大桥通车</h1><p>2026-11-28 09:15 来源：清屏网</p>"
        + "<p>清屏大桥今天上午通车，两岸居民往来方便了许多。</p>" * 3
    )
    (tmp_path / "extract").mkdir()
    (tmp_path / "crawl").mkdir()
    for name in ("one", "two"):
        (tmp_path / "extract" / f"{name}.html").write_text(
            f"<meta charset=utf-8><title>大桥通车</title>{page}"
        )
    expected = {"one": {"source": "清屏网"}, "two": {"source": "别的网"}}
    (tmp_path / "extract" / "expected.json").write_text(json.dumps(expected))

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cases", tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip

    one, two, total = done.stdout.splitlines()
    assert done.returncode == 1
    assert one.split() == ["one", "right"]
    assert two.split(maxsplit=2) == ["two", "wrong", 'source: "清屏网"']
    assert total == "1 of 2 cases right"
