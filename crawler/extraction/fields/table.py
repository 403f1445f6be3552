"""The table of an article's fields: each stands in a module of its own, with its finders in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crawler.extraction.fields import page_metadata
from crawler.extraction.fields.attachments import ATTACHMENTS
from crawler.extraction.fields.authors import AUTHORS
from crawler.extraction.fields.breadcrumb import BREADCRUMB
from crawler.extraction.fields.editors import EDITORS, PROOFREADERS
from crawler.extraction.fields.pictures import IMAGES, TYPE, VIDEOS
from crawler.extraction.fields.published import PUBLISHED
from crawler.extraction.fields.source import SOURCE
from crawler.extraction.fields.source_link import SOURCE_URL
from crawler.extraction.fields.subtitle import SUBTITLE
from crawler.extraction.fields.title import TITLE

if TYPE_CHECKING:
    from crawler.extraction.fields.model import Field

__all__ = ["FIELDS"]

FIELDS: Final[tuple[Field[Any], ...]] = (
    TITLE,
    SUBTITLE,
    PUBLISHED,
    SOURCE,
    SOURCE_URL,
    AUTHORS,
    EDITORS,
    PROOFREADERS,
    BREADCRUMB,
    IMAGES,
    VIDEOS,
    ATTACHMENTS,
    TYPE,
    *page_metadata.FIELDS,
)
"""Named as the attributes of :class:`~crawler.items.Article`; ``published`` stands for the three that tell the time."""
