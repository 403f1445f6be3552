"""Every rule for lines of the site and for headings of lists, every cut and every value does something by itself."""

from __future__ import annotations

import pytest
from golden_pages import INVENTED
from kinds import BODY
from kinds_rules import pages_of

from benchmarks import ablation
from crawler.extraction import extract
from crawler.extraction.choice import HEADLINE, REPEATED, WIDGETS
from crawler.extraction.labels.model import LIST_HEADING, Group, Rule
from crawler.extraction.labels.table import EDGE, GROUPS
from crawler.extraction.text import values
from crawler.extraction.text.beside_article import NAMED, UNDER_COMMENTS
from crawler.extraction.text.beside_headline import ABOVE, BEHIND, SPOKEN
from crawler.extraction.text.cuts import ANYWHERE, EDGES
from crawler.extraction.text.ending import ENDINGS, INSET
from crawler.extraction.text.selection import CUTS
from crawler.extraction.text.streams import COMMENT_STREAM, TEASER_STREAM
from crawler.extraction.text.values import RULES
from crawler.items import Article
from crawler.parsing import Document

SITE = [(group, rule) for group in GROUPS for rule in group.rules if group.label & EDGE]
HEADINGS = [(group, rule) for group in GROUPS for rule in group.rules if group.label & LIST_HEADING]
ALL_CUTS = (*ENDINGS, *ANYWHERE, *EDGES)
OTHER = {
    ABOVE: "short news below a story of another page",
    BEHIND: "short news above the next article of an endless page",
    SPOKEN: "short news above the rules for comments",
    NAMED: "nothing is a headline: a footer longer than the text",
    UNDER_COMMENTS: "two comments, signed, longer than the text",
    TEASER_STREAM: "a short article above a longer stream of teasers in boxes without telling names",
    COMMENT_STREAM: "readers' words in the text's element, longer than the text",
    INSET: "a box in the text, with a remark under its link",
    HEADLINE: "a page that nobody named",
    REPEATED: "the article twice in one element, for screens of two sizes",
    WIDGETS: "a stock quote in a line of its own",
}
"""What is cut by steps that are no :class:`Cut`."""
PAGES = {page.name: page for page in INVENTED}


def read(html: str) -> Article:
    return extract(Document.from_text(html, "http://www.yunshui-news.test/a/1.html"))


@pytest.mark.parametrize(("group", "rule"), SITE, ids=[rule.name for _, rule in SITE])
def test_an_example_goes_by_its_own_rule_alone(group: Group, rule: Rule):
    below, between = pages_of(group, rule)
    assert read(below).text == BODY
    known = [read(below).text, read(between).text]
    with group.without(rule.name):
        assert [read(below).text, read(between).text] != known


@pytest.mark.parametrize(("group", "rule"), HEADINGS, ids=[rule.name for _, rule in HEADINGS])
def test_the_heading_of_a_list_ends_a_text_by_its_own_rule_alone(group: Group, rule: Rule):
    (page,) = pages_of(group, rule)
    assert read(page).text == BODY
    with group.without(rule.name):
        assert read(page).text != BODY


@pytest.mark.parametrize(
    ("cut", "named"), [*((rule.name, rule.page) for rule in ALL_CUTS), *OTHER.items()], ids=lambda name: name
)
def test_a_cut_changes_the_page_that_it_names(cut: str, named: str):
    page = PAGES[named]
    known = extract(Document.from_bytes(page.body, page.url)).text
    with CUTS.without(cut):
        assert extract(Document.from_bytes(page.body, page.url)).text != known


VALUES = {
    "link": "nothing is a headline: a column of long linked headlines",
    "teaser": "a short text beside a column of teasers",
    "long, without marks": "lines without marks beside a sentence of the weather",
    "short paragraph": "a short notice",
    "short": "one paragraph of plain text in a cell",
    "site": "nothing is a headline: a long disclaimer",
    "facts": "a summary in an element of its own, which is no lead",
    "sentence": "two paragraphs above the same stream",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_value_changes_a_page(rule):
    page = PAGES[VALUES[rule.name]]
    known = extract(Document.from_bytes(page.body, page.url))
    with values.without(rule.name):
        assert extract(Document.from_bytes(page.body, page.url)) != known


@pytest.mark.slow
def test_every_rule_changes_an_invented_page():
    known = [(page, ablation.read(page)) for page in ablation.invented()]
    idle = []
    for switch in ablation.switches():
        with switch.off():
            if all(ablation.read(page) == article for page, article in reversed(known)):
                idle.append(switch.key)
    assert idle == []
