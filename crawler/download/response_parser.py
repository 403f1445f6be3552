"""Replies that are not quite HTTP, read as browsers and curl read them.

Twisted's parser gives a whole response up for one line that no client minds. What is tolerated here never moves
the end of a body to where another program would not see it: lengths that disagree are still an error.
"""

from __future__ import annotations

import re
from typing import Final

from scrapy.core.downloader.handlers.http11 import _LenientHTTPClientParser
from twisted.web._newclient import HEADER, STATUS

__all__ = ["MAX_HEAD", "TolerantParser"]

MAX_HEAD: Final = 262_144
"""Bytes that may stand before a body; one header line may have all of them."""

_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_COMPRESSIONS: Final = frozenset({b"gzip", b"x-gzip", b"deflate"})


class TolerantParser(_LenientHTTPClientParser):
    """Reads on where Twisted's parser, and Scrapy's over it, give up.

    - blank lines before the status line, and more than one space in it;
    - a header with a space before its colon is that header; one whose name is no token (in UTF-8, empty) is passed
      over, like a line without a colon, and so is a continuation of no line;
    - an empty ``Content-Length`` is none;
    - of ``Transfer-Encoding`` only ``chunked`` decides where the body ends; a compression among its values is undone
      like a content coding, and what else stands there (``identity``, ``binary``) says nothing.
    """

    MAX_LENGTH = MAX_HEAD

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        """Read a line before the body."""
        if self.state == STATUS and not line.strip():
            return
        if self.state == HEADER and self._partialHeader is None and line[:1] in {b" ", b"\t"}:
            return
        super().lineReceived(line)

    def statusReceived(self, status: bytes) -> None:  # noqa: N802
        """Read the status line."""
        super().statusReceived(b" ".join(status.split(None, 2)))  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802
        """Read a header."""
        name = name.rstrip(b" \t")
        if _NAME.fullmatch(name) is None or (name.lower() == b"content-length" and not value):
            return
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def allHeadersReceived(self) -> None:  # noqa: N802
        """Decide how the body ends."""
        given = self.connHeaders.getRawHeaders(b"Transfer-Encoding", ())
        codings = [part.partition(b";")[0].strip().lower() for value in given for part in value.split(b",")]
        if codings == [b"chunked"]:
            pass
        elif b"chunked" in codings:
            self.connHeaders.setRawHeaders(b"Transfer-Encoding", [b"chunked"])
        else:
            self.connHeaders.removeHeader(b"Transfer-Encoding")
        for coding in codings:
            if coding in _COMPRESSIONS:
                self.headers.addRawHeader(b"Content-Encoding", coding)
        super().allHeadersReceived()  # type: ignore[no-untyped-call]
