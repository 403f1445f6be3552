"""Lists that a script fills: asking for a browser where a list came empty, and what is learnt of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from crawler.context.counters import FETCHED, RENDERED
from crawler.discovery import is_client_rendered
from crawler.discovery.suggestion import Answered, suggest_request
from crawler.fetching.rendering import PLAIN, RENDER, TTL_S, memory_key
from crawler.frontier.requests.specs import request_of
from crawler.spiders.outcomes import Kept
from crawler.spiders.requests import list_priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request

    from crawler.context import CrawlContext, SharedState
    from crawler.discovery import Link
    from crawler.parsing import Document
    from crawler.portals import Profile
    from crawler.spiders.outcomes import Mark
    from crawler.spiders.requests import Task

__all__ = ["ScriptLists"]

logger = logging.getLogger(__name__)

_TO_BEGIN_WITH: Final = 3
_COLUMN_DEPTH: Final = 1
_FEW: Final = 2
"""Entries of a list that may be links of something else, where a script would fill the list."""

_SHOWN: Final = "plain"
"""The hint with the number of entries that a list had without a browser."""

_FOUND_OUT: Final = frozenset({"empty", "remembered"})


class ScriptLists:
    """What a worker learns of its portals' lists, and what is shared of it through the frontier.

    ``share`` (RENDER_SHARE) bounds the rendered pages among all that this worker fetches of a portal.
    """

    def __init__(self, context: CrawlContext[SharedState], share: float) -> None:
        self._context = context
        self._share = share
        self._suggested: set[str] = set()

    async def lacks(self, request: Request, task: Task, doc: Document | None, own: Sequence[Link]) -> bool:
        """Say whether a list that came empty, or nearly so, waits for a browser, as far as is known."""
        if doc is None or task.render or not task.kind.is_list_page or task.page != 1:
            return False
        if request.method != "GET":  # a browser cannot send a form
            return False
        if len(own) > _FEW or not is_client_rendered(doc, has_entries=bool(own)):
            return False
        return await self._context.frontier.cached(memory_key(task.portal, request.url)) != PLAIN

    def rendering(self, request: Request, task: Task, own: Sequence[Link]) -> Request | None:
        """Return the request that has such a list filled by a browser; None where that is not worth it."""
        if not self._may_render(task):
            self._context.counters.add("render/not-asked")
            return None
        self._context.counters.add("render/asked")
        logger.info("%s shows no article without its scripts: a browser is asked for", request.url)
        wanted = replace(task, render="empty", hint={**task.hint, _SHOWN: str(len(own))})
        return request_of(request.url, meta=wanted.meta(), priority=list_priority(task)).replace(
            dont_filter=True
        )

    def learn(
        self, request: Request, task: Task, profile: Profile, own: Sequence[Link], *, new: bool
    ) -> list[Mark]:
        """Return what is remembered of whether the browser helped, and say how it would go without.

        Where nothing was ``new``, the browser stopped before it saw how the list goes on.
        """
        data: Any = request.meta.pop("render_data", ())
        if not task.render:
            return []
        if new and request.url not in self._suggested:
            self._suggested.add(request.url)
            self._suggest(request.url, data, own, profile)
        if task.render not in _FOUND_OUT:
            return []
        helped = len(own) > int(task.hint.get(_SHOWN, 0))
        return [Kept(memory_key(task.portal, request.url), RENDER if helped else PLAIN, TTL_S)]

    def _suggest(self, url: str, data: Any, own: Sequence[Link], profile: Profile) -> None:
        answers = [
            Answered(
                wanted.url, answer.body, _content_type(answer.headers),
                wanted.method, wanted.body or b"", _content_type(wanted.headers),
            )
            for wanted, answer in data
        ]  # fmt: skip
        suggestion = suggest_request(answers, {link.url for link in own}, profile)
        if suggestion is not None:
            logger.info("%s needs no browser if the profile says of the channel: %s", url, suggestion)

    def _may_render(self, task: Task) -> bool:
        """Say whether a list is a column of the portal, or the rendered pages are few among all of this worker's.

        Every column is tried once: what came of it is remembered. How many those can be RENDER_BUDGET says.
        """
        if task.depth <= _COLUMN_DEPTH:
            return True
        portal = task.portal
        rendered = self._context.counters.value(RENDERED, portal)
        fetched = self._context.counters.value(FETCHED, portal)
        return rendered < max(_TO_BEGIN_WITH, self._share * fetched)


def _content_type(headers: Any) -> str | None:
    found = {name.lower(): value for name, value in headers.items()}.get("content-type")
    return None if found is None else str(found)
