"""``scrapy crawl article``: a few articles by their URLs, ad hoc, and nothing else."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Self

from crawler.context.article_urls import read_article_urls
from crawler.errors import GiveUp
from crawler.frontier.adhoc import AdHocFrontier
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.store import Frontier
from crawler.portals import Profile, load_profiles, parse_profile
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.spiders.articles import assemble
from crawler.spiders.pages import PageSpider, document
from crawler.spiders.requests import Task
from crawler.urls import canonical_url, host, in_domains, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.fetching.verdicts import Retry

__all__ = ["ArticleSpider"]

logger = logging.getLogger(__name__)

_TRIES: Final = 3
_PAUSE_S: Final = 2.0
_LONGEST_PAUSE_S: Final = 60.0


class ArticleSpider(PageSpider):
    """Reads and stores the articles it is given, and follows nothing.

    It asks robots.txt and waits for its turn like every other worker.

    The profile is that of the portal whose domain the URL is in; elsewhere the generic rules read the page.
    """

    name = "article"
    custom_settings = {"CONCURRENT_REQUESTS": 4}  # noqa: RUF012 -- Scrapy declares it so

    def __init__(self, *, urls: Sequence[str], known: Mapping[str, Profile], store: Frontier) -> None:
        super().__init__()
        self._targets = dict(_target(url, known) for url in urls)
        self.profiles = {profile.name: profile for profile in self._targets.values()}
        self._known = known
        self._store = store
        self.frontier = AdHocFrontier(store)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the arguments. Raises UsageError."""
        settings = crawler.settings
        options = Options.from_settings(settings)
        known, broken = load_profiles(settings.getlist("PORTALS_DIR"))
        for error in broken.values():
            logger.warning("left out: %s", error)
        return super().from_crawler(
            crawler,
            *args,
            urls=read_article_urls(kwargs),
            known=known,
            store=Frontier(Connection.from_settings(settings), options, "article"),
        )

    @property
    def asked(self) -> int:
        """How many articles it was given, each once."""
        return len(self._targets)

    async def start(self) -> AsyncIterator[Request]:
        """One request after the other, each in its host's turn. Raises Unreachable."""
        await self._store.open()
        for url, profile in self._targets.items():
            await self.frontier.turn(url, profile.name)
            yield self.request(url, Task(portal=profile.name, kind=PageKind.ARTICLE, list="adhoc"))

    async def read(self, _: Request, response: Response, task: Task) -> Iterable[Any]:
        """The article, and nothing else."""
        article = await assemble(self, document(response), task, self.profiles[task.portal])
        if article is None:
            raise GiveUp("no-body")
        known = task.portal in self._known
        return [article if known else replace(article, portal=None)]

    async def again(self, request: Request, verdict: Retry, _: int | None) -> list[Any] | None:
        """Three tries, after growing pauses."""
        tried = self.frontier.attempt(request)
        if tried >= _TRIES:
            return None
        await asyncio.sleep(min(verdict.after_s or _PAUSE_S**tried, _LONGEST_PAUSE_S))
        return [request.replace(meta={**request.meta, "tried": tried}, dont_filter=True)]

    async def closed(self, _: str) -> None:
        """Let go of Redis."""
        await self._store.connection.close()


def _target(url: str, known: Mapping[str, Profile]) -> tuple[str, Profile]:
    """The URL as it is fetched, and the rules that read it."""
    for profile in known.values():
        if in_domains(url, profile.domains):
            return article_url(url, profile), profile
    canonical = canonical_url(url, scheme=None)
    return canonical, _generic(canonical)


def _generic(url: str) -> Profile:
    """Rules for a site without a profile: its own domain, and the generic family."""
    domain, scheme = site(url), url.partition(":")[0]
    text = f'schema = 1\ntitle = "{domain}"\nhome = "{scheme}://{host(url)}/"\ndomains = ["{domain}"]\n'
    name = (
        "adhoc-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in domain)[:50]
    )
    return parse_profile(text, name, adhoc=True)
