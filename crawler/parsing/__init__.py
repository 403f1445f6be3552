"""Bytes to text to tree: what discovery and extraction share, done once a page."""

from crawler.parsing.decode import decode
from crawler.parsing.document import MAX_LINKS, Document
from crawler.parsing.loose_json import loose_values

__all__ = ["MAX_LINKS", "Document", "decode", "loose_values"]
