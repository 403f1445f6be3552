"""Where a redirect leads, and whether it may: one policy for pages, robots.txt and a browser's requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.errors import GiveUp
from crawler.fetching.admission import refusal
from crawler.portals.page_kind import PageKind
from crawler.urls import join
from crawler.urls.hosts import authority, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals.model import Profile

__all__ = ["BadRedirect", "Hop", "hop_refusal", "hop_target", "read_hop"]

_WEB: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_PORTS: Final = {"http": "80", "https": "443"}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_POST_BECOMES_GET: Final = frozenset({301, 302, 303})


class BadRedirect(GiveUp):
    """A redirect that is not followed: nothing was had where it leads."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a redirect. A request that becomes a GET loses its body."""

    url: str
    method: str = "GET"


def read_hop(url: str, method: str, status: int, location: bytes | None) -> Hop | None:
    """Return where an answer leads; None where it is no redirect.

    Args:
        url: what was asked for, absolute.
        method: how.
        status: the HTTP status.
        location: the header; bytes that are no text are percent-encoded.

    Raises BadRedirect (``bad-redirect``) for a redirect without a target.
    """
    if status not in _REDIRECTS:
        return None
    if location is None:
        raise BadRedirect("bad-redirect", f"{url[:200]}: status {status} without a Location")
    target = hop_target(url, location.decode("utf-8", "percentencode"))
    becomes_get = status in _POST_BECOMES_GET and method not in {"GET", "HEAD"}
    return Hop(target, "GET" if becomes_get else method)


def hop_target(base: str, reference: str) -> str:
    r"""Return where a reference leads, spelt as browsers and the links of pages are: ``\\a\\b``, ``http:/host``.

    Nothing of it is dropped but credentials, fragment and dot segments: a redirect's parameters are meant for the
    server. A reference of another scheme is returned as it is.

    Raises BadRedirect (``bad-redirect``) where no program could follow it.
    """
    target = join(base, reference)
    if not _WEB.match(target):
        return target
    try:
        scheme, place, path, query = parts(target)
        name, port = authority(place)
        origin = f"{scheme}://{name}" + (f":{port}" if port and port != _PORTS[scheme] else "")
        path = path.replace("\\", "/") or "/"
        if "/." in path and not path.startswith("//"):
            path = urlsplit(urljoin(f"{origin}/", path)).path or "/"
        return safe_url_string(f"{origin}{path}?{query}" if query else origin + path)
    except ValueError as error:
        raise BadRedirect("bad-redirect", f"{base[:200]}: {error}"[:300]) from error


def hop_refusal(
    target: str,
    chain: Sequence[str],
    profile: Profile | None,
    *,
    kind: PageKind = PageKind.OTHER,
    most: int,
    exclude: bool = True,
) -> str | None:
    """Return why a redirect to ``target`` is not followed; None where it is.

    ``chain`` holds the URLs that led here, the first one asked for first; ``most`` is how many redirects are
    followed. Reasons, beside those of :func:`crawler.fetching.admission.refusal`: ``offsite-redirect``,
    ``redirect-loop``, ``too-many-redirects``, and ``gone-redirect``: an article that leads to a home page is
    the way many portals say that it was withdrawn.
    """
    if target in chain:
        return "redirect-loop"
    reason = refusal(target, profile, exclude=exclude)
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
