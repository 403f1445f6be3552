"""Every invented kind of page is read as it should be, some by a profile."""

from __future__ import annotations

import pytest
from golden_pages import INVENTED_KINDS, profile_of
from kinds import Kind

from crawler.cleaning import clean_article
from crawler.extraction import extract
from crawler.items import Article
from crawler.parsing import Document


@pytest.fixture(params=INVENTED_KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


@pytest.fixture
def article(kind: Kind) -> Article:
    profile = profile_of(kind)
    doc = Document.from_bytes(kind.html.encode(kind.encoding), kind.url)
    return clean_article(extract(doc, profile, fetched_at=kind.fetched, hints=kind.hints), profile)


def test_text(kind, article):
    assert article.text == kind.text


def test_facts(kind, article):
    assert article.title == kind.title
    if kind.published is not None:
        assert article.published is not None
        assert article.published.removesuffix("+08:00") == kind.published
    assert article.source == kind.source
    assert tuple(author.name for author in article.authors) == kind.authors
    assert article.editors == kind.editors
    if kind.breadcrumb is not None:
        assert article.breadcrumb == kind.breadcrumb


def test_more(kind, article):
    for name, wanted in kind.more.items():
        found = getattr(article, name)
        assert (len(found) if isinstance(wanted, int) else found) == wanted


def test_every_field_says_where_it_is_from(article):
    assert article.extraction is not None
    for field, value in (
        ("title", article.title),
        ("text", article.text),
        ("published", article.published),
        ("source", article.source),
        ("authors", article.authors),
        ("editors", article.editors),
    ):
        assert bool(article.extraction.origin.get(field)) == bool(value), field
