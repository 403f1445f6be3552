"""From tables to a :class:`~crawler.portals.model.Profile`: merged, compiled, checked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crawler.errors import ProfileError
from crawler.portals.article_rules import article_rules
from crawler.portals.channels import resolve_channels
from crawler.portals.layers import Layers, as_list
from crawler.portals.list_rules import list_rules
from crawler.portals.model import Profile
from crawler.portals.show import fingerprint
from crawler.urls import in_domains, is_public_suffix, request_url
from crawler.urls.hosts import host_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals.layers import Layer
    from crawler.portals.schema import ChannelTable

__all__ = ["resolve"]

_MAX_RATE: Final = 1000.0
_EACH_ITS_OWN: Final = frozenset(
    {"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"}
)


def resolve(
    name: str,
    profile: Layer,
    families: Sequence[Layer],
    family_names: Sequence[str],
    channels: Sequence[tuple[str, str, ChannelTable]] = (),
    *,
    adhoc: bool = False,
) -> Profile:
    """Return the profile of a portal.

    Args:
        name: the portal's.
        profile: its file.
        families: those of ``family_names``, in order.
        family_names: as named by the profile, and the generic one.
        channels: all channels as (file, place in it, channel).
        adhoc: rules for single pages, wherever they are; a portal's domains belong to somebody.

    Raises:
        ProfileError: anything in any of the files that cannot be used.
    """
    layers = Layers(profile, families, family_names)
    table = profile.table
    if not table.title:
        raise layers.fail("title", "missing")
    domains = _domains(layers, adhoc=adhoc)
    scheme = table.scheme or _scheme_of(table.home or (channels[0][2].url if channels else ""))
    ignored = frozenset(as_list(layers.one("ignore_parameters", [])))
    home = _url(table.home, scheme, domains, profile.file, "home") if table.home else ""
    if not home and not channels:
        raise layers.fail("home", "missing; name the home page or at least one channel")
    resolved = Profile(
        name=name,
        title=table.title,
        family=as_list(table.family)[0] if table.family else None,
        families=tuple(family_names),
        home=home,
        scheme=scheme,
        domains=domains,
        exclude=layers.patterns("exclude"),
        private=layers.one("private", False),
        tags=dict(table.tags or {}),
        channels=resolve_channels(
            layers, channels, lambda url, file, key: _url(url, scheme, domains, file, key)
        ),
        channel_urls=layers.patterns("list.urls"),
        follow_channels=layers.one("follow_channels", True),
        sitemaps=_urls(layers, "sitemaps", scheme, domains),
        feeds=_urls(layers, "feeds", scheme, domains),
        rate=_rate(layers, "rate", 2.0),
        site_rate=_rate(layers, "site_rate", 4.0),
        robots=layers.one("robots", True),
        headers=_headers(layers),
        timezone=_timezone(layers),
        characters=layers.one("characters", "as-is"),
        ignore_parameters=ignored,
        keep_parameters=frozenset(as_list(layers.one("keep_parameters", []))),
        list=list_rules(layers),
        article=article_rules(layers),
        related={
            kind: selectors
            for kind in ("related", "channel", "photo", "video", "hot")
            if (selectors := layers.selectors(f"related.{kind}"))
        },
        file=profile.file,
    )
    return replace(resolved, hash=fingerprint(resolved))


def _scheme_of(url: str) -> Any:
    return "https" if url.lower().startswith("https:") else "http"


def _domains(layers: Layers, *, adhoc: bool) -> tuple[str, ...]:
    given = layers.profile.table.domains
    if not given:
        raise layers.fail("domains", 'missing; name the portal\'s domains, as in domains = ["fjsen.com"]')
    out: dict[str, None] = {}
    for index, domain in enumerate(given):
        try:
            name = host_name(domain.strip()) if domain.strip() else ""
        except ValueError:
            name = ""
        if not name or ("." not in name and ":" not in name and name != "localhost"):
            raise layers.fail(f"domains[{index}]", f"{domain!r} is no domain; expected a name like fjsen.com")
        if not adhoc and is_public_suffix(name):
            raise layers.fail(f"domains[{index}]", f"{domain!r} is nobody's: sites of anybody are below it")
        out[name.strip("[]")] = None
    return tuple(out)


def _url(url: str, scheme: str, domains: tuple[str, ...], file: str, key: str) -> str:
    try:
        asked = request_url(url, scheme=scheme, keep=None)
    except ValueError:
        raise ProfileError(file, key, f"{url!r} is no http or https URL") from None
    if not in_domains(asked, domains):
        raise ProfileError(file, key, f"{url} lies outside of domains ({', '.join(domains)})")
    return asked


def _urls(layers: Layers, key: str, scheme: str, domains: tuple[str, ...]) -> tuple[str, ...]:
    given = as_list(getattr(layers.profile.table, key) or [])
    file = layers.profile.file
    return tuple(_url(url, scheme, domains, file, f"{key}[{index}]") for index, url in enumerate(given))


def _rate(layers: Layers, key: str, default: float) -> float:
    rate = float(layers.one(key, default))
    if not 0 <= rate <= _MAX_RATE:
        raise layers.fail(key, f"{rate:g} is no rate; expected requests a second, 0 for no limit")
    return rate


def _headers(layers: Layers) -> dict[str, str]:
    headers = layers.table("headers")
    for name, value in headers.items():
        if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name) or not value.isprintable():
            raise layers.fail(
                f"headers.{name}", "no header: a name of letters and hyphens, a value of one line"
            )
        if name.lower() in _EACH_ITS_OWN:
            raise layers.fail(f"headers.{name}", "each request has its own")
    return headers


def _timezone(layers: Layers) -> str:
    zone = str(layers.one("timezone", "Asia/Shanghai"))
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        raise layers.fail(
            "timezone", f"{zone!r} is no time zone; expected a name like Asia/Shanghai"
        ) from None
    return zone
