"""Every rule for lines of the site does something by itself, and so do the cuts that name a page."""

from __future__ import annotations

import pytest
from golden_pages import INVENTED
from kinds import BODY, P, paragraphs
from kinds_edges import told

from crawler.extraction import extract
from crawler.extraction.labels.model import Group, Rule
from crawler.extraction.labels.table import EDGE, GROUPS
from crawler.extraction.text.cuts import ANYWHERE, EDGES
from crawler.extraction.text.ending import ENDINGS
from crawler.extraction.text.selection import without
from crawler.items import Article
from crawler.parsing import Document

SITE = [(group, rule) for group in GROUPS for rule in group.rules if group.label & EDGE]
CUTS = [rule for rule in (*ENDINGS, *ANYWHERE, *EDGES) if rule.page]


def read(html: str) -> Article:
    return extract(Document.from_text(html, "http://www.yunshui-news.test/a/1.html"))


@pytest.mark.parametrize(("group", "rule"), SITE, ids=[rule.name for _, rule in SITE])
def test_an_example_goes_by_its_own_rule_alone(group: Group, rule: Rule):
    line = f"<p>{rule.example}</p>"
    below = told(paragraphs() + line)
    between = told(f"<p>{P[0]}</p>{line}" + "".join(f"<p>{p}</p>" for p in P[1:]))
    assert read(below).text == BODY
    known = [read(below).text, read(between).text]
    with group.without(rule.name):
        assert [read(below).text, read(between).text] != known


@pytest.mark.parametrize("rule", CUTS, ids=lambda rule: rule.name)
def test_a_cut_changes_the_page_that_it_names(rule):
    page = next(page for page in INVENTED if page.name == rule.page)
    known = extract(Document.from_bytes(page.body, page.url))
    with without(rule.name):
        assert extract(Document.from_bytes(page.body, page.url)) != known
