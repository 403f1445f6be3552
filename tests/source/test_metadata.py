"""What pyproject.toml says of the package is said once, and is so."""

from __future__ import annotations

import re
import tomllib

from crawler import __version__
from tests.source.modules import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ABOUT = PROJECT["project"]


def test_the_licence_is_the_one_that_is_named():
    assert ABOUT["license"] == "MIT"
    for name in ABOUT["license-files"]:
        assert (ROOT / name).read_text(encoding="utf-8").startswith("MIT License\n")


def test_everything_that_reads_the_oldest_python_reads_the_same():
    (oldest,) = re.findall(r">=(3\.\d+)", ABOUT["requires-python"])
    named = [name.rpartition(" ")[2] for name in ABOUT["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert named[0] == oldest
    assert PROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


def test_what_is_called_typed_carries_its_mark():
    assert "Typing :: Typed" in ABOUT["classifiers"]
    assert (ROOT / "crawler/py.typed").is_file()


def test_the_changelog_has_the_version_and_what_comes_after_it():
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert __version__ in headings
