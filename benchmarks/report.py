"""Puts tables between the markers of docs/benchmarks.md, and figures into benchmarks/results."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

__all__ = ["machine", "save", "table", "write_section"]

ROOT: Final = Path(__file__).resolve().parent.parent
DOCUMENT: Final = ROOT / "docs" / "benchmarks.md"
RESULTS: Final = ROOT / "benchmarks" / "results"


def write_section(name: str, text: str, document: Path = DOCUMENT) -> None:
    """Replaces what stands between ``<!-- NAME:begin -->`` and ``<!-- NAME:end -->``.

    Raises ValueError when the document lacks the markers: the prose around them is written by hand.
    """
    content = document.read_text("utf-8")
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = content.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{document} has no markers {begin} … {end}")
    document.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", "utf-8")


def save(name: str, figures: dict[str, Any], folder: Path = RESULTS) -> Path:
    """Writes ``NAME.json`` with the machine and the time added."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    content = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), **figures}
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return file


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> dict[str, Any]:
    """What the figures depend on: processor, cores, Python, and the versions that matter."""
    try:
        cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        cpu = None
    packages = ("Scrapy", "scrapy-redis", "Twisted", "redis", "pymongo", "uvloop", "lxml", "selectolax")
    return {
        "cpu": cpu[1] if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {package: version(package) for package in packages},
    }
