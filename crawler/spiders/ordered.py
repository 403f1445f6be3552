"""A spider that carries out orders on portals: what its readers of lists and articles need to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.discovery import listed_at
from crawler.spiders.pages import PageSpider

if TYPE_CHECKING:
    from crawler.frontier.scheduler import FrontierScheduler
    from crawler.portals import Profile
    from crawler.spiders.orders import PortalOrders

__all__ = ["OrderedSpider"]


class OrderedSpider(PageSpider):
    """Holds the orders; ``frontier`` is set by the scheduler when it opens."""

    frontier: FrontierScheduler

    def __init__(self, *, orders: PortalOrders) -> None:
        super().__init__()
        self.orders = orders
        self.arguments = orders.arguments
        self.profiles = orders.profiles
        self.rate = orders.arguments.rate
        self.limit = orders.arguments.limit
        self.days = orders.arguments.days
        self.asked = orders.arguments.asked

    def too_old(self, date: str | None, url: str, profile: Profile) -> bool:
        """Whether a list says (``date``, as it stands there) that an article lies before ``since``."""
        if self.arguments.since is None:
            return False
        now = self.frontier.clock.now()
        return self.arguments.too_old(listed_at(date, url, now, profile.timezone))
