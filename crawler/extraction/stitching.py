"""A long article out of its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.extraction.kind import kind_of_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.items import Article, Attachment, Author, Image, Video

__all__ = ["stitch"]


def stitch(first: Article, rest: Iterable[Article]) -> Article:
    """Return page 1's facts, all pages' text, pictures and films in order.

    What only the last page says (the byline that closes the text, editors) is taken from it. A page whose text
    is already there (a server that answers page 1 for every number) adds nothing.
    """
    texts: list[str] = []
    html: list[str] = []
    images: list[Image] = []
    videos: list[Video] = []
    attachments: dict[str, Attachment] = {}
    pages: list[str] = []
    authors: dict[str, Author] = {author.name: author for author in first.authors}
    editors = list(first.editors)
    proofreaders = list(first.proofreaders)
    count = 0
    for page in (first, *rest):
        known = {image.url for image in images}
        if page.text in texts or not (page.text or any(image.url not in known for image in page.images)):
            continue
        images += [replace(image, after=image.after + count) for image in page.images]
        videos += [replace(video, after=video.after + count) for video in page.videos]
        attachments.update((file.url, file) for file in page.attachments if file.url not in attachments)
        if page.text:
            texts.append(page.text)
        html.append(page.html)
        pages += [url for url in page.pages if url not in pages]
        count += page.text.count("\n") + 1 if page.text else 0
        for author in page.authors:
            authors.setdefault(author.name, author)
        editors += [name for name in page.editors if name not in editors]
        proofreaders += [name for name in page.proofreaders if name not in proofreaders]
    text = "\n".join(texts)
    return replace(
        first,
        # a gallery of a picture a page shows only now what it is; what a template says stays
        type=first.type if first.type != "news" else kind_of_article(text, images, videos),
        text=text,
        html="".join(html),
        images=tuple(images),
        videos=tuple(videos),
        attachments=tuple(attachments.values()),
        pages=tuple(pages) or first.pages,
        authors=tuple(authors.values()),
        editors=tuple(editors),
        proofreaders=tuple(proofreaders),
    )
