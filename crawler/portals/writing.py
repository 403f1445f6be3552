"""A resolved profile written back as TOML: what a portal's rules come to, ready to be copied from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from crawler.portals.show import plain
from crawler.portals.templates import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.portals.model import ListRules, Profile, Template

__all__ = ["as_toml"]

_TOP: Final = (
    "title", "home", "scheme", "domains", "exclude", "private", "tags", "follow_channels", "sitemaps",
    "feeds", "rate", "site_rate", "robots", "headers", "timezone", "characters",
)  # fmt: skip
_CHANNEL: Final = ("id", "url", "name", "tags", "every", "enabled")
_WIDTH: Final = 100


def as_toml(profile: Profile) -> str:
    """The profile with everything its families gave it; read again, without a family, it is the same."""
    lines = ["schema = 1"]
    lines += _pairs({key: plain(getattr(profile, key)) for key in _TOP})
    if profile.related:
        lines += ["", "[related]", *_pairs(plain(profile.related))]
    lines += _list_rules(profile.list, "list", plain(profile.channel_urls))
    article = profile.article
    lines += ["", "[article]"]
    for key in ("urls", "deny", "continuation", "canonical", "gone"):
        lines += _pairs({key: plain(getattr(article, key))})
    pages = plain(article.pages)
    lines += ["", "[article.pages]", *_pairs({**pages, "scripts": None, "script": pages["scripts"]})]
    for template in article.templates:
        lines += ["", "[[article.template]]", *_template(template)]
    for channel in profile.channels:
        lines += ["", "[[channels]]"]
        lines += _pairs({key: plain(getattr(channel, key)) for key in _CHANNEL})
        if channel.request is not None:
            lines += _pairs({"request": plain(channel.request)})
        if channel.render is not None:
            given = {key: value for key, value in plain(channel.render).items() if value not in (None, [])}
            lines += _pairs({"render": given})
        if channel.list is not None:
            lines += _list_rules(channel.list, "channels.list", None)
    return "\n".join(lines) + "\n"


def _list_rules(rules: ListRules, name: str, urls: list[str] | None) -> list[str]:
    given = {**plain(rules), "pager": None, "urls": urls}
    pager = plain(rules.pager)
    return [
        "",
        f"[{name}]",
        *_pairs(given),
        "",
        f"[{name}.pager]",
        *_pairs({**pager, "scripts": None, "script": pager["scripts"]}),
    ]


def _template(template: Template) -> Iterator[str]:
    given = plain(template)
    fields = given.pop("fields")
    yield from _pairs({**given, **{name: fields[name] for name in FIELDS if name in fields}})


def _pairs(table: Mapping[str, Any]) -> list[str]:
    """``key = value`` for everything that is not empty."""
    return [f"{key} = {_value(value)}" for key, value in table.items() if value not in (None, [], {}, "")]


def _value(value: Any) -> str:
    if isinstance(value, str):
        plain_text = "'" not in value and value.isprintable()
        return (
            f"'{value}'"
            if plain_text and ("\\" in value or '"' in value)
            else json.dumps(value, ensure_ascii=False)
        )
    if isinstance(value, list):
        items = [_value(item) for item in value]
        line = f"[{', '.join(items)}]"
        return line if len(line) <= _WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


def _key(key: str) -> str:
    return (
        key
        if key.isascii() and key.replace("-", "").replace("_", "").isalnum()
        else json.dumps(key, ensure_ascii=False)
    )
