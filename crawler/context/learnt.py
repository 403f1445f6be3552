"""What crawls have learnt of their portals' addresses: read when a crawl begins, and laid over the profiles."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from crawler.portals.addresses import article_url, in_portal
from crawler.portals.parameters import IdleParameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence

    from crawler.items import LearntParameters
    from crawler.portals.model import Profile

__all__ = ["LearntStore", "PortalRules"]

logger = logging.getLogger(__name__)

_UNDER_WAY_S: Final = 1.0
"""For what was read a moment ago to be stored: only what is stored is known under its new id at once."""


class LearntStore(Protocol):
    """Where it lies (:class:`crawler.storage.ParameterStore`)."""

    async def load(self) -> Sequence[LearntParameters]:
        """Return all of it."""
        ...

    async def add(self, found: LearntParameters) -> bool:
        """Keep more; False where another worker was first."""
        ...

    async def targets(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Return the ids that articles have by ``spell``, where those are others."""
        ...

    async def merge(self, portal: str, spell: Callable[[str], str]) -> Sequence[str]:
        """Store articles under the addresses that ``spell`` gives theirs; return their ids."""
        ...


class PortalRules:
    """Profiles, each with what was learnt of its hosts.

    Args:
        profiles: by name; whoever holds one of these sees what is learnt.
        mark_seen: takes articles of a portal for known, by their ids.
    """

    def __init__(
        self,
        *profiles: MutableMapping[str, Profile],
        mark_seen: Callable[[str, Sequence[str]], Awaitable[None]] | None = None,
    ) -> None:
        self._profiles = profiles
        self._mark_seen = mark_seen
        self._learnt: dict[str, LearntParameters] = {}
        self._unknown: set[str] = set()
        self._store: LearntStore | None = None
        self._under_way: set[str] = set()
        self._to_merge: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_open(self) -> bool:
        """Whether what is learnt can be kept."""
        return self._store is not None

    async def open(self, store: LearntStore) -> None:
        """Take over what was learnt; make one of what came twice meanwhile. Raises what the store raises."""
        self._store = store
        learnt = await store.load()
        self._take(learnt)
        for portal in {entry.portal for entry in learnt if not entry.settled}:
            await self._merge(portal)

    async def close(self) -> None:
        """Make one of what came twice while others did not know it yet. Raises what the store raises."""
        if self._tasks:
            await asyncio.gather(*self._tasks)
        for portal in sorted(self._to_merge):
            await self._merge(portal)

    async def learn(self, found: LearntParameters) -> bool:
        """Keep what was found, for all crawls to come, and go by it; False where it was known.

        Raises what the store raises.
        """
        assert self._store is not None
        if found.id in self._learnt or found.id in self._under_way:
            return False
        self._under_way.add(found.id)
        try:
            is_first = await self._store.add(found)
            await asyncio.sleep(_UNDER_WAY_S)
            await self._adopt([found])
        finally:
            self._under_way.discard(found.id)
        return is_first

    async def keep_up(self, identifiers: Iterable[str]) -> bool:
        """Go by what others have learnt, by its ids; say whether any of it is new here.

        Raises what the store raises.
        """
        if self._store is None:
            return False
        new = set(identifiers).difference(self._learnt, self._unknown)
        if not new:
            return False
        await self._adopt(await self._store.load())
        self._unknown |= new.difference(self._learnt)  # its store was emptied, or is another one now
        return not new <= self._unknown

    def holds_of(self, host: str) -> list[LearntParameters]:
        """Return what is known of a host."""
        return [entry for entry in self._learnt.values() if entry.host == host]

    async def _adopt(self, found: Sequence[LearntParameters]) -> None:
        """Go by it: the articles that are stored are known under their new ids before anybody asks for these."""
        known = {name: profile for profiles in self._profiles for name, profile in profiles.items()}
        self._take(found)
        for name, profile in known.items():
            now = self._profile(name)
            if now is None or now is profile or self._store is None:
                continue
            if self._mark_seen is not None:
                await self._mark_seen(name, await self._store.targets(name, self._spell(name)))
            self._to_merge.add(name)
            task = asyncio.create_task(self._merge_now(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _take(self, found: Iterable[LearntParameters]) -> None:
        self._learnt.update({entry.id: entry for entry in found})
        for profiles in self._profiles:
            for name, profile in profiles.items():
                learnt = self._of(profile)
                if learnt != profile.learnt:
                    profiles[name] = replace(profile, learnt=learnt)

    def _of(self, profile: Profile) -> dict[str, tuple[IdleParameters, ...]]:
        learnt: dict[str, tuple[IdleParameters, ...]] = {}
        for entry in self._learnt.values():
            if in_portal(entry.host, profile):
                idle = IdleParameters(frozenset(entry.others), frozenset(entry.names))
                learnt[entry.place] = (*learnt.get(entry.place, ()), idle)
        return learnt

    def _profile(self, name: str) -> Profile | None:
        return next((profiles[name] for profiles in self._profiles if name in profiles), None)

    def _spell(self, name: str) -> Callable[[str], str]:
        profile = self._profile(name)
        assert profile is not None
        return lambda url: article_url(url, profile)

    async def _merge(self, name: str) -> None:
        if self._store is None or self._profile(name) is None:
            return
        ids = await self._store.merge(name, self._spell(name))
        if ids:
            logger.info("%s: %d articles are known by other addresses now", name, len(ids))
            if self._mark_seen is not None:
                await self._mark_seen(name, ids)

    async def _merge_now(self, name: str) -> None:
        """Merge while the crawl goes on; what fails is done when it ends, or when the next one begins."""
        try:
            await self._merge(name)
        except Exception as error:  # noqa: BLE001 -- whatever the store raises
            logger.debug("%s: articles are merged later: %s", name, error)
