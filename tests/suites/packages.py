"""The packages whose suites are run, fetched by their registries' own clients into a cache."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PACKAGES", "Package", "feedparser_itself", "fetch"]


@dataclass(frozen=True)
class Package:
    """A source distribution: of PyPI, else of npm. ``isolated``: what it is built with is fetched too."""

    name: str
    version: str
    folder: str
    pypi: bool = True
    isolated: bool = True


PACKAGES = {
    package.name: package
    for package in (
        Package("html5lib", "1.1", "html5lib-1.1", isolated=False),  # its setup.py wants an old setuptools
        Package("feedparser", "6.0.14", "feedparser-6.0.14"),
        Package("protego", "0.7.0", "protego-0.7.0"),
        Package("text-encoding", "0.7.0", "package", pypi=False),
    )
}


def fetch(package: Package, cache: Path) -> Path:
    """Return the folder of a package's source, fetched at first; raises SystemExit with one line where it cannot be."""
    folder = cache / f"{package.name}-{package.version}"
    if (folder / package.folder).is_dir():
        return folder / package.folder
    folder.mkdir(parents=True, exist_ok=True)
    if package.pypi:
        isolation = [] if package.isolated else ["--no-build-isolation"]
        pip = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
            *isolation,
        ]
        command = [*pip, "--dest", str(folder), f"{package.name}=={package.version}"]
    elif shutil.which("npm") is None:
        raise SystemExit(f"npm is not installed, which fetches {package.name}; apt-get install npm")
    else:
        command = [
            "npm",
            "pack",
            "--silent",
            f"--pack-destination={folder}",
            f"{package.name}@{package.version}",
        ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    archives = [*folder.glob("*.tar.gz"), *folder.glob("*.tgz")]
    if done.returncode or not archives:
        raise SystemExit(
            f"{package.name} {package.version} could not be fetched: {done.stderr.strip()[-300:]}"
        )
    # by tar, which writes nothing outside of the folder: Python 3.11.2, which Debian 12 has, knows no filters of archives
    subprocess.run(["tar", "-x", "-z", "-f", archives[0], "-C", folder], check=True)
    return folder / package.folder


def feedparser_itself(cache: Path) -> Path:
    """Return a folder from which feedparser can be imported, to compare with."""
    package = PACKAGES["feedparser"]
    folder = cache / "peers"
    if not (folder / "feedparser").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
        done = subprocess.run(
            [*pip, f"feedparser=={package.version}"], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(
                f"feedparser could not be installed into the cache: {done.stderr.strip()[-300:]}"
            )
    return folder
