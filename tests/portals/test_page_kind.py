"""What follows from the kind of a page: one table for all who ask."""

import pytest

from crawler.portals.page_kind import PageKind

RULES = {
    #                 home channel article gallery continuation sitemap feed other
    "is_article":      "  .     .       x       x         .          .    .    .",
    "fetched_once":    "  .     .       x       x         x          .    .    .",
    "revisited":       "  x     x       .       .         .          x    x    .",
    "is_list":         "  x     x       .       .         .          .    x    .",
    "is_list_page":    "  x     x       .       .         .          .    .    .",
    "is_further_list": "  .     x       .       .         .          .    x    .",
    "shows_entries":   "  x     x       .       .         .          .    .    x",
    "is_xml":          "  .     .       .       .         .          x    x    .",
    "decided_by_url":  "  x     .       .       .         x          x    x    .",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_kind_answers_every_rule(rule):
    wanted = [sign == "x" for sign in RULES[rule].split()]
    assert [getattr(kind, rule) for kind in PageKind] == wanted


@pytest.mark.parametrize("kind", PageKind)
def test_a_kind_is_read_back_from_a_requests_meta(kind):
    assert PageKind.of(kind.value) is PageKind.of(kind) is kind


@pytest.mark.parametrize("name", [None, "", "resource", "ARTICLE", 3, ["home"], {}])
def test_whatever_else_a_meta_holds_is_a_page_of_unknown_kind(name):
    assert PageKind.of(name) is PageKind.OTHER
