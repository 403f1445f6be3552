"""The links of a pager, and which of them leads to the next page of the list that they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from crawler.discovery.page_numbers import Step, file_parts, is_page_one, step
from crawler.discovery.pager_words import is_next_word, is_pager_word, is_previous_word, page_number
from crawler.discovery.resolver import CALENDAR, Resolver
from crawler.portals.addresses import article_url, named_kind
from crawler.portals.page_kind import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.discovery.resolver import Resolved
    from crawler.parsing import Document
    from crawler.portals.model import Channel, Profile

__all__ = ["Candidate", "PagerLinks"]

_NUMBERED = re.compile(r"\d{1,6}(?:\.\w{2,6})?/?\Z|[?&]\w+=\d{1,6}(?:&|\Z)")


class Candidate(NamedTuple):
    """A link that may lead to the next page: its absolute URL as it stands in the page, and its text."""

    raw: str
    text: str


class _Target(NamedTuple):
    """Where a candidate leads; ``raw`` is its URL as it stands there, ``there`` the step, where the URLs show one."""

    raw: str
    url: str
    there: Step | None


@dataclass(slots=True)
class _Pager:
    """What a pager's links come to: targets by the numbers that they show, and those of 下一页 and 上一页."""

    numbers: dict[int, _Target] = field(default_factory=dict)
    following: list[_Target | None] = field(default_factory=list)
    previous: list[_Target] = field(default_factory=list)


class PagerLinks:
    """Judges the links of a pager on the list ``url``.

    What a profile calls a channel, the home page, an article and the way back are none of the list's pages.
    """

    def __init__(self, doc: Document, profile: Profile, url: str, channel: Channel | None) -> None:
        self._doc = doc
        self._profile = profile
        self._url = url
        self._is_first = channel is not None and article_url(channel.url, profile) == url
        self._resolve = Resolver(profile, doc.encoding).resolve

    def following(self, candidates: Iterable[Candidate]) -> tuple[tuple[str, int] | None, bool]:
        """Return the next page, its URL as it stands there and its number; and whether a 下一页 leads somewhere else.

        The number is 0 where the URL does not show it.
        """
        pager = self._read(candidates)
        down = self._counts_down(pager)
        astray = False
        for target in pager.following:
            if target is not None and (number := self._number_ahead(target, pager, down=down)) is not None:
                return (target.raw, number), False
            astray = True
        shown = self._shown_here(pager, down=down)
        chosen = pager.numbers.get(shown + 1)
        if chosen is not None and chosen.there is not None:
            return (chosen.raw, shown + 1 if down else chosen.there.there), False
        return None, astray

    def may_be_page(self, found: Resolved) -> bool:
        """Say whether a URL may be asked for as a page of this list: dated ones may, where the list is dated itself."""
        if not found.url:
            return False
        if found.cut == CALENDAR:
            return step(self._url, found.url) is not None
        return not found.cut

    def _read(self, candidates: Iterable[Candidate]) -> _Pager:
        pager = _Pager()
        for candidate in candidates:
            number = page_number(candidate.text)
            if is_next_word(candidate.text):
                pager.following.append(self._target(candidate))
            elif number is not None and (target := self._target(candidate)) is not None:
                pager.numbers.setdefault(number, target)
            elif is_previous_word(candidate.text) and (target := self._target(candidate)) is not None:
                pager.previous.append(target)
        return pager

    def _target(self, candidate: Candidate) -> _Target | None:
        """Return where a pager's link leads; None where it leads away from the list."""
        found = self._resolve(candidate.raw)
        if not self.may_be_page(found) or found.url == self._url:
            return None
        named = named_kind(found.url, self._profile)
        if named is PageKind.HOME:
            return None
        there = step(self._url, found.url)
        if found.kind not in {PageKind.CHANNEL, PageKind.OTHER} and there is None:
            return None
        if named is PageKind.CHANNEL:
            # page 1 of a list, perhaps this one's
            return None if step(found.url, self._url) is None else _Target(candidate.raw, found.url, None)
        if there is not None and there.here is not None and self._is_first and not is_page_one(self._url):
            return None  # node_176.htm is page 1 of a channel: node_177.htm is another
        return _Target(candidate.raw, found.url, there)

    def _counts_down(self, pager: _Pager) -> bool:
        """Say whether later pages have lower numbers: the numbers shown tell, else where 上一页 leads."""
        steps = sorted(
            (number, target.there.there)
            for number, target in pager.numbers.items()
            if target.there is not None
        )
        if len(steps) > 1 and steps[0][1] != steps[-1][1]:
            return steps[0][1] > steps[-1][1]
        for target in pager.previous:
            if target.there is not None and target.there.here is not None:
                return target.there.there > target.there.here
            back = step(target.url, self._url)
            if back is not None and back.here is None:
                return back.there > 2  # right behind page 1, and not page 2 by its name
        return False

    def _shown_here(self, pager: _Pager, *, down: bool) -> int:
        """Return the number that the pager would show for this page."""
        for number, target in pager.numbers.items():
            there = target.there
            if there is not None and there.here is not None:
                return number + (there.there - there.here) * (1 if down else -1)
        return 1

    def _number_ahead(self, target: _Target, pager: _Pager, *, down: bool) -> int | None:
        """Return the number of the page that a 下一页 leads to, if it is ahead; 0 where its URL does not show one."""
        there = target.there
        if there is not None:
            if there.here is None or there.there > there.here:
                return 0 if down else there.there
            return 0 if down and there.there < there.here else None
        if step(target.url, self._url) is not None:
            return None  # back to the first page
        return 0 if self._is_beside(target.url) or self._is_elsewhere(target.url, pager) else None

    def _is_beside(self, target: str) -> bool:
        """Say whether a "next page" whose number cannot be read lies beside the list, in a file of its kind."""
        folder, _, extension = file_parts(self._url)
        there_folder, name, there_extension = file_parts(target)
        if not (name or "?" in target):
            return False
        return folder == there_folder and (extension == there_extension or not extension)

    def _is_elsewhere(self, target: str, pager: _Pager) -> bool:
        """Say whether the list goes on in another folder.

        The pager's numbers lead there, too; or this is the first page, as far as the pager shows, and only the pager
        leads to that numbered URL.
        """
        if any(
            number > 1
            and (
                other.url == target
                or step(target, other.url) is not None
                or step(other.url, target) is not None
            )
            for number, other in pager.numbers.items()
        ):
            return True
        if pager.previous or _NUMBERED.search(target.partition("://")[2]) is None:
            return False
        return all(
            is_pager_word(node.text().strip())
            for node, _, raw in self._doc.links
            if self._resolve(raw).url == target
        )
