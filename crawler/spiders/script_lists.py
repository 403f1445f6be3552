"""Lists that a script fills: asking for a browser where a list came empty, and what is learnt of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crawler.discovery import is_client_rendered
from crawler.discovery.suggestion import suggest_request
from crawler.extensions.counts import FETCHED, of_portal
from crawler.fetching.rendering import PLAIN, RENDER, RENDERED, TTL_S, memory_key
from crawler.spiders.requests import list_priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request

    from crawler.discovery import Link
    from crawler.parsing import Document
    from crawler.portals import Profile
    from crawler.spiders.ordered import OrderedSpider
    from crawler.spiders.requests import Task

__all__ = ["ScriptLists"]

logger = logging.getLogger(__name__)

_TO_BEGIN_WITH: Final = 3
_FOUND_OUT: Final = frozenset({"empty", "remembered"})


class ScriptLists:
    """What a worker learns of its portals' lists, and tells the others through the frontier."""

    def __init__(self, spider: OrderedSpider) -> None:
        self._spider = spider
        self._suggested: set[str] = set()

    async def lacks(self, request: Request, task: Task, doc: Document | None) -> bool:
        """Whether a list that came empty waits for a browser, as far as is known."""
        if doc is None or task.render or not task.kind.is_list_page or task.page != 1:
            return False
        if not is_client_rendered(doc):
            return False
        return bool(await self._spider.frontier.cached(memory_key(task.portal, request.url)) != PLAIN)

    def ask(self, request: Request, task: Task) -> Request | None:
        """The request that has such a list filled by a browser; None where that is not worth it."""
        spider = self._spider
        if not self._may_ask(task.portal):
            spider.count("render/not-asked")
            return None
        spider.count("render/asked")
        logger.info("%s shows no article without its scripts: a browser is asked for", request.url)
        wanted = replace(task, render="empty")
        return spider.request(request.url, wanted, list_priority(task)).replace(dont_filter=True)

    def learn(
        self, request: Request, task: Task, profile: Profile, own: Sequence[Link], *, new: bool
    ) -> None:
        """Remember whether the browser helped, and say how it would go without.

        Where nothing was ``new``, the browser stopped before it saw how the list goes on.
        """
        data: Any = request.meta.pop("render_data", ())
        if not task.render:
            return
        if task.render in _FOUND_OUT:
            key = memory_key(task.portal, request.url)
            self._spider.frontier.keep(request, key, RENDER if own else PLAIN, TTL_S)
        if not new or request.url in self._suggested:
            return
        self._suggested.add(request.url)
        answers = [(url, answer.body, _content_type(answer.headers)) for url, answer in data]
        suggestion = suggest_request(answers, {link.url for link in own}, profile)
        if suggestion is not None:
            logger.info("%s needs no browser if the profile says of the channel: %s", request.url, suggestion)

    def _may_ask(self, portal: str) -> bool:
        """Whether the rendered pages are few among all of this worker's pages of the portal."""
        stats = self._spider.crawler.stats
        rendered = int(stats.get_value(of_portal(RENDERED, portal), 0))
        fetched = int(stats.get_value(of_portal(FETCHED, portal), 0))
        share = self._spider.settings.getfloat("RENDER_SHARE")
        return rendered < max(_TO_BEGIN_WITH, share * fetched)


def _content_type(headers: Any) -> str | None:
    found = {name.lower(): value for name, value in headers.items()}.get("content-type")
    return None if found is None else str(found)
