"""Where pages name their pictures: late, in sets, for browsers without scripts, in a script's list."""

from __future__ import annotations

import pytest
from kinds import TITLE, P
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


def of_script(script: str, text: str = P[0]):
    page = told(f"<p>{text}</p>" if text else "", behind=f"<script>{script}</script>")
    return extract(Document.from_text(page, f"{HOST}/a/1.html"))


LISTS = (
    '[{"url":"/p/1.jpg","note":"城关"},{"url":"/p/2.jpg","note":"河口"},{"url":"/p/3.jpg"}]',
    "[{src:'/p/1.jpg',desc:'城关'},{src:'/p/2.jpg',desc:'河口'},{src:'/p/3.jpg'},]",
    '[{"img_url":"\\/p\\/1.jpg","title":"城关"},{"img_url":"\\/p\\/2.jpg","title":"河口"},{"img_url":"\\/p\\/3.jpg"}]',
)


@pytest.mark.parametrize("pictures", LISTS)
@pytest.mark.parametrize(
    "around",
    [
        "var picList = {};",
        "window.slide_data={}",
        'window.__STATE__={{"article":{{"title":"' + TITLE + '","type":"gallery","picList":{}}}}}',
        'var data={{"detail":{{"photos":{}}}}};',
        'init({{"title":"' + TITLE + '","images":{},"next":{{"title":"别的","images":["/p/9.jpg"]}}}});',
    ],
)
def test_a_list_of_pictures_in_a_script(around, pictures):
    found = of_script(around.format(pictures))
    assert [(image.url.removeprefix(HOST), image.caption) for image in found.images] == [
        ("/p/1.jpg", "城关"),
        ("/p/2.jpg", "河口"),
        ("/p/3.jpg", None),
    ]
    assert found.type == "gallery"
    assert found.extraction.origin["images"] == "script"


@pytest.mark.parametrize(
    "script",
    [
        'var rec={"title":"河口大桥主跨合龙","picList":["/p/1.jpg","/p/2.jpg","/p/3.jpg"]};',
        'var list=[{"title":"河口大桥","images":["/p/1.jpg"]},{"title":"县医院","images":["/p/2.jpg"]}];',
        '</script><script type="application/ld+json">{"@id":"1","images":["/p/1.jpg"]}',
        "var picList = [];",
        "var picList = [1, 2, 3];",
        "var picList = build([1]);",
        'var picList = ["javascript:void(0)", "about:blank"];',
        'var imageSizes = ["100.jpg"];',
        "var picList = [" * 5000,
    ],
)
def test_what_is_no_list_of_the_article(script):
    found = of_script(script)
    assert (found.images, found.type, found.text) == ((), "news", P[0])


def test_pictures_of_the_page_come_before_those_of_a_script():
    page = told(
        f'<p>{P[0]}</p><p><img src="/p/shown.jpg"></p>', behind=f"<script>var picList={LISTS[0]}</script>"
    )
    found = extract(Document.from_text(page, f"{HOST}/a/1.html"))
    assert [image.url for image in found.images] == [f"{HOST}/p/shown.jpg"]


def test_a_film_in_a_script():
    found = of_script(f'var player={{"title":"{TITLE}","videoUrl":"/v/1.mp4","type":"video"}};')
    assert ([video.url for video in found.videos], found.type) == ([f"{HOST}/v/1.mp4"], "video")


@pytest.mark.parametrize(("word", "kind"), [("video", "video"), ("photoset", "gallery"), ("news", "news")])
def test_a_type_that_only_a_script_says(word, kind):
    assert of_script(f'var page={{"title":"{TITLE}","type":"{word}"}};').type == kind
    assert of_script(f'var page={{"title":"河口大桥主跨合龙","type":"{word}"}};').type == "news"
    assert of_script(f'var page={{"title":"{TITLE}","type":"{word}"}};', "。".join(P * 4)).type == "news"
