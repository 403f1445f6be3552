"""A worker's log, line by line."""

from __future__ import annotations

import json
import re
from typing import Final

__all__ = ["warning_in"]

# The text of crawler.logs and Scrapy's own: 2026-01-31 12:00:00 [job] [logger] LEVEL: message
_TEXT: Final = re.compile(r"^\d{4}-\d\d-\d\d \S+ (?:\S+ )?\[[\w.-]+\] (WARNING|ERROR|CRITICAL): (.+)")
_LEVELS: Final = frozenset({"WARNING", "ERROR", "CRITICAL"})


def warning_in(line: str) -> tuple[str, str] | None:
    """Level and message of a log line of level WARNING or above, text or JSON; None for any other line."""
    if line.startswith("{"):
        try:
            record = json.loads(line)
        except ValueError:
            return None
        if not isinstance(record, dict) or record.get("level") not in _LEVELS:
            return None
        return str(record["level"]), str(record.get("message", "")).partition("\n")[0]
    found = _TEXT.match(line)
    return (found[1], found[2]) if found else None
