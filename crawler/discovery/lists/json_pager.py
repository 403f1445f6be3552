"""The request for the next page of a JSON list: its parameters stand in the URL, in a form or in a JSON body."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from crawler.discovery.links import Link
from crawler.discovery.lists.json_data import at, scalar
from crawler.portals.addresses import request_id
from crawler.portals.page_kind import PageKind
from crawler.portals.requests import JSON_BODY
from crawler.urls import RequestSpec, join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.portals.model import Pager, Profile

__all__ = ["next_link"]


def next_link(
    data: Any, last: Any, request: RequestSpec, profile: Profile, pager: Pager, page: int
) -> Link | None:
    """Return the link to the page after ``page``, or None at the list's end.

    Args:
        data: the answer to ``request``.
        last: its last entry.
        request: what was asked, as it was asked.
        profile: the portal's.
        pager: the list's rules.
        page: the number of this page, from 1.
    """
    if pager.until and not _goes_on(at(data, pager.until)):
        return None
    if pager.set:
        following = _with_parameters(request, data, last, pager.set)
    elif pager.url is not None:
        following = RequestSpec(
            join(
                request.url,
                pager.url.replace("{n}", str((2 if pager.first is None else pager.first) + page - 1)),
            )
        )
    else:
        return None
    if following is None:
        return None
    try:
        identity = request_id(following, profile)
        same = identity == request_id(request, profile)
    except ValueError:
        return None
    return None if same else Link(following, identity, PageKind.CHANNEL, "channel")


def _with_parameters(
    request: RequestSpec, data: Any, last: Any, rules: Mapping[str, str]
) -> RequestSpec | None:
    """Return the request with the parameters of the next page; None where the answer does not tell them.

    A parameter is set where it stands: one that the URL has in the URL; all others of a POST in its body.
    """
    parts = urlsplit(request.url)
    query: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    body = _body(request)
    for name, rule in rules.items():
        place = query if body is None or name in query else body
        value = _value(place.get(name), rule, data, last)
        if value is None:
            return None
        typed = place is body and request.headers == JSON_BODY and not isinstance(body.get(name), str)
        place[name] = value if typed else str(value)
    url = urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))
    if body is None:
        return replace(request, url=url)
    if request.headers == JSON_BODY:
        sent = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    else:
        sent = urlencode(body)
    return replace(request, url=url, body=sent.encode())


def _body(request: RequestSpec) -> dict[str, Any] | None:
    """Return what a POST sends, by name; None for a GET."""
    if request.method == "GET":
        return None
    if request.headers == JSON_BODY:
        return dict(json.loads(request.body))
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def _value(now: Any, rule: str, data: Any, last: Any) -> int | str | None:
    if rule.startswith("+"):
        shown = scalar(now) if now is not None else "1" if rule == "+1" else "0"
        return int(shown) + int(rule) if shown.isdecimal() else None
    where, _, path = rule.partition(":")
    found = at(last if where == "last" else data, path)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    return scalar(found) or None


def _goes_on(value: Any) -> bool:
    """Return whether a value that says if there is more says yes."""
    if isinstance(value, str):
        return value.strip().lower() not in ("", "0", "false", "no", "null")
    return bool(value)
