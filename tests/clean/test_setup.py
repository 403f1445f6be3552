"""``setup.sh``, which make calls: what it says when the machine lacks something, and how little otherwise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    """A project without requirements, so that nothing is fetched."""
    shutil.copy(ROOT / "setup.sh", tmp_path)
    for name in ("requirements.txt", "constraints.txt"):
        (tmp_path / name).write_text("")
    return tmp_path


def set_up(
    project: Path, python: str | Path = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./setup.sh", "requirements.txt"],
        cwd=project,
        env={"PATH": os.environ["PATH"], "PYTHON": str(python), "HOME": "", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def fake_python(project: Path, script: str) -> Path:
    fake = project / "fake-python"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    return fake


def test_a_python_that_is_too_old(project):
    answer = set_up(
        project, fake_python(project, 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    )
    assert answer.returncode == 2
    assert answer.stderr == (
        "error: Python 3.11 or newer is needed (Python 3.9.2): "
        "install it, or name one with make PYTHON=/path/to/python3\n"
    )


def test_no_python_at_all(project):
    answer = set_up(project, "/nonexistent/python3")
    assert answer.returncode == 2
    assert "error: Python 3.11 or newer is needed (none here)" in answer.stderr


def test_a_python_without_venv(project):
    fake = fake_python(project, f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')
    answer = set_up(project, fake)
    assert answer.returncode == 2
    assert answer.stderr == (
        f"error: {fake} cannot make virtual environments: "
        "install its venv package (Debian: apt install python3-venv)\n"
    )


def test_two_lines_when_all_is_well_and_the_error_when_not(project):
    answer = set_up(project)
    assert (answer.returncode, answer.stderr) == (0, "")
    first, last = answer.stdout.splitlines()
    assert first.startswith("building .venv with Python 3.")
    assert last.startswith("set-up done in ")

    (project / "requirements.txt").write_text("a-package-that-nobody-publishes==1.0\n")
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:1/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }
    answer = set_up(project, **nowhere)
    assert answer.returncode == 2
    assert answer.stdout == "updating .venv from requirements.txt\n"
    assert "a-package-that-nobody-publishes" in answer.stderr
    assert answer.stderr.endswith("error: the packages could not be installed (network? PIP_INDEX_URL?)\n")
    assert "WARNING" not in answer.stderr


def test_the_lock_holds_every_direct_dependency():
    locked = {line.strip().lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    direct = [
        line.partition(";")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    assert [pin for pin in direct if pin.lower() not in locked] == [], "run make lock"
    assert all("==" in pin for pin in direct)
    assert not [line for line in locked if "@" in line or "/" in line], "names and versions alone"


def install_browser(
    project: Path, *, playwright: str = "exit 1", apt: str | None = None, uid: int = 0
) -> subprocess.CompletedProcess[str]:
    """``setup.sh browser`` with stand-ins for Python, apt-get, id and sudo; the browser is a file named ``shell``."""
    tools, bin_folder = project / "tools", project / ".venv" / "bin"
    tools.mkdir(exist_ok=True)
    bin_folder.mkdir(parents=True, exist_ok=True)
    scripts = {
        bin_folder / "python": f"""case "$2" in
            crawler.rendering.program) [ -e shell ] && echo /found/shell;;
            playwright) {playwright};;
            esac""",
        tools / "id": f"echo {uid}",
        tools / "sudo": "exit 1",
    }
    if apt is not None:
        scripts[tools / "apt-get"] = f'echo "$*" >>asked; {apt}'
    for path, script in scripts.items():
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    for name in ("dirname", "env"):
        (tools / name).symlink_to(shutil.which(name))
    return subprocess.run(
        ["/bin/sh", "setup.sh", "browser"], cwd=project, env={"PATH": str(tools)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_browser_that_is_there_is_named_and_nothing_is_fetched(project):
    (project / "shell").touch()
    done = install_browser(project, apt="exit 0")
    assert (done.returncode, done.stdout) == (0, "there is a browser: /found/shell\n")
    assert not (project / "asked").exists()


def test_playwright_s_browser_comes_first(project):
    done = install_browser(project, playwright=": >shell", apt="exit 0")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "installed /found/shell")
    assert not (project / "asked").exists()


def test_where_playwright_s_download_fails_debian_s_package_is_installed(project):
    done = install_browser(project, apt='case "$1" in install) : >shell;; esac')
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "installed /found/shell")
    assert "chromium-headless-shell" in (project / "asked").read_text()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "Playwright's browser could not be had (see .venv/browser.log); install Chromium, or name one"),
        ({"apt": "exit 100"}, "neither Playwright's browser nor Debian's chromium-headless-shell"),
        ({"apt": "exit 0", "uid": 1000}, "sudo apt-get install chromium-headless-shell libatomic1"),
        ({"apt": "exit 0"}, "a browser is installed, and not found"),
    ],
)
def test_where_no_browser_can_be_had_one_line_says_what_to_do(project, options, told):
    done = install_browser(project, **options)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert told in line
