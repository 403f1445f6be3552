"""WHATWG's indexes of encodings, as npm's text-encoding ships them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from crawler.parsing.encodings import CODECS, read_as
from tests.suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["indexes"]


def _bytes(columns: int, first_lead: int, low: int, high: int, gap_at: int) -> Callable[[int], bytes]:
    """Return the two bytes of a pointer; the second jumps from ``low`` to ``high`` at ``gap_at``."""

    def code(pointer: int) -> bytes:
        lead, trail = divmod(pointer, columns)
        return bytes([lead + first_lead, trail + (low if trail < gap_at else high)])

    return code


def _shift_jis(pointer: int) -> bytes:
    lead, trail = divmod(pointer, 188)
    first = lead + (0x81 if lead < 0x1F else 0xC1)
    return bytes([first, trail + (0x40 if trail < 0x3F else 0x41)]) if first < 0xFD else b""


_DOUBLE = {
    "gb18030": ("gb18030", _bytes(190, 0x81, 0x40, 0x41, 0x3F)),
    "big5": ("big5hkscs", _bytes(157, 0x81, 0x40, 0x62, 0x3F)),
    "euc-kr": ("cp949", _bytes(190, 0x81, 0x41, 0x41, 0)),
    "jis0208": ("cp932", _shift_jis),
}


def indexes(folder: Path) -> Iterator[Outcome]:
    """Yield how many codes are read as WHATWG has them; of single bytes, those that mean nothing count too."""
    source = (folder / "lib/encoding-indexes.js").read_text("utf-8")
    found = re.search(r'global\["encoding-indexes"\] =\s*(\{.*?\n\});', source, re.DOTALL)
    if found is None:
        raise SystemExit("text-encoding has no encoding-indexes any more")
    tables = json.loads(found[1])
    for name, (codec, code) in _DOUBLE.items():
        outcome = Outcome("WHATWG, indexes", name, 0)
        for pointer, character in enumerate(tables[name]):
            if character is not None and (bytes_ := code(pointer)):
                outcome.count(
                    read_as(bytes_, codec) == chr(character), f"{name} {bytes_.hex()}: {chr(character)}"
                )
        outcome.least = outcome.cases - (2 if name == "big5" else 0)  # ∕ and ﹨ are read as ／ and ＼
        yield outcome
    single = Outcome("WHATWG, indexes", "encodings of single bytes (27)", 3_455)
    for name, table in tables.items():
        if len(table) == 128:
            for offset, character in enumerate(table):
                text = read_as(bytes([128 + offset]), CODECS[name])
                single.count(text == chr(character or 0xFFFD), f"{name} {128 + offset:x}")
    yield single
