"""Where pages name their pictures: late, in sets, for browsers without scripts, in a script's list."""

from __future__ import annotations

import pytest
from kinds import P
from kinds_edges import told

from crawler.extraction import extract
from crawler.parsing import Document

HOST = "http://www.yunshui-news.test"
BLANK = "data:image/gif;base64,R0lGOD"


def pictures(markup: str, *, behind: str = "") -> list[str]:
    """The paths of the pictures of a text that has this behind its first paragraph."""
    rest = "".join(f"<p>{p}</p>" for p in P[1:])
    page = told(f"<p>{P[0]}</p><p>{markup}</p>{rest}{behind}")
    article = extract(Document.from_text(page, f"{HOST}/a/1.html"))
    assert article.text == "\n".join(P)
    return [image.url.removeprefix(HOST) for image in article.images]


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ('<img srcset="/p/1.jpg 1x, /p/2.jpg 2x">', "/p/1.jpg"),
        ('<img srcset="/p/2.jpg 2x,/p/1.jpg">', "/p/1.jpg"),
        ('<img srcset="/p/s.jpg 320w, /p/l.jpg 1024w, /p/m.jpg 640w" sizes="100vw">', "/p/l.jpg"),
        (f'<img src="{BLANK}" data-srcset="/p/s.jpg 320w, /p/l.jpg 1024w">', "/p/l.jpg"),
        ('<img src="/p/src.jpg" srcset="/p/2.jpg 2x">', "/p/src.jpg"),
        ('<img srcset="/p/1.jpg?x=resize,w_640 640w">', "/p/1.jpg?x=resize,w_640"),
        ('<img srcset=" /p/1.jpg ">', "/p/1.jpg"),
        ('<picture><source srcset="/p/1.webp 1x"><img></picture>', "/p/1.webp"),
        ('<picture><source srcset="/p/1.webp"><img src="/p/1.jpg"></picture>', "/p/1.jpg"),
        (f'<img src="{BLANK}"><noscript><img src="/p/1.jpg"></noscript>', "/p/1.jpg"),
        ('<img src="/p/blank.gif"> <noscript><img src="/p/1.jpg"></noscript>', "/p/1.jpg"),
        ('<noscript><img src="/p/1.jpg"></noscript>', "/p/1.jpg"),
        ('<img data-src="/p/1.jpg"><noscript><img src="/p/1_small.jpg"></noscript>', "/p/1.jpg"),
        ("<img src='\\p\\1.jpg'>", "/p/1.jpg"),
        ("<img src='..\\p\\1.jpg?f=a\\b'>", "/p/1.jpg?f=a\\b"),
        (f"<img src='{HOST.replace('//', chr(92) * 2)}\\p\\1.jpg'>", "/p/1.jpg"),
        ("<img data-original='\\p/1.jpg' src='/p/loading.gif'>", "/p/1.jpg"),
    ],
)
def test_one_picture(markup, path):
    assert pictures(markup) == [path]


@pytest.mark.parametrize(
    "markup",
    [
        '<img srcset="">',
        '<img srcset=", ,">',
        f'<img srcset="{BLANK} 1x">',
        '<img srcset="/p/logo.png 1x" width="20">',
        '看台上<noscript><img src="/count.gif?site=1" width="1" height="1"></noscript>坐满了人。',
        '<img srcset="' + ("a" * 9 + " ") * 3000 + '">',
        '<img srcset="a' + "," * 300_000 + 'b">',
    ],
)
def test_no_picture(markup):
    page = told(f"<p>{P[0]}</p><p>{markup}</p><p>{P[1]}</p>")
    assert len(extract(Document.from_text(page, f"{HOST}/a/1.html")).images) <= (len(markup) > 1_000)
