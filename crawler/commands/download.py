"""Live pages for a command: fetched by Scrapy's downloader, with all that guards a crawl, and without a server."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from twisted.python.failure import Failure

from crawler.context import Counters, CrawlContext
from crawler.context.local_state import LocalState
from crawler.errors import GiveUp
from crawler.fetching import verdicts
from crawler.middlewares.verdicts import judge_failure
from crawler.portals import parse_profile
from crawler.urls import host, in_domains, is_private_address, site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import Settings

    from crawler.portals import Profile

    Fetch = Callable[[str], Awaitable[Response]]

__all__ = ["rules_for", "with_downloader"]

T = TypeVar("T")

_LONGEST_DETAIL: Final = 200


def rules_for(urls: Iterable[str], profile: Profile | None) -> dict[str, Profile]:
    """Return where the request for each URL may lead, its redirects included; a URL that is none is left out.

    Inside of the profile's domains the profile says so; elsewhere it is the URL's own site. A private address
    that a person names is one that they mean: it alone, and nothing that a public page leads to.
    """
    found = {}
    for url in urls:
        try:
            own = profile if profile is not None and in_domains(url, profile.domains) else _own_site(url)
        except ValueError:
            continue
        found[url] = own
    return found


def with_downloader(
    settings: Settings, rules: Mapping[str, Profile], work: Callable[[Fetch], Awaitable[T]]
) -> T:
    """Run ``work`` beside a downloader, and return what it returns; once a process.

    What it is handed fetches one of the URLs of ``rules``: guard, robots.txt, resolver, redirects, bounds of size
    and time are those of a crawl. That raises GiveUp where there is no page. ``work`` may raise what it likes;
    Ctrl-C becomes KeyboardInterrupt.
    """
    logging.root.addHandler(logging.NullHandler())  # what a person should know is told once, by the command
    process = AsyncCrawlerProcess(_alone(settings))
    crawler = process.create_crawler(_PageFetcher)
    crawl: Any = process.crawl(crawler, rules=rules, work=work)
    process.start(install_signal_handlers=False)
    crawl.result()
    spider: Any = crawler.spider
    try:
        result: T = spider.task.result()
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    return result


class _PageFetcher(Spider):
    """Fetches what it is asked for while ``work`` goes on, and ends with it."""

    name = "pages"

    def __init__(self, context: CrawlContext[LocalState], work: Callable[[Fetch], Awaitable[Any]]) -> None:
        super().__init__()
        self.context = context
        self._work = work
        self.task: asyncio.Future[Any]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Share nothing: the profiles are ``rules``."""
        context = CrawlContext(LocalState(), Counters(crawler), kwargs.pop("rules"))
        return super().from_crawler(crawler, *args, context=context, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        """Do the work, and queue nothing."""
        self.task = asyncio.ensure_future(self._work(self.fetch))
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self.task.cancel)
        await asyncio.wait([self.task])
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def fetch(self, url: str) -> Response:
        """Return the page, of any status of success. Raise GiveUp."""
        if url not in self.context.profiles:
            raise GiveUp("bad-url", "not the address of a page")
        try:
            request = Request(url, meta={"portal": url})
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            raise self._told(url, error) from error
        if not 200 <= response.status < 300:
            raise GiveUp("http-error", f"the server answers {response.status}")
        return response

    def _told(self, url: str, error: Exception) -> GiveUp:
        """Return why there is no page, for a person who waits at a terminal."""
        verdict = judge_failure(Failure(error))  # type: ignore[no-untyped-call]
        assert not isinstance(verdict, verdicts.Done)
        settings = self.crawler.settings
        match verdict.reason:
            case "timeout":
                return GiveUp("timeout", f"not there within {settings.getfloat('DOWNLOAD_TIMEOUT'):g} s")
            case "too-large":
                return GiveUp("too-large", f"more than {settings.getint('DOWNLOAD_MAXSIZE')} bytes")
            case "truncated":
                return GiveUp("truncated", "less than the server announced")
            case "robots":
                return GiveUp("robots", "the site's robots.txt disallows it")
            case "robots-unreachable":
                return GiveUp("unreachable", f"not even robots.txt of {host(url)} can be had")
            case "connection" | "dns" | "refused" | "tunnel":
                return GiveUp("unreachable", _root(error))
            case reason:
                return GiveUp(reason, _line(verdict.detail))


def _root(error: BaseException) -> str:
    """Return what the innermost cause of an error says."""
    while (cause := error.__cause__) is not None:
        error = cause
    if reasons := getattr(error, "reasons", None):  # Twisted's
        error = reasons[-1].value
    return _line(" ".join(map(str, error.args)) or type(error).__name__)


def _line(text: str) -> str:
    """Return the text on one line; a server's may be of any length."""
    return " ".join(text.split())[:_LONGEST_DETAIL]


def _alone(settings: Settings) -> Settings:
    """Return the settings without what belongs to a crawl: its counters and pipelines need servers."""
    alone = settings.copy()
    extensions = {
        path: None if path.startswith("crawler.") else order for path, order in settings["EXTENSIONS"].items()
    }
    replaced = {
        "ASYNCIO_EVENT_LOOP": None,
        "EXTENSIONS": extensions,
        "ITEM_PIPELINES": {},
        "LOG_INSTALL_ROOT_HANDLER": False,
    }
    alone.setdict(replaced, priority="cmdline")
    return alone


def _own_site(url: str) -> Profile:
    """Return the rules for a page of nobody's portal. Raise ValueError where the URL is none."""
    name, domain = host(url), site(url)
    text = f'schema = 1\ntitle = "{domain}"\nhome = "http://{name}/"\ndomains = ["{domain}"]\n'
    if is_private_address(name):
        text += "private = true\n"
    return parse_profile(text, "page", adhoc=True)
