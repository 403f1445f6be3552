"""The table of fields: its names are the article's, its finders are named, told and can be switched off."""

from __future__ import annotations

from dataclasses import fields

import pytest
from kinds import TITLE, P, page

from crawler.extraction import extract
from crawler.extraction.fields import credit, headline
from crawler.extraction.fields.model import FINDERS, Field, Finding
from crawler.extraction.fields.table import FIELDS
from crawler.items import Article
from crawler.parsing import Document

URL = "http://www.yunshui-news.test/2022-11/03/content_1.htm"
HEAD = '<meta name="pubdate" content="2022-11-03 07:29:26"><meta name="source" content="云水社">'
HTML = page(
    f"<h1>{TITLE}</h1><p>2022-11-03 07:29 来源：云水日报 作者：方志远</p><div>{''.join(f'<p>{p}</p>' for p in P)}</div>",
    head=HEAD,
    title=f"{TITLE}_云水网",
)


def read() -> Article:
    return extract(Document.from_text(HTML, URL))


def test_fields_are_attributes_of_the_article():
    names = [field.name for field in FIELDS]
    assert set(names) <= {attribute.name for attribute in fields(Article)}
    assert len(names) == len(set(names))


def test_every_finder_and_step_has_a_name_of_its_own_and_says_what_it_finds():
    for field in FIELDS:
        assert len(field.names) == len(set(field.names))
        assert all(name.startswith(f"{field.name}: ") for name in field.names)
    for finder in (*(f for field in FIELDS for f in field.finders), *credit.STEPS, *headline.FINDERS):
        assert finder.__doc__, finder.__name__


@pytest.mark.parametrize(
    ("off", "attribute", "value", "origin"),
    [
        ((), "published", "2022-11-03T07:29:26+08:00", "visible+meta:pubdate"),
        (("published: in_head",), "published", "2022-11-03T07:29+08:00", "visible"),
        (("published: displayed",), "published", "2022-11-03T07:29:26+08:00", "meta:pubdate"),
        (("published: displayed", "published: in_head"), "published", "2022-11-03", "url"),
        ((), "source", "云水日报", "visible"),
        (("credit: labels",), "source", "云水社", "meta:source"),
        (("credit: labels", "credit: source_in_head"), "source", None, None),
        ((), "title", TITLE, "visible"),
        (("headline: told_by_head",), "title", TITLE, "heading"),
        (("headline: told_by_head", "headline: heading_above"), "title", TITLE, "title"),
    ],
)
def test_a_finder_can_be_switched_off(off, attribute, value, origin):
    before = read()
    found = _read_without(off)
    assert getattr(found, attribute) == value
    assert found.extraction.origin.get(attribute) == origin
    assert read() == before


def _read_without(names: tuple[str, ...]) -> Article:
    if not names:
        return read()
    with FINDERS.without(names[0]):
        return _read_without(names[1:])


def test_the_first_finding_is_believed():
    def nothing(_: object) -> None:
        """Find nothing."""

    def one(_: object) -> Finding[int]:
        """Find 1."""
        return Finding(1, "one")

    def two(_: object) -> Finding[int]:
        """Find 2."""
        return Finding(2, "two")

    assert Field("x", (nothing, one, two)).find(None) == Finding(1, "one")
    assert Field("x", (nothing,)).find(None) is None
    with FINDERS.without("x: one"):
        assert Field("x", (nothing, one, two)).find(None) == Finding(2, "two")


@pytest.mark.parametrize("when", ["半小时前", "两小时前", "昨日", "刚才", "大前天", "3小时前"])
def test_words_for_times_are_nobodys_name(when):
    html = page(
        f"<h1>{TITLE}</h1><p><span>云水日报</span><span>{when}</span></p><div>{''.join(f'<p>{p}</p>' for p in P)}</div>"
    )
    article = extract(Document.from_text(html, URL))
    assert (article.source, article.authors) == ("云水日报", ())
