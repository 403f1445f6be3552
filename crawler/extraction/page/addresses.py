"""Addresses of pictures, films and files, as a page writes them."""

from __future__ import annotations

import re
from urllib.parse import urljoin

__all__ = ["absolute"]

_ABSOLUTE = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.:-]*/[A-Za-z0-9._~/%@-]*")
_PATH = re.compile(r"[^?#]*")


def absolute(base: str, reference: str) -> str | None:
    """Make a reference absolute, its backslashes slashes as browsers do; None where it is none of http."""
    if _ABSOLUTE.fullmatch(reference):  # as most are; urljoin would take it apart, and put the same together
        return reference
    if "\\" in reference:
        reference = _PATH.sub(lambda path: path.group().replace("\\", "/"), reference, count=1)
    try:
        url = urljoin(base, reference)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None
