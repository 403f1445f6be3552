"""``scrapy crawl article``: a few articles by their URLs, ad hoc, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self

from crawler.context import Counters, CrawlContext, PortalRules
from crawler.context.article_urls import read_article_urls
from crawler.download.follower import downloader_of
from crawler.errors import GiveUp
from crawler.frontier.adhoc import AdHocFrontier
from crawler.frontier.requests.specs import request_of
from crawler.portals import Profile, load_profiles, parse_profile
from crawler.portals.addresses import request_of_article
from crawler.portals.page_kind import PageKind
from crawler.spiders.assembly import ArticleAssembler
from crawler.spiders.pages import PageSpider
from crawler.spiders.requests import Task
from crawler.spiders.responses import document
from crawler.urls import host, in_domains, request_url, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.fetching.verdicts import Retry

__all__ = ["ArticleSpider"]

logger = logging.getLogger(__name__)

_PAUSE_S: Final = 2.0
_LONGEST_PAUSE_S: Final = 60.0


class ArticleSpider(PageSpider):
    """Reads and stores the articles it is given, and follows nothing.

    It asks robots.txt and waits for its turn like every other worker.

    The profile is that of the portal whose domain the URL is in; elsewhere the generic rules read the page.
    """

    name = "article"
    custom_settings = {"CONCURRENT_REQUESTS": 4}  # noqa: RUF012 -- Scrapy declares it so
    context: CrawlContext[AdHocFrontier]

    def __init__(
        self,
        *,
        context: CrawlContext[AdHocFrontier],
        targets: Mapping[str, str],
        portals: frozenset[str],
        assembler: ArticleAssembler,
    ) -> None:
        super().__init__(context)
        self._targets = targets
        self._portals = portals
        self._assembler = assembler

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the arguments. Raises UsageError."""
        portals, broken = load_profiles(crawler.settings.getlist("PORTALS_DIR"))
        for error in broken.values():
            logger.warning("left out: %s", error)
        targets = dict(_target(url, portals) for url in read_article_urls(kwargs))
        profiles = {profile.name: profile for profile in targets.values()}
        context = CrawlContext(
            AdHocFrontier.from_settings(crawler.settings),
            Counters(crawler),
            profiles,
            rules=PortalRules(profiles),
        )
        return super().from_crawler(
            crawler,
            *args,
            context=context,
            targets={url: profile.name for url, profile in targets.items()},
            portals=frozenset(portals),
            assembler=ArticleAssembler(context, downloader_of(crawler)),
        )

    @property
    def requested(self) -> int:
        """How many articles it was given, each once."""
        return len(self._targets)

    async def start(self) -> AsyncIterator[Request]:
        """Yield one request after the other, each in its host's turn. Raises Unreachable."""
        await self.context.frontier.open()
        for url, portal in self._targets.items():
            await self.context.frontier.reserve_slot(url, portal)
            task = Task(portal=portal, kind=PageKind.ARTICLE, list="adhoc")
            yield request_of(url, meta=task.meta(), callback=self.parse, errback=self.failed)

    async def read(self, _: Request, response: Response, task: Task) -> Iterable[Any]:
        """Return the article, and nothing else."""
        profile = self.context.profiles[task.portal]
        article = await self._assembler.assemble(document(response), task, profile)
        if article is None:
            raise GiveUp("no-body")
        return [article if task.portal in self._portals else replace(article, portal=None)]

    async def again(self, request: Request, verdict: Retry, _: int | None) -> list[Any] | None:
        """Try three times, after growing pauses."""
        if self.context.frontier.is_last_attempt(request):
            return None
        attempt = self.context.frontier.attempt(request)
        await asyncio.sleep(min(verdict.after_s or _PAUSE_S**attempt, _LONGEST_PAUSE_S))
        return [request.replace(meta={**request.meta, "tried": attempt}, dont_filter=True)]

    async def closed(self, _: str) -> None:
        """Let go of Redis."""
        await self.context.frontier.close()


def _target(url: str, portals: Mapping[str, Profile]) -> tuple[str, Profile]:
    """Return the URL as it is fetched, and the rules that read it."""
    for profile in portals.values():
        if in_domains(url, profile.domains):
            return request_of_article(url, profile), profile
    asked = request_url(url, scheme=None)
    return asked, _generic(asked)


def _generic(url: str) -> Profile:
    """Return rules for a site without a profile: its own domain, and the generic family."""
    domain, scheme = site(url), url.partition(":")[0]
    text = f'schema = 1\ntitle = "{domain}"\nhome = "{scheme}://{host(url)}/"\ndomains = ["{domain}"]\n'
    name = (
        "adhoc-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in domain)[:50]
    )
    return parse_profile(text, name, adhoc=True)
