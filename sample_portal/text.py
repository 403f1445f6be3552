"""Writes Chinese local news: titles, paragraphs, captions, people. The same random stream gives the same words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sample_portal.topics import TOPICS
from sample_portal.words import GENERAL, GIVEN, LEADS, ORGANISATIONS, PLACES, ROADS, SURNAMES, VILLAGES

if TYPE_CHECKING:
    from random import Random

__all__ = ["RARE_GIVEN", "Writer"]

#: Given names outside GB 2312; the last two need four bytes in GB 18030.
RARE_GIVEN = ("镕", "喆", "堃", "珺", "晅", "\u3402", "\U00020bb7")

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_TYPHOONS = ("海葵", "尼格", "洛坦", "轩岚诺", "木兰", "白鹿", "玛莉亚", "苏拉")
_OPERAS = ("贻顺哥烛蒂", "荔枝换绛桃", "紫玉钗", "双蝶扇", "陈若霖斩皇子")


class Writer:
    """One author's pen on the day ``today``: all is drawn from ``rng``, and frames repeat only when all were used."""

    def __init__(self, rng: Random, today: date) -> None:
        self._rng = rng
        self._today = today
        self.topic = rng.choice(TOPICS)
        self.place = rng.choice(PLACES)
        self.village = rng.choice(VILLAGES)
        topical, general = list(self.topic.frames), list(GENERAL)
        rng.shuffle(topical)
        rng.shuffle(general)
        self._topical, self._general = topical, general

    def person(self, *, rare: bool = False) -> str:
        """Return a full name of two or three characters; with ``rare``, one that GB 2312 cannot write."""
        return self._rng.choice(SURNAMES) + self._rng.choice(RARE_GIVEN if rare else GIVEN)

    def people(self, count: int) -> list[str]:
        """Return ``count`` different names."""
        found: dict[str, None] = {}
        while len(found) < count:
            found[self.person()] = None
        return list(found)

    def title(self) -> str:
        """Return a headline; not unique by itself."""
        return self._fill(self._rng.choice(self.topic.headlines))

    def caption(self) -> str:
        """Return one line under a picture, without a photographer."""
        return self._fill(self._rng.choice(self.topic.captions))

    def sentence(self) -> str:
        """Return the next sentence: topical and general ones take turns until the frames are used up."""
        pool = self._topical if self._topical and self._rng.random() < 0.45 else self._general
        frame = (pool or self._topical or self._general or [""]).pop()
        if not self._topical and not self._general:
            self._general = list(GENERAL)
            self._rng.shuffle(self._general)
        return self._fill(frame)

    def paragraph(self) -> str:
        """Return two to four sentences."""
        return "".join(self.sentence() for _ in range(self._rng.randint(2, 4)))

    def lead(self, title: str) -> str:
        """Return the opening sentence, which says again what the headline says."""
        news = re.sub(r"[ ：]", "，", title).rstrip("？！")
        return self._fill(self._rng.choice(LEADS).replace("{news}", "\x00")).replace("\x00", news)

    def _fill(self, frame: str) -> str:
        chosen = _CHOICE.sub(lambda match: self._rng.choice(match[1].split("|")), frame)
        return _SLOT.sub(lambda match: self._slot(match[1]), chosen)

    def _slot(self, name: str) -> str:
        rng = self._rng
        match name:
            case "place":
                return self.place if rng.random() < 0.6 else rng.choice(PLACES)
            case "village":
                return self.village if rng.random() < 0.6 else rng.choice(VILLAGES)
            case "person":
                return self.person()
            case "agency":
                return rng.choice(self.topic.agencies)
            case "org":
                return rng.choice(ORGANISATIONS)
            case "road":
                return rng.choice(ROADS)
            case "typhoon":
                return rng.choice(_TYPHOONS)
            case "opera":
                return rng.choice(_OPERAS)
            case "n":
                return str(rng.randint(101, 9870))
            case "m":
                return str(rng.randint(12, 98))
            case "k":
                return str(rng.randint(3, 29))
            case "d":
                return str(rng.randint(2, 9))
            case "hour":
                return str(rng.randint(5, 22))
            case "month":
                return str(rng.randint(1, 12))
            case "date":
                day = self._today - timedelta(days=rng.randint(0, 40))
                return f"{day.month}月{day.day}日"
            case "pct":
                return f"{rng.randint(3, 28)}.{rng.randint(0, 9)}%"
            case "today":
                return f"{self._today.day}日"
            case "high":
                return f"{rng.randint(86, 98)}.{rng.randint(0, 9)}%"
            case "money":
                return f"{rng.randint(120, 9600)}万元"
            case "wan":
                return f"{rng.randint(3, 480)}万元"
            case "yi":
                return f"{rng.randint(2, 86)}.{rng.randint(0, 9)}亿元"
            case "rain":
                return str(rng.randint(62, 385))
            case "age":
                return str(rng.randint(120, 980))
            case "metres":
                return str(rng.randint(700, 1900))
            case "yield":
                return str(rng.randint(520, 790))
            case _:
                raise ValueError(f"the frame has an unknown slot: {name}")
