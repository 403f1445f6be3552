"""Short news is read whole and alone, whatever stands around it."""

from __future__ import annotations

from collections import defaultdict

import pytest
from short_stories import TEMPLATES, pages

from crawler.extraction import extract
from crawler.parsing import Document

PAGES = defaultdict(list)
for _name, _html, _text in pages():
    PAGES[_name.partition(" / ")[0]].append((_name, _html, _text))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_short_story_is_the_text(template):
    wrong = {}
    for name, html, text in PAGES[template]:
        found = extract(Document.from_text(html, "http://www.yunshui-news.test/a/1.html")).text
        if found != text:
            wrong[name] = found
    assert wrong == {}
