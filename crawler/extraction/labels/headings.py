"""Lines that say what stands below them: lists, comments, a summary, keywords."""

from __future__ import annotations

import re
from typing import Final

from crawler.extraction.labels.model import (
    COMMENTS,
    HEADING,
    KEYWORDS,
    LIST_HEADING,
    SUMMARY,
    Group,
    Rule,
)

__all__ = ["GROUPS"]

_SUMMARY_WORDS = r"(?:内容)?(?:摘要|导读|导语|核心提示|内容提要|提要|阅读提示|简介)"
_THINGS = (
    r"(?:[視视][频頻]|新[闻聞訊讯]|文章|[報报][道導]|[图圖](?:片|文|集)|"
    r"[资資][讯訊]|内容|[话話专專][题題]|影音|[节節]目)"
)
_TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

_LISTS = Group(
    LIST_HEADING,
    (
        Rule(
            "related",
            r"相[关關](?:新[闻聞]|[阅閱][读讀]|[报報][道導]|[链連][接結]|推[荐薦]|文章|[专專][题題]|稿件|[资資][讯訊]|[视視][频頻]|[图圖]片|内容)",
            "相关新闻：",
            "相关新闻发布会将于明天举行，届时公布调查结果。请市民关注，不要轻信传言，以官方为准。",
        ),
        Rule(
            "further reading",
            r"延伸\s?·?\s?(?:[阅閱][读讀]|推[荐薦])|推[荐薦][阅閱][读讀]|往期(?:回顾|推荐|精选)",
            "延伸 · 推荐",
        ),
        Rule(
            "what a list has",
            rf"(?:精彩|[热熱][门門点點]|最新|人[气氣]|今日|本[周週]|一[周週]|24小[时時]|[编編][辑輯]|同[类類]|其[他它]){_THINGS}?(?<!日|周|週|他|它)"
            r"(?:推[荐薦]|精[选選]|排行榜?|[点點][阅閱击擊]|[阅閱][读讀]|[导導][读讀]|[评評][论論])?[\s】\])）：:」』]{0,3}$",
            "【热门点阅】",
            "热门新闻写作课下周在云水大学开讲，报名从今天开始，学员可以自带作品，由老师当面点评修改。",
        ),
        Rule(
            "recommended",
            r"[為为][您你]推[荐薦]|猜你喜[欢歡]|大家都在看|更多(?:新[闻聞]|精彩|内容|资讯|推荐)",
            "为您推荐",
        ),
        Rule("heading of comments", r"网友评论|最新评论", "网友评论"),
        Rule(
            "heading of a bar",
            r"分享到|分享至|打印本页|关闭窗口|上一篇|下一篇|返回(?:首页|列表|顶部)",
            "分享到：",
        ),
    ),
    lead=r"^[\s【\[（(▼↓·■●★]{0,4}",
    longest=39,
)
_COMMENTS = Group(
    COMMENTS,
    (
        Rule(
            "over comments",
            r"\W{0,4}(?:(?:全部|热门|最新|网友|精彩|热点|最热|所有|精选|用户|读者)(?:评论|跟[帖贴]|留言)|"
            r"(?:我要|发表|参与)(?:评论|跟[帖贴])|(?:评论|跟[帖贴])[区列]表?|(?:全部|熱門|最新|網友)(?:評論|留言))"
            r"\s?(?:[（(][^（()）]{2,50}[)）]|[（(\[]?\s?(?:共|已有)?\s?\d{0,7}\s?[条條人]?(?:评论|参与)?[)）\]]?)[：:]?\W{0,3}$",
            "网友评论（12条）",
            "网友评论说，这样的窗口应该多开几个",
        ),
    ),
    longest=60,
    accept=lambda line, _: not line.linked,
)
_SUMMARIES = Group(
    SUMMARY,
    (
        Rule(
            "summary",
            rf"^[\s【\[（(“]{{0,3}}{_SUMMARY_WORDS}[\s】\]）)：:]",
            "核心提示：云水县试点大厅",
            "简介绍了",
        ),
    ),
)
_KEYWORDS = Group(
    KEYWORDS,
    (
        Rule(
            "keywords",
            r"\W{0,2}(?:文章|本文|本篇)?(?:关键[词字]|關鍵[詞字]|标签|標籤|tags?)\s?[：:]",
            "标签：云水 改革",
        ),
    ),
    longest=79,
    flags=re.IGNORECASE,
)
_HEADINGS = Group(
    HEADING,
    (Rule("heading by its element", "", "小标题"),),
    accept=lambda line, _: line.tag in _TITLES,
)
GROUPS: Final = (_HEADINGS, _LISTS, _COMMENTS, _SUMMARIES, _KEYWORDS)
