"""The hooks of .pre-commit-config.yaml run what ``make lint`` runs, and hold a commit's subject to its form."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml

from tests.source.modules import ROOT


def hooks(stage: str) -> list[dict]:
    """Return the hooks of a stage, in their order."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    config = yaml.safe_load(text)
    return [
        hook
        for repository in config["repos"]
        for hook in repository["hooks"]
        if stage in hook.get("stages", config["default_stages"])
    ]


def recipe() -> list[str]:
    """Return the commands of ``make lint``, the environment being taken for ready."""
    made = subprocess.run(
        ["make", "--dry-run", "--assume-old=.venv/ready-dev", "lint"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [line for line in made.stdout.splitlines() if ".venv/" in line]


def test_the_hooks_run_what_make_lint_runs():
    commands, entries = recipe(), [hook["entry"] for hook in hooks("pre-commit")]
    assert len(commands) == len(entries)
    for command, entry in zip(commands, entries, strict=True):
        assert entry in command


def test_no_hook_reads_part_of_the_project_only():
    assert not any(hook["pass_filenames"] for hook in hooks("pre-commit"))
    assert {hook["language"] for hook in hooks("pre-commit")} == {"system"}


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        ("Read a list behind a form", False),
        ("Read a list behind a form\n\nThe reason.\n", False),
        ("x" * 72 + "\n\nThe reason.\n", False),
        ("x" * 73 + "\n\nThe reason.\n", True),
        ("Read a list behind a form.", True),
        ("Read a list behind a form.\n\nThe reason.\n", True),
        ("\nThe subject is missing", True),
    ],
)
def test_a_subject_of_another_form_is_refused(message, refused):
    (hook,) = hooks("commit-msg")
    # As pre-commit's pygrep does it with --multiline: what is found is refused.
    found = re.compile(hook["entry"].encode(), re.MULTILINE | re.DOTALL).search(message.encode())
    assert bool(found) is refused
