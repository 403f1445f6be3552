"""Brackets around names and behind them: （张三） is a name in brackets, 张三（ZN028） has one of its own."""

from __future__ import annotations

from typing import Final

__all__ = ["OPENING", "trim"]

OPENING: Final = {
    ")": "(",
    "）": "（",
    "]": "[",
    "］": "［",
    "】": "【",
    "〕": "〔",
    "》": "《",
    ">": "<",
    "＞": "＜",
}
"""The opening bracket of each closing one."""


def trim(text: str, edge: str) -> str:
    """Return the text without the characters of ``edge`` at its ends, but with a bracket that closes one inside it."""
    plain = text.strip(edge)
    after = text.find(plain) + len(plain)
    closing = text[after : after + 1]
    opening = OPENING.get(closing, "")
    return f"{plain}{closing}" if opening and plain.count(opening) > plain.count(closing) else plain
