"""Scrapy's HTTP handler, with a bound on what comes before the body.

``DOWNLOAD_MAXSIZE`` counts bodies; Twisted's parser keeps every header line it is sent, so that a server
that never ends its headers fills the memory until the time-out. The private names used here are held by
tests/hostile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

__all__ = ["BoundedHandler", "HeadersTooLargeError"]

_MAX_HEAD: Final = 262_144


class HeadersTooLargeError(Exception):
    """A response sent more than 256 KiB before its body began, informational responses included."""


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > _MAX_HEAD:
                self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """For ``http`` and ``https`` in DOWNLOAD_HANDLERS; too long a head is a DownloadFailedError."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory  # noqa: SLF001  as Scrapy's own class does
