"""Places, and lines that say where an account writes from."""

from __future__ import annotations

import pytest

from crawler.chinese.places import is_place, says_account_place


@pytest.mark.parametrize(
    "text",
    [
        "云南",
        "云南省",
        "广西壮族自治区",
        "中国香港",
        "云南昆明",
        "浙江省杭州市",
        "北京朝阳区",
        "昆明",
        "伊犁哈萨克自治州",
        "美国",
    ],
)
def test_places(text):
    assert is_place(text)


@pytest.mark.parametrize(
    "text", ["云南网", "北京时间", "北京青年报", "河南豫剧", "广东卫视", "上海观察", "方志远", "", "省"]
)
def test_no_places(text):
    assert not is_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "来自云南省",
        "来自 云南昆明",
        "发布于：河北省",
        "发布于 北京",
        "发表于广东",
        "IP属地：湖北",
        "ip属地 上海",
        "IP归属地：日本",
        "2024-05-10 09:52 来自云南",
        "发布于：\x01河北省",
        "來自台湾",
    ],
)
def test_where_an_account_writes_from(text):
    assert says_account_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "来自云南网",
        "来自北京青年报",
        "发布于2024-05-10",
        "来自云南的消息",
        "发布于：云南日报",
        "云南省",
        "他来自云南省",
        "来自湖北武汉晚报",
    ],
)
def test_what_only_begins_so(text):
    assert not says_account_place(text)
