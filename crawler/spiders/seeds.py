"""Where a portal's crawl begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.portals.page_kind import PageKind
from crawler.spiders.requests import Task, list_priority
from crawler.urls import RequestSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.context import CrawlScope
    from crawler.portals import Profile

__all__ = ["seeds"]


def seeds(profile: Profile, scope: CrawlScope) -> Iterator[tuple[RequestSpec, Task, int]]:
    """Yield request, task and priority of every seed: channels first, then home page, feeds and sitemaps.

    Where channels are named, only these: home page, feeds and sitemaps list what was not asked for.
    """
    tasks = [
        (
            channel.request or RequestSpec(channel.url),
            Task(
                portal=profile.name,
                kind=PageKind.CHANNEL,
                list="channel",
                channel=channel.id,
                render="" if channel.render is None else "profile",
            ),
        )
        for channel in scope.channels_of(profile)
    ]
    if not scope.channels:
        if profile.home:
            tasks.append(
                (RequestSpec(profile.home), Task(portal=profile.name, kind=PageKind.HOME, list="home"))
            )
        tasks += [
            (RequestSpec(url), Task(portal=profile.name, kind=PageKind.FEED, list="feed"))
            for url in profile.feeds
        ]
        tasks += [
            (RequestSpec(url), Task(portal=profile.name, kind=PageKind.SITEMAP, list="sitemap"))
            for url in profile.sitemaps
        ]
    for spec, task in tasks:
        yield spec, task, list_priority(task)
