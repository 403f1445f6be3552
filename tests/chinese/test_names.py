"""Names of people."""

from __future__ import annotations

import pytest

from crawler.chinese.names import is_person, split_names


@pytest.mark.parametrize(
    "name", ["张三", "欧阳小明", "古丽·买买提", "侯融媒", "John Smith", "边巴次仁", "卓玛", "麦小收"]
)
def test_people(name):
    assert is_person(name)


@pytest.mark.parametrize(
    "name", ["云水日报", "县委办", "本报", "张三李四王五", "报道", "12", "", "张", "全文", "广州"]
)
def test_no_people(name):
    assert not is_person(name)


def test_split_names():
    assert split_names("张三、李四 王五；赵六") == ["张三", "李四", "王五", "赵六"]
    assert split_names("赵 培 李四") == ["赵培", "李四"]
    assert split_names("（张三）") == ["张三"]
    assert split_names(" ") == []
