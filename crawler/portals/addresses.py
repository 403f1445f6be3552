"""What a URL is on a portal: how it is spelt, whether it may be followed, what kind of page it leads to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.portals.page_kind import PageKind
from crawler.portals.parameters import idle_names
from crawler.portals.patterns import MAX_URL_INPUT
from crawler.portals.url_shapes import Shape, shape_of
from crawler.urls import canonical_url, host, is_private_address, request_url
from crawler.urls.canonical import without_index, without_parameters

if TYPE_CHECKING:
    from crawler.portals.model import Profile
    from crawler.urls import RequestSpec

__all__ = [
    "allowed",
    "article_url",
    "in_portal",
    "is_continuation",
    "judge",
    "kind_of",
    "named_kind",
    "request_id",
    "request_of_article",
    "spell",
]

_MAX_REWRITES: Final = 3
_CACHED_LENGTH: Final = 300
_PLAIN_HOST = re.compile(r"https?://([a-z0-9][a-z0-9.-]{0,200}[a-z])/")

_SHAPES: Final = {
    Shape.ARTICLE: PageKind.ARTICLE,
    Shape.LIST: PageKind.CHANNEL,
    Shape.FEED: PageKind.FEED,
    Shape.SITEMAP: PageKind.SITEMAP,
    Shape.OTHER: PageKind.OTHER,
}


def article_url(url: str, profile: Profile, *, encoding: str = "utf-8") -> str:
    """Return the URL under which a page of the portal is known and cited.

    The canonical URL with the profile's scheme, rewritten by its rules: a mobile twin or a continuation page
    becomes the desktop page 1; without the parameters that say nothing there. Idempotent for sound rules; rules that
    never settle are applied three times. ``encoding`` is that of the page the URL stood in.

    Raises:
        ValueError: not an absolute http or https URL.
    """
    if len(url) > _CACHED_LENGTH:
        return spell(url, profile, encoding)[0]
    return _spell_cached(url, profile, encoding)[0]


def request_of_article(url: str, profile: Profile) -> str:
    """Return the URL by which a page of the portal is asked for, which :func:`article_url` identifies.

    As it is named, with the name of its file and its parameters; where the profile's rules make another page of it,
    that page.

    Raises:
        ValueError: see :func:`article_url`.
    """
    return spell(url, profile)[1]


def request_id(request: RequestSpec, profile: Profile) -> str:
    """Return the id under which the portal's queue and marks know a request: its fingerprint, of its article's URL.

    Raises:
        ValueError: see :func:`article_url`.
    """
    return replace(request, url=article_url(request.url, profile)).fingerprint


def allowed(url: str, profile: Profile) -> bool:
    """Say whether the portal's crawl may ask for the URL: in its domains, not excluded, no private address.

    robots.txt and names that resolve to private addresses are looked at elsewhere. Never raises.
    """
    plain = _PLAIN_HOST.match(url)
    if plain is not None and "--" not in plain[1] and ".." not in plain[1]:
        name = plain[1]
    else:
        try:
            name = host(url)
        except ValueError:
            return False
    if not in_portal(name, profile):
        return False
    if is_private_address(name) and not profile.private:
        return False
    if not profile.exclude:
        return True
    if len(url) > MAX_URL_INPUT:
        return False
    return not _matches(profile.exclude, _target(url))


@lru_cache(maxsize=8192)
def in_portal(host: str, profile: Profile) -> bool:
    """Say whether a host (lower case, punycode) is one of the portal's."""
    return any(host == domain or host.endswith("." + domain) for domain in profile.domains)


def kind_of(url: str, profile: Profile) -> PageKind:
    """Say what kind of page a URL leads to, by the profile's names and patterns first, then by its shape.

    The URL should come from :func:`article_url`; that of a continuation page does not (it would be page 1's),
    so :data:`PageKind.CONTINUATION` is only seen on URLs as they were fetched.
    """
    return judge(url, profile) if len(url) > _CACHED_LENGTH else _judge_cached(url, profile)


