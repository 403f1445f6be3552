"""A crawl that writes down, in order, what the scheduler is told and what it tells the frontier.

``recorded.py JSON``: {"settings": …, "base": …, "seeds": […]}. Prints one JSON list of [event, path] pairs.
Events: ``push``, ``ack``, ``nack:REASON``, ``release``, ``item`` (a pipeline is done with it), ``end`` (of a
callback), ``closed``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DropItem, IgnoreRequest

from crawler.frontier.requests.payload import read_payload
from crawler.frontier.scheduler import FrontierScheduler
from tests.contract.tiny import SETTINGS, Tiny

EVENTS: list[list[str]] = []


def note(event: str, url: str) -> None:
    parts = urlsplit(url)
    EVENTS.append([event, parts.path + (f"?{parts.query}" if parts.query else "")])


class Recording(FrontierScheduler):
    def __init__(self, *args):
        super().__init__(*args)
        worker, settling = self._worker, self._worker.settling
        settlement, accept = settling.settlement, worker.accept

        def noted_settlement(leased):
            op = settlement(leased)
            names = {"a": "ack", "n": "nack", "r": "release"}
            note(names[op[0]] + (f":{op[3]}" if op[0] == "n" else ""), leased.request.url)
            return op

        def noted_accept(lease):
            note("lease", read_payload(lease.payload).u)
            accept(lease)

        settling.settlement, worker.accept = noted_settlement, noted_accept

    def enqueue_request(self, request):
        taken = super().enqueue_request(request)
        note("push" if taken else "known", request.url)
        return taken


class Middleware:
    """Ignores, answers and retries as the path says."""

    async def process_request(self, request):
        if "/ignored" in request.url:
            raise IgnoreRequest
        await asyncio.sleep(0)

    def process_response(self, request, response):
        if "/again" in request.url and not request.dont_filter:
            return request.replace(dont_filter=True)
        return response


class Pipeline:
    async def process_item(self, item):
        url = item["url"]
        if "/slow-item" in url:
            await asyncio.sleep(0.5)
        if "/bad-item" in url:
            raise ValueError
        if "/dropped" in url:
            raise DropItem("not wanted")
        note("item", url)
        return item


class Contract(Tiny):
    name = "contract"

    async def parse(self, response):
        url = response.url
        if "/fails" in url:
            yield self.request(self.base + "/a/1")
            raise ValueError
        if url.endswith("/gen"):
            yield self.request(self.base + "/gen-1")
            await asyncio.sleep(0.2)
            yield {"url": url}
            await asyncio.sleep(0.2)
            yield self.request(self.base + "/gen-2")
        elif "/fetches" in url:
            await self.crawler.engine.download_async(self.request(self.base + "/part"))
            yield {"url": url}
        elif "/released" in url:
            self.released = getattr(self, "released", 0) + 1
            if self.released < 3:
                self.frontier.release(response.request)
        elif "/retried" in url:
            if self.frontier.attempt(response.request) < 3:
                self.frontier.retry(response.request, "http-503", status=503, after=0.01)
        else:
            yield {"url": url}
        note("end", url)

    def failed(self, failure):
        if "/refused" in failure.request.url:
            self.frontier.retry(failure.request, "refused")
            return []
        if "/gone" in failure.request.url:
            return [self.request(self.base + "/a/9")]
        return []

    def request(self, url, **more):
        if "/refused" in url:
            url = "http://127.0.0.1:1/refused"
        return super().request(url, **more)


def main() -> None:
    given = json.loads(sys.argv[1])
    settings = {
        **SETTINGS,
        "SCHEDULER": Recording,
        "DOWNLOADER_MIDDLEWARES": {Middleware: 543},
        "ITEM_PIPELINES": {Pipeline: 1},
        "LOG_LEVEL": "CRITICAL",
        **given["settings"],
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Contract, base=given["base"], seeds=given["seeds"])
    process.start()
    print(json.dumps(EVENTS))


if __name__ == "__main__":
    main()
