"""What every command of the project does with errors."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.commands import ScrapyCommand

from crawler.commands.base import ProjectCommand
from crawler.errors import ProfileError, Unreachable


class Command(ProjectCommand, ScrapyCommand):
    checks_settings = False
    outcome: BaseException | int | None = None

    def short_desc(self):
        return "Does as it is told"

    def perform(self, args, opts):
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    ("outcome", "code", "says"),
    [
        (None, 0, ""),
        (3, 3, ""),
        (Unreachable("Redis does not answer"), 2, "error: Redis does not answer\n"),
        (ProfileError("a.toml", "home", "missing"), 2, "error: a.toml: home: missing\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
    ],
)
def test_outcomes(outcome, code, says, capsys):
    command = Command()
    command.outcome = outcome
    command.run([], argparse.Namespace())
    assert command.exitcode == code
    assert capsys.readouterr() == ("", says)


def test_a_bug_shows_its_traceback():
    command = Command()
    command.outcome = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        command.run([], argparse.Namespace())


def test_an_option_that_nothing_takes_is_refused(capsys):
    command = Command()
    command.run(["-", "--typo"], argparse.Namespace())
    assert command.exitcode == 2
    assert capsys.readouterr().err.startswith("error: unknown option --typo")


@pytest.mark.build
def test_a_reader_that_has_seen_enough_ends_the_command_in_silence():
    code = (
        "import argparse\n"
        "from test_base_command import Command\n"
        "class Talker(Command):\n"
        "    def perform(self, args, opts):\n"
        "        while True: print('x' * 1000)\n"
        "command = Talker(); command.run([], argparse.Namespace()); raise SystemExit(command.exitcode)\n"
    )
    here = Path(__file__).resolve().parent
    talker = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{here.parent.parent}:{here}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    talker.stdout.readline()
    talker.stdout.close()
    assert talker.stderr.read() == b""
    assert talker.wait(timeout=20) == 0
    talker.stderr.close()
