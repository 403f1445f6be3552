"""Spins a text as mirror sites do: traditional characters, and a pinyin reading behind some of them."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

__all__ = ["spin"]

#: Readings that a mirror of the portal was seen to add (疫情發(fā)生, 第一時(shí)間, 堅(jiān)守 …).
_READINGS = {
    "發": "fā", "時": "shí", "開": "kāi", "進": "jìn", "動": "dòng", "員": "yuán", "轉": "zhuǎn",
    "應": "yìng", "堅": "jiān",
    "將": "jiāng", "醫": "yī", "學": "xué", "實": "shí", "聯": "lián",
    "務": "wù", "責": "zé", "圍": "wéi", "達": "dá", "讓": "ràng",
    "辦": "bàn", "導": "dǎo", "續": "xù",
    "際": "jì", "險": "xiǎn", "變": "biàn", "處": "chù", "鎮": "zhèn",
    "記": "jì", "該": "gāi",
}  # fmt: skip


@lru_cache(maxsize=4096)
def spin(text: str) -> str:
    """Return ``text`` in traditional characters, every second of the known readings added in parentheses.

    Only characters that come back are turned, so that simplifying the result and dropping the readings gives
    ``text`` again.
    """
    spun, count = [], 0
    for char in text:
        traditional = _traditional(char)
        reading = _READINGS.get(traditional)
        count += reading is not None
        spun.append(f"{traditional}({reading})" if reading and count % 2 else traditional)
    return "".join(spun)


@lru_cache(maxsize=8192)
def _traditional(char: str) -> str:
    there = _to_traditional().convert(char)
    return there if _to_simplified().convert(there) == char else char


@lru_cache(maxsize=1)
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
