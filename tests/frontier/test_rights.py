"""The access list of docs/machines.md has every command that the frontier calls, and no other on its keys."""

from __future__ import annotations

import re
from pathlib import Path

from crawler.frontier.redis.inspection import DIRECT
from crawler.frontier.redis.scripts import commands

ROOT = Path(__file__).parents[2]
OF_THE_CONNECTION = {"eval", "evalsha", "info", "wait", "select", "client|setinfo", "cluster|slots"}


def test_the_documented_rights_are_those_that_are_used():
    (rule,) = re.findall(
        r"ACL SETUSER crawler .*\n((?: +\+.+\n)+)", (ROOT / "docs/machines.md").read_text("utf-8")
    )
    granted = set(re.findall(r"\+(\S+)", rule))
    assert granted == OF_THE_CONNECTION | {name.lower() for name in commands() | DIRECT}


def test_what_is_called_without_a_script_is_known():
    """Calls of the client in the frontier's packages, by their names: those of redis-py are those of Redis."""
    called = set()
    for path in (ROOT / "crawler" / "frontier").rglob("*.py"):
        called |= set(re.findall(r"\b(?:_?redis|pipe|calls)\.([a-z]+)\(", path.read_text("utf-8")))
    ours = {"aclose", "execute", "pipeline", "info", "eval", "evalsha", "execute_command"}
    assert {{"delete": "DEL"}.get(name, name.upper()) for name in called - ours} == DIRECT
