"""Lines that are never an article's, wherever they stand: rights, licences."""

from __future__ import annotations

import re
from typing import Final

from crawler.extraction.labels.model import LEGAL, Group, Rule

__all__ = ["GROUPS"]

_START = r"^[\s【\[（(*※>·•]{0,4}"
_LONGEST = 239
_LONG_ROW = 160

_RIGHTS = Group(
    LEGAL,
    (
        Rule(
            "copyright",
            r"版[权權]所有|Copyright|©|All Rights",
            "Copyright © 2019 All Rights Reserved",
            "他说，版权所有者应当维权。",
        ),
        Rule(
            "not without permission",
            r"[未非][经經].{0,14}(?:授[权權]|[许許]可|同意|允[许許])[^。]{0,30}(?:[转轉][载載]|[复複][制製]|摘[编編]|镜像|"
            r"(?:禁止|不得|严禁)(?:擅自)?使用[。！]?$)",
            "未经授权不得转载",
            "未经许可，任何人不得进入保护区采挖。",
        ),
        Rule(
            "whose this text is",
            r"本文(?:为|系|版权|由|来自|来源于?).{0,24}(?:原创|版权|未经|转载|不得|禁止)",
            "本文为云水日报原创，请勿转载",
        ),
        Rule(
            "record of the ministry",
            r".{0,16}[京沪津渝粤浙苏闽鲁冀豫鄂湘皖赣川黔滇桂琼晋陕甘青宁新藏蒙辽吉黑]ICP[备证]",
            "云水新闻网 京ICP备案信息",
        ),
        Rule("record of the police", r".{0,10}公网安备", "京公网安备：11010502000000号"),
        Rule(
            "licence",
            r"(?:新闻信息服务|网络视听|增值电信业务|广播电视节目).{0,14}许可证(?:编?号)?\s?(?:[：:（(\dA-Z京沪]|$)",
            "增值电信业务经营许可证 京B2-20120001",
        ),
        Rule(
            "where to report",
            r"违法和不良信息举报.{0,14}(?:[：:\d]|$)",
            "违法和不良信息举报电话：0000-1234567",
        ),
        Rule(
            "about the browser",
            r"建议使用.{0,12}分辨率|您访问的链接即将离开|.{0,8}您的浏览器版本过低",
            "建议使用1024*768分辨率浏览",
        ),
        Rule("lawyer", r"本[站网]常年法律顾问", "本网常年法律顾问：云水律师事务所"),
    ),
    lead=_START,
    longest=_LONGEST,
    flags=re.IGNORECASE,
)
_REGISTERED = Group(
    LEGAL,
    (
        Rule(
            "registered",
            r"ICP[备证](?:案?号?[：:]?\s?\d)|公网?安备\s?\d|网站标识码[：:]|网警110|"
            r"(?:信息服务|视听节目|电信业务|节目制作).{0,4}许可证(?:编?号)?[：:]",
            "云水县人民政府 网站标识码：3500000001",
            "记者查询发现，该网站没有ICP备案，也没有网站标识码。",
        ),
    ),
    how="search",
    longest=_LONG_ROW,
    flags=re.IGNORECASE,
    never="。",
)
GROUPS: Final = (_RIGHTS, _REGISTERED)
