"""What scripts and editors write into the lines of a text: stock quotes, counters of pictures, closing links."""

from __future__ import annotations

import re

__all__ = ["strip_widgets"]

_WIDGET = re.compile(
    r"\s?[(（]-?\d[\d.,]{0,9}, ?[+-]?\d[\d.]{0,8}, ?[+-]?\d[\d.]{0,8}%[)）]|"
    r"\s?[(（](?:行情)?\s?\d{5,6}(?:\.[A-Z]{2})?[,，]\s?(?:股吧|诊股|行情|买入|资讯)[^()（）]{0,20}[)）]|\[(?:微博|行情|诊股|股吧)\]|[(（](?:博客|微博)(?:[,，]\s?(?:博客|微博))?[)）]"
)
_OPENED = re.compile(r"[(（\[]")
_COUNTER = re.compile(r"^\d{1,3}\s?/\s?\d{1,3}\s+")
_TRAILING = re.compile(
    r"[\s　]*(?:(?:返回|点击|查看|进入)[^。！？!?\s]{0,16}(?:首页|专题|列表|>>|＞＞|》》|更多)[>＞》\s]*|"
    r"[（(【\[［〔<＜‹](?:责任编辑|责编|编辑|实习编辑|值班编辑|网络编辑|文编|校对|編輯|責任編輯|(?:一审|初审)(?=[：:][^()（）]{2,10}(?:二审|复审|终审|责|编))|(?:审核|监制|统筹)(?=[：:/／|丨｜]))"
    r"(?!部|室)[^()（）【】\[\]［］〔〕<>＜＞‹›]{1,40}[)）】\]］〕>＞›](?:\s?\d{6,8})?|"
    r"(?:责任编辑|责编)[：:]\s?[\u4e00-\u9fff·A-Za-z0-9_、\s]{2,24})\s*$"
)
_TRAILING_WORD = re.compile("返回|点击|查看|进入|编辑|责编|校对|編輯|一审|初审|审核|监制|统筹|文编")
_LONGEST_TRAILING = 100
_ENDS_OF_SENTENCES = frozenset(["。", "”", "！", "？", "…", "；", "："])


def strip_widgets(text: str) -> str:
    """Strip from a line what scripts write into it: stock quotes behind names, picture counters, closing links."""
    if ("%" in text or "股" in text or "博" in text or "行情" in text) and _OPENED.search(text):
        text = _WIDGET.sub("", text)
    if text[:1].isdigit():
        text = _COUNTER.sub("", text) or text
    if text[-1:] in _ENDS_OF_SENTENCES:  # as hardly any line of the site does
        return text
    end = max(0, len(text) - _LONGEST_TRAILING)
    if _TRAILING_WORD.search(text, end) is None or (found := _TRAILING.search(text, end)) is None:
        return text
    return text[: found.start()]
