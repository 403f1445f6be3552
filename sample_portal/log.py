"""The log of the proxy: every request it got, in order."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Request", "RequestLog", "read_log"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``at`` is seconds since 1970, ``target`` path and query as sent, ``size`` bytes of the body sent.

    ``foreign`` marks a host that is not the portal's, CONNECT included.
    """

    number: int
    at: float
    method: str
    host: str
    target: str
    status: int
    agent: str = ""
    if_none_match: str = ""
    if_modified_since: str = ""
    size: int = 0
    foreign: bool = False

    @property
    def url(self) -> str:
        """The requested URL; of a CONNECT only the host."""
        return self.host if self.method == "CONNECT" else f"http://{self.host}{self.target}"


class RequestLog:
    """Append-only and safe to read from another thread. With ``file`` each entry is also written there as JSON."""

    def __init__(self, file: str | None = None) -> None:
        self._entries: list[Request] = []
        self._lock = threading.Lock()
        self._file = Path(file).open("w", encoding="utf-8") if file else None  # noqa: SIM115 (closed by close)

    def add(self, **fields: Any) -> None:
        """Record a request now; ``fields`` are those of :class:`Request` without number and time."""
        with self._lock:
            request = Request(number=len(self._entries), at=time.time(), **fields)
            self._entries.append(request)
            if self._file:
                self._file.write(json.dumps(asdict(request), ensure_ascii=False) + "\n")

    def entries(self, since: int = 0) -> list[Request]:
        """Return the requests from number ``since`` on."""
        with self._lock:
            return self._entries[since:]

    def clear(self) -> None:
        """Forget all entries; the file keeps them."""
        with self._lock:
            self._entries.clear()

    def close(self) -> None:
        """Write out what the file still lacks."""
        with self._lock:
            if self._file:
                self._file.close()
                self._file = None

    def counters(self) -> dict[str, Any]:
        """Return totals: requests, by status, by host, foreign ones, bytes."""
        entries = self.entries()
        return {
            "requests": len(entries),
            "status": dict(sorted(Counter(str(entry.status) for entry in entries).items())),
            "hosts": dict(sorted(Counter(entry.host for entry in entries).items())),
            "foreign": sum(entry.foreign for entry in entries),
            "conditional": sum(bool(entry.if_none_match or entry.if_modified_since) for entry in entries),
            "bytes": sum(entry.size for entry in entries),
        }


def read_log(lines: Iterable[str] | Iterable[Mapping[str, Any]]) -> list[Request]:
    """Read the requests of a log file's lines, or of the objects that the control endpoint gives."""
    return [Request(**(json.loads(line) if isinstance(line, str) else line)) for line in lines]
