"""The one policy of outcomes: what is tried again, how often, and what is final at once.

Pauses between the tries grow in the frontier, which also buries a request after its last try (for every
worker and across restarts); here it is only said that a try is worth it. Some outcomes are worth fewer tries
than others (:data:`FEW`): a firewall's 403 may be gone in ten minutes, but it is not a 503.

===========================================  =================================================================
outcome                                      verdict
===========================================  =================================================================
2xx with a body                              done
304 to a conditional request                 done, unchanged
408, 421, 425, 429, every 5xx                again, after ``Retry-After`` where the server says so
time-out, refused, reset, truncated, DNS     again
403, 202, empty, a firewall, bad encoding    again, but few times
TLS that cannot be agreed on                 again, once
404, 410 and every other 4xx                 final
a redirect that leads nowhere                final
too large, a bomb, not text, not allowed     final
===========================================  =================================================================
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from crawler.fetching.bodies import is_binary, is_wall
from crawler.fetching.verdicts import Done, GiveUp, Retry, Verdict
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.errors import Retry as TryLater

__all__ = ["FEW", "Fault", "is_final", "judge_body", "judge_error", "judge_fault", "judge_status"]

Fault = Literal[
    "timeout",
    "refused",
    "dns",
    "connection",
    "tunnel",
    "truncated",
    "too-large",
    "headers-too-large",
    "unsupported-scheme",
    "bad-url",
    "bad-encoding",
    "tls-old-protocol",
    "tls-weak-key",
    "tls-certificate",
    "tls",
    "unexpected",
]
"""What may go wrong before there is a response; ``unexpected`` is an exception nobody thought of."""

FEW: Final[Mapping[str, int]] = MappingProxyType({
    "http-403": 3,
    "http-202": 3,
    "empty-body": 3,
    "wall": 3,
    "bad-encoding": 3,
    "tls-old-protocol": 2,
    "tls-weak-key": 2,
    "tls-certificate": 2,
    "tls": 2,
    "unexpected": 2,
})  # fmt: skip
"""Reasons that are given up before the frontier's last try, and after how many tries."""

_AGAIN: Final = frozenset({202, 403, 408, 421, 425, 429})
_EMPTY: Final = frozenset({204, 205})
_FINAL_FAULTS: Final = frozenset({"too-large", "headers-too-large", "unsupported-scheme", "bad-url"})
_FINAL_PAGES: Final = frozenset({
    "soft-404", "gone-redirect", "no-body", "no-title", "not-text", "too-many-encodings", "redirect-loop",
    "too-many-redirects", "bad-redirect",
})  # fmt: skip
_GZIP: Final = b"\x1f\x8b"


def judge_status(
    status: int, *, attempt: int = 1, conditional: bool = False, after_s: float | None = None
) -> Verdict:
    """Return what a status means, before the body is looked at.

    Args:
        status: the HTTP status.
        attempt: which try this was, from 1.
        conditional: whether the request carried validators (a 304 to one that did not is nonsense).
        after_s: ``Retry-After`` as :func:`crawler.fetching.retry_after.retry_after` reads it.
    """
    reason = f"http-{status}"
    if status == 304:
        return Done(unchanged=True) if conditional else GiveUp(reason)
    if status in _EMPTY:
        return _bounded("empty-body", attempt, after_s)
    if status in _AGAIN or 500 <= status < 600:
        return _bounded(reason, attempt, after_s)
    if 200 <= status < 300:
        return Done()
    return GiveUp(reason)


def judge_fault(fault: Fault, *, attempt: int = 1, detail: str = "") -> Verdict:
    """Return what it means that there is no response at all. ``detail`` is kept for a person to read."""
    if fault in _FINAL_FAULTS:
        return GiveUp(fault, detail)
    return _bounded(fault, attempt, None, detail)


def judge_error(error: TryLater, *, attempt: int = 1) -> Verdict:
    """Return what it means that a part of the crawler wants a page to be tried later, perhaps ``after_s`` seconds."""
    return _bounded(error.reason, attempt, getattr(error, "after_s", None), error.detail)


def judge_body(body: bytes, *, kind: PageKind = PageKind.OTHER, attempt: int = 1) -> Verdict:
    """Return what the body of a 2xx response is worth, whatever the headers claim.

    ``kind`` is the page kind that was expected: a sitemap or a feed may be a gzip file.
    """
    if len(body) < 512 and not body.strip(b"\x00\t\n\r\f "):
        return _bounded("empty-body", attempt, None)
    if is_wall(body):
        return _bounded("wall", attempt, None)
    if is_binary(body) and not (kind.is_xml and body.startswith(_GZIP)):
        return GiveUp("not-text")
    return Done()


def is_final(reason: str) -> bool:
    """Say whether a page that was given up for ``reason`` is gone for good, whoever asks for it again."""
    status = reason.removeprefix("http-")
    if status != reason and status.isdecimal():
        return isinstance(judge_status(int(status)), GiveUp)
    return reason in _FINAL_PAGES or reason in _FINAL_FAULTS


def _bounded(reason: str, attempt: int, after_s: float | None, detail: str = "") -> Verdict:
    if attempt >= FEW.get(reason, attempt + 1):
        return GiveUp(reason, detail)
    return Retry(reason, after_s, detail)
