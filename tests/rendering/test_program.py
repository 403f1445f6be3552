"""Which browser is taken, and what is said where there is none."""

from __future__ import annotations

import pytest

from crawler.rendering import program
from crawler.rendering.program import NoBrowser, find_program


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine without any browser; a function puts one there."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))

    def put(name):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
        return path

    return put


def test_the_named_one_then_playwrights_own_then_one_on_path(machine, tmp_path):
    with pytest.raises(NoBrowser, match="apt-get install chromium-headless-shell libatomic1"):
        find_program("")
    on_path = machine("bin/google-chrome")
    assert find_program("") == on_path
    better = machine("bin/chromium-headless-shell")
    assert find_program("") == better
    own = machine(
        ".cache/ms-playwright/chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell"
    )
    assert find_program("") == own
    elsewhere = machine("browsers/chromium-1200/chrome-linux64/chrome")
    assert find_program("", str(tmp_path / "browsers")) == elsewhere
    named = machine("mine/browser")
    assert find_program(str(named)) == named
    assert find_program("google-chrome") == on_path


def test_what_cannot_be_had_is_one_line(machine, monkeypatch):
    machine("bin/chromium")
    for named, said in (("none", "switched off"), ("/no/such", "no such program")):
        with pytest.raises(NoBrowser, match=said) as caught:
            find_program(named)
        assert "\n" not in str(caught.value)
    monkeypatch.setattr(program, "find_spec", lambda _: None)
    with pytest.raises(NoBrowser, match="the package playwright is not installed"):
        find_program("")
