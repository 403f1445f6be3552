"""The encodings of the web: what their labels mean, and how their bytes are read (WHATWG's Encoding Standard).

Python's codecs lack what pages really hold: a euro sign at 80, the space at A3 A0 and ḿ in GBK, Hong Kong's later
characters in Big5, the control characters of windows-1252.
"""

from __future__ import annotations

import codecs
from typing import Final

__all__ = ["CODECS", "NAMES", "is_latin", "read_as"]

_LABELS: Final = {
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": (
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
        "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"
    ),
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": (
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
        "windows-1254 x-cp1254"
    ),
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "cp866": "866 cp866 csibm866 ibm866",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": (
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
        "windows-949"
    ),
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "gb18030": (
        "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 cp936 "
        "hz-gb-2312"
    ),
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": (
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
        "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"
    ),
    "iso8859-7": (
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
        "iso_8859-7 iso_8859-7:1987 sun_eu_greek"
    ),
    "iso8859-8": (
        "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
        "iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical"
    ),
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "utf-8": "unicode-1-1-utf-8 utf-8 utf8",
}
CODECS: Final = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
"""The codec by label, in lower case."""
NAMES: Final = {
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp866": "ibm866",
    "cp874": "windows-874",
    "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    **{codec: codec.replace("cp", "windows-") for codec in _LABELS if codec.startswith("cp125")},
    **{codec: codec.replace("iso", "iso-") for codec in _LABELS if codec.startswith("iso")},
}
"""The name of an encoding by codec, where they differ."""
_LATIN: Final = frozenset(
    [
        "cp1250",
        "cp1252",
        "cp1254",
        "cp1257",
        "cp1258",
        "mac-roman",
        *(f"iso8859-{part}" for part in (2, 3, 4, 10, 13, 14, 15, 16)),
    ]
)
# Code, character: what Python's big5hkscs does not know.
_BIG5: Final = (
    "877a㡵877b𡵓877c𣚞877d𦀡877e㻬87a1𥣞87a2㫵87a3竼87a4龗87a5𤅡87a6𨤍87a7𣇪87a8𠪊87a9𣉞87aa䌊87ab蒄87ac龖87ad鐯87ae䤰87af蘓87b0墖"
    "87b1靊87b2鈘87b3秐87b4稲87b5晠87b6権87b7袝87b8瑌87b9篅87ba枂87bb稬87bc剏87bd遆87be㓦87bf珄87c0𥶹87c1瓆87c2鿇87c3垳87c4䤯87c5呌"
    "87c6䄱87c7𣚎87c8堘87c9穲87ca𧭥87cb讏87cc䚮87cd𦺈87ce䆁87cf𥶙87d0箮87d1𢒼87d2鿈87d3𢓁87d4𢓉87d5𢓌87d6鿉87d7蔄87d8𣖻87d9䂴87da鿊"
    "87db䓡87dc𪷿87dd拁87de灮87df鿋8e69箸8e6f簆8e7e糎8eab緒8eb4縝8ecd者8ed0耨8f57菁8f69蒨8f6e萏8fcb覦8fcc覩8ffe起906d都907a銹90dc靜"
    "90f1響91bf鼖9244蔃92af兙92b0兛92b1兝92b2兞92c8鍮92d1瑹9447浧94ca禛95d9邗9644靝96ed瀞96fc嬨9b76爁9b78矗9b7b纇9bc6駖9bde釔9bec惞"
    "9bf6澶9c42輶9c53侻9c62營9c68鄄9c6b鷰9c77菏9cbc尐9cbd秣9cd0婧9d57輋9d5a筑9dc4拐9ea9恢9eef痹9efd汊9f60鬮9f66鼗9fcb僭9fd8弌a063蠏"
    "a077拎a0d5瑨a0df煢a0e4牐a3c0␀a3c1␁a3c2␂a3c3␃a3c4␄a3c5␅a3c6␆a3c7␇a3c8␈a3c9␉a3ca␊a3cb␋a3cc␌a3cd␍a3ce␎a3cf␏a3d0␐"
    "a3d1␑a3d2␒a3d3␓a3d4␔a3d5␕a3d6␖a3d7␗a3d8␘a3d9␙a3da␚a3db␛a3dc␜a3dd␝a3de␞a3df␟a3e0␡a3e1€c6cf廴c6d3无c6d5癶c6d7隶"
    "c6de〃c6df仝fa5f倩fa66偽fabd包fac5卄fad5卿fb48嘅fbb8婷fbf3幵fbf9廐fc4f彘fc6c悤fcb9撐fce2晴fcf1杞fdb7沜fdb8渝fdbb港fdf1煮fe52猪"
    "fe6f瑜feaa瓩fedd砉"
)
_BIG5_CHARACTERS: Final = {bytes.fromhex(_BIG5[at : at + 4]): _BIG5[at + 4] for at in range(0, len(_BIG5), 5)}
# … and what it reads as another character.
_OTHERWISE: Final = {
    "gb18030": ("\ue5e5\ue7c7", "\u3000\u1e3f"),
    "big5hkscs": ("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "koi8-u": ("╝╬", "ўЎ"),
}


def is_latin(codec: str) -> bool:
    """Say whether a codec is one of Latin letters, most of whose bytes are ASCII."""
    return codec in _LATIN


def read_as(body: bytes, codec: str, *, strict: bool = False) -> str:
    """Return bytes as text by a codec of :data:`CODECS`; what it does not explain becomes U+FFFD.

    Raises:
        UnicodeDecodeError: with ``strict``, instead.
    """
    text = body.decode(codec, _STRICT if strict else _LENIENT)
    if codec in _OTHERWISE:
        wrong, right = _OTHERWISE[codec]
        for character, other in zip(wrong, right, strict=True):
            text = text.replace(character, other)
    return text


def _or_raise(error: UnicodeError) -> tuple[str, int]:
    """Return what the bytes mean that a codec does not know, and where to go on."""
    if isinstance(error, UnicodeDecodeError):
        code = error.object[error.start : error.start + 2]
        if error.encoding.startswith("big5") and code in _BIG5_CHARACTERS:
            return _BIG5_CHARACTERS[code], error.start + 2
        if error.encoding == "gb18030" and code[:1] == b"\x80":
            return "€", error.start + 1
        if error.encoding == "charmap" and code[0] < 0xA0:
            return chr(code[0]), error.start + 1
    raise error


def _or_replace(error: UnicodeError) -> tuple[str, int]:
    try:
        return _or_raise(error)
    except UnicodeError:
        text, at = codecs.replace_errors(error)
        return str(text), at


_STRICT: Final = "crawler.strict"
_LENIENT: Final = "crawler.replace"
codecs.register_error(_STRICT, _or_raise)
codecs.register_error(_LENIENT, _or_replace)
