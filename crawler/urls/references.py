"""References as they stand in a page, made absolute."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.urls.hosts import CONTROLS, NO_BREAKS

__all__ = ["join"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def join(base: str, reference: str) -> str:
    """Make a reference as it stands in a page absolute; ``base`` is an absolute http(s) URL.

    Dot segments are left to :func:`canonical_url`. Never raises: the result of a reference of another scheme
    (``javascript:…``, ``mailto:…``) is that reference, which canonical_url refuses.
    """
    if reference.startswith(("http://", "https://")) and reference.isprintable() and reference[-1] != " ":
        return reference
    reference = reference.strip(CONTROLS)
    if not reference.isprintable():
        reference = reference.translate(NO_BREAKS)
    if reference.startswith(("http://", "https://")):
        return reference
    scheme, origin, folder, page, whole = _base(base)
    if not reference or reference[0] == "#":
        return whole
    if reference[0] in "/\\":
        return scheme + reference if reference[1:2] in {"/", "\\"} else origin + reference
    if reference[0] == "?":
        return page + reference
    named = _SCHEME.match(reference)
    if named is None:
        return folder + reference
    rest = reference[named.end() :]
    if named[0].lower() == scheme and rest[:1] not in {"/", "\\"}:
        return join(base, rest)  # "http:page.htm" is relative to a base of its scheme (WHATWG)
    return reference


@lru_cache(maxsize=1024)
def _base(url: str) -> tuple[str, str, str, str, str]:
    """Split a base URL: ``scheme:``, origin, folder with its slash, page without query, all without fragment."""
    whole = url.partition("#")[0]
    page = whole.partition("?")[0]
    scheme, _, rest = page.partition("://")
    authority, _, path = rest.partition("/")
    origin = f"{scheme}://{authority}"
    folder = path.rpartition("/")[0]
    return f"{scheme.lower()}:", origin, f"{origin}/{folder}/" if folder else origin + "/", page, whole
