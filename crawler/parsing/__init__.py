"""Bytes to text to tree: what discovery and extraction share, done once a page."""

from crawler.parsing.decode import decode
from crawler.parsing.document import MAX_LINKS, Document

__all__ = ["MAX_LINKS", "Document", "decode"]
