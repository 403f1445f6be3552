"""What docs, docstrings and comments name by its path is there: a moved file takes its mentions along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.source.modules import ROOT

_FOLDERS = ("crawler", "sample_portal", "benchmarks", "docs", "deploy")
_PATH = re.compile(
    r"(?<![\w./:-])(?:crawler|sample_portal|benchmarks|deploy|docs|tests)/[\w./-]+\.(?:py|md|lua|toml|json|ya?ml|sh)\b"
)
_ROLE = re.compile(r":(?:mod|class|func|meth|attr|data):`~?((?:crawler|sample_portal)(?:\.\w+)+)`")
_PLACEHOLDER = re.compile(r"[A-Z]{4,}\.")
"""A file's name that stands for any."""


def test_every_path_that_is_named_is_there() -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {path}"
        for file, text in _texts()
        for path in _PATH.findall(text)
        if not _PLACEHOLDER.search(path) and not (ROOT / path).exists()
    ]
    assert not missing


def test_every_module_that_is_referred_to_is_there() -> None:
    missing = [
        f"{file.relative_to(ROOT)}: {name}"
        for file, text in _texts()
        for name in _ROLE.findall(text)
        if not _is_there(name)
    ]
    assert not missing


def _texts() -> Iterator[tuple[Path, str]]:
    files = [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*")]
    for path in [*files, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile"]:
        if path.suffix in {".py", ".md", ".toml", ".lua", ".yaml", ".sh"} or path.name == "Makefile":
            yield path, path.read_text(encoding="utf-8")


def _is_there(name: str) -> bool:
    """Say whether a dotted name is a module, or something that the module it begins with speaks of."""
    parts = name.split(".")
    ends = range(len(parts), 1, -1)
    end, file = next(((end, file) for end in ends if (file := _module(parts[:end])) is not None), (0, None))
    text = file.read_text(encoding="utf-8") if file is not None else ""
    return file is not None and all(re.search(rf"\b{part}\b", text) for part in parts[end:])


def _module(parts: list[str]) -> Path | None:
    base = ROOT.joinpath(*parts)
    return next((file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()), None)