def is_continuation(url: str, profile: Profile) -> bool:
    """Say whether the URL is that of page 2 or later of an article."""
    target = _target(url[:MAX_URL_INPUT])
    return any(pattern.search(target) for pattern in profile.article.continuation)


def spell(url: str, profile: Profile, encoding: str = "utf-8") -> tuple[str, str]:
    """Return :func:`article_url` and what is asked for, without a cache, for callers that keep one themselves."""
    asked = request_url(url, scheme=profile.scheme, encoding=encoding, keep=profile.keep_parameters)
    plain = without_index(asked)
    canonical = plain
    if profile.article.canonical and len(canonical) <= MAX_URL_INPUT:
        canonical = _rewritten(canonical, profile)
        if canonical != plain:
            asked = canonical
    if "?" in canonical:
        canonical = _without_ignored(canonical, profile)
    return canonical, asked


def _rewritten(canonical: str, profile: Profile) -> str:
    for _ in range(_MAX_REWRITES):
        scheme, _, target = canonical.partition("://")
        rewritten = target
        for rule in profile.article.canonical:
            rewritten = rule.pattern.sub(rule.replacement, rewritten)
        if rewritten == target:
            break
        try:
            canonical = canonical_url(
                f"{scheme}://{rewritten}", scheme=profile.scheme, keep=profile.keep_parameters
            )
        except ValueError:
            break
    return canonical


def _without_ignored(canonical: str, profile: Profile) -> str:
    """Drop the parameters that say nothing: those that the profile names, and those that the crawl has learnt."""
    if not profile.ignore_parameters and not profile.learnt:
        return canonical
    idle = idle_names(canonical, profile.ignore_parameters, profile.keep_parameters, profile.learnt)
    return without_parameters(canonical, idle) if idle else canonical


_spell_cached = lru_cache(maxsize=8192)(spell)


def judge(url: str, profile: Profile) -> PageKind:
    """Do as :func:`kind_of` without its cache, for callers that keep one themselves."""
    if len(url) > MAX_URL_INPUT:
        return PageKind.OTHER
    named = _named(profile).get(url)
    if named is not None:
        return named
    target = url.partition("://")[2]
    article = profile.article
    if _matches(article.continuation, target):
        return PageKind.CONTINUATION
    if not _matches(article.deny, target):
        for template in article.templates:
            if template.type == "gallery" and _matches(template.urls, target):
                return PageKind.GALLERY
        if _matches(article.urls, target):
            return PageKind.ARTICLE
        if _matches(profile.channel_urls, target):
            return PageKind.CHANNEL
        return _SHAPES[shape_of(target)]
    return PageKind.CHANNEL if _matches(profile.channel_urls, target) else PageKind.OTHER


_judge_cached = lru_cache(maxsize=8192)(judge)


def named_kind(url: str, profile: Profile) -> PageKind | None:
    """Return the kind of a page that the profile itself names, by its :func:`article_url`; None for others."""
    return _named(profile).get(url)


@lru_cache(maxsize=1024)
def _named(profile: Profile) -> dict[str, PageKind]:
    """Return the URLs that the profile names itself, each as it is identified."""
    named = dict.fromkeys(profile.sitemaps, PageKind.SITEMAP)
    named.update(dict.fromkeys(profile.feeds, PageKind.FEED))
    named.update(dict.fromkeys((channel.url for channel in profile.channels), PageKind.CHANNEL))
    if profile.home:
        named[profile.home] = PageKind.HOME
    return {spell(url, profile)[0]: kind for url, kind in named.items()}


def _target(url: str) -> str:
    """Return what patterns see of a URL."""
    return url.partition("://")[2]


def _matches(patterns: tuple[re.Pattern[str], ...], target: str) -> bool:
    for pattern in patterns:  # noqa: SIM110 -- a generator costs as much as a pattern, and this is asked of every link
        if pattern.search(target):
            return True
    return False
