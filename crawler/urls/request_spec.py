"""What is asked for: a URL, and how it is asked where that decides what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from crawler.urls.canonical import url_id

__all__ = ["RequestSpec"]


@dataclass(frozen=True, slots=True)
class RequestSpec:
    """A request as a value, without framework.

    ``headers`` are only those that decide what comes back (an API's ``Accept``); what every request of a portal
    sends (user agent, language, cookies) is none of them. A body without a ``Content-Type`` is a form.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def fingerprint(self) -> str:
        """Return the page's identity: 32 hex digits, shared by all requests that bring the same page.

        Of a plain GET it is :func:`~crawler.urls.url_id`. ``url`` must be in its one spelling, which depends on
        the portal: :func:`crawler.portals.addresses.request_id` sees to that.
        """
        identity = url_id(self.url)
        if self.method != "GET" or self.body:
            # a list behind a form: the same URL asked differently is another page
            identity = _hash(f"{self.method} {identity} ".encode() + self.body)
        if self.headers:
            lines = sorted(f"{name.lower()}: {value}\n" for name, value in self.headers)
            identity = _hash(f"{identity}\n{''.join(lines)}".encode("utf-8", "surrogateescape"))
        return identity


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]
