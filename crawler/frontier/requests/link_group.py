"""Which links of a page go together: those of one shape. Where fifty of them in a row are dead, the others may be."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy import Request

__all__ = ["grouped", "link_group", "shape"]

_DIGITS: Final = re.compile(r"\d+")
_TOKEN: Final = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}", re.IGNORECASE)


def grouped(page: str, requests: Iterable[Request]) -> Iterator[Request]:
    """Yield the requests for links of a ``page`` (its URL), each with its group in ``meta``."""
    for request in requests:
        request.meta["group"] = link_group(page, request.url)
        yield request


def link_group(page: str, url: str) -> str:
    """Return eight hex digits, the same for all links of one shape on one page."""
    return blake2b(f"{page}\n{shape(url)}".encode("utf-8", "replace"), digest_size=4).hexdigest()


@lru_cache(maxsize=1024)
def shape(url: str) -> str:
    """Return what links of one template have in common: numbers, random tokens, slugs and values of a query are alike.

    Folders count by their names: ``/sports/1.html`` and ``/local/2.html`` are of two shapes.
    """
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    stem = _plain(stem) if any(character.isdigit() for character in stem) else stem and "w"
    keys = sorted({_plain(pair.partition("=")[0]) for pair in parts.query.split("&") if pair})
    return f"{parts.netloc}{_plain(folder)}/{stem}{dot}{suffix}?{'&'.join(keys)}"


def _plain(text: str) -> str:
    return _DIGITS.sub("0", _TOKEN.sub("x", text))
