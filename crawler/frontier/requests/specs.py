"""RequestSpec <-> Scrapy's Request. ``meta["vary"]`` names the headers that belong to the request's identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrapy import Request

from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["request_of", "spec_of"]

_FORM: Final = "application/x-www-form-urlencoded"


def request_of(
    asked: RequestSpec | str,
    *,
    meta: Mapping[str, Any],
    priority: int = 0,
    callback: Callable[..., Any] | None = None,
    errback: Callable[..., Any] | None = None,
) -> Request:
    """Return the request that asks for ``asked``, of a URL by GET; ``meta`` is copied."""
    spec = RequestSpec(asked) if isinstance(asked, str) else asked
    headers = dict(spec.headers)
    vary = {"vary": list(headers)} if headers else {}
    if spec.body and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = _FORM
    return Request(
        spec.url,
        method=spec.method,
        headers=headers,
        body=spec.body,
        meta={**meta, **vary},
        priority=priority,
        callback=callback,
        errback=errback,
    )


def spec_of(request: Request) -> RequestSpec:
    """Return what a request asks for; headers that ``meta["vary"]`` does not name say nothing of it."""
    vary = request.meta.get("vary") or ()
    headers = tuple(
        (name, value.decode("utf-8", "surrogateescape"))
        for name in vary
        if (value := request.headers.get(name)) is not None
    )
    return RequestSpec(request.url, request.method, headers, request.body)
