"""Pages as other sites would have written them: the same article, without what a rule might have learnt by heart.

Each change is a function of a page's source and its name (the seed), and leaves what a reader sees as it is, but
for ``formats``, which writes times and the row of facts in another form of the same meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

__all__ = ["PERTURBATIONS"]

_NAMED = re.compile(
    r"""(?<=\s)(class|id)\s{0,3}=\s{0,3}(?:"([^"<>]{0,300})"|'([^'<>]{0,300})'|([^\s"'<>=]{1,100}))"""
)
_SCRIPT = re.compile(r"(<(script|style|textarea|noscript|title)\b[^>]{0,2000}>)", re.IGNORECASE)
_META = re.compile(r"<meta\b[^>]{0,5000}>", re.IGNORECASE)
_LINKED = re.compile(r"<script[^>]{0,300}ld\+json[^>]{0,300}>.*?</script>", re.IGNORECASE | re.DOTALL)
_INLINE = re.compile(r"<script(?![^>]{0,500}\bsrc\s?=)[^>]{0,500}>.*?</script>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--(?!\[if).{0,5000}?-->", re.DOTALL)
_DATED = re.compile(r"((?:19|20)\d\d)-(0\d|1[0-2])-([0-3]\d)(?=[ T\s<]{1,12}[0-2]\d:[0-5]\d)")
_HEADING = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b[^>]{0,1000}>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</p\s{0,5}>", re.IGNORECASE)
_DIVISION = re.compile(r"<(/?)div\b", re.IGNORECASE)
_SECTION = re.compile(r"<(/?)(?:section|article|main|header|footer|nav|aside)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,500}>[^<]{0,2000}</title>", re.IGNORECASE)
_GAP = re.compile(
    r">\s{1,9999}<(?=/?(?:div|p|ul|ol|li|dl|dd|dt|table|tbody|tr|td|h[1-6]|section|article|center|form)\b)",
    re.IGNORECASE,
)
_TEXT = re.compile(r">([^<>]{1,200})<")


def _outside_scripts(source: str, change: Callable[[str], str]) -> str:
    """The source with its markup changed, its scripts and styles as they are."""
    out, done = [], 0
    while (opening := _SCRIPT.search(source, done)) is not None:
        end = source.lower().find(f"</{opening[2].lower()}", opening.end())
        end = end if end >= 0 else len(source)
        out += [change(source[done : opening.end()]), source[opening.end() : end]]
        done = end
    return "".join([*out, change(source[done:])])


def nameless(source: str, page: str) -> str:
    """Every class and id is another, meaningless word, the same one for the same word."""
    seed = Random(page).getrandbits(32)

    def renamed(match: re.Match[str]) -> str:
        words = (match[2] or match[3] or match[4] or "").split()
        fresh = (f"x{Random(f'{seed} {word}').getrandbits(28):07x}" for word in words)
        return f'{match[1]}="{" ".join(fresh)}"'

    return _outside_scripts(source, lambda part: _NAMED.sub(renamed, part))


def headless(source: str, _page: str) -> str:
    """No ``<meta>`` but the encoding's, no linked data."""
    return _META.sub(lambda m: m[0] if "charset" in m[0].lower() else "", _LINKED.sub("", source))


def stateless(source: str, _page: str) -> str:
    """No inline scripts, no comments."""
    return _COMMENT.sub("", _INLINE.sub("", source))


def divided(source: str, _page: str) -> str:
    """HTML 5's elements are divisions, and paragraphs are lines that two ``<br>`` end."""

    def change(part: str) -> str:
        part = _SECTION.sub(r"<\1div", part)
        return _PARAGRAPH_END.sub("<br><br>", _PARAGRAPH.sub("", part))

    return _outside_scripts(source, change)


def sectioned(source: str, _page: str) -> str:
    """Divisions are sections, headings are divisions."""
    return _outside_scripts(source, lambda part: _HEADING.sub(r"<\1div", _DIVISION.sub(r"<\1section", part)))


def formatted(source: str, page: str) -> str:
    """Dates beside a time of day in another notation, 来源： as 稿源：, 责任编辑 as 责编, full-width colons as half."""
    year_month_day = Random(page).choice(["{}年{}月{}日", "{}/{}/{}", "{}.{}.{}"])

    def text(match: re.Match[str]) -> str:
        said = match[1]
        said = _DATED.sub(lambda m: year_month_day.format(*m.groups()), said)
        return f">{said.replace('来源：', '稿源: ').replace('责任编辑：', '责编: ').replace('作者：', '作者 ：')}<"

    return _outside_scripts(source, lambda part: _TEXT.sub(text, part))


def untitled(source: str, _page: str) -> str:
    """The ``<title>`` and all titles of the head name the site only."""
    source = _TITLE.sub("<title>云水新闻网</title>", source)
    return _META.sub(lambda m: "" if "title" in m[0].lower() else m[0], _LINKED.sub("", source))


def spanned(source: str, _page: str) -> str:
    """Every text stands in a ``<font>`` or a ``<span>`` of its own, as editors' programs leave it."""
    return _outside_scripts(source, lambda part: _TEXT.sub(r"><span><font size=3>\1</font></span><", part))


def minified(source: str, _page: str) -> str:
    """No line ends or spaces before blocks."""
    return _outside_scripts(source, lambda part: _GAP.sub("><", part))


def tabled(source: str, _page: str) -> str:
    """Divisions are tables of one cell, as in pages of before 2008."""

    def change(part: str) -> str:
        part = re.sub(r"<div\b([^>]{0,2000})>", r"<table\1><tr><td>", part, flags=re.IGNORECASE)
        return re.sub(r"</div\s{0,5}>", "</td></tr></table>", part, flags=re.IGNORECASE)

    return _outside_scripts(source, change)


PERTURBATIONS: Final[dict[str, Callable[[str, str], str]]] = {
    "no names": nameless,
    "no head": headless,
    "no scripts, comments": stateless,
    "br for p": divided,
    "section for div, no h1": sectioned,
    "table for div": tabled,
    "span and font for text": spanned,
    "minified": minified,
    "title of the site": untitled,
    "other formats": formatted,
    "no names, head, scripts": lambda source, page: stateless(headless(nameless(source, page), page), page),
}
"""The changes, by the name that the table shows."""
