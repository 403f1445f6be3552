"""Compressed bodies: all of them or an error, whatever is cut, flipped or hung behind."""

from __future__ import annotations

import gzip
import sys
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import GiveUp
from crawler.fetching.content_coding import CorruptBodyError, coding_names, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "".join(f"<p>第{n}段：全市新增步道{n * 7919 % 1009}公里。</p>" for n in range(400)).encode()
MOST = 10_000_000


def bare(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def flushed(data):
    """Gzip as a server writes it that sends each part at once."""
    packer = zlib.compressobj(wbits=31)
    out = b"".join(
        packer.compress(data[n : n + 999]) + packer.flush(zlib.Z_SYNC_FLUSH) for n in range(0, len(data), 999)
    )
    return out + packer.flush()


def checked(data):
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


FORMS = [
    ("gzip", gzip.compress), ("gzip", flushed), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", bare),
    ("br", brotli.compress), ("zstd", zstd.compress), ("zstd", checked),
]  # fmt: skip
IDS = ["gzip", "gzip-flushed", "x-gzip", "zlib", "bare", "br", "zstd", "zstd-checked"]


@pytest.mark.parametrize(("coding", "pack"), FORMS, ids=IDS)
def test_a_whole_body_comes_out_and_a_body_cut_anywhere_is_not_whole(coding, pack):
    packed = pack(TEXT)
    found = unpack(packed, (coding,), most=MOST)
    assert (found.body, found.is_whole, found.left) == (TEXT, True, ())
    for cut in {*range(1, len(packed), 97), *range(1, 20), *range(len(packed) - 20, len(packed))}:
        found = unpack(packed[:cut], (coding,), most=MOST)
        assert not found.is_whole, cut
        assert TEXT.startswith(found.body)


@pytest.mark.parametrize(("coding", "pack"), FORMS[:4] + FORMS[7:], ids=IDS[:4] + IDS[7:])
@given(data=st.data())
def test_a_flipped_bit_is_noticed_where_there_is_a_checksum(coding, pack, data):
    packed = bytearray(pack(TEXT[:3000]))
    start = 10 if "gzip" in coding else 2 if coding == "deflate" else 6  # behind what a header says of itself
    packed[data.draw(st.integers(start, len(packed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = unpack(bytes(packed), (coding,), most=MOST)
    except CorruptBodyError:
        return
    except GiveUp:
        return
    assert not found.is_whole or found.body == TEXT[:3000]


@pytest.mark.parametrize("tail", [b"\0" * 500, b"\n", b"\r\n\r\n", b"<!-- x -->", b" "])
@pytest.mark.parametrize(("coding", "pack"), [*FORMS[:5], FORMS[6]], ids=[*IDS[:5], IDS[6]])
def test_what_hangs_behind_is_dropped(coding, pack, tail):
    found = unpack(pack(TEXT) + tail, (coding,), most=MOST)
    assert (found.body, found.is_whole) == (TEXT, True)


@pytest.mark.parametrize(("coding", "pack"), [FORMS[0], FORMS[6], FORMS[7]])
def test_several_members_are_one_body_and_the_last_must_be_whole(coding, pack):
    first, second = pack(TEXT[:5000]), pack(TEXT[5000:])
    assert unpack(first + second, (coding,), most=MOST).body == TEXT
    for cut in range(1, len(second), 53):
        assert not unpack(first + second[:cut], (coding,), most=MOST).is_whole


def test_a_hundred_thousand_members_take_no_time():
    body = gzip.compress(b"") * 150_000
    before = time.process_time()
    assert unpack(body, ("gzip",), most=MOST).is_whole
    assert time.process_time() - before < 5


@pytest.mark.parametrize(("coding", "pack"), FORMS, ids=IDS)
def test_what_comes_out_is_bounded(coding, pack):
    packed = pack(b"\0" * 3_000_000)
    assert len(unpack(packed, (coding,), most=3_000_000).body) == 3_000_000
    with pytest.raises(GiveUp, match="too-large"):
        unpack(packed, (coding,), most=2_999_999)
    assert len(unpack(packed, (coding,), most=0).body) == 3_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_none_of_the_coding_is_corrupt(coding):
    with pytest.raises(CorruptBodyError):
        unpack(b"<html><body>" + TEXT, (coding,), most=MOST)
    assert unpack(b"", (coding,), most=MOST).is_whole


def test_the_last_coding_is_undone_first_and_an_unknown_one_ends_it():
    assert unpack(brotli.compress(gzip.compress(TEXT)), ("gzip", "br"), most=MOST).body == TEXT
    found = unpack(gzip.compress(b"odd"), ("x-own", "gzip"), most=MOST)
    assert (found.body, found.left) == (b"odd", ("x-own",))
    assert unpack(b"odd", ("gzip", "x-own"), most=MOST).left == ("gzip", "x-own")
    inner = gzip.compress(TEXT)[:-9]
    assert not unpack(brotli.compress(inner), ("gzip", "br"), most=MOST).is_whole


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (("gzip",), ("gzip",)),
        ((" GZip , br",), ("gzip", "br")),
        (("gzip", "br"), ("gzip", "br")),
        (("identity",), ()),
        (("UTF-8",), ()),
        (("gzip,,identity",), ("gzip",)),
        (("",), ()),
        (("none",), ()),
        (("x-own",), ("x-own",)),
        ((), ()),
    ],
)
def test_what_counts_as_a_coding(headers, names):
    assert coding_names(*headers) == names


def test_a_window_of_more_than_eight_megabytes_is_refused():
    packed = zstd.compress(
        b"\0" * 20_000_000,
        options={zstd.CompressionParameter.window_log: 25, zstd.CompressionParameter.content_size_flag: 0},
    )
    with pytest.raises(CorruptBodyError):
        unpack(packed, ("zstd",), most=30_000_000)
