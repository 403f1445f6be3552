"""One crawl of given URLs with the project's settings and middlewares, and a report of what became of each.

``python hostile_child.py IN OUT``: IN is JSON ``{"requests": [{name, url, kind}], "settings": {}, "private": bool,
"hosts": {name: address}}``; OUT gets ``{"verdicts": {name: word}, "peak_kb": int, "stats": {}, "listening": int,
"components": []}``. ``hosts`` replaces the system's resolver; ``listening`` counts the sockets that the crawl
waited on for others to connect.
"""

from __future__ import annotations

import json
import re
import resource
import socket
import sys
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler.context import Counters, CrawlContext
from crawler.context.local_state import LocalState
from crawler.fetching.verdicts import Done, GiveUp, Retry
from crawler.middlewares.verdicts import judge_failure, judge_response
from crawler.portals.model import Profile


def word(verdict) -> str:
    match verdict:
        case Done():
            return "done"
        case Retry(reason=reason):
            return f"retry:{reason}"
        case GiveUp(reason=reason):
            return f"give-up:{reason}"


class LastAttempt(LocalState):
    """Every request is asked for for the last time."""

    def is_last_attempt(self, request):
        return True


class HostileSpider(Spider):
    """Asks for every URL once and says what the policy makes of the answer."""

    name = "hostile"

    def __init__(self, order, verdicts, **given):
        super().__init__(**given)
        self.listening = -1
        self.order, self.verdicts, self.details = order, verdicts, {}

    @classmethod
    def from_crawler(cls, crawler, *args, **given):
        spider = super().from_crawler(crawler, *args, **given)
        profile = Profile(
            name="hostile",
            title="",
            home="http://www.hostile.example/",
            domains=("hostile.example",),
            exclude=(re.compile(r"^bbs\."),),
            private=spider.order.get("private", False),
            robots=spider.order.get("robots", True),
            headers=spider.order.get("headers", {}),
        )
        spider.context = CrawlContext(LastAttempt(), Counters(crawler), {"hostile": profile})
        return spider

    async def start(self):
        self.listening = listening()
        for given in self.order["requests"]:
            meta = {"portal": "hostile", "kind": given["kind"], "name": given["name"]}
            yield Request(given["url"], meta=meta, callback=self.parse, errback=self.failed, dont_filter=True)

    def parse(self, response):
        self.verdicts[response.meta["name"]] = word(
            judge_response(response, now=self.context.frontier.clock.now())
        )

    def failed(self, failure):
        verdict = judge_failure(failure)
        self.verdicts[failure.request.meta["name"]] = word(verdict)
        self.details[failure.request.meta["name"]] = verdict.detail


def peak_kb() -> int:
    """The high-water mark of this program alone (ru_maxrss remembers the one that started it)."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


def listening() -> int:
    """How many TCP sockets of this process wait for connections."""
    own = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            own.add(entry.readlink().name)
        except OSError:
            continue
    count = 0
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            count += fields[3] == "0A" and f"socket:[{fields[9]}]" in own
    return count


def components(crawler) -> list[str]:
    managers = (crawler.extensions, crawler.engine.downloader.middleware, crawler.engine.scraper.spidermw)
    return sorted(
        f"{type(part).__module__}.{type(part).__name__}" for m in managers for part in m.middlewares
    )


def main() -> None:
    order = json.loads(Path(sys.argv[1]).read_text())
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    hosts = order.get("hosts")
    if hosts is not None:

        def look_up(name):
            try:
                return hosts[name]
            except KeyError:
                raise socket.gaierror(f"no {name}") from None

        socket.gethostbyname = look_up
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")  # nothing is stored
    settings.setdict(order.get("settings", {}), priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    verdicts: dict[str, str] = {}
    crawler = process.create_crawler(HostileSpider)
    process.crawl(crawler, order=order, verdicts=verdicts)
    process.start()
    stats = {
        key: value for key, value in crawler.stats.get_stats().items() if isinstance(value, int | float | str)
    }
    report = {
        "verdicts": verdicts,
        "details": crawler.spider.details,
        "peak_kb": peak_kb(),
        "stats": stats,
        "listening": crawler.spider.listening,
        "components": components(crawler),
    }
    Path(sys.argv[2]).write_text(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
