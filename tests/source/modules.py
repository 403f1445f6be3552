"""The project's Python files, parsed."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["ROOT", "Module", "product", "project"]

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("benchmarks", "crawler", "sample_portal", "tests")


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: its path from the project's root, how many lines it has, and its tree."""

    path: str
    lines: int
    tree: ast.Module


@cache
def project() -> tuple[Module, ...]:
    """Return every Python file of the project."""
    files = [ROOT / "setup.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    return tuple(_read(path) for path in sorted(files))


def product() -> tuple[Module, ...]:
    """Return the files that run in production or under ``make crawl``: crawler/ and sample_portal/."""
    return tuple(module for module in project() if module.path.startswith(("crawler/", "sample_portal/")))


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(str(path.relative_to(ROOT)), len(text.splitlines()), ast.parse(text, path))
