"""What became of a request: Scrapy's responses and failures, put to :mod:`crawler.fetching.policy`.

The spider calls :func:`judge_response` first in every callback and :func:`judge_failure` in its errback, and
does what they say: parse, ``frontier.retry(request, reason, after=…)``, or yield a ``Failure``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.web.client import ResponseFailed

from crawler.download.http_handler import HeadersTooLargeError
from crawler.download.tls import TlsError
from crawler.errors import PageError
from crawler.errors import Retry as TryLater
from crawler.fetching.content_coding import CorruptBodyError
from crawler.fetching.policy import Fault, judge_body, judge_error, judge_fault, judge_status
from crawler.fetching.retry_after import retry_after
from crawler.fetching.verdicts import Done, GiveUp, Verdict
from crawler.middlewares.decoding import CutBodyError
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.http import Request, Response
    from twisted.python.failure import Failure

__all__ = ["describe", "fault_of", "judge_failure", "judge_response", "pause_of"]

_FAULTS: Final[tuple[tuple[type[BaseException], Fault], ...]] = (
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "refused"),
    (CannotResolveHostError, "dns"),
    (ResponseDataLossError, "truncated"),
    (CutBodyError, "truncated"),
    (CorruptBodyError, "bad-encoding"),
    (DownloadCancelledError, "too-large"),
    (UnsupportedURLSchemeError, "unsupported-scheme"),
    (DownloadFailedError, "connection"),
    (ConnectError, "connection"),
    (ConnectionClosed, "connection"),
    (ConnectionError, "connection"),
    (TimeoutError, "timeout"),
    (UnicodeError, "bad-url"),
)
_NAMED: Final[dict[str, Fault]] = {"TunnelError": "tunnel"}
_DETAIL: Final = 300


def judge_response(response: Response, *, attempt: int = 1, now: datetime) -> Verdict:
    """Return the verdict on a response. ``attempt`` counts the tries from 1; ``now`` is the frontier's clock.

    Redirects are followed before this, so a 3xx that arrives here leads nowhere.
    """
    status, request = response.status, response.request
    if status == 304:
        return judge_status(status, conditional=_is_conditional(request))
    if status != 200:
        verdict = judge_status(status, attempt=attempt, after_s=pause_of(response, now))
        if verdict != Done():
            return verdict
    kind = PageKind.of(request.meta.get("kind") if request is not None else None)
    return judge_body(response.body, kind=kind, attempt=attempt)


def judge_failure(failure: Failure, *, attempt: int = 1) -> Verdict:
    """Return the verdict on a failure that reached an errback: of the wire, or of a middleware that said no."""
    error = failure.value
    if isinstance(error, TryLater):
        return judge_error(error, attempt=attempt)
    if isinstance(error, PageError):
        return GiveUp(error.reason, error.detail)
    return judge_fault(fault_of(error), attempt=attempt, detail=describe(error))


def fault_of(error: BaseException | None) -> Fault:
    """Return the policy's word for an exception of the downloader."""
    for reason in _reasons(error):
        if isinstance(reason, HeadersTooLargeError):
            return "headers-too-large"
        if isinstance(reason, TlsError):
            return reason.fault
    for kind, fault in _FAULTS:
        if isinstance(error, kind):
            return fault
    return _NAMED.get(type(error).__name__, "unexpected")


def pause_of(response: Response, now: datetime) -> float | None:
    """Return the seconds of a response's ``Retry-After``, if it has one that can be read."""
    value = _header(response, "Retry-After")
    return None if value is None else retry_after(value, now=now, date=_header(response, "Date"))


def _reasons(error: BaseException | None) -> list[BaseException]:
    """Return why Twisted gave a response up; nothing for any other error."""
    cause = error.__cause__ if error is not None else None
    return [reason.value for reason in cause.reasons] if isinstance(cause, ResponseFailed) else []


def _header(response: Response, name: str) -> str | None:
    value: Any = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def _is_conditional(request: Request | None) -> bool:
    return request is not None and (
        "If-None-Match" in request.headers or "If-Modified-Since" in request.headers
    )


def describe(error: BaseException | None) -> str:
    """Return what an exception of the downloader says, for a person."""
    for reason in _reasons(error):
        if isinstance(reason, TlsError):
            return str(reason)[:_DETAIL]
    return f"{type(error).__name__}: {error}"[:_DETAIL]
