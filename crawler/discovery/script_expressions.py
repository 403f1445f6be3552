"""Addresses that scripts put together of literals and one number: read, and never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EXPRESSION", "LOCATION", "PageAddress", "literals_of", "read_address"]

_STRING: Final = r"""(?:"[^"\\\n]{0,300}"|'[^'\\\n]{0,300}')"""
_NAME: Final = r"[A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,4}"
_OPERAND: Final = rf"(?:{_STRING}|`[^`\\\n]{{0,300}}`|{_NAME}(?:\(\s{{0,3}}\))?|\d{{1,6}})"
EXPRESSION: Final = rf"{_OPERAND}(?:\s{{0,9}}\+\s{{0,9}}{_OPERAND}){{0,7}}(?![\w$.]|\s{{0,9}}[+(\[?*/-])"
"""Texts, names and numbers that are added up; what goes on in another way is none."""

LOCATION: Final = r"(?:\b(?:window|document|self|top|parent)\.){0,2}\blocation(?:\.href)?\s{0,9}=(?!=)\s{0,9}"
"""What stands before the address that a script leads to."""

_PARTS = re.compile(_OPERAND)
_HOLE = re.compile(r"\$\{\s*([\w$.]{1,80})\s*\}")
_LITERAL = re.compile(
    rf"([A-Za-z_$][\w$]{{0,60}})[\"']?\s{{0,9}}[:=]\s{{0,9}}({_STRING})(?!\s{{0,9}}[+(\[.?])"
)
_HERE: Final = frozenset({"pathname", "origin"})
"""Parts of ``location`` that the page's own URL stands for."""


class PageAddress(NamedTuple):
    """An address with a hole for a page's number; ``hole`` is its name, empty where there is none."""

    head: str
    tail: str
    hole: str

    def of(self, number: int | str) -> str:
        """Return the address of a page."""
        return f"{self.head}{number}{self.tail}" if self.hole else self.head


def literals_of(script: str) -> dict[str, str]:
    """Return the texts that a script gives names to (``hrefFormer: "list_12"``), by name; the last one counts."""
    return {name: text[1:-1] for name, text in _LITERAL.findall(script)}


def read_address(expression: str, literals: Mapping[str, str]) -> PageAddress | None:
    """Return the address that an :data:`EXPRESSION` comes to; None where more than one part of it is not known."""
    head, tail, hole = "", "", ""
    for kind, text in _operands(expression):
        if kind == "name":
            last = text.rpartition(".")[2]
            if "location" in text and last in _HERE:
                continue
            if last not in literals:
                if hole:
                    return None
                hole = text
                continue
            text = literals[last]  # noqa: PLW2901
        if hole:
            tail += text
        else:
            head += text
    return PageAddress(head, tail, hole) if head or tail else None


def _operands(expression: str) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for operand in _PARTS.findall(expression):
        if operand[0] in "\"'":
            out.append(("text", operand[1:-1]))
        elif operand[0] == "`":
            at = 0
            for hole in _HOLE.finditer(operand[1:-1]):
                out += [("text", operand[1:-1][at : hole.start()]), ("name", hole[1])]
                at = hole.end()
            out.append(("text", operand[1:-1][at:]))
        elif operand[0].isdigit():
            out.append(("text", operand))
        else:
            out.append(("name", operand))
    return out
