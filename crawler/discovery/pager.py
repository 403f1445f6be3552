"""The next page of a list: from a link, from a script's call (without running it), or from a template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crawler.discovery.links import Link
from crawler.discovery.page_numbers import file_parts, step
from crawler.discovery.pager_scripts import page_call
from crawler.discovery.resolver import resolve
from crawler.portals.page_kind import PageKind
from crawler.urls import RequestSpec, url_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.parsing import Document
    from crawler.portals.model import Channel, Pager, Profile

__all__ = ["Candidate", "is_next_word", "is_pager_word", "next_page"]

_NEXT = re.compile(
    r"\s*[\[【(（]?\s*(?:下一?[页頁]|[后後]一?[页頁]|next(?:\s*page)?|older)\s*[\])）】>»›→]*\s*|\s*(?:>{1,2}|»|›)\s*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\s*[\[【(（]?\s*(?:[首末尾][页頁]|[上前]一?[页頁]|第一[页頁]|最后一?[页頁]|第\s?\d{1,6}\s?[页頁]|first|prev(?:ious)?(?:\s*page)?|"
    r"last|newer|<{1,2}|«|‹)\s*[\])）】]?\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*[\[【(（]?\s*(\d{1,6})\s*[\])）】]?\s*")


class Candidate(NamedTuple):
    """A link that may lead to the next page: its absolute URL as it stands in the page, and its text."""

    raw: str
    text: str


class _Found(NamedTuple):
    url: str
    number: int


def is_next_word(text: str) -> bool:
    """Say whether a link's text says that it leads to the next page (下一页, 后一页, next, >)."""
    return len(text) < 24 and _NEXT.fullmatch(text) is not None


def is_pager_word(text: str) -> bool:
    """Say whether a link's text is one of a pager's: a number, 下一页, 上一页, 首页, 尾页 and the like."""
    if len(text) >= 24:
        return False
    return any(pattern.fullmatch(text) is not None for pattern in (_NUMBER, _NEXT, _OTHERS))


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
    found = _by_links(profile, url, channel, candidates, doc.encoding, cut)
    if found is None and pager.scripts:
        found = _by_script(doc, pager, url)
    if found is None and fruitful:
        found = _by_template(pager, url, channel)
    if found is None:
        return None
    last = budget if pager.last is None else min(budget, pager.last)
    if found.number > last:
        cut["budget"] = cut.get("budget", 0) + 1
        return None
    resolved = resolve(found.url, profile)
    if resolved.cut or not resolved.url or resolved.url == url:
        return None
    return Link(RequestSpec(resolved.url), url_id(resolved.url), PageKind.CHANNEL, "channel")


def _by_links(
    profile: Profile,
    url: str,
    channel: Channel | None,
    candidates: Sequence[Candidate],
    encoding: str,
    cut: dict[str, int],
) -> _Found | None:
    numbers: dict[int, _Found] = {}
    astray = False
    bare = channel is not None and channel.url == url
    for candidate in candidates:
        says_next = is_next_word(candidate.text)
        shown = _NUMBER.fullmatch(candidate.text)
        if not says_next and shown is None:
            continue
        target = _follow(candidate.raw, profile, url, encoding)
        there = step(url, target) if target is not None else None
        if there is not None and there.here is not None and bare:
            target = there = None  # node_176.htm is page 1 of a channel: node_177.htm is another
        if says_next:
            if target is not None and there is not None and there.there > (there.here or 0):
                return _Found(target, there.there)
            if target is not None and there is None and _is_sibling(url, target, profile):
                return _Found(target, 0)
            astray = True
        elif shown is not None and target is not None and there is not None:
            numbers[int(shown[1])] = _Found(target, there.there)
            if there.here is not None:
                numbers.setdefault(-1, _Found("", int(shown[1]) - there.there + there.here))
    here = numbers.pop(-1).number if -1 in numbers else 1
    if here + 1 in numbers:
        return numbers[here + 1]
    if astray:
        cut["astray"] = cut.get("astray", 0) + 1
    return None


def _follow(raw: str, profile: Profile, url: str, encoding: str) -> str | None:
    """Return the canonical URL of a pager's link; None where it leads away from the list."""
    resolved = resolve(raw, profile, encoding)
    if resolved.cut or not resolved.url or resolved.url in {url, profile.home}:
        return None
    if resolved.kind not in {PageKind.CHANNEL, PageKind.OTHER} and step(url, resolved.url) is None:
        return None
    if any(resolved.url == channel.url for channel in profile.channels):
        return None
    return resolved.url


def _is_sibling(url: str, target: str, profile: Profile) -> bool:
    """Say whether a "next page" whose number cannot be read lies beside the list, in a file of its kind."""
    if step(target, url) is not None:
        return False  # back to the first page
    folder, _, extension = file_parts(url)
    there_folder, name, there_extension = file_parts(target)
    if target == profile.home or not (name or "?" in target):
        return False
    return folder == there_folder and (extension == there_extension or not extension)


def _by_script(doc: Document, pager: Pager, url: str) -> _Found | None:
    call = page_call(doc, pager.scripts, url, pager.first)
    if call is None or call.current + 1 >= call.total:
        return None
    return _Found(file_parts(url)[0] + call.name(call.current + 1), call.current + 2)


def _by_template(pager: Pager, url: str, channel: Channel | None) -> _Found | None:
    """Follow the profile's template; only for its channels, since the first page's name must be known."""
    if pager.url is None or channel is None:
        return None
    folder, stem, extension = file_parts(channel.url)
    known = {"{stem}": stem or "index", "{ext}": extension or "html"}
    name = pager.url
    for mark, value in known.items():
        name = name.replace(mark, value)
    here = 1
    if url != channel.url:
        head, _, tail = name.partition("{n}")
        number = url.removeprefix(folder + head).removesuffix(tail)
        if not number.isdecimal() or len(number) > 6:
            return None
        here = int(number) - pager.first + 2
    return _Found(folder + name.replace("{n}", str(here - 1 + pager.first)), here + 1)
