"""Which browser there is: the one that was named, Playwright's own download, or one on PATH.

``python -m crawler.rendering.program`` prints it; the exit code is 1 where there is none.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

__all__ = ["NONE", "NoBrowser", "find_program"]

NONE: Final = "none"
"""The value of PLAYWRIGHT_EXECUTABLE that switches rendering off."""

_ON_PATH: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_WHAT_TO_DO: Final = (
    "install one (make browser; or apt-get install chromium-headless-shell libatomic1, or playwright install "
    "chromium-headless-shell), or name one in PLAYWRIGHT_EXECUTABLE"
)


class NoBrowser(Exception):
    """There is no browser to render with. The text is one line that says what to do."""


def find_program(named: str, downloads: str = "") -> Path:
    """Return the program to start.

    Args:
        named: PLAYWRIGHT_EXECUTABLE; empty where nothing is named, :data:`NONE` to render nothing.
        downloads: PLAYWRIGHT_BROWSERS_PATH, where ``playwright install`` puts browsers; empty for its default.

    Raises:
        NoBrowser: there is none, or the package ``playwright`` is missing.
    """
    if named == NONE:
        raise NoBrowser("PLAYWRIGHT_EXECUTABLE=none: rendering is switched off")
    if find_spec("playwright") is None:
        raise NoBrowser("the package playwright is not installed: pip install playwright, and " + _WHAT_TO_DO)
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoBrowser(f"PLAYWRIGHT_EXECUTABLE={named}: there is no such program; {_WHAT_TO_DO}")
        return Path(found)
    downloaded = _downloaded(downloads)
    if downloaded is not None:
        return downloaded
    for name in _ON_PATH:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise NoBrowser(f"there is no browser to fill this list: {_WHAT_TO_DO}")


def _downloaded(downloads: str) -> Path | None:
    """Return the newest browser that ``playwright install`` has left where Playwright looks for it."""
    folder = Path(downloads) if downloads else Path("~/.cache/ms-playwright").expanduser()
    for pattern in ("chromium_headless_shell-*/*/*headless*shell", "chromium-*/*/chrome"):
        try:
            found = sorted(path for path in folder.glob(pattern) if os.access(path, os.X_OK))
        except OSError:
            return None
        if found:
            return found[-1]
    return None


if __name__ == "__main__":
    from crawler.settings.environment import variable

    try:
        program = find_program(variable("PLAYWRIGHT_EXECUTABLE"), variable("PLAYWRIGHT_BROWSERS_PATH"))
    except NoBrowser as missing:
        sys.exit(str(missing))
    print(program)  # noqa: T201
