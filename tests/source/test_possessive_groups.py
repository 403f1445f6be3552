"""Patterns read the same with every Python: 3.11.2 (Debian 12) does not go back where a possessive group fails half-way.

https://github.com/python/cpython/issues/106052, mended in 3.11.5. A group may be possessive if what it repeats fails at
its first character or not at all; those that are stand here. For others an atomic group around a greedy one does the same.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_POSSESSIVE = re.compile(r"\)[?*+]\+(?!,;=)")
FAIL_AT_ONCE = {
    "crawler/discovery/lists/xml.py": 1,  # "=" and an optional value
    "crawler/parsing/limits.py": 1,
    "crawler/parsing/unclosed.py": 1,
    "crawler/extraction/text/literals.py": 3,  # a backslash at the end of a line ends the match either way
    "crawler/parsing/loose_json.py": 2,
}


def test_possessive_groups_are_those_that_fail_at_once():
    found = {
        path.relative_to(ROOT).as_posix(): len(_POSSESSIVE.findall(path.read_text("utf-8")))
        for path in (ROOT / "crawler").rglob("*.py")
    }
    assert {path: count for path, count in found.items() if count} == FAIL_AT_ONCE
