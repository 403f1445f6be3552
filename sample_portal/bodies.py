"""A body's blocks as each template marks them up, with the clutter that editors paste along."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING

from sample_portal.furniture import ICONS, attribute, text
from sample_portal.links import relative

if TYPE_CHECKING:
    from collections.abc import Callable

    from sample_portal.truth import Block, Layout, TrueArticle

__all__ = ["body_html"]

_DIGITS = re.compile(r"\d+")
_WORD_STYLE = "MARGIN: 0cm 0cm 0pt; LINE-HEIGHT: 150%; TEXT-INDENT: 32pt"


def body_html(
    article: TrueArticle, page: int, url: str, say: Callable[[str], str], layout: Layout | None = None
) -> str:
    """Return the blocks of page ``page`` (from 1), shown at ``url``.

    ``say`` turns every text; ``layout`` overrides the article's.
    """
    rng = Random(url)
    mark = _MARKUP[layout or article.layout]
    return "\n".join(mark(block, say(block.text), url, rng) for block in article.body[page - 1])


def _image(block: Block, url: str, *, attributes: str = "") -> str:
    source = relative(block.image or "", url)
    if block.lazy:
        return f'<img src="{ICONS}" data-src="{source}" {attributes}/>'
    return f'<img src="{source}" alt="{attribute(block.text)}" {attributes}/>'


def _modern(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        caption = (
            f'<p style="text-align: center;"><span style="color: #000080;">{text(words)}</span></p>'
            if words
            else ""
        )
        image = _image(block, url, attributes=f"id={rng.randrange(10**6)} ")
        return f'<p style="text-align: center;">{image}</p>{caption}'
    if block.kind == "heading":
        return f'<p style="text-align: center;"><strong>{text(words)}</strong></p>'
    if rng.random() < 0.1:
        cut = min(12, len(words))
        return f'<p style="text-indent: 2em;">　　<strong>{text(words[:cut])}</strong>{text(words[cut:])}</p>'
    return f"<p>　　{text(words)}</p>"


def _classic(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        shown = f"<BR><FONT color=#000080>{text(words)}</FONT>" if words else ""
        return f"<P align=center>{_image(block, url)}{shown}</P>"
    if block.kind == "heading":
        return f"<P>　　<STRONG>{text(words)}</STRONG></P>"
    return (
        f'<P style="TEXT-INDENT: 2em">{text(words)}</P>'
        if rng.random() < 0.5
        else f"<P>　　{text(words)}</P>\n<P></P>"
    )


def _left(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        caption = f"<figcaption>{text(words)}</figcaption>" if words else ""
        return f"<figure>{_image(block, url)}{caption}</figure>"
    if block.kind == "heading":
        return f"<h5>{text(words)}</h5>"
    advert = (
        '<div class="ad" style="display:none"><script>document.write("<p>广告</p>");</script></div>'
        if rng.random() < 0.08
        else ""
    )
    return f"{advert}<p>&nbsp;&nbsp;&nbsp;&nbsp;{text(words)}</p>"


def _picture(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        link = "" if rng.random() < 0.5 else f'<a href="{block.image}" target="_blank">'
        image = f"{link}{_image(block, url)}{'</a>' if link else ''}"
        return f'<div class="pic">{image}</div>\n<p class="tuzhu">{text(words)}</p>'
    return f"<p>　　{text(words)}</p>"


def _table(block: Block, words: str, url: str, rng: Random) -> str:
    del rng
    if block.kind == "picture":
        caption = f"<BR><FONT color=#800000>{text(words)}</FONT>" if words else ""
        return f"<CENTER>{_image(block, url, attributes='border=1 ')}{caption}</CENTER><BR>"
    if block.kind == "heading":
        return f"　　<B>{text(words)}</B><BR><BR>"
    return f"　　{text(words)}<BR><BR>"


def _trs(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        caption = f'<p align="center">{text(words)}</p>' if words else ""
        return f'<p align="center">{_image(block, url, attributes="OLDSRC=x ")}</p>{caption}'
    if block.kind == "heading":
        return f"<p><b>　　{text(words)}</b></p>"
    return (
        f'<p align="justify">　　{text(words)}</p>' if rng.random() < 0.8 else f"<div>　　{text(words)}</div>"
    )


def _word(block: Block, words: str, url: str, rng: Random) -> str:
    if block.kind == "picture":
        return _trs(block, words, url, rng)
    inner = _DIGITS.sub(lambda match: f"<span lang=EN-US>{match[0]}</span>", text(words))
    weight = "<b>" if block.kind == "heading" else ""
    return (
        f'<p class="MsoNormal" style="{_WORD_STYLE}">'
        f'<span style="FONT-SIZE: 16pt; FONT-FAMILY: 仿宋_GB2312">{weight}{inner}'
        f"{'</b>' if weight else ''}<o:p></o:p></span></p>"
    )


_MARKUP: dict[Layout, Callable[[Block, str, str, Random], str]] = {
    "modern": _modern, "classic": _classic, "left": _left, "picture": _picture, "table": _table,
    "trs": _trs, "trs-word": _word,
}  # fmt: skip
