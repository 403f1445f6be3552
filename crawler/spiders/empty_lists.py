"""Lists that were asked for and show no entry: which they are, and what the page says of why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from crawler.discovery import is_client_rendered
from crawler.discovery.lists.json_data import NOTHING, every, read_json
from crawler.errors import GiveUp
from crawler.fetching.admission import EMPTY_LIST
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.discovery import Link, ListPage, PageLinks
    from crawler.spiders.requests import Task

__all__ = ["empty_list"]

_NONE_YET = re.compile(
    r"(?:暂无|没有|尚无|无)(?:相关|任何|更多)?(?:内容|数据|记录|信息|新闻|文章|资讯)|敬请期待|正在建设|建设中"
)
_JSON_TYPES: Final = frozenset({"json", "jsonp"})
_MOST_KEYS: Final = 8
_LONGEST: Final = 60


def empty_list(task: Task, page: ListPage, links: PageLinks, own: Sequence[Link]) -> GiveUp | None:
    """Return that a list shows no entry, with what is known of the reason; None where it shows one, or was only found.

    ``own`` are the list's entries without what stands in boxes beside it. A home page that leads to further lists is
    not empty, and no more is a page of nothing but boxes, unless it says where its list is or waits for a script.
    """
    if (
        own
        or links.frames
        or task.page != 1
        or task.depth
        or not (task.kind.is_list or task.kind is PageKind.SITEMAP)
    ):
        return None
    waits = page.doc is not None and is_client_rendered(page.doc)
    leads_on = links.channels if task.channel is None else ()
    if (links.articles or leads_on) and not (waits or (task.channel is not None and page.rules.region)):
        return None
    if links.next is not None and not waits and not task.kind.is_list_page:
        return None
    return GiveUp(EMPTY_LIST, _reason(task, page, links, waits=waits))


def _reason(task: Task, page: ListPage, links: PageLinks, *, waits: bool) -> str:
    if page.type in _JSON_TYPES:
        return _of_answer(page)
    if task.render:
        return "a browser found none either"
    if waits:
        return "a script fills it, and no browser has read it"
    if page.doc is not None and (
        said := _NONE_YET.search(page.doc.tree.body.text() if page.doc.tree.body else "")
    ):
        return f"the page says {said[0]}"
    if links.cut:
        return "cut " + " ".join(f"{reason}={count}" for reason, count in sorted(links.cut.items()))
    if page.doc is None:
        return "the file has none"
    return f"{len(page.doc.link_nodes)} links, none of which is an article by the profile or by its looks"


def _of_answer(page: ListPage) -> str:
    """Return what an answer says of itself: the portal refuses, or has changed its fields."""
    data = read_json(page.body, page.content_type)
    if data is NOTHING:
        return "the answer is no JSON"
    paths = " or ".join(page.rules.items)
    count = sum(len(every(data, path)) for path in page.rules.items)
    what = f"the {count} entries at {paths} have no link to an article" if count else f"nothing at {paths}"
    return f"{what}; the answer has {_summary(data)}"


def _summary(data: Any) -> str:
    """Return the keys of an answer, with the values of those that are short."""
    if not isinstance(data, dict):
        return f"a {'list' if isinstance(data, list) else 'value'} at its top"
    shown = [
        f"{key}={value}"[:_LONGEST]
        if isinstance(value, str | int | float) or value is None
        else str(key)[:_LONGEST]
        for key, value in list(data.items())[:_MOST_KEYS]
    ]
    return " ".join(shown) or "no keys"
