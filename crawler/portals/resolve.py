"""From tables to a :class:`~crawler.portals.model.Profile`: merged, compiled, checked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from crawler.errors import ProfileError
from crawler.portals.channels import default_id, read_every
from crawler.portals.json_lists import JSON_TYPES, json_rules
from crawler.portals.layers import Layers, as_list, attempt
from crawler.portals.model import ArticleRules, Channel, ListRules, Pager, PagesRules, Profile, Render
from crawler.portals.requests import read_request
from crawler.portals.show import fingerprint
from crawler.portals.sources import check_css
from crawler.portals.templates import resolve_templates
from crawler.urls import canonical_url, in_domains, is_public_suffix
from crawler.urls.hosts import host_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals.layers import Layer
    from crawler.portals.schema import ChannelTable, ListTable, RenderTable

__all__ = ["resolve"]

_LIST_FIELDS: Final = ("url", "title", "date")
_PAGE_PARTS = re.compile(r"\{(\w*)\}")
_MAX_RATE: Final = 1000.0
_MAX_STEPS: Final = 1000


def resolve(
    name: str,
    profile: Layer,
    families: Sequence[Layer],
    family_names: Sequence[str],
    channels: Sequence[tuple[str, str, ChannelTable]] = (),
    *,
    adhoc: bool = False,
) -> Profile:
    """The profile of a portal.

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
        channels=_channels(layers, channels, scheme, domains),
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
        list=_list_rules(layers),
        article=_article_rules(layers),
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
        canonical = canonical_url(url, scheme=scheme)
    except ValueError:
        raise ProfileError(file, key, f"{url!r} is no http or https URL") from None
    if not in_domains(canonical, domains):
        raise ProfileError(file, key, f"{url} lies outside of domains ({', '.join(domains)})")
    return canonical


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


def _channels(
    layers: Layers,
    given: Sequence[tuple[str, str, ChannelTable]],
    scheme: str,
    domains: tuple[str, ...],
) -> tuple[Channel, ...]:
    ids: dict[str, str] = {}
    urls: dict[str, str] = {}
    out: list[Channel] = []
    for file, place, table in given:
        url = _url(table.url, scheme, domains, file, f"{place}.url")
        channel_id = table.id or default_id(url)
        if channel_id in ids:
            hint = "" if table.id else "; give the channels ids of their own"
            raise ProfileError(
                file, f"{place}.id", f"{channel_id!r} is the id of {ids[channel_id]} too{hint}"
            )
        if url in urls:
            raise ProfileError(file, f"{place}.url", f"{url} is the URL of {urls[url]} too")
        ids[channel_id] = urls[url] = place
        try:
            every = None if table.every is None else read_every(table.every)
        except ValueError as error:
            raise ProfileError(file, f"{place}.every", str(error)) from error
        request = None
        if table.request is not None:
            _url(table.request.url, scheme, domains, file, f"{place}.request.url")
            try:
                request = read_request(table.request)
            except ValueError as error:
                key, _, reason = str(error).partition(": ")
                raise ProfileError(file, f"{place}.request.{key}", reason) from error
        out.append(
            Channel(
                id=channel_id,
                url=url,
                name=table.name,
                tags=dict(table.tags or {}),
                every=every,
                enabled=table.enabled,
                list=None if table.list is None else _own_list(layers, table.list, file, place),
                render=_render(table.render, file, f"{place}.render"),
                request=request,
            )
        )
        _check_channel(out[-1], file, place, layers.one("list.type", "html"))
    return tuple(out)


def _own_list(layers: Layers, table: ListTable, file: str, place: str) -> ListRules:
    if table.urls is not None:
        raise ProfileError(file, f"{place}.list.urls", "belongs to the portal's [list]")
    return _list_rules(Layers(layers.profile, layers.families, layers.family_names, top=(place, table)))


def _render(given: RenderTable | bool | None, file: str, key: str) -> Render | None:  # noqa: FBT001
    if given is None or given is False:
        return None
    if given is True:
        return Render()
    steps = Render().steps if given.steps is None else given.steps
    if not 0 <= steps <= _MAX_STEPS:
        raise ProfileError(file, f"{key}.steps", f"{steps} is out of range; expected 0 to {_MAX_STEPS}")
    return Render(
        more=tuple(attempt(check_css, text, file, f"{key}.more") for text in as_list(given.more or [])),
        scroll=given.more is None if given.scroll is None else given.scroll,
        wait=None if given.wait is None else attempt(check_css, given.wait, file, f"{key}.wait"),
        steps=steps,
    )


