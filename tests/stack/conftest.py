"""A data folder for one test, and the project's commands run on it in a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler import stack

ROOT = Path(__file__).resolve().parent.parent.parent


def quiet(line: str) -> None:
    pass


@pytest.fixture
def data_dir(guarded_data_dir):
    """Empty, of a name that people use; what a test leaves running in it is ended after the test."""
    folder = guarded_data_dir("my data 数据")
    yield folder
    stack.down(folder, quiet, force=True)


@pytest.fixture
def scrapy(data_dir):
    """Runs ``scrapy ARGS`` on the folder, with nothing of this machine's addresses in the environment."""

    def run(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "scrapy", *args],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "DATA_DIR": str(data_dir), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
