"""What has to hold after every fault, read from the databases themselves and not through the crawler's code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import redis

from crawler.urls import url_id
from tests.chaos.world import PORTAL, World

__all__ = ["Verdict", "judge"]

# The harness and the servers share a machine, so their clocks agree; a fetch is stamped when it was leased.
TOLERANCE = timedelta(seconds=5)
TIMES = ("fetched_at", "first_seen_at", "last_seen_at", "stored_at")


@dataclass(slots=True)
class Verdict:
    """``wrong`` holds one line for everything that should not be; empty means that the round is passed."""

    stored: int = 0
    expected: int = 0
    lost: int = 0
    duplicates: int = 0
    wrong: list[str] = field(default_factory=list)


def judge(world: World) -> Verdict:
    """Every article stored exactly once, as it is on the site; nothing queued or leased; the failures true."""
    verdict = Verdict()
    _articles(world, verdict)
    _failures(world, verdict)
    _frontier(world, verdict)
    verdict.wrong += [
        f"worker {worker.number} ended with exit code {worker.process.poll()}\n{worker.last_words()}"
        for worker in world.workers.all
        if not worker.killed and worker.process.poll() != 0
    ]
    return verdict


def _articles(world: World, verdict: Verdict) -> None:
    base = world.stage.server.url
    expected = {url_id(base + path): title for path, title in world.stage.there().items()}
    database = world.mongo[world.database]
    documents = list(database["articles"].find())
    found = {document["_id"]: document for document in documents}
    titles = Counter(str(document["title"]) for document in documents if document["_id"] in expected)
    verdict.stored, verdict.expected = len(documents), len(expected)
    verdict.lost = len(expected.keys() - found.keys())
    # _id is unique, so a second copy could only be under another address, or be a second revision.
    copies = sum(count - 1 for count in titles.values()) + database["revisions"].count_documents({})
    verdict.duplicates = copies + len(found.keys() - expected.keys())
    if verdict.lost:
        missing = [expected[key] for key in sorted(expected.keys() - found.keys())]
        verdict.wrong.append(f"{verdict.lost} articles are lost, such as {missing[:3]}")
    if verdict.duplicates:
        again = [title for title, count in titles.items() if count > 1]
        extra = [found[key]["url"] for key in sorted(found.keys() - expected.keys())]
        verdict.wrong.append(f"{verdict.duplicates} duplicates, such as {again[:3] or extra[:3]}")
    earliest, latest = world.began - TOLERANCE, datetime.now(UTC) + TOLERANCE
    for key, document in found.items():
        # Cleaning takes spaces between Chinese characters out.
        if key in expected and _bare(document["title"]) != _bare(expected[key]):
            verdict.wrong.append(f"{document['url']} has the title {document['title']!r}")
        if not document["text"] or document["revision"] != 1:
            verdict.wrong.append(
                f"{document['url']}: {len(str(document['text']))} characters, revision {document['revision']}"
            )
        times = [(name, document[name]) for name in TIMES]
        times += [("found_on.at", listing["at"]) for listing in document["found_on"]]
        verdict.wrong += [
            f"{document['url']}: {name} is {at}, not between {earliest} and {latest}"
            for name, at in times
            if not earliest <= at <= latest
        ]
    del verdict.wrong[20:]


def _bare(title: object) -> str:
    return "".join(str(title).split())


def _failures(world: World, verdict: Verdict) -> None:
    base = world.stage.server.url
    expected = {(base + path, 404) for path in world.stage.dead_links()}
    found = {
        (str(document["url"]), document.get("status")): document
        for document in world.mongo[world.database]["failures"].find()
    }
    for url, status in sorted(expected - found.keys()):
        verdict.wrong.append(f"{url} is gone ({status}), but not in failures")
    for key in found.keys() - expected:
        document = found[key]
        verdict.wrong.append(
            f"{document['url']} did not truly fail: {document['reason']} {document.get('detail', '')}"
        )


def _frontier(world: World, verdict: Verdict) -> None:
    """Keys as crawler/frontier/redis/keys.py names them."""
    tag = "{" + world.frontier + "}"
    with redis.Redis.from_url(world.pair.addresses.redis_url, decode_responses=True) as client:
        sizes = {
            "queued": client.hlen(f"{tag}:requests"),
            "leased": client.zcard(f"{tag}:leases:{PORTAL}"),
            "held": client.hlen(f"{tag}:held"),
            "delayed": client.zcard(f"{tag}:delayed:{PORTAL}"),
            "dead": client.hlen(f"{tag}:dead:{PORTAL}"),
            "undecodable": client.hlen(f"{tag}:undecodable:{PORTAL}"),
            "unreported": client.scard(f"{tag}:unreported"),
            "ready": sum(
                client.zcard(key) for key in client.scan_iter(f"{tag}:ready:{PORTAL}:*", count=1000)
            ),
        }
        if not client.exists(f"{tag}:portal:{PORTAL}"):
            verdict.wrong.append("the frontier's keys are not where they are looked for")
    verdict.wrong += [f"{count} entries are {name}" for name, count in sizes.items() if count]
