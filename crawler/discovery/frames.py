"""Frames of a list's page: parts of it that are documents of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.discovery.links import Link
from crawler.discovery.resolver import Resolver
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.urls import join, url_id

if TYPE_CHECKING:
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["frame_links"]

_MOST: Final = 10


def frame_links(doc: Document, profile: Profile, *, has_entries: bool) -> tuple[Link, ...]:
    """Return the frames that may hold a part of a list. Never raises.

    Those of a frameset; of other pages those that look like a list by their URL, and, where the page itself has no
    entries, those that look like nothing. What leads out of the portal (advertisements, players) is none.
    """
    nodes = doc.tree.css("frame[src], iframe[src]")[:_MOST]
    if not nodes:
        return ()
    try:
        own = article_url(doc.url, profile)
    except ValueError:
        return ()
    resolve = Resolver(profile, doc.encoding).resolve
    found: dict[str, Link] = {}
    for node in nodes:
        frame = resolve(join(doc.base_url, node.attrs.get("src") or ""))
        may_list = frame.kind is PageKind.OTHER and (node.tag == "frame" or not has_entries)
        if frame.url and not frame.cut and frame.url != own and (may_list or frame.kind is PageKind.CHANNEL):
            link = Link(frame.request, url_id(frame.url), PageKind.CHANNEL, "channel")
            found.setdefault(link.id, link)
    return tuple(found.values())
