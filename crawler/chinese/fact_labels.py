"""The words that pages print before a fact, and what each says: 来源, 作者, 责任编辑, 发布时间 and so on."""

from __future__ import annotations

import re

from crawler.chinese.traditional import fold

__all__ = ["LABEL", "LABEL_ENDS", "kind_of"]

_KINDS = {
    "source": "来源 稿源 信息来源 文章来源 新闻来源 消息来源 稿件来源 内容来源 本文来源 图文来源 "
    "出处 转自 转载自 来自 供稿单位 发布单位 资料来源 信息提供 来源于 本文来源于 文章来源于 "
    "来自于 本文来自 文章来自 摘自 选自 原载 原载于 转载于 转引自 首发于",
    "author": "作者 文章作者 撰文 撰稿 文 文字 采写 执笔 编译 供稿 供稿人 撰稿人 整理 编撰 采访撰文",
    "translator": "译者 翻译",
    "reporter": "记者 本报记者 本网记者 采访 采编 采访记者 见习记者",
    "photographer": "摄影 摄影师 摄像 摄像师 拍摄 供图 图片 摄影报道 图 摄",
    "correspondent": "通讯员 特约通讯员 通讯员供稿",
    "editor": "责任编辑 责编 编辑 网络编辑 值班编辑 实习编辑 执行编辑 本文编辑 文字编辑 "
    "本期编辑 本期责编 本版编辑 本版责编 新媒体编辑 编发 网编 文编 责任编审 "
    "版面编辑 美术编辑 图片编辑 视觉编辑 视频编辑 音频编辑 总编辑 录入 录入人 录入员 责任人 选稿",
    "proof": "校对 责任校对 责校 审校 本期审校 终校",
    "other": "审核 审核人 终审 初审 复审 签发 监制 主编 统筹 策划 出品 值班主任 值班编委 编委 上传 排版 "
    "美编 版式 版式设计 视觉设计 设计 剪辑 配音 编审 "
    "一审 二审 三审 一校 二校 三校 一审一校 二审二校 三审三校 播音 主播 监审 发布者 发布人 发布机构 "
    "核稿 发布机关 发文机关",
    "time": "发布时间 发表时间 发布日期 发表日期 上版日期 公告日期 公布日期 刊登日期 张贴日期 发文日期 "
    "添加时间 加入时间 上传时间 录入时间 "
    "入库时间 时间 日期 发稿时间 发文时间 成文日期 公开日期 信息时间 发布于 "
    "发表于 发布",
    "stale": "更新时间 更新日期 最后更新 更新 "
    "修改时间 修改日期 变更日期 最后修改 编辑时间 采集时间 最近更新 更新于 截至 截止",
    "count": "查看 浏览 浏览量 浏览次数 浏览人次 浏览数 点阅 点阅数 点阅次数 "
    "阅读 阅读量 阅读次数 点击 点击量 点击数 点击率 访问次数 访问量 人气 热度 "
    "评论 跟帖 回复 字号 字体 大小 分享 打印 收藏 点赞 纠错 我要纠错 信息索引 索引号 标签 "
    "关键词 关键字 tag tags 分类 栏目 主题词 摘要 导读 扫码 视力保护色 语音播报 文号 有效性 "
    "扫一扫",
    "place": "IP属地 IP归属地 IP归属 属地",
    "picture": "题图 头图 题图来自 头图来自 封面来自 封面图来自 图片来自 配图来自 题图来源 头图来源 封面来源 "
    "封面图来源 图片来源 配图来源",
}
_KIND_OF = {label.lower(): kind for kind, labels in _KINDS.items() for label in labels.split()}

_ALL = "|".join(sorted((word for words in _KINDS.values() for word in words.split()), key=len, reverse=True))
LABEL = re.compile(
    rf"(?P<label>{_ALL})(?P<joint>[\s\x01]{{0,4}}[：:|/／][\s\x01]{{0,6}}|(?<=作者)\s?[,，]\s?\x01|\x01[\s\x01]{{0,4}}(?=[^\s\x01：:]))"
)
"""A label and what parts it from its value, in folded text (:func:`~crawler.chinese.traditional.fold`)."""

LABEL_ENDS = frozenset(label[-1] for label in _KIND_OF)
"""The last characters of all labels, folded."""


def kind_of(label: str) -> str | None:
    """Return what a label says, in simplified or traditional characters; None for what is none."""
    return _KIND_OF.get(fold(label).lower())
