"""Where a request may go, judged on the URL alone.

Names are not resolved here: :mod:`crawler.middlewares.resolver` refuses those that lead to private addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.urls import MAX_URL, host, in_domains, is_private_address

if TYPE_CHECKING:
    from crawler.portals.model import Profile

__all__ = ["NOT_ALLOWED", "REASONS", "refusal"]

REASONS: Final = ("bad-url", "unsupported-scheme", "url-too-long", "private-address", "offsite", "excluded")
"""The words of :func:`refusal`, in the order of the checks."""

NOT_ALLOWED: Final = frozenset({"robots", "offsite-redirect", *REASONS})
"""Why a URL is left alone although nothing failed: such pages do not count against FAILURE_THRESHOLD."""


def refusal(url: str, profile: Profile | None, *, private: bool = False, exclude: bool = True) -> str | None:
    """Why ``url`` may not be fetched, as one of :data:`REASONS`; None where it may.

    Args:
        url: absolute, of any scheme and origin; nothing in it is trusted.
        profile: the portal that asks. Without one (an article that a person named) every public host is
            allowed.
        private: allow loopback, private and link-local addresses although the profile does not.
        exclude: whether the profile's excluded patterns count (robots.txt is asked for all the same).
    """
    scheme, _, rest = url.partition(":")
    if scheme.lower() not in {"http", "https"}:
        return "unsupported-scheme" if rest else "bad-url"
    if len(url) > MAX_URL:
        return "url-too-long"
    try:
        name = host(url)
        parts = urlsplit(url)
    except ValueError:
        return "bad-url"
    if is_private_address(name) and not (private or (profile is not None and profile.private)):
        return "private-address"
    if profile is None:
        return None
    if not in_domains(url, profile.domains):
        return "offsite"
    target = f"{name}{parts.path}?{parts.query}" if parts.query else name + parts.path
    if exclude and any(pattern.search(target) for pattern in profile.exclude):
        return "excluded"
    return None
