"""Signs that look alike, read as one: the many bars, strokes and colons behind 作者, and the dots inside a name."""

from __future__ import annotations

import re

__all__ = ["ODD_MARKS", "plain_dots", "plain_marks"]

_BARS = "︱│∣┃❘❙⎟⎜⎪︳¦ǀ‖∥┆┇┊┋▏▕∤｜丨"
_STROKES = "╱⁄∕⧸⟋"
_COLONS = "﹕∶︰꞉ː˸"
_DOTS = "•・‧∙⋅．﹒˙"
ODD_MARKS = f"{_BARS}{_STROKES}{_COLONS}"
"""What :func:`plain_marks` replaces, for a set of a pattern."""

_ANY_MARK = re.compile(f"[{ODD_MARKS}]")
_ANY_DOT = re.compile(f"[{_DOTS}]")
_MARKS = str.maketrans(
    _BARS + _STROKES + _COLONS, "|" * len(_BARS) + "／" * len(_STROKES) + "：" * len(_COLONS)
)
_TO_DOT = str.maketrans(_DOTS, "·" * len(_DOTS))


def plain_marks(text: str) -> str:
    """Return the text with | for every bar, ／ for every stroke but a slash, ： for odd colons; of the same length."""
    return text.translate(_MARKS) if _ANY_MARK.search(text) else text


def plain_dots(text: str) -> str:
    """Return the text with · for every dot that stands inside names; of the same length."""
    return text.translate(_TO_DOT) if _ANY_DOT.search(text) else text
