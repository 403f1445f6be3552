"""Bylines inside the text: （记者 谭湘竹 通讯员 侯宣新）, 新华社北京11月3日电（记者…）, 文/图 张三."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from crawler.extraction.names import is_person, split_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.items import Role

__all__ = ["read_bylines"]

_WORDS: dict[str, Role] = {
    "记者": "reporter", "作者": "author", "通讯员": "correspondent", "摄影报道": "photographer", "摄影": "photographer",
    "撰文": "author", "采写": "author", "文/图": "author", "图/文": "author", "文": "author", "图": "photographer",
    "执笔": "author", "摄": "photographer", "撰稿": "author", "编译": "author", "报道员": "correspondent", "实习生": "reporter",
    "评论员": "author", "特约撰稿人": "author", "专栏作者": "author", "编写": "author",
}  # fmt: skip
_ALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_WORD = re.compile(
    rf"(?:^|(?<=[\s(（【\[/、，,。；;：:”》])|(?<=[\u4e00-\u9fff]))(?P<word>{_ALL})(?=[\s/：:|｜、·]|[\u4e00-\u9fff])[\s/：:|｜]*"
)
_BRACKET = re.compile(r"[(（【\[]([^()（）【】\[\]]{2,80})[)）】\]]")


def read_bylines(paragraphs: list[str]) -> Iterator[tuple[str, Role]]:
    """Names and roles, from the first two and last three paragraphs."""
    edge = [*paragraphs[:2], *paragraphs[2:][-3:]]
    for text in edge:
        if len(text) <= 50:
            yield from _read(text)
            continue
        for match in _BRACKET.finditer(text[:160]):
            yield from _read(match.group(1))
        for match in _BRACKET.finditer(text[-120:]):
            yield from _read(match.group(1))


def _read(text: str) -> Iterator[tuple[str, Role]]:
    matches = list(_WORD.finditer(text))
    for match, following in zip_longest(matches, matches[1:]):
        value = text[match.end() : following.start() if following else len(text)]
        for name in split_names(value.replace(":", " ")):
            if is_person(name):
                yield name, _WORDS[match.group("word")]
