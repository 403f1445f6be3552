"""Other extractors on the same pages, in an environment of their own.

They are no dependencies of this project: requirements-bench.txt is installed into a virtual environment beside
the project's when the comparison is asked for, and contenders/extractors.py runs there. All are given decoded text.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from crawler.parsing import Document

__all__ = ["Peers"]

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements-bench.txt"
SCRIPT = Path(__file__).with_name("contenders") / "extractors.py"


class Peers:
    """The environment (made at first use) and what runs in it."""

    def __init__(self, folder: Path = ROOT / ".venv-bench") -> None:
        self._folder = folder

    def run(self, pages: dict[str, tuple[str, bytes]]) -> dict[str, tuple[dict[str, Any], float]]:
        """Predictions and median milliseconds a page, by extractor."""
        decoded = {
            page: {"url": url, "html": Document.from_bytes(body, url).text}
            for page, (url, body) in pages.items()
        }
        done = subprocess.run(
            [self._python(), str(SCRIPT)], input=json.dumps(decoded), text=True, stdout=subprocess.PIPE, check=True,
            timeout=1800,
        )  # fmt: skip
        return {name: (found["pages"], found["ms"]) for name, found in json.loads(done.stdout).items()}

    def _python(self) -> str:
        python = self._folder / "bin" / "python"
        mark = self._folder / "installed"
        wanted = REQUIREMENTS.read_text(encoding="utf-8")
        if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
            print(f"installing {REQUIREMENTS.name} into {self._folder.name}", file=sys.stderr)
            venv.create(self._folder, with_pip=True, clear=True)
            install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            # The pip that Python 3.11 brings trips over lxml[html-clean], which two of them ask for.
            subprocess.run([*install, "--upgrade", "pip"], check=True, timeout=600)
            subprocess.run([*install, "-r", str(REQUIREMENTS)], check=True, timeout=1800)
            mark.write_text(wanted, encoding="utf-8")
        return str(python)
