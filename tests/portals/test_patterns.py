"""What a profile's regular expression may be."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.portals.patterns import MAX_URL_INPUT, compile_pattern

EXPLODING = [
    r"(a+)+$", r"(\d+)*x", r"(.*)*x", r"(?:a?){20}", r"(\w+\s?)*$", r"(x+x+)+y", r"(a*)*", r"([a-z]+)+\d",
    r"(?:a|b|ab)+c", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(\d+|\d+x)*y", r"((ab)*)*c", r"(?:a{1,20}){1,20}b",
    r"(\s*)+x", r"(?i)(?:ab|AB)*c", r"(?:[^/]+/?)+$", r"(?=(a+)+$)", r"(?:(?:a|b)*c?)*d", r"(?:福+州?)*福$",
]  # fmt: skip

SOUND = [
    r"(?:[\w-]+/)*x", r"/\d{4}-\d{2}/\d{2}/content_\d+\.htm$", r"media\.tibet\.cn/.*photo.*/content_\d+\.shtml$",
    r"(?:/[\w-]+)*$", r"(\s*,\s*\w+)*", r"^bbs\.", r"(?:\d{1,3}\.){3}\d+", r"[-\d]{8,10} [\d:]{4,5}", r"(?:a|b|c)+",
    r"(?:福州|厦门)*", r"(?>a+)+", r"(?:a++b)*", r"(?:content|article)_\d+", r"(?:ab?c)*", r"(?:a|ab)*c", r"(?<!x)y{2,}",
]  # fmt: skip


@pytest.mark.parametrize("text", EXPLODING)
def test_what_may_take_exponential_time_is_refused(text):
    with pytest.raises(ValueError, match="exponential"):
        compile_pattern(text)


@pytest.mark.parametrize("text", SOUND)
def test_what_profiles_need_is_allowed(text):
    assert compile_pattern(text).pattern == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [("(", "unterminated"), (r"(a)\1", "references"), ("a.*b.*c.*d.*e", "very long"), ("x" * 1001, "1001 characters"),
     (r"(?P<a>x)(?(a)y|z)", "references"), ("a{99999999999999}", "regular expression")],
)  # fmt: skip
def test_other_refusals(text, reason):
    with pytest.raises(ValueError, match=reason):
        compile_pattern(text)


_PIECES = st.sampled_from(["a", "b", ".", r"\w", r"\d", "[ab]", "[^a]", "x"])
_QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "*?", "{2,9}"])
_PATTERNS = st.recursive(
    st.builds("{}{}".format, _PIECES, _QUANTIFIERS),
    lambda inner: st.one_of(
        st.builds("(?:{}){}".format, inner, _QUANTIFIERS),
        st.builds("(?:{}|{}){}".format, inner, inner, _QUANTIFIERS),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=5,
)


@pytest.mark.slow
@given(_PATTERNS)
@settings(max_examples=300, deadline=None)
def test_what_is_allowed_is_fast_on_bad_text(text):
    """No accepted pattern explodes: ten more characters never multiply its time."""
    try:
        pattern = compile_pattern(text)
    except ValueError:
        return
    for letters in ("a", "ab", "1"):
        started = time.perf_counter()
        pattern.search(letters * (40 // len(letters)) + "!")
        assert time.perf_counter() - started < 0.5


def test_the_bundled_patterns_are_fast_on_long_urls():
    from crawler.portals import load_profiles

    hostile = [
        "/" * MAX_URL_INPUT,
        "/content_" + "1" * 1900,
        "content_" * 240,
        "/t20200101_" * 180,
        "a/" * 1000,
        "C_" * 990,
    ]
    for profile in load_profiles()[0].values():
        patterns = [
            *profile.article.urls,
            *profile.channel_urls,
            *profile.article.continuation,
            *profile.article.gone,
        ]
        patterns += [rule.pattern for rule in profile.article.canonical]
        for pattern in patterns:
            assert isinstance(pattern, re.Pattern)
            for text in hostile:
                started = time.perf_counter()
                pattern.search(text)
                assert time.perf_counter() - started < 0.25, pattern.pattern
