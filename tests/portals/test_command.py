"""``scrapy portals`` as a person runs it."""

import argparse
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler.commands.portals import Command

ROOT = Path(__file__).parents[2]


@pytest.fixture
def portals(capsys):
    """The command, run here: its exit code, stdout and stderr."""

    def run(*words: str, folders: tuple[str, ...] = ()) -> tuple[int, str, str]:
        command = Command()
        command.settings = get_project_settings()
        command.settings.set("PORTALS_DIR", list(folders), priority="cmdline")
        command.run(list(words), argparse.Namespace())
        out, err = capsys.readouterr()
        return command.exitcode, out, err

    return run


def test_the_list(portals):
    code, out, err = portals()
    assert (code, err) == (0, "")
    header, *rows = out.splitlines()
    assert header.split() == ["NAME", "TITLE", "FAMILY", "CHANNELS", "RATE", "TAGS"]
    assert any(row.split()[:4] == ["fjsen", "东南网", "founder", "5"] for row in rows)


def test_a_profile(portals):
    code, out, err = portals("fjsen")
    assert (code, err) == (0, "")
    printed = tomllib.loads(out)
    assert printed["title"] == "东南网"
    assert printed["article"]["template"][0]["body"][0] == "div.cont-news"


def test_mistakes_are_one_line(portals, tmp_path):
    (tmp_path / "bad.toml").write_text('title = "x"\ndomians = []\n', encoding="utf-8")
    for words in (["bad"], []):
        code, out, err = portals(*words, folders=(str(tmp_path),))
        assert code == 2
        assert err == f"error: {tmp_path}/bad.toml: domians: unknown key; did you mean domains?\n"
    assert "fjsen" in out
    assert portals("nobody")[::2] == (2, "error: unknown portal 'nobody'; known are fjsen, sample\n")
    assert portals("a", "b")[0] == 2
    assert portals(folders=("/nowhere/at/all",))[::2] == (
        2,
        "error: PORTALS_DIR: /nowhere/at/all is no folder\n",
    )


def test_scrapy_finds_the_command(tmp_path):
    (tmp_path / "mine.toml").write_text(
        'title = "我的"\nhome = "http://mine.cn/"\ndomains = ["mine.cn"]\n', encoding="utf-8"
    )
    command = [sys.executable, "-m", "scrapy", "portals", "mine"]
    environment = {**os.environ, "PORTALS_DIR": str(tmp_path)}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    assert 'title = "我的"' in result.stdout
