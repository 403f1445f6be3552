"""Bytes to text to tree: what discovery and extraction share, done once a page."""

from crawler.parsing.decode import decode
from crawler.parsing.document import Document

__all__ = ["Document", "decode"]
