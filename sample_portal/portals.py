"""The plans of the two portals: one invented, one with the hosts and paths of fjsen.com."""

from __future__ import annotations

from sample_portal.truth import Channel, Portal

__all__ = ["FJSEN", "PORTALS", "SAMPLE"]

SAMPLE = Portal(
    name="sample",
    title="示例新闻网",
    domain="sample-news.test",
    base_number=31_000_000,
    channels=(
        Channel("C_Society", "社会新闻", "www.sample-news.test", "/C_Society.htm", "classic", "社会",
                ("示例新闻网", "社会新闻"), 58),
        Channel("node_101", "国内新闻", "news.sample-news.test", "/node_101.htm", "left", "国内",
                ("示例新闻网", "新闻中心", "国内新闻"), 82, fresh=4),
        Channel("node_176", "福州要闻", "fz.sample-news.test", "/node_176.htm", "modern", "福州",
                ("示例新闻网", "福州新闻", "要闻"), 88, fresh=4),
        Channel("node_177", "民生", "fz.sample-news.test", "/node_177.htm", "modern", "福州",
                ("示例新闻网", "福州新闻", "民生"), 56),
        Channel("node_178", "图片频道", "fz.sample-news.test", "/node_178.htm", "picture", "福州",
                ("示例新闻网", "图片频道"), 26, per_page=12, kind="gallery"),
        Channel("node_1056", "厦门新闻", "xm.sample-news.test", "/node_1056.htm", "table", "厦门",
                ("示例新闻网", "厦门频道", "厦门新闻"), 60, per_page=25, fresh=3),
        Channel("zwgk", "政务公开", "gov.sample-news.test", "/zwgk/", "trs", "政务",
                ("首页", "政务公开"), 42, per_page=15),
        Channel("xwdt", "新闻动态", "gov.sample-news.test", "/xwdt/", "trs-word", "政务",
                ("首页", "新闻动态"), 38, per_page=15),
        Channel("node_102", "国际新闻", "news.sample-news.test", "/node_102.htm", "left", "国际",
                ("示例新闻网", "新闻中心", "国际新闻"), 26, per_page=10, known=False, fresh=1),
        Channel("node_179", "视频频道", "fz.sample-news.test", "/node_179.htm", "modern", "福州",
                ("示例新闻网", "视频频道"), 12, per_page=10, kind="video", known=False, fresh=1),
        Channel("node_190", "滚动新闻", "news.sample-news.test", "/node_190.htm", "left", "国内",
                ("示例新闻网", "新闻中心", "滚动新闻"), 44, per_page=12, script="scroll"),
        Channel("node_191", "便民服务", "fz.sample-news.test", "/node_191.htm", "modern", "福州",
                ("示例新闻网", "福州新闻", "便民服务"), 40, per_page=12, script="more"),
    ),
)  # fmt: skip

FJSEN = Portal(
    name="fjsen",
    title="东南网",
    domain="fjsen.com",
    base_number=30_000_000,
    indexed=False,
    channels=(
        Channel("C_Society", "社会", "www.fjsen.com", "/C_Society.htm", "classic", "社会",
                ("东南网", "社会"), 64),
        Channel("node_94962", "福建要闻", "fjnews.fjsen.com", "/node_94962.htm", "modern", "福建",
                ("东南网", "福建新闻", "福建要闻"), 84, fresh=4),
        Channel("node_176", "福州", "fz.fjsen.com", "/node_176.htm", "modern", "福州",
                ("东南网", "福州新闻"), 88, fresh=4),
        Channel("node_1056", "厦门", "xm.fjsen.com", "/node_1056.htm", "table", "厦门",
                ("东南网", "厦门新闻"), 62, per_page=25, fresh=3),
        Channel("node_101", "国内", "news.fjsen.com", "/node_101.htm", "left", "国内",
                ("东南网", "新闻中心", "国内"), 82, fresh=4),
        Channel("node_178", "图片频道", "fz.fjsen.com", "/node_178.htm", "picture", "福州",
                ("东南网", "图片频道"), 24, per_page=12, kind="gallery", known=False),
        Channel("node_179", "视频频道", "fz.fjsen.com", "/node_179.htm", "modern", "福州",
                ("东南网", "视频频道"), 12, per_page=10, kind="video", known=False, fresh=1),
    ),
)  # fmt: skip

PORTALS = {portal.name: portal for portal in (SAMPLE, FJSEN)}
