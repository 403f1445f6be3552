"""The body as HTML: what is written without nh3 is what nh3 would have made of it."""

from __future__ import annotations

import nh3
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.markup import to_markup
from crawler.items import Image, Video

TAGS = {"p", "h2", "h3", "h4", "blockquote", "pre", "ul", "li", "figure", "figcaption", "img", "a"}
ATTRIBUTES = {"img": {"src", "alt"}, "a": {"href", "rel"}}
NAMES = st.sampled_from(
    ["p", "div", "h1", "h2", "h6", "li", "blockquote", "pre", "script", "td", "a onclick=x"]
)
# A line's white space is single spaces, and lexbor leaves no NUL or carriage return.
TEXTS = st.text(min_size=1).map(lambda text: " ".join(text.replace("\x00", "").split())).filter(bool)
HOSTILE = st.sampled_from(
    ["<script>", "</p>", "<!--", "&lt;b&gt;", "&", '" onerror="', "\xa0", "<a href=//x>", "]]>"]
)


@given(st.lists(st.tuples(NAMES, TEXTS | HOSTILE), max_size=6), st.lists(TEXTS | HOSTILE, max_size=3))
def test_html_is_clean_as_it_is(paragraphs: list[tuple[str, str]], captions: list[str]) -> None:
    images = tuple(Image(f"http://a.test/{c}.jpg", c, n) for n, c in enumerate(captions))
    videos = tuple(Video(f"https://a.test/{c}.mp4", c, -1) for c in captions)
    html = to_markup(paragraphs, images, videos)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)
    assert html == clean
    assert "<script" not in html


def test_addresses_that_are_none_are_dropped() -> None:
    html = to_markup(
        [("p", "一")], (Image("javascript:alert(1)", None, 0),), (Video("data:text/html,x", "片", 0),)
    )
    assert html == '<p>一</p><figure><img alt=""></figure><p><a rel="noopener noreferrer">片</a></p>'
