"""What makes two texts the same one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from crawler.cleaning.characters import simplify

__all__ = ["comparison_key", "content_hash"]

_OTHER = re.compile(r"[\W_]+")


def comparison_key(text: str) -> str:
    """NFKC, simplified, letters and digits only: width, punctuation, spaces and character form cost nothing."""
    return _OTHER.sub("", simplify(unicodedata.normalize("NFKC", text)))


def content_hash(text: str) -> str:
    """The SHA-256 of the comparison key's UTF-8, in hex; an empty string where nothing is left to compare."""
    key = comparison_key(text)
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest() if key else ""
