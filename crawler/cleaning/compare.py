"""What makes two texts the same one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from crawler.cleaning.characters import simplify

__all__ = ["comparison_key", "content_hash"]

_OTHER = re.compile(r"[\W_]+")
# What news is full of. Replacing it one by one is ten times as fast as normalising and matching a whole text.
_WIDE = {wide: unicodedata.normalize("NFKC", wide) for wide in "，：；！？（）％…～　"}
# What news is full of and no key has, and what becomes that. A text whose rest is NFKC already has no other key.
_UNCOMMON = re.compile(r"[^\n ,。、“”:;!?()%.~‘’《》【】—·/，：；！？（）％…～\u3000-]+")


def comparison_key(text: str) -> str:
    """Return a text in NFKC, simplified, letters and digits only: width, punctuation, spaces, form cost nothing."""
    key = "".join(_UNCOMMON.findall(text))
    if not unicodedata.is_normalized("NFKC", key):
        key = _compatible(text)
    key = simplify(key)
    return key if key.isalnum() else _OTHER.sub("", key)


def _compatible(text: str) -> str:
    """Return the text in NFKC. A character and its NFKC have the same NFKC: the common ones may go before."""
    for wide, narrow in _WIDE.items():
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def content_hash(text: str) -> str:
    """Return the SHA-256 of the comparison key's UTF-8, in hex; an empty string where nothing is left to compare."""
    key = comparison_key(text)
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest() if key else ""
