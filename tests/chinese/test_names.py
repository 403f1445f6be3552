"""Names of people."""

from __future__ import annotations

import pytest

from crawler.chinese.names import is_person, split_names


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳小明",
        "古丽·买买提",
        "侯融媒",
        "John Smith",
        "边巴次仁",
        "卓玛",
        "麦小收",
        "阿依古丽",
        "乌云其木格",
        "艾力•买买提",
        "瓦歷斯．諾幹",
        "约翰·F·肯尼迪",
        "J. K. 罗琳",
        "衛采薇",
        "諸葛青雲",
        "范徐丽泰",
        "沙马阿木",
    ],
)
def test_people(name):
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "云水日报",
        "县委办",
        "本报",
        "张三李四王五",
        "报道",
        "12",
        "",
        "张",
        "全文",
        "广州",
        "呼和浩特",
        "额尔古纳",
        "阿木去乎镇",
    ],
)
def test_no_people(name):
    assert not is_person(name)


def test_split_names():
    assert split_names("张三、李四 王五；赵六") == ["张三", "李四", "王五", "赵六"]
    assert split_names("赵 培 李四") == ["赵培", "李四"]
    assert split_names("（张三）") == ["张三"]
    assert split_names("葛 长 风") == ["葛长风"]
    assert split_names("张 三 李 四") == ["张三", "李四"]
    assert split_names("张三(ZN028)、李四") == ["张三(ZN028)", "李四"]
    assert split_names(" ") == []
