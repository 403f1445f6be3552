"""What a page may cost at most: tags, attributes and bytes are bounded before the parser sees them."""

from __future__ import annotations

import pytest

from crawler.parsing.limits import MAX_ATTRIBUTES, MAX_SIZE, MAX_TAGS, tame

PAGE = "<html><body><p class=a>福州新闻</p><a href='/1.htm' title=x>今天</a></body></html>".encode()


def test_an_ordinary_page_is_the_same_object():
    assert tame(PAGE) is PAGE


def test_a_page_is_cut_at_its_size_and_at_its_tags():
    assert len(tame(b"x" * (MAX_SIZE + 1))) == MAX_SIZE
    assert tame(b"<p>" * 20_000).count(b"<") == 20_000
    tamed = tame(b"<p>1" * (MAX_TAGS + 5_000))
    assert tamed.count(b"<") == MAX_TAGS
    assert tamed.count(b"1") == MAX_TAGS + 5_000
    assert tame(b"<p>1" * 800_000).count(b"1") == 4 * MAX_TAGS


def test_attributes_are_bounded_over_the_whole_page_and_no_tag_or_text_is_lost():
    body = PAGE + b"<br a b c d e f g h>x" * 50_000 + b"<p class=z>end"
    tamed = tame(body)
    assert tamed.startswith(PAGE)
    assert tamed.count(b"<br") == 50_000
    assert tamed.count(b"x") == 50_000 + PAGE.count(b"x")
    assert MAX_ATTRIBUTES - 10 < tamed.count(b" ") <= MAX_ATTRIBUTES
    assert tamed.endswith(b"<p>end")


def test_attributes_without_spaces_count_too():
    tamed = tame(b'<br a=""b=""c=""d=""e=""f="">' * 60_000)
    assert tamed.count(b"=") <= MAX_ATTRIBUTES
    assert tamed.count(b"<br") == 60_000


def test_a_page_of_long_addresses_keeps_its_links():
    links = b"".join(
        b'<li><a href="/2026/01/10/a/b/c/content_%d.htm?a=1&b=2" target="_blank">%d</a></li>' % (n, n)
        for n in range(24_000)
    )
    assert tame(links) == links


def test_elements_that_are_too_deep_are_dropped_although_attributes_are_full():
    body = b"<br a b c d e f g h>" * 30_000 + b"<div a b>" * 5000
    assert tame(body).count(b"<div") == 800


@pytest.mark.parametrize("unit", ["正文", "a", "a b=c ", "> "])
def test_a_long_text_is_looked_at_once(unit):
    """One text of 4 MB took four seconds: every window of it was read from its tag on."""
    text = unit.encode() * (3_900_000 // len(unit.encode()))
    reads = []

    class Counted(bytes):
        def __getitem__(self, key):
            found = super().__getitem__(key)
            reads.append(len(found) if isinstance(found, bytes) else 1)
            return found

    tame(Counted(b"<html><body>" + text))
    assert sum(reads) < 1_000_000
