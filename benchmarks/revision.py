"""Another commit's code beside this one's, so that both are measured in the same hour by the same benchmark."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Revision", "taken_out"]

ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit's folders, as they were, in ``folder``; ``name`` is the commit's short name."""

    name: str
    folder: Path


@contextmanager
def taken_out(revision: str, *folders: str) -> Iterator[Revision]:
    """Lay out ``folders`` of the commit (all of it, if none is named) in a temporary folder, and remove it afterwards.

    The commit's code runs with the packages that are installed now. Raises SystemExit with Git's own sentence when
    there is no such commit or it has no such folder.
    """
    name = _git("rev-parse", "--short", f"{revision}^{{commit}}").decode().strip()
    folder = Path(tempfile.mkdtemp(prefix=f"revision-{name}-"))
    try:
        # by tar: Python 3.11.2, which Debian 12 has, knows no filters of archives
        subprocess.run(["tar", "-x", "-C", folder], input=_git("archive", name, *folders), check=True)
        # Else the first crawl would compile, and the other side's would not.
        for code in ("crawler", "benchmarks"):
            compileall.compile_dir(folder / code, quiet=2)
        yield Revision(name, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _git(*arguments: str) -> bytes:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if ran.returncode:
        raise SystemExit(f"git {' '.join(arguments)}: {ran.stderr.decode(errors='replace').strip()}")
    return ran.stdout
