"""Rules that can be switched off by name, so that how much hangs on each can be measured."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RuleSwitch"]


class RuleSwitch:
    """The names of the rules of one table that are switched off: none, but for an experiment."""

    __slots__ = ("off",)

    def __init__(self) -> None:
        self.off: set[str] = set()

    def is_on(self, name: str) -> bool:
        """Tell whether the rule of this name applies."""
        return name not in self.off

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Switch the rule of this name off."""
        self.off.add(name)
        try:
            yield
        finally:
            self.off.discard(name)
