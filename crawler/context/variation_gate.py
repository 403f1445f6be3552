"""Where variations of one address wait until it is known whether they are one page.

The first of them is asked for at once. Of the next, three of a place are under way at a time; the others wait, some
seconds at most, for what these come to.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from time import monotonic
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.context.questions import Question

__all__ = ["VariationGate"]

_AT_A_TIME: Final = 3
_PATIENCE_S: Final = 5.0
_MOST_KNOWN: Final = 50_000


class VariationGate:
    """One worker's. ``answered`` are the questions (``Question.about``) that nobody need wait for.

    ``crowded`` are addresses without their query of which so many variations were read, by all workers in this run,
    that no more are followed.
    """

    def __init__(self) -> None:
        self.answered: set[str] = set()
        self.crowded: set[str] = set()
        self._first: dict[str, tuple[str, ...]] = {}
        self._under_way: defaultdict[str, list[float]] = defaultdict(list)
        self._held: set[str] = set()
        self._changed = asyncio.Event()

    async def pass_through(self, questions: Iterable[Question]) -> bool:
        """Wait where others like this are under way; say whether that took any time."""
        waited = False
        until = monotonic() + _PATIENCE_S
        for question in questions:
            if not question.is_pressing or not self._is_another(question):
                continue
            while question.about not in self.answered and self._is_full(question.about):
                waited = True
                left = until - monotonic()
                if left <= 0:
                    break
                try:
                    await asyncio.wait_for(self._changed.wait(), left)
                except TimeoutError:
                    break
            if question.about not in self.answered:
                self._under_way[question.about].append(monotonic())
        return waited

    def is_shut(self, url: str) -> bool:
        """Say whether a URL is one more variation of an address that has too many."""
        return bool(self.crowded) and "?" in url and url.partition("?")[0] in self.crowded

    def judged(self, about: str) -> None:
        """Note that one of them was read."""
        if self._under_way.get(about):
            self._under_way[about].pop(0)
        self._change()

    def hold(self, about: str) -> bool:
        """Let none pass: the answer is there, and is being written down. False where it was so before."""
        if about in self._held or about in self.answered:
            return False
        self._held.add(about)
        return True

    def answer(self, about: str) -> None:
        """Let all pass."""
        self.answered.add(about)
        self._held.discard(about)
        self._under_way.pop(about, None)
        self._change()

    def _is_another(self, question: Question) -> bool:
        """Say whether this is another variation of an address that was asked for."""
        if len(self._first) > _MOST_KNOWN:
            self._first.clear()
        return self._first.setdefault(f"{question.about} {question.base}", question.values) != question.values

    def _is_full(self, about: str) -> bool:
        since = monotonic() - _PATIENCE_S
        waiting = self._under_way[about] = [began for began in self._under_way[about] if began > since]
        return about in self._held or len(waiting) >= _AT_A_TIME

    def _change(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
