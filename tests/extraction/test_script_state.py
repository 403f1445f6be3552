"""What a script's state says beside the text that it holds."""

from __future__ import annotations

import time

import pytest

from crawler.extraction import extract
from crawler.extraction.text.script_state import values_beside
from crawler.parsing import Document

TEXT = "试点以来共受理事项三千四百余件。"


@pytest.mark.parametrize(
    ("script", "values"),
    [
        (
            f'{{"id":7,"title":"云水试点","source":"云水日报","content":"{TEXT}","author":"方志远","editor":"罗小满"}}',
            {"title": "云水试点", "source": "云水日报", "authors": "方志远", "editors": "罗小满"},
        ),
        (f"var a = {{title: '云水试点', content: '{TEXT}', time: 1}};", {"title": "云水试点"}),
        (
            f'{{"title":"云水网","list":[{{"title":"别的"}}],"data":{{"title":"云水试点","content":"{TEXT}"}}}}',
            {"title": "云水试点"},
        ),
        (
            f'{{"title":"云水试点","body":[{{"type":"p","text":"{TEXT}"}}],"next":{{"title":"别的","source":"云水网"}}}}',
            {"title": "云水试点"},
        ),
        (
            f'{{"title":"云水试点","author":{{"id":9,"name":"方志远"}},"content":"{TEXT}"}}',
            {"title": "云水试点", "authors": "方志远"},
        ),
        (f'{{"title":"<b>云</b>","author":"admin","source":"http://a.test","content":"{TEXT}"}}', {}),
        (f'{{"content":"{TEXT}"}}', {}),
        (f'"{TEXT}"', {}),
        (f'}}]{{"title":"没有合上","content":"{TEXT}"', {}),
    ],
)
def test_values(script, values):
    at = next(i for i in (script.find(f'"{TEXT}'), script.find(f"'{TEXT}")) if i >= 0)
    assert values_beside(script, at) == values


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["{", '{"a":"b",', "[{", '"', "'\\", '"\\', "`\\"])
def test_hostile_scripts_take_linear_time(unit):
    script = unit * (400_000 // len(unit))
    started = time.process_time()
    values_beside(script, 399_999)
    extract(Document.from_text(f"<script>var a = {'字' * 60}{script}</script>", "http://a.test/"))
    assert time.process_time() - started < 4
