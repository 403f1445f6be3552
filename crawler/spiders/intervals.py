"""How often a channel is looked at, where its profile says so (``every``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

    from crawler.context import CrawlScope
    from crawler.frontier.client import FrontierClient
    from crawler.portals import Channel, Profile
    from crawler.spiders.requests import Task

__all__ = ["ChannelIntervals"]

_SHARE: Final = 0.9
"""Of an interval: a run that a timer starts every hour does not come to its last list in the same second."""


@dataclass(frozen=True, slots=True)
class ChannelIntervals:
    """Remembers for all workers when a channel was read, and leaves it out until its time has come again.

    A run that is asked for more than what is new (``full=1``, days, channels by name) reads every list.
    """

    frontier: FrontierClient
    scope: CrawlScope
    profiles: Mapping[str, Profile]

    async def is_due(self, portal: str, channel: Channel | None) -> bool:
        """Say whether a run reads a channel. ``scrapy frontier clear`` makes every one due."""
        if channel is None or channel.every is None:
            return True
        if self.scope.full or self.scope.by_day or self.scope.channels:
            return True
        kept = await self.frontier.cached(_key(portal, channel))
        return kept != str(self.frontier.epoch).encode()

    def note(self, request: Request, task: Task) -> None:
        """Remember that a channel was read, or had not changed; together with the request's acknowledgement."""
        profile = self.profiles.get(task.portal)
        if profile is None or task.page != 1 or task.channel is None:
            return
        channel = task.channel_of(profile)
        if channel is not None and channel.every is not None:
            value = str(self.frontier.epoch).encode()
            self.frontier.keep(request, _key(task.portal, channel), value, channel.every * _SHARE)


def _key(portal: str, channel: Channel) -> str:
    return f"read:{portal}:{channel.id}"
