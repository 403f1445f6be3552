"""A portal spider that could not be smaller, and how it is run: here or in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.context import Counters, CrawlContext, CrawlScope
from crawler.frontier.client import FrontierClient
from crawler.frontier.scheduler import FrontierScheduler
from crawler.portals.model import Profile
from crawler.settings import frontier, politeness

SETTINGS = {
    **{
        name: value for part in (frontier, politeness) for name, value in vars(part).items() if name.isupper()
    },
    "SCHEDULER": FrontierScheduler,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "REFERER_ENABLED": True,  # a spider of Scrapy's own middlewares
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "CONCURRENT_ITEMS": 2,
    "LOG_LEVEL": "WARNING",
    "RETRY_PAUSE": 0.05,
    "RETRY_TIMES": 2,
    "FRONTIER_POLL": 0.2,
    "HANG_SECONDS": 0,
}


class Tiny(Spider):
    """Follows all links; writes a line for each article into ``out``."""

    name = "tiny"

    def __init__(
        self,
        base: str,
        *,
        seeds=("/list/0",),
        out: str = "",
        rate: float | None = 0.0,
        limit=None,
        slow: float = 0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.base, self.seeds, self.slow = base, seeds, float(slow)
        self.scope = CrawlScope(rate=rate, limit=limit)
        self.out = Path(out) if out else None
        self.profiles = {"p": Profile(name="p", title="p", home=base, domains=("127.0.0.1",), private=True)}

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.frontier = FrontierClient(crawler.settings, spider.profiles, spider.scope)
        spider.context = CrawlContext(spider.frontier, Counters(crawler), spider.profiles, spider.scope)
        return spider

    async def start(self):
        for seed in self.seeds:
            yield self.request(self.base + seed)

    def request(self, url, **more):
        kind = "article" if "/a/" in url else "channel"
        return Request(url, self.parse, errback=self.failed, meta={"portal": "p", "kind": kind}, **more)

    async def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            yield self.request(response.urljoin(link))
        if "killer" in response.url:
            os.kill(os.getpid(), signal.SIGKILL)
        while "hanger" in response.url:
            pass
        if "/a/" in response.url:
            if self.slow:
                await asyncio.sleep(self.slow)
            if self.scope.limit and not await self.frontier.claim(
                "p", f"{int(response.url.rpartition('/')[2]):032x}"
            ):
                self.frontier.release(response.request)
                return
            if self.out is not None:
                with self.out.open("a") as file:
                    file.write(response.url.rpartition("/")[2] + "\n")
            yield {"url": response.url}

    def failed(self, failure):
        return []


def main() -> None:
    """``tiny.py JSON``: {"settings": …, "arguments": …} of one worker."""
    given = json.loads(sys.argv[1])
    process = AsyncCrawlerProcess({**SETTINGS, **given["settings"]})
    task = process.crawl(Tiny, **given["arguments"])
    process.start()
    if task.done() and not task.cancelled() and task.exception():
        print(f"error: {task.exception()}", file=sys.stderr)
        os._exit(2)


if __name__ == "__main__":
    main()
