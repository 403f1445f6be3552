"""What the proxy says to a request: the portal's answer, a refusal, or its own control.

The control is at ``http://portal.invalid/`` through the proxy, or at the proxy's own address:

=====================  ==========================================================================
``/log?since=N``       the requests from number N on, as a JSON list
``/counters``          totals
``/edition?n=2``       switch the portal to another edition (``/edition`` tells the current one)
``/latency?ms=20``     answer every page that much later
``/reset``             forget the log, and let each 503 happen once more
``/truth``             what is true of the portal, as JSON
=====================  ==========================================================================
"""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from email.utils import formatdate, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from sample_portal.router import Reply, Router
from sample_portal.truth_json import world_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_portal.log import RequestLog
    from sample_portal.world import World

__all__ = ["CONTROL_HOST", "Front"]

CONTROL_HOST = "portal.invalid"

_REASONS = {
    200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request", 403: "Forbidden",
    404: "Not Found", 405: "Method Not Allowed", 410: "Gone", 502: "Bad Gateway", 503: "Service Unavailable",
}  # fmt: skip
_RETRY_AFTER_S = 1
_OWN = frozenset({CONTROL_HOST, "127.0.0.1", "localhost"})


class Front:
    """Turns requests into complete HTTP/1.1 responses. Not thread-safe, except for ``log``."""

    def __init__(self, world: World, log: RequestLog, *, latency_ms: float = 0) -> None:
        self.log = log
        self.latency_ms = latency_ms
        self._routers = {world.edition: Router(world)}
        self.router = self._routers[world.edition]
        self._hosts = frozenset(world.portal.hosts)
        self._refused: set[str] = set()

    def switch(self, edition: int) -> None:
        """Serve another edition from the next request on. Editions are kept, so switching back is free."""
        if edition not in self._routers:
            self._routers[edition] = Router(self.router.world.grow(edition))
        self.router = self._routers[edition]

    def reset(self) -> None:
        """Forget the log, and let each 503 happen once more."""
        self.log.clear()
        self._refused.clear()

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> bytes:
        """Answer a request whose ``target`` is an absolute URI, a path, or for CONNECT host:port.

        ``headers`` has lower-case names. The request is recorded, unless it is for the control.
        """
        if method == "CONNECT":
            return self._record(
                method, target, "", headers, Reply(403, b"no tunnels\n", "text/plain"), foreign=True
            )
        url = target if "://" in target else f"http://{headers.get('host', '')}{target}"
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return _response(Reply(400, b"bad target\n", "text/plain"))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if host in _OWN:
            return self._control(
                parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}
            )
        if host not in self._hosts or port not in {None, 80}:
            refusal = Reply(502, b"no such host\n", "text/plain")
            return self._record(method, host, path, headers, refusal, foreign=True)
        if method not in {"GET", "HEAD"}:
            return self._record(method, host, path, headers, Reply(405, b"", "text/plain"))
        return self._record(method, host, path, headers, self._page(f"http://{host}{path}", headers))

    def _page(self, url: str, headers: Mapping[str, str]) -> Reply:
        if url in self.router.faults.unavailable and url not in self._refused:
            self._refused.add(url)
            return Reply(503, b"busy\n", "text/plain")
        reply = self.router.reply(url)
        return (
            Reply(304, etag=reply.etag, last_modified=reply.last_modified)
            if _unchanged(reply, headers)
            else reply
        )

    def _record(
        self,
        method: str,
        host: str,
        target: str,
        headers: Mapping[str, str],
        reply: Reply,
        *,
        foreign: bool = False,
    ) -> bytes:
        self.log.add(
            method=method,
            host=host,
            target=target,
            status=reply.status,
            agent=headers.get("user-agent", ""),
            if_none_match=headers.get("if-none-match", ""),
            if_modified_since=headers.get("if-modified-since", ""),
            size=0 if method == "HEAD" else len(reply.body),
            foreign=foreign,
        )
        gzipped = host.startswith(("xm.", "www.")) and "gzip" in headers.get("accept-encoding", "")
        return _response(reply, head=method == "HEAD", gzipped=gzipped, chunked=host.startswith("gov."))

    def _control(self, path: str, query: Mapping[str, str]) -> bytes:
        value: object = {}
        try:
            match path:
                case "/log":
                    value = [asdict(entry) for entry in self.log.entries(int(query.get("since", "0")))]
                case "/counters":
                    value = self.log.counters()
                case "/edition":
                    if "n" in query:
                        self.switch(int(query["n"]))
                    value = {"edition": self.router.world.edition}
                case "/latency":
                    self.latency_ms = float(query.get("ms", self.latency_ms))
                    value = {"latency_ms": self.latency_ms}
                case "/reset":
                    self.reset()
                case "/truth":
                    value = world_to_json(self.router.world)
                case _:
                    return _response(Reply(404, b"no such control\n", "text/plain"))
        except ValueError as error:
            return _response(Reply(400, f"{error}\n".encode(), "text/plain"))
        return _response(Reply(200, json.dumps(value, ensure_ascii=False).encode(), "application/json"))


def _unchanged(reply: Reply, headers: Mapping[str, str]) -> bool:
    """Decide as RFC 9110 does: by If-None-Match where it is sent, else by If-Modified-Since."""
    if reply.status != 200 or not reply.etag:
        return False
    if tags := headers.get("if-none-match"):
        return tags.strip() == "*" or reply.etag in tags
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
        return since >= parsedate_to_datetime(reply.last_modified)
    except (TypeError, ValueError):
        return False


def _response(reply: Reply, *, head: bool = False, gzipped: bool = False, chunked: bool = False) -> bytes:
    body = reply.body
    lines = [
        f"HTTP/1.1 {reply.status} {_REASONS[reply.status]}",
        "Server: nginx",
        f"Date: {formatdate(usegmt=True)}",
    ]
    if reply.status != 304:
        lines.append(f"Content-Type: {reply.content_type}")
    if reply.location:
        lines.append(f"Location: {reply.location}")
    if reply.etag:
        lines += [f"ETag: {reply.etag}", f"Last-Modified: {reply.last_modified}"]
    if reply.status == 503:
        lines.append(f"Retry-After: {_RETRY_AFTER_S}")
    if gzipped and reply.status == 200:
        body = gzip.compress(body, 1, mtime=0)
        lines += ["Content-Encoding: gzip", "Vary: Accept-Encoding"]
    if chunked and body:
        lines.append("Transfer-Encoding: chunked")
        half = len(body) // 2
        body = (
            b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]) if part)
            + b"0\r\n\r\n"
        )
    elif reply.status != 304:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (b"" if head or reply.status == 304 else body)
