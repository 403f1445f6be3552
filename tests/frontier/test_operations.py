"""What a worker tells Redis in one exchange: each operation has a letter of its own, on both sides."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

from crawler.frontier.redis import operations


def letters(pattern: str, source: str) -> Counter[str]:
    return Counter(re.findall(pattern, source, re.MULTILINE))


def test_no_two_operations_share_a_letter():
    """Lua keeps the last of two, without a word."""
    lua = (files("crawler.frontier.redis") / "scripts" / "apply.lua").read_text("utf-8")
    python = (files("crawler.frontier.redis") / "operations.py").read_text("utf-8")
    applied = letters(r"^  (\w) = function\(worker, op\)", lua)
    sent = letters(r'^    return \("(\w)"', python)

    assert len(applied) > 15
    assert set(applied.values()) == {1}, applied
    assert set(sent.values()) == {1}, sent
    assert set(sent) == set(applied)
    assert len(sent) == len(
        [name for name in operations.__all__ if name.islower() and name not in ("number", "numbers")]
    )
