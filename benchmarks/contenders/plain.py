"""Contenders (a) and (b): the spider that a Scrapy user writes first, and what stores its items.

It follows every link once with ``LinkExtractor`` and takes four fields of an article with CSS. (a) runs it on
Scrapy's in-memory scheduler and drops the items; (b) runs the same class on scrapy-redis with one ``update_one`` an
item, as its documentation and most projects that use it do.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

from pymongo import MongoClient
from scrapy import Request, Spider
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor

__all__ = ["LinksSpider", "UpdateOne"]


class LinksSpider(Spider):
    """``start`` yields the home page itself: scrapy-redis' own spiders start through the idle signal only."""

    name = "links"
    links = LinkExtractor()

    async def start(self) -> AsyncIterator[Any]:
        yield Request(os.environ["BENCHMARK_SITE"] + "/index.htm")

    def parse(self, response: Response) -> Iterator[Any]:
        if not isinstance(response, HtmlResponse):
            return
        if "content_" in response.url:
            yield {
                "url": response.url,
                "title": response.css("div.cont-head h1::text").get(),
                "time": response.css("span#pubtime_baidu::text").get(),
                "source": response.css("span#source_baidu::text").get(),
                "text": "\n".join(response.css("div.cont-news p::text").getall()),
            }
        for link in self.links.extract_links(response):
            yield response.follow(link, callback=self.parse)


class UpdateOne:
    """The pipeline of (b): one blocking ``update_one`` an item."""

    def open_spider(self) -> None:
        self._client: MongoClient[dict[str, Any]] = MongoClient(os.environ["MONGO_URI"])
        self._articles = self._client[os.environ["MONGO_DATABASE"]]["articles"]

    def close_spider(self) -> None:
        self._client.close()

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        self._articles.update_one({"_id": item["url"]}, {"$set": item}, upsert=True)
        return item
