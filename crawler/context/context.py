"""The one seam between a spider and everything else that takes part in its crawl."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from crawler.context.counters import Counters
from crawler.context.learnt import PortalRules
from crawler.context.local_state import LocalState
from crawler.context.scope import CrawlScope
from crawler.context.shared_state import SharedState
from crawler.context.variation_gate import VariationGate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.portals.model import Profile

__all__ = ["CrawlContext", "context_of", "has_context"]

FrontierT_co = TypeVar("FrontierT_co", bound=SharedState, covariant=True)


@dataclass(frozen=True)
class CrawlContext(Generic[FrontierT_co]):
    """What middlewares, pipelines, extensions, the scheduler and the readers of pages get of a crawl.

    A spider that has one holds it as ``context``, made in its ``from_crawler``.

    Attributes:
        frontier: hosts' turns, tries and what workers keep for each other; the spider's own kind may do more.
        counters: this worker's.
        profiles: the portals' rules, by name.
        scope: what the run is asked for.
        follows_moves: the spider is told of articles that lead on (:class:`crawler.middlewares.redirects.Moved`).
        goes_on: asked of the request, URL and HTML of a list in a browser: whether more of it is worth a click.
        rules: what was learnt of the portals' addresses, laid over ``profiles``.
        gate: where variations of one address wait until it is known whether they are one page.
    """

    frontier: FrontierT_co
    counters: Counters
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    scope: CrawlScope = field(default_factory=CrawlScope)
    follows_moves: bool = False
    goes_on: Callable[[Request, str, str], Awaitable[bool]] | None = None
    rules: PortalRules = field(default_factory=PortalRules)
    gate: VariationGate = field(default_factory=VariationGate)

    def profile_of(self, request: Request) -> Profile | None:
        """Return the profile of the portal that a request belongs to, if any."""
        return self.profiles.get(request.meta.get("portal", ""))


def context_of(crawler: Crawler) -> CrawlContext[SharedState]:
    """Return the context of a crawler's spider; one that shares nothing where the spider has none (the shell)."""
    return _own_context(crawler) or CrawlContext(LocalState(), Counters(crawler))


def has_context(crawler: Crawler) -> bool:
    """Say whether a crawler's spider is one of this project, which has a context."""
    return _own_context(crawler) is not None


def _own_context(crawler: Crawler) -> CrawlContext[SharedState] | None:
    context = getattr(crawler.spider, "context", None)
    return context if isinstance(context, CrawlContext) else None
