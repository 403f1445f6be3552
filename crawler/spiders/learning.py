"""Learning which parameters of addresses say nothing, from pages that were read under several of their values.

What a page said is kept for all workers, for some days, under its address without the parameters in question. Who reads
it under another value compares (:mod:`crawler.dedup.variations`).
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec
from pymongo.errors import PyMongoError

from crawler.context.questions import Question, ask, questions_of
from crawler.dedup.variations import REFUTED, PageDigest, Variation, agreement, compare, is_idle
from crawler.items import LearntParameters
from crawler.portals.addresses import article_url
from crawler.portals.parameters import file_kind, parameter_names
from crawler.urls.canonical import without_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.context import CrawlContext
    from crawler.discovery import Link
    from crawler.frontier.client import FrontierClient
    from crawler.items import Article
    from crawler.portals import Profile

__all__ = ["ParameterLearner"]

logger = logging.getLogger(__name__)

_ALONE: Final = 300
"""Pages of a place that were compared with nothing: its parameters belong to the page, as far as this run goes."""

_MOST_OF_ARTICLE: Final = 40
_MOST_OF_LIST: Final = 1000
"""Variations of one address that are read in a run: a list may be a program with a thousand lists in its query."""

_TOLD_BY_FILE = re.compile(r"/[^/]*[0-9]{4,}[^/]*\.[sx]?html?\Z", re.IGNORECASE)

_VAGUE: Final = 40
"""Comparisons of a place that did not tell: it says something else at every look."""


class ParameterLearner:
    """Told of every page that was read; asks nobody about those whose addresses leave no question."""

    def __init__(self, context: CrawlContext[FrontierClient]) -> None:
        self._context = context
        self._gate = context.gate
        self._alone: Counter[str] = Counter()
        self._vague: Counter[str] = Counter()
        self._open: dict[tuple[str, frozenset[str]], set[frozenset[str]]] = {}

    async def article(self, portal: str, url: str, article: Article) -> None:
        """Learn from an article that was read at ``url``."""
        if not self._context.rules.is_open:
            return
        if _TOLD_BY_FILE.search(url.partition("?")[0]):  # not by the query
            await self._count_variation(portal, url, _MOST_OF_ARTICLE)
        if questions := self._questions(url, self._context.profiles[portal]):
            digest = PageDigest.of_article(article.title, article.text)
            await self._compare(portal, url, questions, lambda _: digest)

    async def listing(self, portal: str, url: str, own: Sequence[Link], *, page: int = 1) -> None:
        """Learn from a list's ``page`` that was read at ``url``, with these entries of its own."""
        if not self._context.rules.is_open:
            return
        if page == 1:
            await self._count_variation(portal, url, _MOST_OF_LIST)
        if not own:
            return
        profile = self._context.profiles[portal]
        if questions := self._questions(url, profile):

            def digest(names: frozenset[str]) -> PageDigest:
                urls = (article_url(link.url, profile) for link in own)
                return PageDigest.of_list(without_parameters(entry, names) for entry in urls)

            await self._compare(portal, url, questions, digest)

    async def _count_variation(self, portal: str, url: str, most: int) -> None:
        """Count a variation that was read, over all workers of the run; behind the last one the address is shut."""
        frontier, (path, mark, _) = self._context.frontier, url.partition("?")
        if mark and path not in self._gate.crowded:
            count = await frontier.variations.count(portal, frontier.runs.get(portal, 0), path)
            if count >= most and path not in self._gate.crowded:
                self._gate.crowded.add(path)
                logger.info(
                    "%s: %d variations of %s were read: no more are followed in this run", portal, count, path
                )

    def _questions(self, url: str, profile: Profile) -> list[Question]:
        """Return what a page may answer: of its own parameters, and of those that others of its kind have."""
        canonical = article_url(url, profile)
        found = {question.names: question for question in questions_of(canonical, profile.keep_parameters)}
        for question in found.values():
            self._open.setdefault((question.place, question.others), set()).add(question.names)
        for names in self._open.get((file_kind(canonical), parameter_names(canonical)), ()):
            found.setdefault(names, ask(canonical, names))
        return [question for question in found.values() if question.about not in self._gate.answered]

    async def _compare(
        self,
        portal: str,
        url: str,
        questions: Iterable[Question],
        digest: Callable[[frozenset[str]], PageDigest],
    ) -> None:
        frontier, rules = self._context.frontier, self._context.rules
        asked = {f"{question.about} {question.base}": question for question in questions}
        mine = {name: Variation.of(entry.values, digest(entry.names)) for name, entry in asked.items()}
        records = {name: _ENCODER.encode(variation) for name, variation in mine.items()}
        found, learnt = await frontier.variations.first(portal, records)
        try:
            if await rules.keep_up(learnt):
                return
        except PyMongoError as error:
            logger.debug("what others have learnt is read later: %s", error)
        for (name, question), record in zip(asked.items(), found, strict=False):
            earlier = _decoded(record)
            if earlier is None or earlier.value == mine[name].value:
                self._count(self._alone, question, _ALONE)
                continue
            self._alone.pop(question.about, None)
            verdict = compare(earlier.digest, mine[name].digest)
            if verdict is None:
                self._count(self._vague, question, _VAGUE)
            else:
                evidence = REFUTED if verdict == "other" else agreement(earlier, mine[name])
                await self._conclude(portal, url, question, evidence, is_list=not mine[name].digest.title)
            self._gate.judged(question.about)

    def _count(self, counter: Counter[str], question: Question, most: int) -> None:
        """Give a question up, for this run, that so many pages have not answered."""
        counter[question.about] += 1
        if counter[question.about] >= most:
            self._gate.answer(question.about)

    async def _conclude(
        self, portal: str, url: str, question: Question, evidence: str, *, is_list: bool
    ) -> None:
        """Weigh all evidence, and learn of it."""
        everything = await self._context.frontier.variations.note(portal, question.about, evidence)
        if REFUTED in everything:
            self._gate.answer(question.about)
            return
        rules = self._context.rules
        is_known = (is_list or question.is_numbered) and any(
            question.names <= frozenset(entry.names) for entry in rules.holds_of(question.host)
        )
        if not is_idle(everything, is_list=is_list, is_known=is_known):
            return
        found = LearntParameters(
            place=question.place,
            others=tuple(sorted(question.others)),
            names=tuple(sorted(question.names)),
            portal=portal,
            example=url[:500],
            at=self._context.frontier.clock.now(),
        )
        if not self._gate.hold(question.about):
            return
        try:
            is_first = await rules.learn(found)
        except PyMongoError as error:
            logger.debug("%s is not learnt in this run: %s", found.id, error)
            return
        finally:
            self._gate.answer(question.about)
        if is_first:
            await self._context.frontier.variations.publish(portal, [found.id])
            self._context.counters.add("learnt/parameters", portal=portal)
            logger.warning(
                "%s: what the address says in %s never changes the page (%s): pages are told apart without it from now "
                "on; keep_parameters of the profile says otherwise",
                portal, ", ".join(f"{name}=" if name else "a query without a name" for name in found.names), url[:200],
            )  # fmt: skip


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Variation)


def _decoded(record: bytes) -> Variation | None:
    try:
        return _DECODER.decode(record)
    except msgspec.DecodeError:
        return None
