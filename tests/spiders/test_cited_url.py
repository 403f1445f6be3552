"""Under which URL an article is stored."""

from __future__ import annotations

import pytest

from crawler.parsing import Document
from crawler.portals import load_profile
from crawler.spiders.assembly import cited_url

OWN = "http://fz.fjsen.com/2022-11/03/content_31173355.htm"


@pytest.mark.parametrize(
    ("named", "cited"),
    [
        ("", OWN),
        ("/", OWN),
        ("http://www.fjsen.com/", OWN),
        ("http://fz.fjsen.com/2022-11/03/content_99.htm", OWN),
        ("http://elsewhere.test/2022-11/03/content_31173355.htm", OWN),
        ("https://news.fjsen.com/2022-11/03/content_31173355.htm", "http://news.fjsen.com/2022-11/03/content_31173355.htm"),
        ("http://[bad", OWN),
        ("javascript:void(0)", OWN),
    ],
)  # fmt: skip
def test_a_page_is_believed_only_where_it_names_itself(named, cited):
    page = f'<html><head><link rel="canonical" href="{named}"></head><body>x</body></html>'

    assert cited_url(Document.from_text(page, OWN), OWN, load_profile("fjsen")) == cited


def test_a_mobile_twin_and_a_second_page_are_stored_as_page_one():
    empty = Document.from_text("<p>x</p>", OWN)
    profile = load_profile("fjsen")

    assert cited_url(empty, "https://fz.fjsen.com/wap/2022-11/03/content_31173355.htm", profile) == OWN
    assert cited_url(empty, "http://FZ.fjsen.com/2022-11/03/content_31173355_2.htm?spm=1#a", profile) == OWN
