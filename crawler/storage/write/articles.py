"""Articles: storing twice is storing once, and the newer fetch wins, whoever writes last.

MongoDB knows no lease and no token, and a batch may come again after a crash, an outage or a lost answer. So
each write carries its own condition:

- A new article is inserted. A duplicate key means that another worker was first: it is read and decided
  again.
- A known one with an older ``fetched_at`` is updated where it is as it was read (``revision`` and
  ``fetched_at``), *as an upsert*: where the condition fails, the upsert meets the document and reports a
  duplicate key for exactly this operation (a plain update would not say which one matched nothing). It is
  read and decided again; if a newer fetch is there by then, that is success.
- A changed title or text first puts the former document into ``revisions`` (``_id`` = ``article:n``; one that
  an earlier attempt left there is replaced unless it is newer), then updates the article to ``revision``
  n + 1. A crash in between leaves a revision that equals the article, and the next attempt goes on from it.

``found_on``, ``channels`` and ``tags`` are complete without a lock: the writer of a list stores its listings
and then looks for the articles; the writer of an article stores it and then looks for its listings.
Whichever order the two take, one of them sees the other's write, and applying a listing twice changes
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crawler.errors import GiveUp, Retry
from crawler.storage.outage import DUPLICATE_KEY, write_errors
from crawler.storage.write.cluster_leaders import ClusterLeaders
from crawler.storage.write.documents import Draft, make_draft
from crawler.storage.write.encoding import milliseconds
from crawler.storage.write.failures import FailureStore
from crawler.storage.write.found_on import listing_key
from crawler.storage.write.listings import ListingStore
from crawler.storage.write.operations import Operation, changes, insert, leaves, revision, update
from crawler.storage.write.reconcile import read_concurrent_writes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from pymongo.asynchronous.database import AsyncDatabase

    from crawler.items import Article
    from crawler.storage.write.group_commit import Outcome

__all__ = ["ArticleStore"]

Document = dict[str, Any]

ROUNDS: Final = 10


class ArticleStore:
    """The collections ``articles`` and ``revisions``; ``clock`` gives the time of storing (UTC)."""

    def __init__(self, database: AsyncDatabase[Document], clock: Callable[[], datetime]) -> None:
        self._articles = database["articles"]
        self._revisions = database["revisions"]
        self._leaders = ClusterLeaders(self._articles, clock)
        self._listings = ListingStore(database, clock)
        self._failures = FailureStore(database)
        self._clock = clock
        self._read_first = False

    async def store(self, articles: Sequence[Article]) -> Sequence[Outcome]:
        """Store a batch; one outcome an article, in order: None, or what is wrong with this one alone.

        GiveUp (``unstorable``) is final, Retry (``contended``) is not. Idempotent and safe against any other
        writer. Raises PyMongoError where the server is the trouble; the batch may then be stored in part, and
        is to be given again.

        Articles are taken for new, and only those that turn out not to be are read; after a batch with such
        ones the next is read first.
        """
        drafts = [make_draft(article, now=self._clock()) for article in articles]
        batch = _Batch(drafts)
        for _ in range(ROUNDS):
            if not batch.pending:
                break
            await self._round(batch)
        for position in batch.pending:
            batch.outcomes[position] = Retry("contended", "other workers kept storing the same article")
        self._read_first = batch.met_known
        stored = [draft for draft, outcome in zip(drafts, batch.outcomes, strict=True) if outcome is None]
        if stored:
            await self._reconcile(batch, {draft.id: draft.fetched_at for draft in stored})
        return batch.outcomes

    async def _reconcile(self, batch: _Batch, stored: Mapping[str, datetime]) -> None:
        """Read what other writers stored in the meantime, and bring the two together."""
        concurrent = await read_concurrent_writes(self._articles, [*stored], [*batch.clusters])
        await self._listings.apply(
            {
                article: listings
                for article, listings in concurrent.listings.items()
                if {listing_key(entry.listing) for entry in listings} - batch.inserted.get(article, set())
            }
        )
        await self._leaders.settle(batch.clusters, concurrent.leaders)
        await self._failures.withdraw({name: stored[name] for name in concurrent.failed})

    async def _round(self, batch: _Batch) -> None:
        """Decide and write each pending draft once; those that have to be decided again stay pending."""
        documents: dict[str, Document] = {}
        if self._read_first or batch.rounds:
            documents = await self._read([draft.id for draft in batch.pending.values()])
            batch.met_known = batch.met_known or bool(documents)
        batch.rounds += 1
        now = milliseconds(self._clock())
        writes: dict[int, Operation] = {}
        former: dict[int, Operation] = {}
        for position, draft in batch.once():
            stored = documents.get(draft.id)
            try:
                if stored is None:
                    writes[position] = insert(draft, now)
                elif stored["fetched_at"] < draft.fetched_at:
                    writes[position] = update(stored, draft, now)
                    if changes(stored, draft):
                        former[position] = revision(stored, draft, now)
            except GiveUp as error:
                batch.settle(position, error)
                continue
            if stored is not None:
                batch.clusters.add(stored["cluster_id"])
            if position not in writes:
                batch.settle(position, None)
                continue
            if stored is None:
                batch.inserted[draft.id] = {listing_key(entry) for entry in draft.found_on}
            elif stored["leader"] and leaves(stored, draft):
                # The next best leads already when this one goes, so that no crash leaves the cluster without.
                await self._leaders.promote(stored["cluster_id"], besides=draft.id)
        for position, entry in (await write_errors(self._revisions, former)).items():
            if entry["code"] != DUPLICATE_KEY:
                del writes[position]
                batch.settle(position, _unstorable(entry))
        failed = await write_errors(self._articles, writes)
        for position in writes:
            if position not in failed:
                batch.settle(position, None)
                continue
            batch.inserted.pop(batch.pending[position].id, None)
            if failed[position]["code"] != DUPLICATE_KEY:
                batch.settle(position, _unstorable(failed[position]))

    async def _read(self, ids: Sequence[str]) -> dict[str, Document]:
        return {document["_id"]: document async for document in self._articles.find({"_id": {"$in": [*ids]}})}


class _Batch:
    """A batch while it is stored. ``inserted``: of each new article, the lists that it came with."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.outcomes: list[Outcome] = [None] * len(drafts)
        self.pending: dict[int, Draft] = dict(enumerate(drafts))
        self.clusters = {draft.cluster_id for draft in drafts}
        self.inserted: dict[str, set[Any]] = {}
        self.met_known = False
        self.rounds = 0

    def once(self) -> list[tuple[int, Draft]]:
        """Return the pending drafts; of two of the same article only the first, the other waits for its turn."""
        first: dict[str, tuple[int, Draft]] = {}
        for position, draft in self.pending.items():
            first.setdefault(draft.id, (position, draft))
        return [*first.values()]

    def settle(self, position: int, outcome: Outcome) -> None:
        """Note that this draft needs no further round."""
        self.outcomes[position] = outcome
        del self.pending[position]


def _unstorable(entry: Document) -> GiveUp:
    return GiveUp("unstorable", str(entry.get("errmsg", entry["code"])).replace("\n", " ")[:200])
