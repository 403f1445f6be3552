"""The plan of a portal's articles: which there are, where they stand, and which structures each one shows.

Structures are dealt by position, not by chance, so that every seed has every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sample_portal.truth import Channel, ListName, Portal

__all__ = ["Slot", "plan"]

#: Copies of one wire text: positions in the portal's list of news channels.
_WIRES = (
    (0, 1),
    (1, 2),
    (2, 4),
    (1, 4),
    (0, 2, 4),
    (1, 2),
    (0, 4),
    (1, 3),
    (0, 1, 2),
    (2, 4),
    (1, 4),
    (0, 3),
)
#: Articles of the first edition that no channel lists, by the one way that leads to them.
_UNLISTED: tuple[tuple[ListName, int], ...] = (
    ("related", 32), ("sitemap", 10), ("feed", 8), ("home", 4), ("photo", 3), ("video", 2), ("hot", 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one article. ``index`` counts within its kind and deals out the structures.

    ``age`` orders the articles of an edition in time, 0 being the newest; ``also`` are further channels that
    list it; ``reach`` names the only way to it, or "channel".
    """

    key: str
    edition: int
    home: Channel
    index: int
    age: float
    also: tuple[Channel, ...] = ()
    reach: ListName = "channel"
    group: str | None = None
    spun: bool = False


def plan(portal: Portal, edition: int) -> Iterator[Slot]:
    """Yield the slots that ``edition`` (from 1) adds to the portal, in a fixed order."""
    news = [
        channel
        for channel in portal.channels
        if channel.kind == "news" and channel.known and not channel.script
    ]
    for channel in portal.channels:
        if channel.script:
            continue
        count = channel.size if edition == 1 else channel.fresh
        for index in range(count):
            also = _also(channel, index, news)
            yield Slot(
                f"{edition}/{channel.id}/{index}", edition, channel, index, (index + 0.5) / count, also
            )
    if edition > 1:
        yield Slot(f"{edition}/wire/0/0", edition, news[0], 8, 0.3, group=f"{edition}/wire/0")
        yield Slot(f"{edition}/wire/0/1", edition, news[1], 8, 0.3, group=f"{edition}/wire/0")
        if portal.indexed:
            yield Slot(f"{edition}/feed/0", edition, news[2], 0, 0.1, reach="feed")
        yield Slot(f"{edition}/related/0", edition, news[1], 1, 0.9, reach="related")
        yield from _scripted(portal, edition)
        return
    for number, places in enumerate(_WIRES):
        for place in places:
            key = f"{edition}/wire/{number}"
            yield Slot(f"{key}/{place}", edition, news[place], 4 + number, (number + 1) / 14, group=key)
    for reach, count in _UNLISTED:
        if reach in {"sitemap", "feed"} and not portal.indexed:
            continue
        for index in range(count):
            yield Slot(f"{edition}/{reach}/{index}", edition, _home(portal, news, reach, index), index,
                       1.0 + index / count if reach == "related" else (index + 0.2) / 12, reach=reach)  # fmt: skip
    for index in range(4):
        modern = next(channel for channel in news if channel.layout == "modern")
        original = f"{edition}/{modern.id}/{2 * index + 1}"
        yield Slot(
            f"{edition}/spun/{index}", edition, modern, index, 0.4, reach="related", group=original, spun=True
        )
    yield from _scripted(portal, edition)


def _scripted(portal: Portal, edition: int) -> Iterator[Slot]:
    """Yield the articles of lists that a script fills: last, so that they change nothing about the others."""
    for channel in portal.channels:
        count = (channel.size if edition == 1 else channel.fresh) if channel.script else 0
        for index in range(count):
            key = f"{edition}/{channel.id}/{index}"
            yield Slot(key, edition, channel, index, (index + 0.5) / count, reach="javascript")


def _also(channel: Channel, index: int, news: list[Channel]) -> tuple[Channel, ...]:
    """Say where else: every seventh article of a channel is listed by a second one, some by a third."""
    if channel.kind != "news" or not channel.known or index % 7 != 2:
        return ()
    others = [other for other in news if other is not channel and other.trs == channel.trs]
    first = others[index % len(others)]
    second = others[(index + 1) % len(others)]
    return (first, second) if index % 21 == 2 and second is not first else (first,)


def _home(portal: Portal, news: list[Channel], reach: ListName, index: int) -> Channel:
    if reach in ("photo", "video"):
        kind = "gallery" if reach == "photo" else "video"
        return next(channel for channel in portal.channels if channel.kind == kind)
    founder = [channel for channel in news if not channel.trs]
    return news[index % len(news)] if reach in ("related", "sitemap") else founder[index % len(founder)]
