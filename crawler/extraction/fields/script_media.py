"""Pictures, films and the type that only a page's scripts know: ``picList`` and its like, for a script to show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crawler.extraction.fields.site_name import key as letters
from crawler.extraction.page.addresses import absolute
from crawler.extraction.text.literals import find_tokens
from crawler.items import ArticleType, Image, Video
from crawler.parsing.loose_json import loose_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.parsing import Document

__all__ = ["ScriptMedia", "read_script_media"]

# What a list of pictures is called, by small letters without _.
_LISTS = re.compile(
    r"(?:article|news|content|detail)?(?:pic|pics|picture|pictures|photo|photos|img|imgs|image|images|slide|slides|atlas|gallery|album)"
    r"(?:list|data|arr|array|s|set|json)?"
)
# What every script has that tells anything of them: most have none of it.
_MAY_TELL = re.compile(
    r"(?:pic|photo|img|image|slide|atla|galler|album)\w{0,12}[\"']?\s{0,3}[:=]\s{0,3}\[|\.(?:mp4|m3u8)|"
    r"type[\"']?\s{0,3}[:=]\s{0,3}[\"'](?:video|视频|pic|photo|image|atlas|slide|gallery|album|[图组])",
    re.IGNORECASE,
)
_TITLES = frozenset(["title", "newstitle", "articletitle", "headline", "doctitle"])
_TYPES = frozenset(["type", "articletype", "newstype", "contenttype", "doctype", "mediatype", "skintype"])
_GALLERY = (
    "gallery", "photo", "photoset", "picture", "pic", "image", "atlas", "slide", "album", "图集", "组图", "图片",
)  # fmt: skip
_KINDS: Final[dict[str, ArticleType]] = {
    **{word: "gallery" for name in _GALLERY for word in (name, f"{name}s")},
    **dict.fromkeys(("video", "videos", "视频"), "video"),
}
_ADDRESSES = (
    "original",
    "big",
    "large",
    "url",
    "src",
    "imgurl",
    "picurl",
    "imageurl",
    "img",
    "image",
    "pic",
    "path",
)
_CAPTIONS = ("note", "caption", "desc", "description", "intro", "summary", "text", "content", "alt", "title")
_FILMS = frozenset(["videourl", "videosrc", "playurl", "mp4url", "mp4", "video"])
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|bmp)(?:$|[?!@#])|^https?://[^\s]+/[^\s/]*$", re.IGNORECASE)
_FILM = re.compile(r"\.(?:mp4|m3u8|flv|mov|webm)(?:$|\?)", re.IGNORECASE)
_NAME = re.compile(r"[\"']?([A-Za-z_$][\w$]{1,30})[\"']?\s{0,3}[:=]\s{0,3}$")
_BEFORE = 48
_LONGEST = 300  # letters of a value that is looked at
_LONGEST_CAPTION = 500
_MAX_SCRIPT = 2_000_000
_MOST = 200  # pictures


@dataclass(frozen=True, slots=True)
class ScriptMedia:
    """What the scripts say of the article; ``type`` is None where they do not say it."""

    images: tuple[Image, ...] = ()
    videos: tuple[Video, ...] = ()
    type: ArticleType | None = None


@dataclass(slots=True)
class _Open:
    """An object or list that is open: its name, what says whose it is, and what it holds that is nobody else's."""

    name: str
    start: int
    title: str = ""
    type: str = ""
    lists: list[str] = field(default_factory=list)
    films: list[str] = field(default_factory=list)


def read_script_media(doc: Document, title: str) -> ScriptMedia:
    """Return the pictures and films that a script has of the article called ``title``, or of no other.

    A list in an object with another title is that article's.
    """
    images: dict[str, Image] = {}
    films: dict[str, Video] = {}
    kind: ArticleType | None = None
    for node in doc.tree.css("script:not([src])"):
        script = node.text()
        if "json" in (
            node.attributes.get("type") or ""
        ):  # what the page tells search engines: a picture to share
            continue
        if len(script) > _MAX_SCRIPT or not _MAY_TELL.search(script):
            continue
        for found in _articles(script, letters(title)):
            kind = kind or _KINDS.get(found.type.lower())
            for literal in found.lists:
                for image in _images(literal, doc.base_url):
                    if len(images) < _MOST:
                        images.setdefault(image.url, image)
            for address in found.films:
                if url := absolute(doc.base_url, address):
                    films.setdefault(url, Video(url))
    return ScriptMedia(tuple(images.values()), tuple(films.values()), kind)


def _articles(script: str, title: str) -> Iterator[_Open]:
    """Yield what is of the article: its object, and what stands in no object with a title; one pass."""
    rest = _Open("", 0)
    stack: list[_Open] = []
    for match in find_tokens(script):
        piece = match.group()
        if piece in "{[":
            stack.append(_Open(_name(script, match.start()), match.start()))
        elif piece in "}]":
            if not stack:
                continue
            done = stack.pop()
            around = stack[-1] if stack else rest
            if piece == "]" and _LISTS.fullmatch(done.name):
                around.lists.append(script[done.start : match.end()])
            elif done.title and letters(done.title) == title:
                yield done
            elif not done.title:
                around.lists += done.lists
                around.films += done.films
        elif stack and len(piece) <= _LONGEST:
            _note(stack[-1], _name(script, match.start()), piece[1:-1])
    if rest.lists or rest.films:
        yield rest


def _note(opened: _Open, name: str, value: str) -> None:
    if name in _TITLES:
        opened.title = opened.title or _plain(value)
    elif name in _TYPES:
        opened.type = opened.type or _plain(value)
    elif name in _FILMS and _FILM.search(value):
        opened.films.append(_plain(value))


def _name(script: str, at: int) -> str:
    found = _NAME.search(script, max(0, at - _BEFORE), at)
    return found.group(1).lower().replace("_", "") if found else ""


def _plain(value: str) -> str:
    found = loose_values(f'["{value}"]')
    return str(found[0][0]) if found and found[0] else value


def _images(literal: str, base: str) -> Iterator[Image]:
    """Yield the pictures of a list: of addresses, or of objects with an address and, mostly, a caption."""
    for values in loose_values(literal)[:1]:
        for entry in values if isinstance(values, list) else ():
            told = _small_keys(entry) if isinstance(entry, dict) else {"url": entry}
            address = next(
                (v for k in _ADDRESSES if isinstance(v := told.get(k), str) and _PICTURE.search(v)), ""
            )
            caption = next(
                (v.strip() for k in _CAPTIONS if isinstance(v := told.get(k), str) and v.strip()), ""
            )
            if address and (url := absolute(base, address.strip())):
                yield Image(url, " ".join(caption.split())[:_LONGEST_CAPTION] or None)


def _small_keys(entry: dict[str, Any]) -> dict[str, Any]:
    return {name.lower().replace("_", ""): value for name, value in entry.items()}
