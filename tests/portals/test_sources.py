"""The language of sources and filters."""

import pytest

from crawler.portals.sources import filtered, parse_source


@pytest.mark.parametrize(
    ("text", "kind", "expression", "attribute", "filters"),
    [
        ("div.cont-head h1", "css", "div.cont-head h1", None, []),
        ("css:h1", "css", "h1", None, []),
        ("a.source@href", "css", "a.source", "href", []),
        ("img@data-src | re:.*", "css", "img", "data-src", ["re"]),
        ("a:not(.more)", "css", "a:not(.more)", None, []),
        ("div > div:nth-of-type(3)", "css", "div > div:nth-of-type(3)", None, []),
        ('a[href^="content_"]', "css", 'a[href^="content_"]', None, []),
        ("xpath://div[@id='x']//text()", "xpath", "//div[@id='x']//text()", None, []),
        ("xpath: //a | //b", "xpath", "//a | //b", None, []),
        ("meta:publishdate", "meta", "publishdate", None, []),
        ("meta:og:title | before:_ | before:-", "meta", "og:title", None, ["before", "before"]),
        ("comment:enpproperty/date", "comment", "enpproperty/date", None, []),
        ("list:title", "list", "title", None, []),
        ("const:本网", "const", "本网", None, []),
        ("const:", "const", "", None, []),
        ("title | before:_", "css", "title", None, ["before"]),
        ("script#data | base64 | re:a|b", "css", "script#data", None, ["base64", "re"]),
        (r"div | re:a | b", "css", "div", None, ["re"]),
    ],
)
def test_sources(text, kind, expression, attribute, filters):
    source = parse_source(text)
    assert (source.kind, source.expression, source.attribute) == (kind, expression, attribute)
    assert [step.name for step in source.filters] == filters
    assert source.text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("div[", "bad CSS"),
        ("div | rex:a", "not a filter"),
        ("meat:title", "did you mean meta:"),
        ("foo:bar", "known are css:"),
        ("xpath://div[", "bad XPath"),
        ("meta:a b", "name of a <meta>"),
        ("comment:x", "comment:MARK/TAG"),
        ("list:colour", "a list knows"),
        ("json:data.list", "not supported"),
        ("issue:date", "not supported"),
        ("h1 | re:(", "bad regular expression"),
        ("h1 | re:(a+)+", "exponential"),
        ("h1 | before:", "needs an argument"),
    ],
)
def test_bad_sources(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_source(text)


@pytest.mark.parametrize(
    ("filters", "text", "expected"),
    [
        ("re:来源：(.+)", "来源：福州新闻网", "福州新闻网"),
        (r"re:\d{4}", "于2019年", "2019"),
        (r"re:(a)|b", "b", ""),
        (r"re:\d", "none", ""),
        ("before:_", "标题_频道_网", "标题"),
        ("before:_", "标题", "标题"),
        ("after:：", "来源：新华社", "新华社"),
        ("after:：", "来源", ""),
        ("cut:（完）", "正文（完）。（完）", "正文。"),
        ("base64", "56aP5bee", "福州"),
        ("base64", "56aP5be", "福"),
        ("base64", "不", ""),
    ],
)
def test_filters(filters, text, expected):
    result = filtered(text, parse_source(f"p | {filters}").filters)
    assert result.strip("\ufffd") == expected


def test_filters_see_a_bounded_text():
    assert filtered("a" * 5000 + "b", parse_source("p | re:b").filters) == ""
