"""The next page of a list: from a link or another control, from what a script is told (never run), or a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crawler.discovery.links import Link
from crawler.discovery.page_numbers import file_parts
from crawler.discovery.pager_controls import pager_controls
from crawler.discovery.pager_libraries import library_pager
from crawler.discovery.pager_links import Candidate, PagerLinks
from crawler.discovery.pager_scripts import page_call
from crawler.discovery.resolver import resolve
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.urls import join, url_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.parsing import Document
    from crawler.portals.model import Channel, Pager, Profile

__all__ = ["next_page"]


class _Found(NamedTuple):
    url: str
    number: int


def next_page(
    doc: Document,
    profile: Profile,
    pager: Pager,
    *,
    url: str,
    channel: Channel | None,
    budget: int,
    candidates: Sequence[Candidate],
    fruitful: bool,
    cut: dict[str, int],
) -> Link | None:
    """Return the next page of the list ``url``, or None at its end.

    Args:
        doc: the list page.
        profile: the portal's.
        pager: the list's rules.
        url: the page's own canonical URL.
        channel: the channel whose list it is, if the profile names it.
        budget: how many pages of a list are read.
        candidates: the page's links that look like a pager's, in order.
        fruitful: whether the page shows any article; a template ends where it shows none.
        cut: counts what was left out.
    """
    links = PagerLinks(doc, profile, url, channel)
    found, astray = links.following(candidates)
    if found is None and pager.scripts:
        found = _by_script(doc, pager, url)
    if found is None:
        controls = [Candidate(control.raw, control.text) for control in pager_controls(doc)]
        found = links.following(controls)[0] or _by_library(doc, profile, url)
    if found is None and fruitful:
        found = _by_template(pager, url, channel, profile)
    if found is None:
        if astray:
            cut["astray"] = cut.get("astray", 0) + 1
        return None
    target, number = found
    last = budget if pager.last is None else min(budget, pager.last)
    if number > last:
        cut["budget"] = cut.get("budget", 0) + 1
        return None
    resolved = resolve(target, profile, doc.encoding)
    if not links.may_be_page(resolved) or resolved.url == url:
        return None
    return Link(resolved.request, url_id(resolved.url), PageKind.CHANNEL, "channel")


def _by_script(doc: Document, pager: Pager, url: str) -> _Found | None:
    call = page_call(doc, pager.scripts, url, pager.first, pager.url)
    if call is None or call.current + 1 >= call.total:
        return None
    return _Found(file_parts(url)[0] + call.name(call.current + 1), call.current + 2)


def _by_library(doc: Document, profile: Profile, url: str) -> _Found | None:
    """Return what a library would link to, by what the page tells it."""

    def is_own(address: str) -> bool:
        return resolve(join(doc.base_url, address), profile).url == url

    pager = library_pager(doc, is_own)
    if pager is None or pager.shown >= pager.total:
        return None
    return _Found(join(doc.base_url, pager.address(pager.shown + 1)), pager.shown + 1)


def _by_template(pager: Pager, url: str, channel: Channel | None, profile: Profile) -> _Found | None:
    """Follow the profile's template; only for its channels, since the first page's name must be known."""
    if pager.url is None or channel is None:
        return None
    first = 2 if pager.first is None else pager.first
    folder, stem, extension = file_parts(channel.url)
    known = {"{stem}": stem or "index", "{ext}": extension or "html"}
    name = pager.url
    for mark, value in known.items():
        name = name.replace(mark, value)
    here = 1
    if url != article_url(channel.url, profile):
        head, _, tail = name.partition("{n}")
        number = url.removeprefix(folder + head).removesuffix(tail)
        if not number.isdecimal() or len(number) > 6:
            return None
        here = int(number) - first + 2
    return _Found(folder + name.replace("{n}", str(here - 1 + first)), here + 1)
