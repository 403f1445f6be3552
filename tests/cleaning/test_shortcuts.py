"""The quick answers are those of the definitions: what saves time must not change a hash or a character."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.cleaning import text as cleaning
from crawler.cleaning.characters import may_be_traditional, simplify, traditional_only
from crawler.cleaning.compare import comparison_key

LETTERS = (
    "，：；！？（）％…～　\n ,。、“”:;!?()%.~‘’《》【】—·-/_①㎡㈱ａＡ１臺灣發展后後里裡"
    "\u3099\u0301\u0300かガが각ㄱ\u1100\u1161\U00020bb7\U0002f800abc123张三记者ﬁ½"
)
TEXTS = st.text(st.sampled_from(LETTERS + "&amp;nbsp;\u200b\ufeff\x85\u2028\t\r"), max_size=14) | st.text()


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_a_key_is_what_its_definition_says(text):
    simplified = unicodedata.normalize("NFKC", text)
    if not traditional_only().isdisjoint(simplified):
        simplified = simplify(simplified)
    assert comparison_key(text) == re.sub(r"[\W_]+", "", simplified)


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_a_quick_no_is_certain(text):
    assert may_be_traditional(text) or traditional_only().isdisjoint(text)


@pytest.mark.parametrize("spaces", [cleaning._spaced, cleaning._unspaced])
@given(text=TEXTS)
@settings(max_examples=1500, deadline=None)
def test_what_is_taken_for_clean_is_clean(spaces, text):
    if cleaning._is_clean(text):
        assert cleaning._once(text, spaces) == text
