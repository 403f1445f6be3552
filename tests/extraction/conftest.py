"""The labelled pages: in the folder CORPUS, else beside the repository; never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _folder(name: str, variable: str) -> Path:
    given = os.environ.get(variable)
    folder = Path(given) if given else ROOT.parent / "shared" / name
    if not folder.is_dir():
        message = f"the {name} is not there: set {variable} to its folder (looked in {folder})"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    return _folder("corpus", "CORPUS")


@pytest.fixture(scope="session")
def seed() -> str:
    (file,) = _folder("seed", "SEED").glob("*.txt")
    return file.read_text(encoding="utf-8")
