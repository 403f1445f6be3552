"""All findings about a page, put together to an article: each field says where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.extraction.fields.table import FIELDS
from crawler.extraction.markup import to_markup
from crawler.items import Article, Extraction

if TYPE_CHECKING:
    from crawler.chinese.dates import Moment
    from crawler.extraction.fields.page import Page
    from crawler.items import Related
    from crawler.portals.model import Profile

__all__ = ["assemble"]


def assemble(page: Page, profile: Profile | None, links: tuple[Related, ...], version: int) -> Article:
    """Ask every field of the table for its value.

    ``links`` are the entries of lists around the article, ``version`` that of the rules.
    """
    values: dict[str, Any] = {}
    origin = {"text": page.text_origin} if page.texts else {}
    for field in FIELDS:
        finding = field.find(page)
        if finding is not None:
            values[field.name] = finding.value
            if finding.origin:
                origin[field.name] = finding.origin
    moment: Moment | None = values.pop("published", None)
    return Article(
        url=page.doc.url,
        portal=profile.name if profile else None,
        published_at=moment.utc if moment else None,
        published_precision=moment.precision if moment else None,
        published=moment.iso() if moment else None,
        text=page.text,
        html=to_markup(page.paragraphs, *page.media),
        related=links,
        pages=(page.doc.url,),
        fetched_at=page.fetched_at,
        extraction=Extraction(version, profile.hash if profile else None, origin),
        **values,
    )
