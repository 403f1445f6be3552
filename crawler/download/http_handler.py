"""Scrapy's HTTP handler, with bounds on what comes before the body, and on all long bodies together.

It reads replies that are not quite HTTP (:mod:`crawler.download.response_parser`), says why TLS failed, and notices
that a body without a length was cut by a reset.

``DOWNLOAD_MAXSIZE`` counts one body; Twisted's parser keeps every header line it is sent, so that a server that
never ends its headers fills the memory until the time-out. The private names used here are held by tests/hostile.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.error import ConnectionLost
from twisted.internet.interfaces import ISSLTransport
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http import _IdentityTransferDecoder

from crawler.download.body_throttle import LONG_BODY, BodyThrottle
from crawler.download.response_parser import MAX_HEAD, TolerantParser
from crawler.download.tls import explain_tls

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

__all__ = ["BoundedHandler", "HeadersTooLargeError"]


class HeadersTooLargeError(Exception):
    """A response sent more than 256 KiB before its body began, informational responses included."""


class _Transfer:
    """A response under way, as the throttle sees it."""

    def __init__(self, protocol: _Protocol) -> None:
        self._protocol = protocol

    @property
    def finished(self) -> bool:
        return self._protocol.current is not self or self._protocol.state == "QUIESCENT"

    def pause(self) -> None:
        self._protocol.transport.pauseProducing()  # type: ignore[union-attr]

    def resume(self) -> None:
        self._protocol.transport.resumeProducing()  # type: ignore[union-attr]


class _Protocol(_LenientHTTP11ClientProtocol):
    def __init__(self, quiescent: Any, throttle: BodyThrottle) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._throttle = throttle
        self._head = self._body = 0
        self.current: _Transfer | None = None

    def request(self, request: Any) -> Any:
        self._head = self._body = 0
        self.current = None
        response: Any = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = TolerantParser  # as Scrapy's own puts in its class
        return response

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]
                return
        self._body += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._body > LONG_BODY and self.current is None and self.state != "QUIESCENT":
            self.current = _Transfer(self)
            self._throttle.admit(self.current)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        self.current = None
        explained = explain_tls(reason, self.transport)
        if explained is not None:
            reason = Failure(explained)  # type: ignore[no-untyped-call]
        over_tls = ISSLTransport.providedBy(self.transport)
        if explained is not None or (isinstance(reason.value, ConnectionLost) and not over_tls):
            self._expect_more()
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def _expect_more(self) -> None:
        """Have a body that ends with the connection be cut, since the other side broke it off.

        Over TLS a bad end says nothing: many servers end no connection as they should.
        """
        decoder = getattr(self._parser, "bodyDecoder", None)
        if isinstance(decoder, _IdentityTransferDecoder) and decoder.contentLength is None:
            decoder.contentLength = 1


class _Factory(_LenientHTTP11ClientFactory):
    def __init__(self, *args: Any, throttle: BodyThrottle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self._throttle = throttle

    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802
        return _Protocol(self._quiescentCallback, self._throttle)


class BoundedHandler(HTTP11DownloadHandler):
    """For ``http`` and ``https`` in DOWNLOAD_HANDLERS; too long a head is a DownloadFailedError."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415  importing it installs one

        later: Any = reactor.callLater
        factory: Any = partial(_Factory, throttle=BodyThrottle(self._is_behind, later))
        self._pool._factory = factory  # noqa: SLF001  as Scrapy's own class does

    def _is_behind(self) -> bool:
        engine: Any = self._crawler.engine
        slot = engine.scraper.slot if engine is not None else None
        return slot is not None and slot.needs_backout()
