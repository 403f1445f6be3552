"""Where a request belongs: its portal, its id, its host and site."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from crawler.frontier.requests.specs import spec_of
from crawler.portals.addresses import request_id
from crawler.urls import canonical_url, host, in_domains, site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

    from crawler.portals.model import Profile
    from crawler.urls import RequestSpec

__all__ = ["Route", "identify", "portal_of", "route", "was_redirected_to_itself"]


class Route(NamedTuple):
    """What the frontier files a request under."""

    portal: str
    identifier: str
    host: str
    site: str


def route(request: Request, profiles: Mapping[str, Profile]) -> Route:
    """File a request. Raises ValueError for a URL that is not http(s) or a portal that nobody knows."""
    portal = request.meta.get("portal") or portal_of(request.url, profiles)
    if portal is None:
        raise ValueError("it belongs to no portal of this crawl")
    identifier = identify(spec_of(request), profiles.get(portal))
    return Route(portal, identifier, host(request.url), site(request.url))


def portal_of(url: str, profiles: Mapping[str, Profile]) -> str | None:
    """Return the portal whose domains a URL is in, the first that has it; None where there is none."""
    for name, profile in profiles.items():
        if in_domains(url, profile.domains):
            return name
    return None


def was_redirected_to_itself(request: Request, found: Route, profiles: Mapping[str, Profile]) -> bool:
    """Say whether a redirect led to an id of its own chain (http to https, to a mobile twin and back).

    It was marked as seen by its own beginning, and is no duplicate.
    """
    spec, profile = spec_of(request), profiles.get(found.portal)
    for url in request.meta.get("redirect_urls") or ():
        try:
            if identify(replace(spec, url=url), profile) == found.identifier:
                return True
        except ValueError:
            continue
    return False


def identify(spec: RequestSpec, profile: Profile | None) -> str:
    """Return the id under which a request is filed. Raises ValueError for a URL that is not http(s)."""
    if profile is not None:
        return request_id(spec, profile)
    return replace(spec, url=canonical_url(spec.url)).fingerprint
