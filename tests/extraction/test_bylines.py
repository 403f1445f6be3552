"""Every form of byline, and what only looks like one."""

from __future__ import annotations

import pytest

from crawler.extraction.fields.bylines import is_byline, read_bylines

LONG = "本周起，云水县在城关、河口两个乡镇试点办事大厅，群众带着身份证就能办理一百二十项事务，村民纷纷点赞，说没想到变化这么快。"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "（记者 谭湘竹 通讯员 侯宣新 侯融媒）",
            {"谭湘竹": "reporter", "侯宣新": "correspondent", "侯融媒": "correspondent"},
        ),
        (f"新华社北京11月3日电（记者张三丰、李四光）{LONG}", {"张三丰": "reporter", "李四光": "reporter"}),
        (f"本报讯（记者 张三丰 通讯员 李四光）{LONG}", {"张三丰": "reporter", "李四光": "correspondent"}),
        (f"云水网城关11月3日电 (张三丰){LONG}", {"张三丰": "author"}),
        (f"{LONG}（记者 张三丰）", {"张三丰": "reporter"}),
        (f"{LONG}（张三丰 李四光）", {"张三丰": "author", "李四光": "author"}),
        (f"{LONG}(文/图 刘玺东 易赛楠)", {"刘玺东": "author", "易赛楠": "author"}),
        (
            f"本报记者 张伟 李娜 通讯员 王磊 报道：{LONG}",
            {"张伟": "reporter", "李娜": "reporter", "王磊": "correspondent"},
        ),
        (f"云都讯 记者肖韵蕙 通讯员穗应急 11月2日，{LONG}", {"肖韵蕙": "reporter"}),
        (f"云水新闻记者 梁庆 11月2日，{LONG}", {"梁庆": "reporter"}),
        ("云新社北京11月3日电 题：县城里的办事大厅如何提速 云新社记者 应妮", {"应妮": "reporter"}),
        (f"本报记者 张伟 高兴地看到，{LONG}", {}),
        ("图片由通讯员李刚提供", {"李刚": "correspondent"}),
        ("本报记者 张三 李四", {"张三": "reporter", "李四": "reporter"}),
        ("□ 本报记者 张三", {"张三": "reporter"}),
        ("【文/云水网专栏作者 王文】", {"王文": "author"}),
        ("文/图 王小明", {"王小明": "author"}),
        ("文 | 王小明", {"王小明": "author"}),
        ("作者：王小明", {"王小明": "author"}),
        ("执笔/叨叨姐、胡一刀&李小飞刀", {"叨叨姐": "author", "胡一刀": "author", "李小飞刀": "author"}),
        ("■记者 张三/文 李四/摄", {"张三": "reporter", "李四": "photographer"}),
        ("采写：南都见习记者 林子沛", {"林子沛": "reporter"}),
        ("云水新闻记者 贺梨萍", {"贺梨萍": "reporter"}),
        ("记者古丽·阿不力孜", {"古丽·阿不力孜": "reporter"}),
        ("记者张三报道", {"张三": "reporter"}),
        ("本报通讯员 张三 本报记者 李四", {"张三": "correspondent", "李四": "reporter"}),
        ("撰文/张三 编辑/王五", {"张三": "author"}),
        ("记者 𠮷田 张三", {"张三": "reporter"}),
        ("本报记者 张三 广州报道", {"张三": "reporter"}),
        ("记者 张三 李四报道", {"张三": "reporter", "李四": "reporter"}),
        ("记者 张三 石家庄报道", {"张三": "reporter"}),
        ("记者 张三 王大海报道", {"张三": "reporter", "王大海": "reporter"}),
        ("本报记者 王磊摄", {"王磊": "reporter"}),
        ("記者王大維台北6日電", {"王大維": "reporter"}),
        ("記者王維台北6日電", {"王維": "reporter"}),
        ("記者 王大維 台北6日電", {"王大維": "reporter"}),
        ("作者, Helen Ward", {"Helen Ward": "author"}),
        ("文、圖／王大明", {"王大明": "author"}),
        (f"中國時報【林怡君╱台北報導】{LONG}", {"林怡君": "reporter"}),
        (f"［記者王大明台中報導］{LONG}", {"王大明": "reporter"}),
        ("採訪整理／王大明", {"王大明": "author"}),
        ("云传媒記者 王大明 李四海 發自香港、高雄", {"王大明": "reporter", "李四海": "reporter"}),
        ("記者王大明 高雄、台中報導", {"王大明": "reporter"}),
        ("来源：云水日报 记者 王大明", {"王大明": "reporter"}),
        ("21世纪云水报道记者 王大明 广州报道", {"王大明": "reporter"}),
        ("云经记者 王大明 云经编辑 李四海", {"王大明": "reporter"}),
        ("文|云水财经 王大明", {"王大明": "author"}),
        ("作者：王大明（云水大学教授）", {"王大明": "author"}),
        ("（记者王大明、李四海参与采写）", {"王大明": "reporter", "李四海": "reporter"}),
        ("（县融媒体中心 王大明 李四海）", {"王大明": "author", "李四海": "author"}),
        ("（全文完）", {}),
        ("（据云华社）", {}),
        ("（高园新区）", {}),
        (f"记者从县政府获悉，{LONG}", {}),
        ("一座城市，有历史，有文化，有美食", {}),
        ("记者随后来到现场采访。", {}),
        ("编辑 刘晓阳 校对 李铭", {}),
        ("新华社照片", {}),
        (LONG, {}),
    ],
)
def test_read_bylines(text, names):
    assert dict(read_bylines([text])) == names


def test_captions_in_the_middle_name_no_author():
    assert read_bylines([LONG, "市民出行。云水社记者 张三 摄", LONG, LONG]) == []


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("□ 张三", LONG, ["张三"]),
        ("☉張三丰", LONG, ["張三丰"]),
        (LONG, "■ 张三 李四", ["张三", "李四"]),
        (LONG, "张三 李四", ["张三", "李四"]),
        (LONG, "张三（云水日报评论员）", ["张三"]),
        (LONG, "张三（七十三岁）", []),
        (LONG, "张三", []),
        (LONG, "■ 高温预警", []),
        (LONG, "■ 欢迎来稿 请附照片 和地址", []),
        (LONG, "方法 如下", []),
        ("文明 花开", LONG, []),
    ],
)
def test_signatures(first, last, names):
    assert [name for name, _ in read_bylines([first, LONG, LONG, last])] == names


def test_marks_of_a_list_are_no_signature():
    assert read_bylines([LONG, LONG, "● 张三", "● 李四"]) == []


def test_is_byline():
    assert is_byline("本报记者 张三")
    assert not is_byline(LONG)
    assert not is_byline("张三说，记者来过。")
