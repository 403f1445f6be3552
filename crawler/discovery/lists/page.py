"""One page of a list, of whatever type: what every reader of lists gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from crawler.parsing import Document
    from crawler.portals.model import Channel, ListRules, Profile
    from crawler.urls import RequestSpec

__all__ = ["ListPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """An answer, and whose list it is.

    ``request`` is what was asked, with the URL that answered; ``kind`` is what the URL is on the portal;
    ``channel`` is the profile's, if the list is one's; ``number`` counts the list's pages from 1. ``body`` and
    ``content_type`` are the answer; ``doc`` is it as a page, where it is one, and ``rendered`` says that a
    browser has filled it.
    """

    request: RequestSpec
    profile: Profile
    kind: PageKind = PageKind.CHANNEL
    channel: Channel | None = None
    number: int = 1
    body: bytes = b""
    content_type: str | None = None
    doc: Document | None = None
    rendered: bool = False

    @property
    def rules(self) -> ListRules:
        """The rules of this list: the channel's own, else the portal's."""
        own = self.channel.list if self.channel is not None else None
        return own or self.profile.list

    @property
    def type(self) -> str:
        """The type of the list: files for programs say it themselves, the rules say it of channels as they are sent."""
        if self.kind.is_xml:
            return self.kind.value
        return self.rules.type if self.kind is PageKind.CHANNEL and not self.rendered else "html"
