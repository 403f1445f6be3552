"""A spider that carries out orders on portals: what its readers of lists and articles need to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.discovery import listed_at
from crawler.spiders.pages import PageSpider

if TYPE_CHECKING:
    from crawler.context import PortalSelection
    from crawler.frontier.client import FrontierClient
    from crawler.portals import Profile

__all__ = ["OrderedSpider"]


class OrderedSpider(PageSpider):
    """Holds what was selected; ``frontier`` is set by the scheduler when it opens."""

    frontier: FrontierClient

    def __init__(self, *, selection: PortalSelection) -> None:
        super().__init__()
        self.selection = selection
        self.scope = selection.scope
        self.profiles = selection.profiles
        self.rate = self.scope.rate
        self.limit = self.scope.limit
        self.days = self.scope.days
        self.asked = self.scope.canonical

    def too_old(self, date: str | None, url: str, profile: Profile) -> bool:
        """Whether a list says (``date``, as it stands there) that an article lies before ``since``."""
        if self.scope.since is None:
            return False
        now = self.frontier.clock.now()
        return self.scope.is_too_old(listed_at(date, url, now, profile.timezone))
