"""JSON with something around it, or not quite as it should be."""

from __future__ import annotations

import json
import time

import pytest

from crawler.parsing import loose_values

VALUE = {"data": {"list": [{"url": "http://a.test/1.html", "title": "标题（一）; {x}"}]}}
JSON = json.dumps(VALUE, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"\ufeff{JSON}",
        f"cb({JSON})",
        f"/**/ typeof cb === 'function' && cb({JSON});",
        f"/**/ typeof jQuery1102_17643 === 'function' && jQuery1102_17643({JSON});",
        f"/**/cb({JSON});",
        f"cb && cb({JSON});",
        f"window.cb && window.cb({JSON})",
        f'window["cb"]({JSON});',
        f'typeof window["cb"] !== "undefined" && window["cb"]({JSON});',
        f"if (typeof cb == 'function') {{ cb({JSON}); }}",
        f"try{{cb({JSON})}}catch(e){{}}",
        f"try {{ cb({JSON}); }} catch (e) {{ console.log(e); }}",
        f"callbacks[3]({JSON})",
        f"angular.callbacks._0({JSON});",
        f"cb.call(this, {JSON});",
        f"!function(){{cb({JSON})}}()",
        f";cb(\n{JSON}\n);\n// done",
        f'cb({JSON}, "success", 200)',
        f"var data = {JSON};",
        f"window.__DATA__={JSON};",
        f"export default {JSON}",
        f")]}}',\n{JSON}",
        f"while(1);{JSON}",
        f"for(;;);{JSON}",
        f"{{}}&&{JSON}",
        f"/* licence: {{MIT}} */ cb({JSON});",
        f"// <![CDATA[\n{JSON}\n// ]]>",
        f"/*<![CDATA[*/{JSON}/*]]>*/",
        f"<![CDATA[{JSON}]]>",
        f"<!--\n{JSON}\n-->",
        f"{JSON};",
        JSON.replace("}]", "},]").replace("}}", ",},}"),
        JSON.replace("{", "{ /* a */ ", 1).replace("}]", "} // b\n]"),
        JSON.replace('"data"', "data").replace('"list"', "'list'").replace('"url"', "url"),
        JSON.replace('"标题（一）; {x}"', "'标题（一）; {x}'"),
        JSON.replace('"', "&quot;"),
    ],
)
def test_what_hands_a_value_over_is_no_part_of_it(text: str) -> None:
    assert loose_values(text) == [VALUE]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[]", [[]]),
        ("cb([])", [[]]),
        ('{"a":1}{"b":2}', [{"a": 1}, {"b": 2}]),
        ('{"a":1};\n{"b":2};', [{"a": 1}, {"b": 2}]),
        ("{'a':'b\"c', \"d\":'it\\'s', e:undefined}", [{"a": 'b"c', "d": "it's", "e": None}]),
        ('{"a":"http://x//y /* z */ , }"}', [{"a": "http://x//y /* z */ , }"}]),
        ('{"a":"一\n二"}', [{"a": "一\n二"}]),
        ("{a:-1.5e3,b:true}", [{"a": -1500.0, "b": True}]),
    ],
)
def test_values(text: str, values: list[object]) -> None:
    assert loose_values(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cb()",
        "cb(null)",
        '"text"',
        '{"a":"他说"好"了"}',
        '{"a":1',
        'cb({"a":1',
        '{"a":foo()}',
        '{"a":1+1}',
        '{"a":name}',
        "[1,,2]",
        'cb({"a":1});other({"b":2})',
        '{"a":1} and much more',
        '<html><script>var a={"b":1}</script></html>',
        '<script>cb({"b":1})</script>',
        f'var _0x=["a","b"];(function(c,d){{while(--d){{c.push(c.shift())}}}}(_0x,0x1));{"eval(_0x[0]);" * 40}',
        'document.location="http://a.test/"',
        "function f(){return 1}",
    ],
)
def test_what_is_none_or_several_things(text: str) -> None:
    assert loose_values(text) == []


@pytest.mark.parametrize(
    "text",
    ["{" * 300_000, "[" * 300_000, '{"a":' * 100_000, "cb(" + "{" * 200_000, "/*" * 200_000, '"' * 199_999,
     "cb({" + "a:1," * 200_000, '{"a":1}' * 100_000, '{"a":1,}' * 100_000, "," * 200_000, "\\" * 200_000, '{a:"' + "\\" * 200_001],
)  # fmt: skip
def test_time_is_linear(text: str) -> None:
    started = time.process_time()
    loose_values(text)
    assert time.process_time() - started < 5
