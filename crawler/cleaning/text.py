"""Characters and spaces of a text; its words and their width stay as they are."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

__all__ = ["clean_line", "clean_text"]

_PASSES = 8
# Left behind by pages that escaped twice. Only what such pages really contain: an article may speak of HTML.
_ENTITY = re.compile(
    r"&(?:amp;)*+(?:nbsp|[et]?[nm]?sp|thinsp|[lr][ds]quo|[mn]dash|hellip|middot|bull|quot|apos|times|deg|yen|"
    r"zwn?j|copy|reg|trade|lt|gt|amp|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
# Controls (line ends are kept), zero-width and direction marks, soft hyphen, byte-order mark, interlinear marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("[\r\n\x0c\x85\u2028\u2029]+")
_CHINESE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_POINT = "，。、；：？！“”‘’《》（）【】〈〉「」『』—…·"
_LETTER_GAP = re.compile(rf"(?<=[{_CHINESE}{_POINT}]) (?=[{_CHINESE}{_POINT}])")
_TWICE = re.compile(r"([，、；：])(?: ?\1)+")
_TWO_STOPS = re.compile(r"(?<!。)。。(?!。)")


def clean_line(text: str) -> str:
    """One line: see :func:`clean_text`; line breaks become spaces."""
    return " ".join(clean_text(text).split("\n")) if "\n" in text or "\r" in text else clean_text(text)


def clean_text(text: str) -> str:
    """NFC; no control, zero-width or direction characters; entities resolved; no spaces between Chinese
    characters; other runs of spaces are one; doubled commas and stops are one; no empty lines.

    Idempotent. Paragraphs are what ``\\n`` parts.
    """
    for _ in range(_PASSES):
        cleaned = _once(text)
        if cleaned == text:
            return text
        text = cleaned
    return _settle(text)


def _once(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_resolve, text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return "\n".join(line for part in _BREAK.split(text) if (line := _spaces(part)))


def _spaces(line: str) -> str:
    line = " ".join(line.split())
    if " " in line:
        line = _LETTER_GAP.sub("", line)
    return _TWO_STOPS.sub("。", _TWICE.sub(r"\1", line))


def _resolve(match: re.Match[str]) -> str:
    return unescape(_AMPERSANDS.sub("&", match.group()))


def _settle(text: str) -> str:
    """For text made to need more passes than any page does: without ``&`` nothing unfolds any more."""
    text = text.replace("&", "")
    while (cleaned := _once(text)) != text:
        text = cleaned
    return text
