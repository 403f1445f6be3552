"""Where a request may go, judged on the URL alone.

Names are not resolved here: :mod:`crawler.download.resolver` refuses those that lead to private addresses.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.urls import MAX_URL, host, in_domains, is_private_address

if TYPE_CHECKING:
    from crawler.portals.model import Profile

__all__ = ["EMPTY_LIST", "LEFT_OUT", "NOT_ALLOWED", "REASONS", "refusal"]

REASONS: Final = ("bad-url", "unsupported-scheme", "url-too-long", "private-address", "offsite", "excluded")
"""The words of :func:`refusal`, in the order of the checks."""

NOT_ALLOWED: Final = frozenset({"robots", "offsite-redirect", *REASONS})
"""Why a URL is left alone although nothing failed: such pages do not count against FAILURE_THRESHOLD."""

LEFT_OUT: Final = frozenset({"no-browser"})
"""Why a page is left out that would have to be rendered: this machine cannot, which says nothing of the portal.

It does not count against FAILURE_THRESHOLD either.
"""


EMPTY_LIST: Final = "empty-list"
"""A list that was asked for and read, and shows no entry: nothing failed that could be tried again.

It does not count against FAILURE_THRESHOLD; a run that found nothing but such lists is incomplete.
"""


def refusal(url: str, profile: Profile | None, *, exclude: bool = True) -> str | None:
    """Return why ``url`` may not be fetched, as one of :data:`REASONS`; None where it may.

    Args:
        url: absolute, of any scheme and origin; nothing in it is trusted.
        profile: the portal that asks. Without one (an article that a person named) every public host is
            allowed.
        exclude: whether the profile's excluded patterns count (robots.txt is asked for all the same).
    """
    scheme, _, rest = url.partition(":")
    if scheme.lower() not in {"http", "https"}:
        return "unsupported-scheme" if rest else "bad-url"
    if len(url) > MAX_URL:
        return "url-too-long"
    # a portal has few hosts and many pages: the part of the URL that decides is judged once
    origin, _, rest = url[8:].partition("/")
    domains = None if profile is None else profile.domains
    reason = _origin_refusal(url[:8] + origin, domains, profile is not None and profile.private)
    if reason is not None or profile is None or not (exclude and profile.exclude):
        return reason
    target = _host(url[:8] + origin) + "/" + rest.partition("#")[0]
    return "excluded" if any(pattern.search(target) for pattern in profile.exclude) else None


_host = lru_cache(maxsize=4096)(host)


@lru_cache(maxsize=4096)
def _origin_refusal(origin: str, domains: tuple[str, ...] | None, private: bool) -> str | None:  # noqa: FBT001
    try:
        name = _host(origin)
    except ValueError:
        return "bad-url"
    if is_private_address(name) and not private:
        return "private-address"
    return None if domains is None or in_domains(origin, domains) else "offsite"
