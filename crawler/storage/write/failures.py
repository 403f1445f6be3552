"""URLs that were given up: one document each, with every time it happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pymongo import DeleteOne, UpdateOne

from crawler.errors import GiveUp
from crawler.storage.outage import DUPLICATE_KEY, write_errors
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.found_on import found_on_entry
from crawler.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pymongo.asynchronous.database import AsyncDatabase

    from crawler.items import Failure, Reached
    from crawler.storage.write.group_commit import Outcome

__all__ = ["FailureStore"]

Document = dict[str, Any]

LATE: Final = timedelta(hours=1)
"""How long after a page was stored a failure of it can still be reported by a worker that lost its lease
(it was frozen, or cut off, while another one took the page over). Such a failure is void."""

HISTORY: Final = 20
DETAIL: Final = 500


class FailureStore:
    """The collection ``failures``. ``_id`` is the request's id, for an article the same that it would have."""

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._failures = database["failures"]
        self._articles = database["articles"]

    async def store(self, failures: Sequence[Failure]) -> Sequence[Outcome]:
        """Store a batch; storing one twice is storing it once. Outcomes as in ``ArticleStore.store``.

        Written first, and then withdrawn where the article turns out to be there; the writer of an article
        does the same the other way round, so that whoever comes first, nothing stored stays a failure.
        """
        outcomes: list[Outcome] = [None] * len(failures)
        if not failures:
            return outcomes
        for position, entry in (await self._write(failures)).items():
            outcomes[position] = GiveUp("unstorable", str(entry.get("errmsg", ""))[:200])
        ids = [_id(failure) for failure in failures]
        found = self._articles.find({"_id": {"$in": ids}}, {"fetched_at": 1})
        await self.withdraw({article["_id"]: article["fetched_at"] async for article in found})
        return outcomes

    async def withdraw(self, fetched: Mapping[str, datetime]) -> None:
        """Take back the failures of stored articles: their ids, and when they were fetched (UTC)."""
        if fetched:
            await self._failures.bulk_write(
                [DeleteOne({"_id": name, "at": {"$lte": at + LATE}}) for name, at in fetched.items()],
                ordered=False,
            )

    async def reached(self, reached: Sequence[Reached]) -> Sequence[Outcome]:
        """Take back what lists failed with before they were read. Outcomes as in ``ArticleStore.store``.

        Idempotent. Nothing tells afterwards when a list was read, so ``LATE`` does not apply: whatever failed
        after the read is kept, also where this comes late or again. A list is read by every run, so that what
        a worker without its lease reports of it goes with the next read, where an article's would stay.

        Costs a look for a batch of list pages at these few ids, and a write only where one of them had failed.
        """
        times: dict[str, datetime] = {}
        for entry in reached:
            for name in entry.ids:
                at = milliseconds(entry.at)
                times[name] = max(times.get(name, at), at)
        failed = [entry["_id"] async for entry in self._failures.find({"_id": {"$in": [*times]}}, {"_id": 1})]
        if failed:
            over = [DeleteOne({"_id": name, "at": {"$lte": times[name]}}) for name in failed]
            await self._failures.bulk_write(over, ordered=False)
        return [None] * len(reached)

    async def forget(self, ids: Iterable[str]) -> int:
        """Delete the failures of these URLs (ids), which are tried again; return how many there were."""
        answer = await self._failures.delete_many({"_id": {"$in": [*ids]}})
        return answer.deleted_count

    async def _write(self, failures: Sequence[Failure]) -> dict[int, Document]:
        """Write again on a collision: where two workers report a URL at once, the second attempt finds the document."""
        upserts = {position: _upsert(failure) for position, failure in enumerate(failures)}
        failed = await write_errors(self._failures, upserts)
        collided = {p: upserts[p] for p, entry in failed.items() if entry["code"] == DUPLICATE_KEY}
        rest = {p: entry for p, entry in failed.items() if p not in collided}
        return rest | await write_errors(self._failures, collided)


def _upsert(failure: Failure) -> UpdateOne:
    at = milliseconds(failure.at)
    event = {
        "at": at,
        "reason": _clean(failure.reason),
        "detail": _clean(failure.detail)[:DETAIL],
        "status": failure.status,
        "tries": failure.tries,
    }
    fields = {
        "url": _clean(failure.url),
        "portal": failure.portal,
        "found_on": [found_on_entry(listing) for listing in failure.found_on],
        **event,
    }
    history = {"$ifNull": ["$history", []]}
    grown = {"$slice": [{"$concatArrays": [history, [{"$literal": event}]]}, -HISTORY]}
    return UpdateOne(
        {"_id": _id(failure)},
        [
            {"$set": {"history": {"$cond": [{"$in": [{"$literal": event}, history]}, history, grown]}}},
            # A report that comes late must not hide what happened since.
            {
                "$replaceWith": {
                    "$cond": [
                        {"$gt": ["$at", at]},
                        "$$ROOT",
                        {"$mergeObjects": ["$$ROOT", {"$literal": fields}]},
                    ]
                }
            },
        ],
        upsert=True,
    )


def _id(failure: Failure) -> str:
    return _clean(failure.id) or url_id(_clean(failure.url))


def _clean(text: str) -> str:
    """Clean a text: what a hostile page put into a URL or message must not keep its failure from being stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
