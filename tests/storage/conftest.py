"""Articles to store, a clock to turn, and a database of its own for every test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from crawler.items import Article, Author, Extraction, Image, Listing, Related, Video
from crawler.storage import ArticleStore, FailureStore, ListingStore, connect, create_indexes

START = datetime(2022, 11, 3, 8, 0, 0, tzinfo=UTC)


class Clock:
    """Redis's clock as a test wants it."""

    def __init__(self):
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration) -> datetime:
        self.now += timedelta(**duration)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def database(mongo_uri, mongo_database):
    client = await connect(mongo_uri)
    database = client[mongo_database]
    await create_indexes(database)
    yield database
    await client.close()


@pytest.fixture
def articles(database, clock):
    return ArticleStore(database, clock)


@pytest.fixture
def listings(database, clock):
    return ListingStore(database, clock)


@pytest.fixture
def failures(database):
    return FailureStore(database)


def body(number: int | str) -> str:
    return (
        f"本报讯（记者 林小宇）第{number}届海峡论坛在厦门开幕，来自两岸的嘉宾共两千余人出席了开幕式。\n" * 3
    )


@pytest.fixture
def make_article():
    def make(number: int | str = 1, *, url: str | None = None, **fields) -> Article:
        text = fields.pop("text", body(number))
        values = {
            "url": url or f"http://news.fjsen.com/2022-11/03/content_{number}.htm",
            "portal": "fjsen",
            "tags": {"province": "福建"},
            "breadcrumb": ("东南网", "福建"),
            "title": f"第{number}届海峡论坛开幕",
            "keywords": ("海峡论坛",),
            "published_at": datetime(2022, 11, 2, 23, 29, 26, tzinfo=UTC),
            "published_precision": "second",
            "published": "2022-11-03T07:29:26+08:00",
            "source": "福建日报",
            "authors": (Author("林小宇", "reporter"),),
            "editors": ("陈美琪",),
            "text": text,
            "html": f"<p>{text}</p>",
            "images": (Image("http://news.fjsen.com/1.jpg", "开幕式现场", 0),),
            "videos": (Video("http://news.fjsen.com/1.mp4"),),
            "related": (Related("相关", "http://news.fjsen.com/2.htm", "2022-11-02", "related"),),
            "pages": (f"http://news.fjsen.com/2022-11/03/content_{number}.htm",),
            "content_hash": sha256(text.encode("utf-8", "replace")).hexdigest() if text else "",
            "found_on": (Listing("fjsen", "fujian", "channel", START),),
            "fetched_at": START,
            "extraction": Extraction(1, "0123456789abcdef", {"title": "profile:h1"}),
        }
        return Article(**{**values, **fields})

    return make
