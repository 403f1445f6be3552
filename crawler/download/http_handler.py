"""Scrapy's HTTP handler, with bounds on what comes before the body, and on all long bodies together.

``DOWNLOAD_MAXSIZE`` counts one body; Twisted's parser keeps every header line it is sent, so that a server that
never ends its headers fills the memory until the time-out. The private names used here are held by tests/hostile.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from crawler.download.body_throttle import LONG_BODY, BodyThrottle

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.interfaces import IAddress

__all__ = ["BoundedHandler", "HeadersTooLargeError"]

_MAX_HEAD: Final = 262_144


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
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        parser = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > _MAX_HEAD:
                self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]
                return
        self._body += len(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._body > LONG_BODY and self.current is None and self.state != "QUIESCENT":
            self.current = _Transfer(self)
            self._throttle.admit(self.current)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        self.current = None
        super().connectionLost(reason)  # type: ignore[no-untyped-call]


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
