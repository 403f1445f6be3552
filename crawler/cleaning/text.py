"""Characters and spaces of a text; its words and their width stay as they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from crawler.parsing.radicals import plain_characters

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["clean_line", "clean_text"]

_PASSES = 8
# Left behind by pages that escaped twice. Only what such pages really contain: an article may speak of HTML.
_ENTITY = re.compile(
    r"&(?:amp;)*(?:nbsp|[et]?[nm]?sp|thinsp|[lr][ds]quo|[mn]dash|hellip|middot|bull|quot|apos|times|deg|yen|"
    r"zwn?j|copy|reg|trade|lt|gt|amp|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
# Controls (line ends are kept), zero-width and direction marks, soft hyphen, byte-order mark, interlinear marks.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Whatever has none of these needs no look at its spaces; and most lines have none.
_DIRT = re.compile(rf"[&\s{_INVISIBLE.pattern[1:-1]}\u2e81-\u2fd5]")
_BREAK = re.compile("[\r\n\x0c\x85\u2028\u2029]+")
_CHINESE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_POINT = "，。、；：？！“”‘’《》（）【】〈〉「」『』—…·"
_LETTER_GAP = re.compile(rf"(?<=[{_CHINESE}{_POINT}]) (?=[{_CHINESE}{_POINT}])")
_STOPS = "，。、；：？！"
_POINT_GAP = re.compile(rf"(?<=[{_STOPS}]) (?=[{_CHINESE}{_POINT}])|(?<=[{_CHINESE}{_POINT}]) (?=[{_STOPS}])")
_BRACKET_GAP = re.compile(rf"(?<=[{_CHINESE}{_POINT}]) (?=[（【])|(?<=[）】]) (?=[{_CHINESE}{_POINT}])")
_SPACED_OUT = re.compile(
    rf"(?:(?<=^)|(?<= )|(?<=[{_POINT}]))[{_CHINESE}](?: [{_CHINESE}])+(?=$| |[{_POINT}])"
)
_BYLINE_WORD = re.compile(
    r"记者|記者|通讯员|通訊員|摄影|攝影|作者|编辑|文/图|图/文|撰文|供图|摄$"
    r"|(?:^|[ ◎（(])[文图圖][/／：:]|^[□■◎●○◇◆] ?\S{2,4} \S{2,4}$|^\S{2,4} \S{2,4} (?:报道|報導)$"
)
_BRACKETED = re.compile(r"([(（【\[][^()（）【】\[\]]{0,120}[)）】\]])")
_ONLY_NAMES = re.compile(rf"[(（][{_CHINESE}]{{2,4}}(?: [{_CHINESE}]{{2,4}}){{1,3}}[)）]")
# Names (or places) of a list, with nothing but spaces between them.
_LISTED = re.compile(rf"[{_CHINESE}·]{{2,6}}(?: [{_CHINESE}·]{{2,6}}){{2,}}")
_SHORT = 40
_LONGEST_TITLE = 120
_TWICE = re.compile(r"([，、；：])(?: ?\1)+")
_TWO_STOPS = re.compile(r"(?<!。)。。(?!。)")


def clean_line(text: str) -> str:
    """Clean a title, caption or name: as :func:`clean_text`, but the spaces that part its phrases stay.

    ``疫情来袭 全城应战`` keeps its space; letters that are all spaced out (``张 三``) are joined. Line breaks
    are spaces.
    """
    return _title(text) if len(text) <= _LONGEST_TITLE else _one_line(text)


def _one_line(text: str) -> str:
    return _settled(_BREAK.sub(" ", text), _spaced)


_title = lru_cache(maxsize=8192)(_one_line)  # the same titles stand around all articles of a portal


def clean_text(text: str) -> str:
    """Return a text with clean characters and spaces, its words untouched.

    NFC; no radicals for characters; no control, zero-width or direction characters; entities resolved; no spaces
    between Chinese characters but those that part names in a byline or a list; other runs of spaces are one;
    doubled commas and stops are one; no empty lines. Idempotent. Paragraphs are what line feeds part.
    """
    return _settled(text, _unspaced)


def _settled(text: str, spaces: Callable[[str], str]) -> str:
    if _is_clean(text):
        return text
    for _ in range(_PASSES):
        cleaned = _once(text, spaces)
        if cleaned == text:
            return text
        text = cleaned
    text = text.replace("&", "")  # made to need more passes than any page does: nothing unfolds any more
    while (cleaned := _once(text, spaces)) != text:
        text = cleaned
    return text


def _is_clean(text: str) -> bool:
    """Say whether nothing of :func:`_once` could change the text: the cheap answer for most lines."""
    return (
        _DIRT.search(text) is None
        and not ("，，" in text or "、、" in text or "；；" in text or "：：" in text or "。。" in text)
        and unicodedata.is_normalized("NFC", text)
    )


def _once(text: str, spaces: Callable[[str], str]) -> str:
    if "&" in text:
        text = _ENTITY.sub(_resolve, text)
    text = unicodedata.normalize("NFC", plain_characters(_INVISIBLE.sub("", text)))
    return "\n".join(line for part in _BREAK.split(text) if (line := _line(part, spaces)))


def _line(line: str, spaces: Callable[[str], str]) -> str:
    line = " ".join(line.split())
    if " " in line:
        line = spaces(line)
    return _TWO_STOPS.sub("。", _TWICE.sub(r"\1", line))


def _unspaced(line: str) -> str:
    """Drop the spaces between Chinese characters, but in lists and in bylines (张三 摄, 记者 张三 通讯员 李四)."""
    if "，" not in line and len(line) <= _SHORT and _BYLINE_WORD.search(line):
        return _spaced(line)
    if _LISTED.fullmatch(line):
        return line
    head, stop, tail = line.rpartition("。")
    if stop and tail and len(tail) <= _SHORT and _BYLINE_WORD.search(tail):
        return _unspaced(head + stop) + _spaced(tail.lstrip())
    parts = _BRACKETED.split(line)
    for index, part in enumerate(parts):
        named = index % 2 and (_BYLINE_WORD.search(part) or _ONLY_NAMES.fullmatch(part))
        parts[index] = _spaced(part) if named else _LETTER_GAP.sub("", part)
    return _POINT_GAP.sub("", _BRACKET_GAP.sub("", "".join(parts)))


def _spaced(line: str) -> str:
    """Join single characters in a row, one word spaced out; leave no spaces beside Chinese punctuation."""
    return _POINT_GAP.sub("", _SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), line))


def _resolve(match: re.Match[str]) -> str:
    return unescape(_AMPERSANDS.sub("&", match.group()))
