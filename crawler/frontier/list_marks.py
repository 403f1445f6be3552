"""What is remembered of lists: what they showed, and how far they were walked."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from crawler.frontier.redis import operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request

    from crawler.frontier.worker.worker import Worker

__all__ = ["ListMarks"]

_MOST_SHOWN: Final = 20_000


class ListMarks:
    """A part of :class:`~crawler.frontier.client.FrontierClient`.

    What is said of a ``request`` is remembered together with its acknowledgement. Marked earlier, a worker that
    dies before its links are queued would leave a list that says "nothing new".
    """

    def __init__(self, worker: Worker[Request]) -> None:
        self._worker = worker
        self._shown: set[tuple[int, str]] = set()
        self._left_out: set[tuple[str, str]] = set()

    def is_seen(self, portal: str, identifier: str) -> bool:
        """Say whether an article was certainly seen: from this worker's memory, without asking Redis."""
        return self._worker.seen.has(portal, identifier)

    def is_visited(self, portal: str, identifier: str) -> bool:
        """Say whether a list is certainly none to be queued: it belongs to the current run already, or is left out.

        From this worker's memory too.
        """
        return (portal, identifier) in self._left_out or self._worker.seen.has(
            self._worker.seen_in_run(portal), identifier
        )

    def leave_out(self, portal: str, identifier: str) -> None:
        """Have a list not read in this worker's run, also where a page links to it."""
        self._left_out.add((portal, identifier))

    async def unlisted(self, portal: str, list_key: str, identifiers: Iterable[str]) -> set[str]:
        """Return those articles that a list has never shown before."""
        worker, given = self._worker, list(identifiers)
        if not given:
            return set()
        return await worker.persist(lambda: worker.store.unlisted(portal, list_key, given))

    def mark_listed(
        self, portal: str, list_key: str, identifiers: Iterable[str], *, request: Request
    ) -> None:
        """Remember that a list showed these articles."""
        self._worker.send_with_ack(request, operations.listed(portal, list_key, identifiers))

    def mark_seen(self, portal: str, identifier: str, *, request: Request) -> None:
        """Remember that an article was read which is known by another id than it was queued under."""
        self._worker.send_with_ack(request, operations.seen(portal, identifier))

    def has_shown(self, portal: str, list_key: str, identifiers: Iterable[str]) -> bool:
        """Say whether this worker has read in this run that a list shows all of these: what Redis may not know yet."""
        run = self._worker.run_number(portal)
        entries = [(run, _entry(list_key, name)) for name in identifiers]
        return bool(entries) and self._shown.issuperset(entries)

    async def has_unshown(self, portal: str, list_key: str, identifiers: Iterable[str]) -> bool:
        """Say whether any of these is one that a list has not shown in this run."""
        worker, run = self._worker, self._worker.run_number(portal)
        asked = [_entry(list_key, name) for name in identifiers]
        entries = [entry for entry in asked if (run, entry) not in self._shown]
        return bool(entries) and bool(await worker.persist(lambda: worker.store.unshown(portal, entries)))

    def mark_shown(self, portal: str, list_key: str, identifiers: Iterable[str], *, request: Request) -> None:
        """Remember until the next run that a list showed these."""
        entries = [_entry(list_key, name) for name in identifiers]
        self._worker.send_with_ack(request, operations.shown(portal, entries))
        # the next page is often read before this one is acknowledged
        if len(self._shown) > _MOST_SHOWN:
            self._shown.clear()
        run = self._worker.run_number(portal)
        self._shown.update((run, entry) for entry in entries)

    async def walked(self, portal: str, list_key: str) -> bool:
        """Say whether a list was walked to its end once, and every walk before this run's came through."""
        worker, run = self._worker, self._worker.run_number(portal)
        return await worker.persist(lambda: worker.store.walked(portal, list_key, run))

    def mark_walked(self, portal: str, list_key: str, *, request: Request) -> None:
        """Remember that a list was walked to its end, which is this ``request``'s page."""
        run = self._worker.run_number(portal)
        self._worker.send_with_ack(request, operations.walked(portal, list_key, run))

    def mark_walking(self, portal: str, list_key: str, *, request: Request) -> None:
        """Remember that this run walks on to a list's next page.

        Should that never be read (its server fails, the run is given up), what it lists would stay behind a
        first page with nothing new; so until :meth:`mark_walked` no later run takes the list for walked.
        """
        run = self._worker.run_number(portal)
        self._worker.send_with_ack(request, operations.walking(portal, list_key, run))

    def mark_skipped(self, portal: str, identifier: str, *, request: Request) -> None:
        """Remember that an article was read, and is of no day that this run was asked for.

        It stays seen until a run asks for more days.
        """
        self._worker.send_with_ack(request, operations.skipped(portal, identifier))


def _entry(list_key: str, identifier: str) -> str:
    """Return an id for what a list showed: an article may stand in many lists."""
    return sha256(f"{list_key}\n{identifier}".encode()).hexdigest()[:32]
