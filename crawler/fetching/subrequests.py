"""What a page in the browser may ask for, judged on the request alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.fetching.admission import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.portals.model import Profile

__all__ = ["brings_data", "headers_to_send", "judge_subrequest"]

_DATA: Final = frozenset({"xhr", "fetch"})
"""The types (Playwright's) of requests that may bring a list."""

_WANTED: Final = _DATA | {"script", "stylesheet"}
_CALLBACK = re.compile(r"[?&](?:\w*callback\w*|\w*jsonp\w*|cb)=\w", re.IGNORECASE)
_SENT: Final = frozenset({"accept", "content-type", "referer", "x-requested-with", "origin"})
_MAX_POST: Final = 65_536


def brings_data(url: str, kind: str) -> bool:
    """Say whether a request may bring a list: one for data, or a script that calls back with it (JSONP).

    What else a page wants is the same on every page of a portal.
    """
    return kind in _DATA or (kind == "script" and _CALLBACK.search(url) is not None)


def judge_subrequest(
    url: str,
    kind: str,
    method: str,
    profile: Profile | None,
    *,
    body: bytes | None = None,
) -> str | None:
    """Return why a request of a page is not made, as a short word; None where it is.

    Made are scripts, styles and requests for data, on the portal's own hosts, where the profile excludes
    nothing. Pictures, fonts, films, frames, beacons, sockets and navigations away are not. Methods are GET and
    HEAD, and for data POST.
    """
    if kind not in _WANTED:
        return kind if kind.isalpha() else "other"
    if method not in ("GET", "HEAD") and not (method == "POST" and kind in _DATA):
        return "method"
    if body is not None and len(body) > _MAX_POST:
        return "too-large"
    return refusal(url, profile)


def headers_to_send(given: Mapping[str, str]) -> dict[str, str]:
    """Return of a page's headers (lower-case names) those that decide what is answered; the rest is our own."""
    return {
        name: value
        for name, value in given.items()
        if name in _SENT or (name.startswith("x-") and len(value) < 500)
    }
