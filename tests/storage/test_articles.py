from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.errors import GiveUp
from crawler.items import Author, Listing
from crawler.urls import url_id


async def one(database, article):
    return await database["articles"].find_one({"_id": url_id(article.url)})


async def test_every_field_of_the_contract(database, articles, make_article, clock):
    article = make_article(7)
    clock.forward(seconds=2)
    assert await articles.store([article]) == [None]
    document = await one(database, article)
    start = article.fetched_at
    cluster = document.pop("cluster_id")
    assert isinstance(cluster, str)
    assert cluster
    assert document == {
        "_id": url_id(article.url),
        "url": "http://news.fjsen.com/2022-11/03/content_7.htm",
        "portal": "fjsen",
        "tags": {"province": "福建"},
        "breadcrumb": ["东南网", "福建"],
        "channels": ["fujian"],
        "type": "news",
        "title": "第7届海峡论坛开幕",
        "subtitle": None,
        "summary": None,
        "keywords": ["海峡论坛"],
        "published_at": datetime(2022, 11, 2, 23, 29, 26, tzinfo=UTC),
        "published_precision": "second",
        "published": "2022-11-03T07:29:26+08:00",
        "source": "福建日报",
        "source_url": None,
        "authors": [{"name": "林小宇", "role": "reporter"}],
        "editors": ["陈美琪"],
        "proofreaders": [],
        "text": article.text,
        "text_raw": None,
        "cleaning": [],
        "html": article.html,
        "images": [{"url": "http://news.fjsen.com/1.jpg", "caption": "开幕式现场", "after": 0}],
        "videos": [{"url": "http://news.fjsen.com/1.mp4", "caption": None, "after": -1}],
        "attachments": [],
        "related": [
            {"title": "相关", "url": "http://news.fjsen.com/2.htm", "date": "2022-11-02", "list": "related"}
        ],
        "comment_count": None,
        "pages": ["http://news.fjsen.com/2022-11/03/content_7.htm"],
        "content_hash": article.content_hash,
        "leader": True,
        "found_on": [{"portal": "fjsen", "channel": "fujian", "list": "channel", "at": start}],
        "revision": 1,
        "revised_at": start,
        "status": "live",
        "first_seen_at": start,
        "last_seen_at": start,
        "fetched_at": start,
        "stored_at": start + timedelta(seconds=2),
        "extraction": {"version": 1, "profile": "0123456789abcdef", "from": {"title": "profile:h1"}},
    }


async def test_storing_twice_is_storing_once(database, articles, make_article):
    article = make_article()
    for _ in range(3):
        assert await articles.store([article, article]) == [None, None]
    assert await database["articles"].count_documents({}) == 1
    assert await database["revisions"].count_documents({}) == 0
    assert (await one(database, article))["revision"] == 1


async def test_a_newer_fetch_of_the_same_moves_only_what_moved(database, articles, make_article, clock):
    first = make_article(source=None)
    await articles.store([first])
    before = await one(database, first)
    later = clock.forward(hours=1)
    await articles.store([replace(first, source="福建日报", fetched_at=later, found_on=())])
    after = await one(database, first)
    moved = {key for key in after if after[key] != before[key]}
    assert moved == {"source", "last_seen_at", "fetched_at", "stored_at"}
    assert after["first_seen_at"] == first.fetched_at
    assert after["last_seen_at"] == after["fetched_at"] == later


async def test_an_older_fetch_never_overwrites_a_newer_one(database, articles, make_article, clock):
    old = make_article(title="旧题")
    new = replace(old, title="新题", fetched_at=clock.forward(minutes=5))
    await articles.store([new])
    assert await articles.store([old]) == [None], "that a newer one is there is success"
    document = await one(database, new)
    assert document["title"] == "新题"
    assert document["revision"] == 1
    assert await database["revisions"].count_documents({}) == 0


async def test_both_orders_in_one_batch_end_with_the_newer(database, articles, make_article, clock):
    old = make_article(title="旧题")
    new = replace(old, title="新题", fetched_at=clock.forward(minutes=5))
    assert await articles.store([new, old]) == [None, None]
    assert (await one(database, new))["title"] == "新题"
    assert (await one(database, new))["revision"] == 1
    newest = replace(new, title="最新题", fetched_at=clock.forward(minutes=5))
    newer = replace(new, title="更新题", fetched_at=clock.now - timedelta(minutes=1))
    assert await articles.store([newer, newest]) == [None, None]
    assert (await one(database, new))["title"] == "最新题"
    assert (await one(database, new))["revision"] == 3


async def test_a_changed_title_or_text_is_a_revision_and_the_former_one_is_kept(
    database, articles, make_article, clock
):
    first = make_article()
    await articles.store([first])
    second_at = clock.forward(hours=1)
    await articles.store([replace(first, title="更正后的标题", fetched_at=second_at)])
    third_at = clock.forward(hours=1)
    await articles.store([replace(first, title="更正后的标题", text="短讯。", fetched_at=third_at)])
    document = await one(database, first)
    assert document["revision"] == 3
    assert document["revised_at"] == third_at
    kept = await database["revisions"].find(sort=[("_id", 1)]).to_list()
    assert [entry["_id"] for entry in kept] == [f"{document['_id']}:1", f"{document['_id']}:2"]
    assert [(entry["title"], entry["text"]) for entry in kept] == [
        (first.title, first.text),
        ("更正后的标题", first.text),
    ]
    assert [(entry["revised_at"], entry["replaced_at"]) for entry in kept] == [
        (first.fetched_at, second_at),
        (second_at, third_at),
    ]


