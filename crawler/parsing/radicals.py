"""Radicals that stand for characters: texts copied out of a PDF have ⽔ (U+2F54) where 水 is meant.

Nothing shows the difference, and nothing finds such a text.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

__all__ = ["plain_characters", "without_radicals"]

# Of the supplement: the radical, its character (Unicode's Equivalent_Unified_Ideograph).
_SUPPLEMENT: Final = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵"
    "⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁"
    "⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶"
    "⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_CHARACTERS: Final = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)) | {
    chr(code): normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_RADICAL = re.compile("[\u2e81-\u2fd5]")
_LEAD: Final = b"\xe2"
_SECOND: Final = range(0xBA, 0xC0)
"""The second byte, in UTF-8, of what may be a radical."""


def without_radicals(source: bytes) -> bytes:
    """Return a page (UTF-8) with characters for its radicals; the same object without any."""
    at = source.find(_LEAD)  # a single byte is found ten times as fast as a pattern
    while 0 <= at < len(source) - 1 and source[at + 1] not in _SECOND:
        at = source.find(_LEAD, at + 1)
    if not 0 <= at < len(source) - 1:
        return source
    return plain_characters(source.decode("utf-8", "replace")).encode("utf-8", "replace")


def plain_characters(text: str) -> str:
    """Return a text with the characters that its Kangxi and CJK radicals stand for."""
    return _RADICAL.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    return _CHARACTERS.get(match[0], match[0])
