"""What a URL looks like to somebody who does not know the site: article, list, or something else.

Chinese portals write an article's date and a long number into its path, and end it in ``.htm`` or ``.html``;
lists are folders, or pages whose name says so (``node_``, ``index_``, ``list``). What looks like neither is
left alone: a wrong guess costs a request and is found out by the page itself.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

__all__ = ["Shape", "is_calendar", "shape_of"]


class Shape(Enum):
    """What a URL looks like."""

    ARTICLE = "article"
    LIST = "list"
    FEED = "feed"
    SITEMAP = "sitemap"
    OTHER = "other"


_PAGE: Final = frozenset({
    "htm", "html", "shtm", "shtml", "xhtml", "jhtml", "php", "asp", "aspx", "jsp", "jspx", "do", "action",
})  # fmt: skip
_DATE = re.compile(
    r"/(?:(?:19|20)\d{2}[-_/]?(?:0[1-9]|1[0-2]|[1-9](?=[-_/]))(?:[-_/]?(?:0[1-9]|[12]\d|3[01]))?"
    r"|[01]\d/(?:0[1-9]|1[0-2])\d\d)(?=[-_/A-Z.]|$)"
)
_NAME_DATE = re.compile(r"(?:^|[^0-9])(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![0-9])")
_LIST_NAME = re.compile(
    r"(?:index|default|list|node|column|channel|category|class|more|page|roll|home|zt|zhuanti|topic|col|lm|lanmu)"
    r"(?:[-_]?\d+)*(?:[-_](?:list|page|more|index)?[-_]?\d*)?|(?:[a-z]+[-_])?list(?:[-_]?[a-z0-9]+){0,4}",
    re.IGNORECASE,
)
_SERVICE: Final = frozenset({
    "login", "logout", "register", "signup", "passport", "sso", "search", "member", "user", "account", "cart",
    "about", "aboutus", "about-us", "contact", "contactus", "contact-us", "help", "copyright", "privacy", "feedback",
    "comment", "comments", "bbs", "forum", "mail", "api", "cgi-bin",
})  # fmt: skip
_ACTION = re.compile(r"(?:^|&)(?:a|act|action)=(?:show|view|detail|read|article)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{8,}")
_ARTICLE_NAME = re.compile(
    r"(?:content|article|detail|details|show|view|news|newsdetail|info|art|doc|story|text|a|c|t|p|n|id|cms)"
    r"[a-z]{0,12}[-_].*\d{3,}.*|.*\d{5,}.*|\d{3,}",
    re.IGNORECASE,
)
_ARTICLE_FOLDER = re.compile(
    r"/(?:a|c|p|art|article|articles|content|detail|news|view|show|story|info|doc|omn|group)/"
)
_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:id|aid|tid|nid|docid|newsid|articleid|article_id|contentid|content_id|infoid|news_id|art_id)=[\w-]*\d",
    re.IGNORECASE,
)
_ARTICLE_PAGE = re.compile(
    r"(?:show|view|detail|details|article|content|news|newsinfo|info|read|story)\w*", re.IGNORECASE
)
_LIST_QUERY = re.compile(
    r"(?:^|&)(?:cid|catid|cat|typeid|classid|columnid|channelid|nodeid|lmid)=", re.IGNORECASE
)
_FEED = re.compile(r"/(?:rss|feed|atom)(?:/|(?:[\w-]*\.(?:xml|rdf|rss|atom))?$)", re.IGNORECASE)
_SITEMAP = re.compile(r"/[\w-]*sitemap[\w-]*\.(?:xml(?:\.gz)?|txt)$", re.IGNORECASE)
_DAY = re.compile(r"(?:19|20)\d{2}[-_/.]?(?:0?[1-9]|1[0-2])[-_/.]?(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_CALENDAR_PATH = re.compile(r"/(?:19|20)\d{2}(?:[-_/](?:0?[1-9]|1[0-2])){0,2}/?$")
_CALENDAR_NAME = re.compile(r"/(?:calendar|rili|riqi)\b")
_DIGIT = re.compile(r"\d")
_CALENDAR_QUERY = re.compile(
    r"(?:^|&)(?:date|day|month|year|ym|ymd|d|m|y)=\d{1,8}(?:[-/]\d{1,2}){0,2}(?:&|$)", re.IGNORECASE
)


def shape_of(target: str) -> Shape:
    """Say what a URL without its scheme (``host/path?query``) looks like. Linear in its length."""
    path, _, query = target.partition("?")
    slash = path.find("/")
    path = path[slash:] if slash >= 0 else "/"
    lower = path.lower()
    if "sitemap" in lower and _SITEMAP.search(path):
        return Shape.SITEMAP
    if ("rss" in lower or "feed" in lower or "atom" in lower) and _FEED.search(path):
        return Shape.FEED
    if _is_service(lower):
        return Shape.OTHER
    folder, _, page = path.rpartition("/")
    name, dot, extension = page.rpartition(".")
    if not dot:
        name, extension = page, ""
    if extension and extension.lower() not in _PAGE:
        return Shape.OTHER
    if query and (by_query := _by_query(query, name)) is not None:
        return by_query
    if not name:
        if path == "/":
            return Shape.OTHER
        return Shape.ARTICLE if _NUMBER.search(path) and not is_calendar(target) else Shape.LIST
    if _LIST_NAME.fullmatch(name):
        return Shape.LIST
    if _ARTICLE_NAME.fullmatch(name):
        return Shape.ARTICLE
    numbered = _DIGIT.search(name) is not None
    dated = _DATE.search(folder + "/") is not None or (numbered and _NAME_DATE.search(name) is not None)
    if dated and (numbered or len(name) >= 8):
        return Shape.ARTICLE
    if _is_token(name) and (extension or _ARTICLE_FOLDER.search(folder + "/")):
        return Shape.ARTICLE
    if not extension and not query and not numbered:
        return (
            Shape.LIST if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else Shape.OTHER
        )
    return Shape.OTHER


def is_calendar(target: str) -> bool:
    """Say whether a list's URL (``host/path?query``) names a day or a month: one of endlessly many such pages."""
    path, _, query = target.partition("?")
    path = path[path.find("/") :] if "/" in path else "/"
    if _DIGIT.search(path) and (_DAY.search(path) or _CALENDAR_PATH.search(path)):
        return True
    lower = path.lower()
    if ("/cal" in lower or "/ri" in lower) and _CALENDAR_NAME.search(lower):
        return True
    return bool(query) and _CALENDAR_QUERY.search(query) is not None


def _is_service(path: str) -> bool:
    """Say whether a folder or page of a path (lower case) is named like what sites have beside their articles."""
    if _SERVICE.isdisjoint(path.replace(".", "/").split("/")):  # most paths
        return False
    return any(name.partition(".")[0] in _SERVICE for name in path.split("/"))


def _by_query(query: str, name: str) -> Shape | None:
    if _ACTION.search(query) and _ARTICLE_QUERY.search(query):
        return Shape.ARTICLE
    if _ARTICLE_QUERY.search(query) and (
        not name or _ARTICLE_PAGE.match(name) or not _LIST_NAME.fullmatch(name)
    ):
        if _LIST_QUERY.search(query) and not _ARTICLE_PAGE.match(name):
            return Shape.LIST
        return Shape.ARTICLE
    if _LIST_QUERY.search(query):
        return Shape.LIST
    return None


def _is_token(name: str) -> bool:
    """Say whether a name looks drawn by lot (``3yWyyCuSR4w``): letters and digits, mixed, long."""
    if not 8 <= len(name) <= 40 or not name.isalnum() or not name.isascii():
        return False
    return any(map(str.isdigit, name)) and any(map(str.isupper, name))
