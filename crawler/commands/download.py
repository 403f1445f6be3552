"""One page over HTTP for a command, without Scrapy: bounded in size, and in time as a whole."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.client import HTTPException
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from crawler.errors import GiveUp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message
    from http.client import HTTPResponse

__all__ = ["Download", "download"]

_PIECE_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Download:
    """A response: where it came from after redirects, its headers, its body as it was sent."""

    url: str
    headers: Message
    body: bytes


def download(url: str, headers: Mapping[str, str], *, limit: int, within_s: float) -> Download:
    """GET a page; redirects lead to http and https only. ``http_proxy`` and its like are heeded.

    ``limit`` bounds the body in bytes, ``within_s`` everything from the look-up of the name to the last byte:
    a server that sends a byte a second is given up like one that sends none.

    Raises GiveUp.
    """
    outcome: list[Download | Exception] = []
    deadline = monotonic() + within_s

    def work() -> None:
        try:
            outcome.append(_get(url, headers, limit, deadline))
        except Exception as error:  # noqa: BLE001 -- for whoever waits
            if isinstance(error, HTTPError):
                error.close()
            outcome.append(error)

    # Name, connection, TLS and headers have no time limit in common: what hangs in them is left behind.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(within_s)
    found = outcome[0] if outcome else TimeoutError()
    if isinstance(found, Download):
        return found
    if isinstance(found, HTTPError):
        raise GiveUp("http-error", f"the server answers {found.code}")
    if isinstance(found, TimeoutError) or isinstance(getattr(found, "reason", None), TimeoutError):
        raise GiveUp("timeout", f"not there within {within_s:g} s")
    if isinstance(found, OSError | HTTPException | ValueError):
        words = " ".join(str(getattr(found, "reason", found)).split())  # a server's may be of any length
        raise GiveUp("unreachable", words[:200] or type(found).__name__)
    raise found


def _get(url: str, headers: Mapping[str, str], limit: int, deadline: float) -> Download:
    """Raises GiveUp, HTTPError, OSError (TimeoutError among them), HTTPException, ValueError."""
    request = Request(url, headers=dict(headers))  # noqa: S310 -- the opener knows http and https alone
    with _opener().open(request, timeout=_left(deadline)) as response:
        return Download(response.url, response.headers, _body(response, limit, deadline))


def _body(response: HTTPResponse, limit: int, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise GiveUp("too-large", f"more than {limit} bytes")
        _left(deadline)
    if response.length:
        raise GiveUp("truncated", f"{response.length} bytes less than announced")
    return b"".join(pieces)


def _left(deadline: float) -> float:
    """The seconds that are left. Raises TimeoutError when there are none."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Redirects(HTTPRedirectHandler):
    """Does not read the page that redirects, which may be of any length."""

    def redirect_request(self, req: Request, fp: IO[bytes], *rest: Any) -> Request | None:
        """Where to go on. Raises HTTPError where that is neither http nor https nor ftp."""
        fp.close()
        return super().redirect_request(req, fp, *rest)


def _opener() -> OpenerDirector:
    """Python's own has file:, data: and ftp: too, and follows redirects to the last one."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler, UnknownHandler, HTTPHandler, HTTPSHandler,
        HTTPDefaultErrorHandler, _Redirects, HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener
