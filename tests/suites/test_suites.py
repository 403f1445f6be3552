"""The harness of other projects' suites, on cases of our own; nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.parsing.encodings import read_as
from tests.suites.encodings import _DOUBLE
from tests.suites.html_pages import PLACES, lost, pages
from tests.suites.outcome import Outcome
from tests.suites.packages import PACKAGES, fetch

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "suites.md"


def test_the_document_names_what_is_fetched():
    text = DOCUMENT.read_text("utf-8")
    assert [name for name, package in PACKAGES.items() if f"{name} {package.version}" not in text] == []
    assert "| WHATWG, indexes | gb18030 |" in text


@pytest.mark.parametrize("place", range(len(PLACES)))
@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>",
        "</p></div>",
        "<a href=x>",
        "<a><p>X<a>Y</a>Z</p></a>",
        "<b><i></b>",
        "<select><option>甲",
        "<svg>",
        "</body>",
    ],
)
def test_markup_at_a_place_of_a_page(markup, place):
    assert lost(markup, place) == []


def test_a_script_without_an_end_takes_the_rest():
    assert len(lost("<script>", 1)) == 4


def test_the_cases_of_a_file_are_counted(tmp_path):
    folder = tmp_path / "html5lib/tests/testdata/tree-construction"
    folder.mkdir(parents=True)
    (folder / "own.dat").write_text(
        "#data\n<a>\n#errors\n\n#document\n| <a>\n\n#data\n<b>\n<i>\n#errors\n#document\n\n#data\n<script>\n#errors\n"
    )
    assert [(outcome.cases, outcome.passed) for outcome in pages(tmp_path)] == [
        (6, 6),
        (6, 6),
        (6, 1),
    ]  # at the end it takes nothing


def test_an_outcome_holds_where_enough_pass():
    outcome = Outcome("suite", "cases", 1)
    assert not outcome.holds
    outcome.count(False, "one")
    outcome.count(True, "two")
    assert (outcome.holds, outcome.failed) == (True, ["one"])


def test_what_is_in_the_cache_is_not_fetched_again(tmp_path):
    package = PACKAGES["protego"]
    folder = tmp_path / f"{package.name}-{package.version}" / package.folder
    folder.mkdir(parents=True)
    assert fetch(package, tmp_path) == folder


@pytest.mark.parametrize(
    ("index", "pointer", "character"),
    [
        ("gb18030", 6555, "\u3000"),
        ("big5", 5024, "\u3000"),
        ("euc-kr", 6176, "\u3000"),
        ("jis0208", 0, "\u3000"),
    ],
)
def test_pointers_become_bytes(index, pointer, character):
    codec, code = _DOUBLE[index]
    assert read_as(code(pointer), codec) == character
