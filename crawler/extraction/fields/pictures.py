"""The pictures and films of an article, and what kind of article they make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.kind import kind_of_article
from crawler.extraction.page.addresses import absolute
from crawler.items import ArticleType, Image, Video

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["IMAGES", "TYPE", "VIDEOS"]


def given_images(page: Page) -> Finding[tuple[Image, ...]] | None:
    """Return addresses that the profile's sources find, with their captions in the same order."""
    urls, captions = page.given("images"), page.given("captions")
    if urls is None:
        return None
    texts = [*(captions.value if captions else []), *[None] * len(urls.value)]
    found = [(absolute(page.doc.base_url, url), text) for url, text in zip(urls.value, texts, strict=False)]
    return Finding(tuple(Image(url, text) for url, text in found if url is not None), urls.origin)


def images_of_text(page: Page) -> Finding[tuple[Image, ...]] | None:
    """Return those between the first and the last line of the text."""
    images, _ = page.media
    return Finding(images, page.text_origin) if images else None


def images_of_script(page: Page) -> Finding[tuple[Image, ...]] | None:
    """Return those of a list in a script, where the page shows none."""
    images = page.script_media.images
    return Finding(images, "script") if images else None


def given_videos(page: Page) -> Finding[tuple[Video, ...]] | None:
    """Return addresses that the profile's sources find."""
    urls = page.given("videos")
    if urls is None:
        return None
    found = [absolute(page.doc.base_url, url) for url in urls.value]
    return Finding(tuple(Video(url) for url in found if url is not None), urls.origin)


def videos_of_text(page: Page) -> Finding[tuple[Video, ...]] | None:
    """Return those between the first and the last line of the text."""
    _, videos = page.media
    return Finding(videos, "") if videos else None


def videos_of_script(page: Page) -> Finding[tuple[Video, ...]] | None:
    """Return those that a script plays, where the page shows none."""
    videos = page.script_media.videos
    return Finding(videos, "") if videos else None


def given_type(page: Page) -> Finding[ArticleType] | None:
    """Return the type of the profile's template."""
    template = page.template
    return Finding(template.type, "") if template is not None and template.type != "news" else None


def type_of_content(page: Page) -> Finding[ArticleType] | None:
    """Say what most of the page is."""
    shown = page.media if any(page.media) else (page.script_media.images, page.script_media.videos)
    found = kind_of_article(page.text, *shown)
    if found == "news":
        found = page.script_media.type or found
    return Finding(found, "")


IMAGES: Field[tuple[Image, ...]] = Field("images", (given_images, images_of_text, images_of_script))
VIDEOS: Field[tuple[Video, ...]] = Field("videos", (given_videos, videos_of_text, videos_of_script))
TYPE: Field[ArticleType] = Field("type", (given_type, type_of_content))
