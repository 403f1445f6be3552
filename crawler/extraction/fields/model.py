"""What a field of an article is: a name, and the finders that are asked for it in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from crawler.extraction.page.rule_switch import RuleSwitch

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.extraction.fields.page import Page

__all__ = ["FINDERS", "Field", "Finding", "is_on"]

T = TypeVar("T")

FINDERS: Final = RuleSwitch()
"""The finders of all fields, as ``published: in_head``."""


def is_on(field: str, finder: Callable[..., object]) -> bool:
    """Tell whether a finder of a field is not switched off."""
    return not FINDERS.off or FINDERS.is_on(f"{field}: {finder.__name__}")


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """A value, and where on the page it was found: what ``extraction.from`` says (nothing where it is empty)."""

    value: T
    origin: str


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """An attribute of :class:`~crawler.items.Article`, and its finders: the first that finds something is believed.

    A finder is a function of the page with a docstring; ``field: function`` is its name. ``complete`` is given the
    page, what was found and the finder, and may make more of it.
    """

    name: str
    finders: tuple[Callable[[Page], Finding[T] | None], ...]
    complete: Callable[[Page, Finding[T], Callable[[Page], Finding[T] | None]], Finding[T]] | None = None

    def find(self, page: Page) -> Finding[T] | None:
        """Ask the finders in order."""
        finders = [f for f in self.finders if is_on(self.name, f)] if FINDERS.off else self.finders
        for finder in finders:
            if (finding := finder(page)) is not None:
                return self.complete(page, finding, finder) if self.complete else finding
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the finders, by which one is switched off."""
        return tuple(f"{self.name}: {finder.__name__}" for finder in self.finders)
