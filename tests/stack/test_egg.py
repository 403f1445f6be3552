"""The egg that scrapyd gets: every file of the package, none of the tests."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.build

ROOT = Path(__file__).resolve().parent.parent.parent
PACKED = ("crawler", "tests", "benchmarks", "setup.py", "pyproject.toml", "requirements.txt", "scrapy.cfg")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy: setuptools litters the folder it works in."""
    project = tmp_path_factory.mktemp("project")
    for name in PACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, project / name)
    # A data file of every kind, at a depth that no package has yet.
    deep = project / "crawler" / "portals" / "deep" / "er"
    deep.mkdir(parents=True)
    for kind in ("toml", "lua", "html", "css", "js", "json"):
        (deep / f"sample.{kind}").write_text("")
    return project


@pytest.fixture(scope="module")
def egg(project, tmp_path_factory) -> Path:
    """Built as scrapyd-deploy builds it."""
    out = tmp_path_factory.mktemp("egg")
    subprocess.run(
        [sys.executable, "-W", "ignore", "setup.py", "bdist_egg", "-d", out],
        cwd=project,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = out.glob("*.egg")
    return built


def test_every_file_of_the_package_is_inside(project, egg):
    names = set(zipfile.ZipFile(egg).namelist())
    files = {
        path.relative_to(project).as_posix() for path in (project / "crawler").rglob("*") if path.is_file()
    }
    assert files - names == set(), (
        "a folder of modules needs an __init__.py, a data file a suffix that setup.py names"
    )
    assert any(name.startswith("crawler/portals/deep/er/") for name in files)


def test_nothing_else_is_inside(egg):
    names = zipfile.ZipFile(egg).namelist()
    assert {name.partition("/")[0] for name in names} == {"crawler", "EGG-INFO"}
    assert not [name for name in names if "test" in name]


def test_scrapyd_finds_the_settings(egg):
    archive = zipfile.ZipFile(egg)
    assert "settings = crawler.settings" in archive.read("EGG-INFO/entry_points.txt").decode()


def test_the_project_runs_from_the_egg(egg, tmp_path):
    """From an empty folder, with nothing but the egg on the path, as a scrapyd job does."""
    code = "from scrapy.cmdline import execute; execute(['scrapy', 'settings', '--get', 'COMMANDS_MODULE'])"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(egg), "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PATH": ""},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.stdout.strip() == "crawler.commands"
