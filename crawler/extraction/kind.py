"""What most of an article is: text, pictures or a film."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.items import ArticleType, Image, Video

__all__ = ["LETTERS_OF_A_VIDEO", "kind_of_article"]

_MANY_IMAGES = 3
_LETTERS_AN_IMAGE = 50  # without the captions
LETTERS_OF_A_VIDEO = 500
"""A film with more text is news with a film."""


def kind_of_article(text: str, images: Sequence[Image], videos: Sequence[Video]) -> ArticleType:
    """Return ``gallery`` for pictures with captions, ``video`` for a film with a few lines, else ``news``."""
    letters = len(text) - sum(len(image.caption or "") for image in images)
    if images and letters <= 0:
        return "gallery"
    if len(images) >= _MANY_IMAGES and letters < _LETTERS_AN_IMAGE * len(images):
        return "gallery"
    return "video" if videos and letters < LETTERS_OF_A_VIDEO else "news"