def _check_channel(channel: Channel, file: str, place: str, portal_type: str) -> None:
    """Render and request exclude each other: what a request brings is data, and needs no browser."""
    kind = portal_type if channel.list is None else channel.list.type
    if channel.request is not None and kind not in JSON_TYPES:
        raise ProfileError(
            file, f"{place}.request", 'needs rules for what it brings: list = { type = "json", … }'
        )
    if channel.render is not None and kind in JSON_TYPES:
        raise ProfileError(file, f"{place}.render", f"a {kind} list needs no browser")


def _list_rules(layers: Layers) -> ListRules:
    kind = layers.one("list.type", "html")
    if kind in JSON_TYPES:
        return json_rules(layers)
    if kind != "html":
        raise layers.fail("list.type", f"{kind} lists are not supported by this version")
    for key in ("list.pager.set", "list.pager.until"):
        if layers.one(key) is not None:
            raise layers.fail(key, 'belongs to JSON lists; say type = "json" as well')
    fields = layers.keys("list.fields")
    for name in fields:
        if name not in _LIST_FIELDS:
            raise layers.fail(f"list.fields.{name}", f"unknown field; known are {', '.join(_LIST_FIELDS)}")
        for source in layers.sources(f"list.fields.{name}"):
            if source.kind != "css":
                raise layers.fail(f"list.fields.{name}", f"{source.text!r}: inside an item only CSS can look")
    return ListRules(
        region=layers.selectors("list.region"),
        items=layers.selectors("list.items"),
        fields={name: layers.sources(f"list.fields.{name}") for name in fields},
        skip=layers.selectors("list.skip"),
        pager=Pager(
            next=layers.sources("list.pager.next"),
            scripts=_scripts(layers, "list.pager.script"),
            url=_page_url(layers, "list.pager.url"),
            first=_number(layers, "list.pager.first", 2),
            last=layers.one("list.pager.last"),
        ),
        budget=_number(layers, "list.budget", 2000, least=1),
    )


def _article_rules(layers: Layers) -> ArticleRules:
    kind = layers.one("article.type", "html")
    if kind != "html":
        raise layers.fail("article.type", f"{kind} articles are not supported by this version")
    return ArticleRules(
        urls=layers.patterns("article.urls"),
        deny=layers.patterns("article.deny"),
        canonical=layers.rewrites("article.canonical"),
        continuation=layers.patterns("article.continuation"),
        gone=layers.patterns("article.gone"),
        pages=PagesRules(
            next=layers.sources("article.pages.next"),
            all=layers.sources("article.pages.all"),
            scripts=_scripts(layers, "article.pages.script"),
            url=_page_url(layers, "article.pages.url"),
            first=_number(layers, "article.pages.first", 2),
            limit=_number(layers, "article.pages.limit", 50, least=1),
        ),
        templates=resolve_templates(layers),
    )


def _scripts(layers: Layers, key: str) -> tuple[re.Pattern[str], ...]:
    patterns = layers.patterns(key)
    for pattern in patterns:
        if "total" not in pattern.groupindex:
            raise layers.fail(key, f"{pattern.pattern!r} has no group (?P<total>…) for the number of pages")
    return patterns


def _page_url(layers: Layers, key: str) -> str | None:
    template: str | None = layers.one(key)
    if template is not None:
        parts = _PAGE_PARTS.findall(template)
        if "n" not in parts or not set(parts) <= {"n", "stem", "ext"}:
            raise layers.fail(
                key, f"{template!r} is no page template; it knows {{stem}}, {{ext}}, and needs {{n}}"
            )
    return template


def _number(layers: Layers, key: str, default: int, *, least: int = 0) -> int:
    number = int(layers.one(key, default))
    if not least <= number <= 1_000_000:
        raise layers.fail(key, f"{number} is out of range; expected {least} to 1000000")
    return number