async def test_a_crash_between_revision_and_article_is_taken_up(database, articles, make_article, clock):
    first = make_article()
    await articles.store([first])
    there = await one(database, first)
    # What a killed worker leaves: the revision is written, the article is not.
    await database["revisions"].insert_one({**there, "_id": f"{there['_id']}:1", "article": there["_id"]})
    await articles.store([replace(first, title="新题", fetched_at=clock.forward(hours=1))])
    document = await one(database, first)
    assert (document["title"], document["revision"]) == ("新题", 2)
    assert await database["revisions"].count_documents({}) == 1


async def test_the_portal_that_stored_it_first_stays(database, articles, make_article, clock):
    first = make_article(channels=("fujian",))
    await articles.store([first])
    other = replace(
        first,
        portal="other",
        tags={"province": "Fujian", "kind": "party"},
        channels=("yaowen",),
        found_on=(Listing("other", "yaowen", "channel", clock.now),),
        fetched_at=clock.forward(hours=1),
    )
    await articles.store([other])
    document = await one(database, first)
    assert document["portal"] == "fjsen"
    assert document["tags"] == {"province": "福建", "kind": "party"}
    assert document["channels"] == ["fujian"], "the channel ids of another portal would be ambiguous"
    assert [entry["portal"] for entry in document["found_on"]] == ["fjsen", "other"]


async def test_an_article_without_a_portal_gets_the_first_that_stores_it(
    database, articles, make_article, clock
):
    await articles.store([make_article(portal=None, found_on=(), tags={})])
    crawled = make_article(fetched_at=clock.forward(hours=1))
    await articles.store([crawled])
    document = await one(database, crawled)
    assert (document["portal"], document["channels"]) == ("fjsen", ["fujian"])


async def test_a_gone_article_that_is_back_is_live(database, articles, make_article, clock):
    article = make_article()
    await articles.store([article])
    gone = {"status": "gone", "gone_at": clock.now, "gone_reason": "404"}
    await database["articles"].update_one({"_id": url_id(article.url)}, {"$set": gone})
    await articles.store([replace(article, fetched_at=clock.forward(days=1))])
    document = await one(database, article)
    assert document["status"] == "live"
    assert not {"gone_at", "gone_reason"} & set(document)


async def test_only_the_document_that_cannot_be_stored_fails(database, articles, make_article):
    surrogate = make_article(2, text="半个字符\ud83d" * 40)
    nul = make_article(3, tags={"a\0b": "c"})
    huge = make_article(4, html="长" * (6 * 1024 * 1024))
    wide = make_article(5, comment_count=2**70)
    outcomes = await articles.store([make_article(1), surrogate, nul, huge, wide, make_article(6)])
    assert outcomes[0] is None
    assert outcomes[5] is None
    for outcome in outcomes[1:5]:
        assert isinstance(outcome, GiveUp)
        assert outcome.reason == "unstorable"
        assert "\n" not in str(outcome)
    assert await database["articles"].count_documents({}) == 2


async def test_what_the_server_refuses_is_the_fault_of_its_document(database, articles, make_article):
    rule = {"$jsonSchema": {"properties": {"type": {"enum": ["news"]}}}}
    await database.command("collMod", "articles", validator=rule)
    outcomes = await articles.store([make_article(1), make_article(2, type="gallery"), make_article(3)])
    assert [type(outcome) for outcome in outcomes] == [type(None), GiveUp, type(None)]
    assert "validation" in outcomes[1].detail


async def test_what_looks_like_an_expression_is_text(database, articles, make_article, clock):
    article = make_article(title="$title", source="$$ROOT", tags={"$where": "$tags"}, keywords=("$a.b",))
    await articles.store([article])
    await articles.store(
        [
            replace(
                article,
                subtitle="$portal",
                authors=(Author("$x", "author"),),
                fetched_at=clock.forward(hours=1),
            )
        ]
    )
    document = await one(database, article)
    assert (document["title"], document["source"], document["subtitle"]) == ("$title", "$$ROOT", "$portal")
    assert document["tags"] == {"$where": "$tags"}
    assert document["authors"] == [{"name": "$x", "role": "author"}]


async def test_times_are_cut_to_milliseconds_before_they_are_compared(
    database, articles, make_article, clock
):
    at = clock.now.replace(microsecond=1999)
    await articles.store([make_article(fetched_at=at)])
    stored = await one(database, make_article())
    assert stored["fetched_at"].microsecond == 1000
    await articles.store([make_article(title="同一次抓取", fetched_at=at)])
    assert (await one(database, make_article()))["revision"] == 1, "the same fetch is no newer one"
