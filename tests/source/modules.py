"""The project's Python files, parsed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["ROOT", "Module", "others", "product"]

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: its path from the project's root, how many lines it has, and its tree."""

    path: str
    lines: int
    tree: ast.Module


@cache
def product() -> tuple[Module, ...]:
    """Return the files that run in production or under ``make crawl``."""
    return _read_all("crawler", "sample_portal")


@cache
def others() -> tuple[Module, ...]:
    """Return every other Python file of the project."""
    return (_read(ROOT / "setup.py"), *_read_all("benchmarks", "tests"))


def _read_all(*folders: str) -> tuple[Module, ...]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return tuple(_read(path) for path in sorted(files))


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(str(path.relative_to(ROOT)), len(text.splitlines()), ast.parse(text, path))
