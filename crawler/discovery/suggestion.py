"""From what a browser was answered while it filled a list to the lines of a profile that need no browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.dates import json_date
from crawler.discovery.lists.json_data import NOTHING, at, every, read_json, scalar
from crawler.discovery.resolver import resolve
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from crawler.portals.model import Profile

__all__ = ["suggest_request"]

_MAX_DEPTH: Final = 5
_MAX_LISTS: Final = 200
_SAMPLE: Final = 10
_TITLES: Final = re.compile(r"title|headline|subject|name|topic", re.IGNORECASE)
_TIMES: Final = re.compile(r"time|date|publ|created|ts$", re.IGNORECASE)
_KEY: Final = re.compile(r"[\w$@*-]+")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


class _Found(NamedTuple):
    """Where a list stands in an answer, and the keys of its entries."""

    items: str
    url: str
    title: str
    date: str
    matched: int


def suggest_request(
    answers: Sequence[tuple[str, bytes, str | None]], articles: AbstractSet[str], profile: Profile
) -> str | None:
    """Return the keys ``request`` and ``list`` of a channel, as they would stand in a profile, in one line.

    Args:
        answers: URL, body and content type of what the page asked for, in order.
        articles: the URLs (as links have them) that the list then showed.
        profile: the portal's.

    None where no answer shows at least two of the articles. Never raises.
    """
    for index, (url, body, content_type) in enumerate(answers):
        data = read_json(body, content_type)
        found = _best(data, url, articles, profile)
        if found is None:
            continue
        path = url.partition("?")[0]
        later = next((other for other, _, _ in answers[index + 1 :] if other.partition("?")[0] == path), None)
        return _written(url, found, _pager(data, found, url, later))
    return None


def _best(data: Any, url: str, articles: AbstractSet[str], profile: Profile) -> _Found | None:
    if data is NOTHING:
        return None
    found = [_keys(path, items, url, articles, profile) for path, items in _lists(data)]
    best = max(found, key=lambda one: one.matched, default=None)
    return best if best is not None and best.matched >= 2 else None


def _lists(data: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the lists of tables in an answer, with their paths."""
    queue: list[tuple[str, Any, int]] = [("", data, 0)]
    for path, value, depth in queue:
        if isinstance(value, list):
            tables = [one for one in value if isinstance(one, dict)]
            if tables:
                yield path or "$", tables
        elif isinstance(value, dict) and depth < _MAX_DEPTH and len(queue) < _MAX_LISTS:
            queue += [
                (f"{path}.{key}" if path else key, inner, depth + 1)
                for key, inner in value.items()
                if _KEY.fullmatch(key) and isinstance(inner, dict | list)
            ]


def _keys(
    path: str, items: list[dict[str, Any]], base: str, articles: AbstractSet[str], profile: Profile
) -> _Found:
    sample = items[:_SAMPLE]
    keys = [key for key in sample[0] if _KEY.fullmatch(key)]
    leads = {
        key: sum(resolve(join(base, scalar(item.get(key))), profile).url in articles for item in sample)
        for key in keys
    }
    url = max(leads, key=lambda key: leads[key], default="")
    rest = [key for key in keys if key != url]
    dates = [key for key in rest if _is_date(scalar(sample[0].get(key)))]
    date = next((key for key in dates if _TIMES.search(key)), dates[0] if dates else "")
    texts = [key for key in rest if key != date and len(scalar(sample[0].get(key))) >= 2]
    title = next(
        (key for key in texts if _TITLES.search(key)),
        max(texts, key=lambda key: len(scalar(sample[0].get(key))), default=""),
    )
    return _Found(path, url, title, date, leads.get(url, 0))


def _is_date(text: str) -> bool:
    shown = json_date(text)
    return shown is not None and len(shown) >= 10 and shown[:4].isdecimal() and shown[4] == "-"


def _pager(data: Any, found: _Found, url: str, later: str | None) -> dict[str, str]:
    """Say how the parameters of the next request come out of this one."""
    if later is None:
        return {}
    before, after = _parameters(url), _parameters(later)
    last: Any = next(iter(every(data, found.items)[-1:]), {})
    out: dict[str, str] = {}
    for name, value in after.items():
        if value == before.get(name):
            continue
        rule = _rule(before.get(name), value, last, data)
        if rule is not None:
            out[name] = rule
    return out


def _rule(before: str | None, after: str, last: Any, data: Any) -> str | None:
    fields = last.items() if isinstance(last, dict) else ()
    for key, value in fields:
        if scalar(value) == after and len(after) > 2:
            return f"last:{key}"
    for path in _paths(data):
        if scalar(at(data, path)) == after and len(after) > 2:
            return f"next:{path}"
    start = before if before is not None else "1"
    if start.isdecimal() and after.isdecimal() and len(after) <= 9 and int(after) > int(start):
        return f"+{int(after) - int(start)}"
    return None


def _paths(data: Any, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the paths of an answer's single values outside of lists."""
    if isinstance(data, dict) and depth < _MAX_DEPTH:
        for key, value in list(data.items())[:50]:
            if _KEY.fullmatch(key):
                yield from _paths(value, f"{prefix}.{key}" if prefix else key, depth + 1)
    elif prefix and not isinstance(data, list):
        yield prefix


def _parameters(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _written(url: str, found: _Found, pager: Mapping[str, str]) -> str:
    fields = {"url": found.url, "title": found.title, "published": found.date}
    shown = ", ".join(f"{name} = {_text(key)}" for name, key in fields.items() if key)
    more = ""
    if pager:
        rules = ", ".join(
            f"{name if _BARE.fullmatch(name) else _text(name)} = {_text(rule)}"
            for name, rule in pager.items()
        )
        more = f", pager = {{ set = {{ {rules} }} }}"
    return (
        f"request = {{ url = {_text(url)} }}, "
        f'list = {{ type = "json", items = {_text(found.items)}, fields = {{ {shown} }}{more} }}'
    )


def _text(value: str) -> str:
    """Return a TOML string of one line."""
    safe = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in safe) + '"'
