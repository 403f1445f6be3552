"""Where a redirect may lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.fetching.admission import refusal
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals.model import Profile

__all__ = ["hop_refusal"]


def hop_refusal(
    target: str,
    chain: Sequence[str],
    profile: Profile | None,
    *,
    kind: PageKind = PageKind.OTHER,
    most: int,
    private: bool = False,
) -> str | None:
    """Why a redirect to ``target`` is not followed; None where it is.

    ``chain`` holds the URLs that led here, the first one asked for first; ``most`` is how many redirects are
    followed. Reasons, beside those of :func:`crawler.fetching.admission.refusal`: ``offsite-redirect``,
    ``redirect-loop``, ``too-many-redirects``, and ``gone-redirect``: an article that leads to a home page is
    the way many portals say that it was withdrawn.
    """
    if target in chain:
        return "redirect-loop"
    reason = refusal(target, profile, private=private)
    if reason is not None:
        return "offsite-redirect" if reason == "offsite" else reason
    if len(chain) > most:
        return "too-many-redirects"
    if kind.fetched_once and _is_home(target) and not _is_home(chain[0]):
        return "gone-redirect"
    return None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/", "/index.html", "/index.htm", "/index.shtml"} and not parts.query
