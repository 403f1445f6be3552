"""Bytes to text: right when header, meta, byte-order mark and bytes disagree.

The order of belief: a byte-order mark; UTF-8 if the bytes are valid UTF-8 (a Chinese page in another
encoding is never valid UTF-8 by chance); then the declared encodings and the three that Chinese pages really
use, ranked by how much of the result is everyday Chinese. Declarations come last because they lie: pages that
say gb2312 are GB18030, UTF-8 or Big5.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from crawler.parsing.encodings import CODECS, NAMES, is_latin, read_as

__all__ = ["BYTE_ORDER_MARKS", "decode"]

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE)
_PRESCAN = 4096
_SAMPLE = 20_000  # bytes from the first non-ASCII one: enough to rank encodings, cheap on any page
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# The most frequent characters of Chinese text, simplified and traditional, with its punctuation.
_EVERYDAY = re.compile(
    "["
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之"
    "进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各"
    "重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式"
    "活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府研质保改治信海市场新闻记者"
    "這個們時來國為說對會發動過產種後學經進現實體機點從業開還當應與關線內數結問題軍無條統資邊級圖組見計別論運農幾區強決戰處據記聞報東車門長電話"
    "，。、：；？！“”《》（）　·—…]+"
)
_BROKEN = re.compile("[\ue000-\uf8ff\ufffd]+")
_BRIEF = 3_000  # bytes of lines with letters, which mostly tell already
_ENOUGH = 100  # letters that are enough to tell by
_PLAIN = 0.25  # a score that no wrong encoding comes near: they read hardly anything, or break


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """Return the text of a page and the name of its encoding (``utf-8``, ``gb18030``, ``big5``, …).

    ``content_type`` is the response's header, or None. Never raises; bytes that no encoding explains become
    U+FFFD. A byte-order mark is not part of the text.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\x00" in body and (wide := _wide(body)):
            return body.decode(wide, "replace"), wide
        return text, "utf-8"
    if wide := _wide(body):
        return body.decode(wide, "replace"), wide
    return _legacy(body, content_type)


def _wide(body: bytes) -> str | None:
    """Recognise UTF-16 without a mark: it shows as a zero in every other byte of its markup."""
    head = body[:200]
    if head.count(b"\x00") * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _legacy(body: bytes, content_type: str | None) -> tuple[str, str]:
    declared = _declared(body, content_type)
    candidates = dict.fromkeys([*declared, "gb18030", "utf-8", "big5hkscs"])
    first = _HIGH.search(body)
    start = first.start() if first else 0
    sample = body[start : start + _SAMPLE]
    brief = b"\n".join([line for line in sample.split(b"\n") if not line.isascii()])[:_BRIEF]
    for name in candidates:
        if name in _CHINESE and _plausibility(brief, name, declared, _ENOUGH) > _PLAIN:
            return _read(body, name), NAMES.get(name, name)
    scored = [(_plausibility(sample, name, declared), -i, name) for i, name in enumerate(candidates)]
    best = max(scored)[2]
    return _read(body, best), NAMES.get(best, best)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Return the usable encodings that the header and the page name, in this order."""
    head = body[:_PRESCAN]
    labels = [
        m.group(1) for m in islice(_CHARSET.finditer((content_type or "").encode("latin-1", "replace")), 1)
    ]
    labels += [m.group(1) for m in islice(_XML.finditer(head), 1)]
    labels += [m.group(1) for m in islice(_CHARSET.finditer(head), 3)]
    return [name for label in labels if (name := CODECS.get(label.decode("ascii").lower()))]


def _plausibility(sample: bytes, name: str, declared: list[str], enough: int = 1) -> float:
    """Say how well an encoding explains the sample: the share of everyday characters less that of broken ones.

    0 for a sample of fewer than ``enough`` letters (characters beyond ASCII). Latin letters stand alone among those of
    ASCII; Chinese characters are two bytes and more.
    """
    text = read_as(sample, name)
    letters = len(text) - len(text.encode("ascii", "ignore"))
    if letters < enough:
        return 0.0
    if name in _CHINESE:
        score = _count(_EVERYDAY, text) / letters
    elif is_latin(name):
        score = _ALONE * len(_HIGH_ALONE.findall(sample)) / letters or -1.0
    else:
        score = _OTHER
    score -= 3 * _count(_BROKEN, text) / letters
    return score + (0.05 if name in declared else 0.0)


def _count(characters: re.Pattern[str], text: str) -> int:
    return len("".join(characters.findall(text)))


_CHINESE = frozenset({"gb18030", "utf-8", "big5hkscs"})
_OTHER = 0.3
_ALONE = 0.7


def _read(body: bytes, name: str) -> str:
    """Decode; lines that are broken (a page put together from parts) are tried in the other encoding."""
    try:
        return read_as(body, name, strict=True)
    except UnicodeDecodeError:
        pass
    other = {"gb18030": "utf-8", "big5hkscs": "utf-8", "utf-8": "gb18030"}.get(name)
    if other is None:
        return read_as(body, name)
    return b"\n".join(_line(line, name, other) for line in body.split(b"\n")).decode("utf-8", "replace")


def _line(line: bytes, name: str, other: str) -> bytes:
    if not _HIGH_RUN.search(line):
        return line
    for candidate in (name, other):
        try:
            return read_as(line, candidate, strict=True).encode("utf-8")
        except UnicodeError:
            continue
    return read_as(line, name).encode("utf-8", "replace")
