"""What a request is for, kept in its ``meta``: the same in whichever worker takes it up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from crawler.items import Listing, ListKind
from crawler.middlewares.decoding import LAST_ATTEMPT
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.discovery import Link
    from crawler.portals import Channel, Profile

__all__ = ["MAX_DEPTH", "Task", "article_priority", "list_priority"]

MAX_DEPTH: Final = 12
"""Steps from a seed over lists that were found on lists.

A portal's map is rarely deeper than five; a trap is.
"""


# Scrapy's priorities order requests of one kind; that articles come before lists is the frontier's
# (crawler.frontier.requests.priority).
_SEED: Final = 90
_FOUND_LIST: Final = 50
_FRESH: Final = 70
_USUAL: Final = 50
_FROM_SITEMAP: Final = 10
_FRESH_PAGES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The purpose of a request.

    ``channel`` is the profile's channel id; ``list`` is the kind of list that this page is, or that brought
    this article; ``page`` is the number of a list page, from 1; ``depth`` counts the steps from a seed.
    ``hint`` is what the list said of an article (``title``, ``published``) and when it was read (``at``, ISO
    8601), or on later pages of a list what the list is remembered under (``key``) and how many pages right before this
    one have shown nothing that the walk had not shown (``barren``). ``render`` says why a
    browser has to fill this page (``profile``, ``empty``); empty where none has to. ``last_attempt``: a failure now
    is one for good; it is of this attempt alone, and not kept.
    """

    portal: str
    kind: PageKind
    channel: str | None = None
    list: ListKind = "adhoc"
    page: int = 1
    depth: int = 0
    hint: dict[str, str] = field(default_factory=dict)
    render: str = ""
    last_attempt: bool = False

    @classmethod
    def of(cls, request: Request) -> Task:
        """Read back what :meth:`meta` wrote.

        A foreign request (the start-URL feed) is a page of unknown kind.
        """
        meta = request.meta
        fields = {
            name: meta[name]
            for name in ("channel", "page", "depth", "hint", "render")
            if meta.get(name) is not None
        }
        return cls(
            portal=str(meta.get("portal", "")),
            kind=PageKind.of(meta.get("kind")),
            list=cast("ListKind", meta.get("list") or "adhoc"),
            last_attempt=bool(meta.get(LAST_ATTEMPT)),
            **fields,
        )

    def meta(self) -> dict[str, Any]:
        """Return it as the frontier keeps it: JSON values, and nothing that says only the default."""
        meta: dict[str, Any] = {"portal": self.portal, "kind": self.kind.value, "list": self.list}
        if self.channel is not None:
            meta["channel"] = self.channel
        if self.page != 1:
            meta["page"] = self.page
        if self.depth:
            meta["depth"] = self.depth
        if self.hint:
            meta["hint"] = self.hint
        if self.render:
            meta["render"] = self.render
        return meta

    def channel_of(self, profile: Profile) -> Channel | None:
        """Return what the profile says of the channel."""
        return next((channel for channel in profile.channels if channel.id == self.channel), None)

    def next_page(self, key: str, barren: int = 0) -> Task:
        """Return the task of the same list, one page on; ``key`` is what the list is remembered under.

        ``barren``: how many pages in a row, up to this one, have shown nothing that the walk had not shown.
        """
        hint = {"key": key, "barren": str(barren)} if barren else {"key": key}
        return replace(self, page=self.page + 1, hint=hint)

    @property
    def barren(self) -> int:
        """How many pages right before this one have shown nothing that the walk had not shown."""
        said = self.hint.get("barren", "")
        return int(said) if said.isdecimal() else 0

    def found_list(self, link: Link) -> Task:
        """Return the task of a further list that stood on this page."""
        kinds: dict[PageKind, ListKind] = {
            PageKind.SITEMAP: "sitemap",
            PageKind.FEED: "feed",
            PageKind.HOME: "home",
        }
        return Task(
            portal=self.portal, kind=link.kind, list=kinds.get(link.kind, "channel"), depth=self.depth + 1
        )

    def found_article(self, link: Link, now: datetime) -> Task:
        """Return the task of an article that stood on this page."""
        said = {
            "title": link.title[:200],
            "published": link.date,
            "at": now.isoformat(timespec="milliseconds"),
        }
        return Task(
            portal=self.portal,
            kind=link.kind,
            channel=self.channel if self.kind.is_list and link.list == self.list else None,
            list=link.list,
            depth=self.depth + 1,
            hint={name: value for name, value in said.items() if value},
        )

    def listing(self, now: datetime) -> Listing:
        """Return the list that brought this task's article, and when (``now``, where it does not say)."""
        at = self.hint.get("at")
        return Listing(self.portal, self.channel, self.list, datetime.fromisoformat(at) if at else now)


def article_priority(link: Link, task: Task) -> int:
    """Return a higher number for what is newer: what stands on first pages; what only sitemaps know, last."""
    if link.list == "sitemap":
        return _FROM_SITEMAP
    return _FRESH if task.page <= _FRESH_PAGES and link.list in ("home", "channel", "feed") else _USUAL


def list_priority(task: Task) -> int:
    """Return a higher number for seeds than for found lists; the frontier itself puts deep pages behind."""
    return _SEED if task.depth == 0 else _FOUND_LIST
