"""Compressed bodies unpacked, and bodies of which a part is missing told from whole ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from crawler.context import context_of
from crawler.errors import GiveUp
from crawler.fetching.bodies import is_whole, range_is_whole
from crawler.fetching.content_coding import ACCEPTED, CorruptBodyError, Unpacked, coding_names, unpack
from crawler.middlewares.refusals import Refused
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.context import CrawlContext, SharedState

__all__ = ["LAST_ATTEMPT", "CutBodyError", "DecodingMiddleware"]

LAST_ATTEMPT: Final = "last_attempt"
"""The key of ``meta`` that says whether a request that fails is not tried again."""

_MOST_CODINGS: Final = 2
_LONGEST_FILE: Final = 32_000_000
_GZIP: Final = b"\x1f\x8b"
_CUT: Final = "dataloss"  # the handler's flag, where DOWNLOAD_FAIL_ON_DATALOSS is off
_STOPPED: Final = "download_stopped"  # we wanted no more of it


class CutBodyError(Exception):
    """A part of the body is missing."""


class DecodingMiddleware:
    """Stands in the place of Scrapy's HttpCompressionMiddleware, and for ``DOWNLOAD_FAIL_ON_DATALOSS``.

    A body that ends before the end that its length, its last chunk or its compression announces is a
    :class:`CutBodyError`, and so is a part of a page (206) that nobody asked for. At the last attempt a page is
    taken all the same that is whole to its ``</html>``: a server that always counts wrong has nothing better.

    A body encoded more than twice is refused (``too-many-encodings``): each layer may be as long as a page may be,
    and a header has room for thousands. What is no success has no body that anybody reads: it is never an error.

    Settings: ``DOWNLOAD_MAXSIZE``, to which each layer is held.
    """

    def __init__(self, context: CrawlContext[SharedState], most: int) -> None:
        self._context = context
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make it for a crawler."""
        return cls(context_of(crawler), crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what can be undone here, and note whether this is the last attempt.

        Of a further page its article's counts, which whoever asks for it has noted.
        """
        request.headers.setdefault("Accept-Encoding", ", ".join(ACCEPTED))
        if request.meta.get("kind") != PageKind.CONTINUATION or LAST_ATTEMPT not in request.meta:
            request.meta[LAST_ATTEMPT] = self._context.frontier.is_last_attempt(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response with its body unpacked. Raises CutBodyError, CorruptBodyError or Refused."""
        if request.method == "HEAD":
            return response
        headers = response.headers.getlist("Content-Encoding")
        codings = coding_names(*(value.decode("latin-1") for value in headers))
        if not 200 <= response.status < 300:
            return self._unread(request, response, codings) if codings else response
        part = self._is_part(request, response)
        try:
            unpacked = self._unpack(request, response, codings)
        except CorruptBodyError as error:
            if part:
                raise CutBodyError(str(error)) from error
            raise
        if part and response.status != 206 and codings and unpacked.is_whole and not unpacked.left:
            part = False  # its own end counts more than a length that somebody took before it was compressed
        if part or self._is_cut(request, response, unpacked):
            if not (request.meta.get(LAST_ATTEMPT) and is_whole(unpacked.body)):
                raise CutBodyError(f"{len(response.body)} bytes came, and there should be more")
            self._context.counters.add("bodies/read-although-short")
        return _with_body(response, unpacked) if headers else response

    def _unpack(self, request: Request, response: Response, codings: tuple[str, ...]) -> Unpacked:
        if len(codings) > _MOST_CODINGS:
            raise Refused("too-many-encodings", request.url[:300])
        try:
            return unpack(response.body, codings, most=int(request.meta.get("download_maxsize", self._most)))
        except GiveUp as error:
            raise Refused(error.reason, error.detail) from error

    def _unread(self, request: Request, response: Response, codings: tuple[str, ...]) -> Response:
        try:
            unpacked = self._unpack(request, response, codings)
        except (CorruptBodyError, Refused):
            unpacked = Unpacked(b"", is_whole=False)
        return _with_body(response, unpacked)

    @staticmethod
    def _is_part(request: Request, response: Response) -> bool:
        """Say whether what came is a part by its own account."""
        if response.status == 206 and "Range" not in request.headers:
            return not range_is_whole(response.headers.get("Content-Range"))
        return _CUT in response.flags

    @staticmethod
    def _is_cut(request: Request, response: Response, unpacked: Unpacked) -> bool:
        """Say whether a compressed body ends before its end."""
        if _STOPPED in response.flags:
            return False
        is_xml = PageKind.of(request.meta.get("kind")).is_xml
        return not unpacked.is_whole or (is_xml and _is_cut_file(unpacked.body))


def _with_body(response: Response, unpacked: Unpacked) -> Response:
    """Return a response with another body, of the class that this body makes it."""
    headers = response.headers.copy()
    if unpacked.left:
        headers["Content-Encoding"] = ", ".join(unpacked.left)
    else:
        headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=unpacked.body)
    # what was guessed of the packed body says nothing of this one
    own = {"encoding": None} if issubclass(kind, TextResponse) else {}
    return response.replace(cls=kind, headers=headers, body=unpacked.body, **own)


def _is_cut_file(body: bytes) -> bool:
    """Say whether a sitemap that is a gzip file by itself ends before its end."""
    if not body.startswith(_GZIP):
        return False
    try:
        return not unpack(body, ("gzip",), most=_LONGEST_FILE).is_whole
    except GiveUp:
        return False  # its reader takes as much as it may
