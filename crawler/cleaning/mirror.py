"""Spun mirrors: copies of articles in traditional characters with pinyin readings put behind some of them.

``本輪疫情發(fā)生以來`` was ``本轮疫情发生以来``. A reading is taken out only where it is a reading of the
character before it, and only from a text that is proved such a copy: it is written in traditional characters,
its readings stand behind characters that simplified text does not have, there are enough of them for its
length, and it does not speak of pronunciation. An article about language (``行(xíng)``) stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from crawler.cleaning.characters import is_traditional, simplify, traditional_only

__all__ = ["is_mirror", "restore"]

_READING = re.compile(
    r"([\u3400-\u9fff\U00020000-\U0003ffff])[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿê]{1,6})[)）]"
)
_BRACKETED = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿê]{1,6}[)）]")
_ABOUT_LANGUAGE = re.compile("讀音|读音|拼音|注音|發音|发音|讀作|读作|念作|唸作|聲調|声调|多音字|普通話水平")
# OpenCC leaves 著, which Taiwan writes for the particle 着 too; these words are written with 著 everywhere.
_PARTICLE = re.compile(r"(?<![显昭卓名原编专论巨土译合遗拙新所较撰自])著(?![名作称者述书有录《])")
_SHARE_ON_TRADITIONAL = 0.6
_LETTERS_A_READING = 100  # of traditional letters, at most


@cache
def _readings(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to import, and needed by few texts

    found: set[str] = set()
    for form in {character, simplify(character)}:
        found.update(pinyin(form, style=Style.TONE, heteronym=True)[0])
    return frozenset(found)


def _is_reading(match: re.Match[str]) -> bool:
    return match.group(2) in _readings(match.group(1))


def is_mirror(text: str) -> bool:
    """Say whether the text is proved a spun copy."""
    if _BRACKETED.search(text) is None:
        return False
    candidates = list(_READING.finditer(text))
    if not candidates or not is_traditional(text) or _ABOUT_LANGUAGE.search(text):
        return False
    readings = [match for match in candidates if _is_reading(match)]
    letters = traditional_only()
    proving = sum(match.group(1) in letters for match in readings)
    written = sum(c in letters for c in text)
    return (
        proving >= max(1, _SHARE_ON_TRADITIONAL * len(readings)) and proving * _LETTERS_A_READING >= written
    )


def restore(text: str) -> str:
    """Return the text of a spun copy without the readings, in simplified characters."""
    plain = _READING.sub(lambda match: match.group(1) if _is_reading(match) else match.group(), text)
    return _PARTICLE.sub("着", simplify(plain))
