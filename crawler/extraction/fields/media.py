"""Pictures and films of the body."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from crawler.extraction.page.addresses import absolute
from crawler.extraction.page.hints import AWAY
from crawler.extraction.page.pictures import picture_address
from crawler.items import Image, Video

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow, Media
    from crawler.extraction.text.body import Body
    from crawler.parsing import Document

__all__ = ["find_media"]

_CAPTION_NAME = re.compile(
    r"caption|desc|img_?txt|pic_?(?:txt|text|info|tit\w*|note)|tips|tushuo|tuzhu|pic_?zhu|zhushi|img-?info|f_?center",
    re.IGNORECASE,
)
_FRAMES = re.compile(r"video|player|vod|live|\.mp4|/v/", re.IGNORECASE)
_FILM = re.compile(r"\.(?:mp4|m3u8|flv|mov|webm)(?:$|\?)", re.IGNORECASE)
_LONG_CAPTION = 160
_CENTRED = 80  # letters of a centred line under a picture that may be its caption


def find_media(
    doc: Document, flow: Flow, body: Body, title: str
) -> tuple[tuple[Image, ...], tuple[Video, ...]]:
    """Find the pictures and films between the first and the last line of the text, each after its paragraph."""
    if body.element < 0:
        return (), ()
    stop = min((body.lines[-1] + 2 if body.lines else body.end) + 1, body.end + 1)
    found = [media for media in flow.media if body.start <= media.line <= stop]
    found = [media for media in found if _within(flow, media.parent, body.element)]
    if not found:
        return (), ()
    images: dict[str, Image] = {}
    videos: dict[str, Video] = {}
    away = _away_ranges(flow, body)
    for media in found:
        if any(first <= media.parent <= last for first, last in away):
            continue
        after = bisect_left(body.lines, media.line) - 1
        if media.node.tag == "img":
            url = picture_address(media.node, doc.base_url)
            if url and url not in images:
                images[url] = Image(url, _caption(flow, body, media, title), after)
        else:
            url = _film(media, doc.base_url)
            if url and url not in videos:
                videos[url] = Video(url, None, after)
    return tuple(images.values()), tuple(videos.values())


def _away_ranges(flow: Flow, body: Body) -> list[tuple[int, int]]:
    """Return elements inside the article's that are something else: their pictures are theirs."""
    out = []
    kept = set(body.lines)
    for index in range(body.element + 1, len(flow.tags)):
        if flow.starts[index] > body.end:
            break
        if flow.flags[index] & AWAY and not any(
            i in kept for i in range(flow.starts[index], flow.ends[index])
        ):
            stop = index
            while stop + 1 < len(flow.tags) and _within(flow, stop + 1, index):
                stop += 1
            out.append((index, stop))
    return out


def _within(flow: Flow, element: int, outer: int) -> bool:
    while element > outer:
        element = flow.parents[element]
    return element == outer


def _film(media: Media, base: str) -> str | None:
    attributes = media.node.attributes
    source = (attributes.get("src") or attributes.get("data-src") or attributes.get("data-mp4") or "").strip()
    if not source or source.startswith(("data:", "javascript:", "about:", "blob:")):
        return None
    if media.node.tag == "iframe" and not _FRAMES.search(source):
        return None
    if media.node.tag in {"source", "embed"} and not (_FILM.search(source) or _FRAMES.search(source)):
        return None
    return absolute(base, source)


def _caption(flow: Flow, body: Body, media: Media, title: str) -> str | None:
    """Return the line under the picture that is its caption by its element's name, else its own description."""
    for i in (media.line, media.line - 1):
        if not body.start <= i < body.end:
            continue
        line = flow.lines[i]
        near = flow.ancestors(line.block)[:2]
        if len(line.text) <= _LONG_CAPTION and any(
            flow.tags[a] == "figcaption" or _CAPTION_NAME.search(flow.names[a]) for a in near
        ):
            return line.text
    below = flow.lines[media.line] if media.line < body.end else None
    if (
        below is not None
        and below.block >= 0
        and not below.strong
        and 2 <= len(below.text) <= _CENTRED
        and "。" not in below.text[:-1]
    ):
        attributes = flow.nodes[below.block].attributes
        centred = attributes.get("align") == "center" or "center" in (attributes.get("style") or "")
        if centred and flow.parents[below.block] in flow.ancestors(media.parent)[:3]:
            return below.text
    own = flow.lines[media.line] if media.line < body.end else None
    if own is not None and own.block >= 0 and len(own.text) <= _LONG_CAPTION and "。" not in own.text[:-1]:
        block = flow.nodes[own.block]
        holds = media.parent == own.block or _within(flow, media.parent, own.block)
        if (
            holds
            and flow.ends[own.block] - flow.starts[own.block] == 1
            and block.css_first("img") is not None
        ):
            return own.text
    alt = " ".join((media.node.attributes.get("alt") or "").split())
    if len(alt) >= 4 and alt != title and "." not in alt[-5:] and any("\u4e00" <= c <= "\u9fff" for c in alt):
        return alt[:_LONG_CAPTION]
    return None
