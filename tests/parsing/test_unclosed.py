"""Elements that a page leaves open."""

from __future__ import annotations

import time

import pytest

from crawler.parsing import Document, tag_order
from crawler.parsing.unclosed import close_unclosed

LONG = "长" * 50


@pytest.fixture(autouse=True, params=[None, 1, 9], ids=["whole", "tag by tag", "in parts"])
def parts(request, monkeypatch):
    """The tags of a large page are read in parts; where it is parted changes nothing."""
    if request.param:
        monkeypatch.setattr(tag_order, "_PART", request.param)


def closed(page: str) -> str:
    return close_unclosed(page.encode()).decode()


@pytest.mark.parametrize(
    ("page", "mended"),
    [
        ("<p>甲<a href=x>乙</p><p>丙</p>", "<p>甲<a href=x>乙</a></p><p>丙</p>"),
        ("<P>甲<A HREF=x>乙</P><P>丙</P>", "<P>甲<A HREF=x>乙</a></P><P>丙</P>"),
        ("<p>甲<a href=x>乙<p>丙", "<p>甲<a href=x>乙</a><p>丙"),
        ("<p><a href=x>乙</p><p>丙</p><p>丁</a></p>", "<p><a href=x>乙</a></p><p>丙</p><p>丁</a></p>"),
        ("甲<a href=x>乙<br>丙<br>丁<a href=y>戊</a>", "甲<a href=x>乙</a><br>丙<br>丁<a href=y>戊</a>"),
        (f"<p><a href=x>{LONG}</p><p>丙</p>", f"<p><a href=x></a>{LONG}</p><p>丙</p>"),
        (f"<p>甲<a href=x>{LONG}<a href=y>乙</a></p>", f"<p>甲<a href=x></a>{LONG}<a href=y>乙</a></p>"),
        ("<p><a href=x>他说，很好。</p><p>丙</p>", "<p><a href=x></a>他说，很好。</p><p>丙</p>"),
        ("<li><a href=1><h3>题</h3><p>要</p></li><li>乙", "<li><a href=1><h3>题</a></h3><p>要</p></li><li>乙"),
        ("<ul><li><a href=1>甲<li><a href=2>乙</ul>", "<ul><li><a href=1>甲</a><li><a href=2>乙</a></ul>"),
        ("<dl><dt><a href=1>甲<dd>乙</dl>", "<dl><dt><a href=1>甲</a><dd>乙</dl>"),
        ("<td><a href=1><img src=2><td>甲", "<td><a href=1><img src=2></a><td>甲"),
        ("<button>分享<p>甲</p></div>", "<button></button>分享<p>甲</p></div>"),
        ("<select><option>一<option>二</option><p>甲", "<select><option>一<option>二</option></select><p>甲"),
        ("<select name=a><select name=b></select>甲", "<select name=a></select><select name=b></select>甲"),
        ("<object><param name=x><p>甲</object><object>乙", "<object><param name=x><p>甲</object><object></object>乙"),
        ("<object data=x><param name=y><p>甲", "<object data=x><param name=y></object><p>甲"),
        ("<video src=1><source src=2><p>甲</div>", "<video src=1><source src=2></video><p>甲</div>"),
        ("<video src=1><p>不支持</video><p>甲", "<video src=1><p>不支持</p></video><p>甲"),
        ("<noscript><div>甲<p>乙</noscript>丙", "<noscript><div>甲<p>乙</p></div></noscript>丙"),
        ("<noscript><a href=x></noscript><p>丙", "<noscript><a href=x></a></noscript><p>丙"),
        ("<svg><g>甲<p>乙", "<svg></svg><g>甲<p>乙"),
        ("<iframe src=a /><p>甲<iframe src=b /><p>乙", "<iframe src=a /></iframe><p>甲<iframe src=b /></iframe><p>乙"),
        ("<title>题<meta><body><p>甲", "<title>题</title><meta><body><p>甲"),
        ("<textarea><p>甲", "<textarea></textarea><p>甲"),
        ("<template><p>甲", "<template></template><p>甲"),
    ],
)  # fmt: skip
def test_what_is_left_open_is_closed(page: str, mended: str) -> None:
    assert closed(page) == mended
    assert closed(mended) == mended


@pytest.mark.parametrize(
    "page",
    [
        "<p>甲<a href=x>乙</a></p>",
        "<a href=1><h3>题</h3><p>要</p></a><a href=2>乙</a>",
        "<a href=1><p>题</p><p>要</p></a>",
        "<a href=1>题<br>要</a><p>甲",
        "<div><a name=top><p>甲</p></div>",
        "<p>甲<a name=top/>乙</p><p>丙</p>",
        "<p>甲<p>乙<p><a href=x>丙</a>",
        "<table><tr><td><a href=1>甲</a><td>乙</table>",
        "<a href=1><table><tr><td>甲</td></tr></table></a>",
        "<a href=1><ul><li>甲<li>乙</ul></a>",
        "<script>var a='<a href=1>'+b+'<select>';</script><p>甲",
        "<!-- <a href=1><object> --><p>甲",
        "<style>a{}</style><p>甲<select><option>一</select><button>乙</button><svg/><p>丙",
        "<noscript><div><p>甲</p></div></noscript><video><p>乙</p></video>",
        "<article><aside><address><abbr>甲</abbr></address></aside></article>",
        "",
    ],
)
def test_what_is_closed_stays_as_it_is(page: str) -> None:
    source = page.encode()
    assert close_unclosed(source) is source or closed(page) == page


def test_the_links_of_a_page_are_those_that_it_has() -> None:
    page = "<p><a href=1>甲</p><p>乙</p><p>丙</p><p><a href=2>丁</a></p>"
    links = Document.from_text(page, "http://a.test/").links
    assert [(node.text(), href) for node, href, _ in links] == [("甲", "1"), ("丁", "2")]


@pytest.mark.parametrize(
    "page",
    [
        "<a href=x>" * 200_000,
        "<a href=x><p>" * 100_000,
        "<a href=x>" + "<p>" * 200_000 + "<ul>" + "<li>" * 200_000,
        "<noscript>" + "<li>" * 200_000 + "</div>" * 200_000 + "</noscript>",
        "<script>" * 300_000,
        "<!--" * 300_000 + "<a href=x>",
        "<iframe>" * 300_000,
        "<video>" * 100_000 + "<p>" + "</video>" * 100_000,
        "<object>" * 100_000 + "</canvas>" * 100_000,
        "<button>" * 200_000,
        "<select><option>" * 100_000,
        "<a href='" * 200_000,
        "<noscript>" * 200_000 + "<p>" + "</noscript>" * 200_000,
    ],
)
def test_time_is_linear(page: str) -> None:
    source = page.encode()
    started = time.process_time()
    close_unclosed(source)
    assert time.process_time() - started < 6
