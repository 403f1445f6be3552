"""A channel's ``request``: the POST or GET behind a list, as a table of the profile and as a RequestSpec."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from crawler.portals.schema import RequestTable

__all__ = ["JSON_BODY", "read_request", "request_table"]

JSON_BODY: Final = (("Content-Type", "application/json"),)
"""The headers of a request whose body is JSON."""


def read_request(table: RequestTable) -> RequestSpec:
    """Return the request of a table; its URL stays as it is written, for an API may read what pages do not.

    Raises:
        ValueError: one line: the key, a colon, what is wrong with it.
    """
    method = table.method or ("GET" if table.form is None and table.json is None else "POST")
    if table.form is not None and table.json is not None:
        raise ValueError("json: form and json exclude each other")
    if method == "GET" and (table.form is not None or table.json is not None):
        raise ValueError('method: a body is sent with method = "POST"')
    url = table.url.strip()
    if table.form is not None:
        return RequestSpec(url, method, body=urlencode(table.form).encode())
    if table.json is not None:
        body = json.dumps(table.json, ensure_ascii=False, separators=(",", ":"))
        return RequestSpec(url, method, JSON_BODY, body.encode())
    return RequestSpec(url, method)


def request_table(spec: RequestSpec) -> dict[str, Any]:
    """Return the table that :func:`read_request` makes ``spec`` of."""
    table: dict[str, Any] = {"url": spec.url}
    if spec.headers == JSON_BODY:
        table["json"] = json.loads(spec.body)
    elif spec.body:
        table["form"] = dict(parse_qsl(spec.body.decode(), keep_blank_values=True))
    elif spec.method != "GET":
        table["method"] = spec.method
    return table
