"""Responses, as the readers of pages want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.parsing import Document

if TYPE_CHECKING:
    from scrapy.http import Response

__all__ = ["content_type", "document"]


def document(response: Response) -> Document:
    """Return a response, parsed once: links and extraction share it."""
    return Document.from_bytes(response.body, response.url, content_type(response))


def content_type(response: Response) -> str | None:
    """Return the header, if there is one."""
    declared: Any = response.headers.get("Content-Type")
    return None if declared is None else str(declared.decode("latin-1"))
