"""From what a browser was answered while it filled a list to the lines of a profile that need no browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from crawler.discovery.dates import json_date
from crawler.discovery.lists.json_data import NOTHING, at, every, read_json, scalar
from crawler.discovery.resolver import resolve
from crawler.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from crawler.portals.model import Profile

__all__ = ["Answered", "suggest_request"]

_MAX_DEPTH: Final = 5
_MAX_LISTS: Final = 200
_SAMPLE: Final = 10
_TITLES: Final = re.compile(r"title|headline|subject|name|topic", re.IGNORECASE)
_TIMES: Final = re.compile(r"time|date|publ|created|ts$", re.IGNORECASE)
_KEY: Final = re.compile(r"[\w$@*-]+")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


class Answered(NamedTuple):
    """A request that a page made, and its answer. ``sent_type`` is the content type of ``sent``, where there is one."""

    url: str
    body: bytes
    content_type: str | None
    method: str = "GET"
    sent: bytes = b""
    sent_type: str | None = None


class _Found(NamedTuple):
    """Where a list stands in an answer, and the keys of its entries."""

    items: str
    url: str
    title: str
    date: str
    matched: int


def suggest_request(answers: Sequence[Answered], articles: AbstractSet[str], profile: Profile) -> str | None:
    """Return the keys ``request`` and ``list`` of a channel, as they would stand in a profile, in one line.

    Args:
        answers: what the page asked for, in order.
        articles: the URLs (as links have them) that the list then showed.
        profile: the portal's.

    None where no answer shows at least two of the articles, or a profile cannot say how it was asked for. Never raises.
    """
    for index, answer in enumerate(answers):
        data = read_json(answer.body, answer.content_type)
        found = _best(data, answer.url, articles, profile)
        if found is None:
            continue
        sent = _sent(answer)
        if sent is None:
            return None
        path = answer.url.partition("?")[0]
        same = (
            other
            for other in answers[index + 1 :]
            if other.url.partition("?")[0] == path and other.method == answer.method
        )
        later = next(same, None)
        return _written(answer.url, sent, found, _pager(data, found, answer, later))
    return None


def _sent(answer: Answered) -> dict[str, Any] | None:
    """Return the keys of ``request`` beside its URL: ``form`` or ``json``; None where no profile can say it.

    It can say a GET, and a POST of a form in which every name stands once, or of a JSON table.
    """
    if answer.method == "GET":
        return {}
    if answer.method != "POST":
        return None
    if not answer.sent:
        return {"method": "POST"}
    if "json" in (answer.sent_type or ""):
        table = _json_table(answer.sent)
        return {"json": table} if table and _is_toml(table) else None
    if answer.sent_type and "urlencoded" not in answer.sent_type:
        return None
    try:
        pairs = parse_qsl(answer.sent.decode(), keep_blank_values=True, strict_parsing=True)
    except ValueError:
        return None
    return {"form": dict(pairs)} if pairs and len(dict(pairs)) == len(pairs) else None


def _json_table(body: bytes) -> dict[str, Any] | None:
    table = read_json(body, "application/json")
    return table if isinstance(table, dict) else None


def _is_toml(value: Any) -> bool:
    """Say whether a JSON value can stand in a profile: TOML has no null."""
    if isinstance(value, dict):
        return all(map(_is_toml, value.values()))
    if isinstance(value, list):
        return all(map(_is_toml, value))
    return value is not None


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


def _pager(data: Any, found: _Found, answer: Answered, later: Answered | None) -> dict[str, str]:
    """Say how the parameters of the next request come out of this one."""
    if later is None:
        return {}
    before, after = _parameters(answer), _parameters(later)
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


def _parameters(answer: Answered) -> dict[str, str]:
    """Return what a request asks with, by name: in its URL, its form, or at the top of its JSON."""
    sent = _sent(answer) or {}
    table = {**sent.get("form", {}), **sent.get("json", {})}
    query = dict(parse_qsl(urlsplit(answer.url).query, keep_blank_values=True))
    return {name: scalar(value) for name, value in table.items()} | query


def _written(url: str, sent: Mapping[str, Any], found: _Found, pager: Mapping[str, str]) -> str:
    fields = {"url": found.url, "title": found.title, "published": found.date}
    shown = ", ".join(f"{name} = {_text(key)}" for name, key in fields.items() if key)
    more = ""
    if pager:
        more = f", pager = {{ set = {_toml(pager)} }}"
    return (
        f"request = {_toml({'url': url, **sent})}, "
        f'list = {{ type = "json", items = {_text(found.items)}, fields = {{ {shown} }}{more} }}'
    )


def _toml(value: Any) -> str:
    """Return a value of JSON as TOML of one line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        pairs = (
            f"{name if _BARE.fullmatch(name) else _text(name)} = {_toml(one)}" for name, one in value.items()
        )
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value)


def _text(value: str) -> str:
    """Return a TOML string of one line."""
    safe = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in safe) + '"'
