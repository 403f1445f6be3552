"""Which parameters of an address may say nothing: what is asked of a page that is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crawler.dedup.variations import is_drawn
from crawler.discovery.page_numbers import is_number_name
from crawler.portals.parameters import file_kind, parameter_names
from crawler.urls.canonical import parameter_name, without_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Question", "ask", "questions_of"]

_MOST_NAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Question:
    """Whether ``names`` say nothing at ``place`` beside ``others``: asked of a page that is ``base`` without them.

    ``values`` are those of ``names`` that the page has.
    """

    place: str
    others: frozenset[str]
    names: frozenset[str]
    base: str
    values: tuple[str, ...]

    @property
    def about(self) -> str:
        """What is the same for all pages that may answer it."""
        return f"{self.place}?{'&'.join(sorted(self.others))} {' '.join(sorted(self.names))}"

    @property
    def host(self) -> str:
        """The host, without port."""
        host = self.place.partition("/")[0]
        return host.rpartition(":")[0] or host

    @property
    def is_numbered(self) -> bool:
        """Whether pages of this place are told apart by their path."""
        return "#" in self.place.partition("/")[2]

    @property
    def is_pressing(self) -> bool:
        """Whether the address looks like one of endlessly many: of such the next may wait for the answer."""
        return bool(self.values) and all(map(is_drawn, self.values))


def ask(canonical: str, names: frozenset[str]) -> Question:
    """Return the question whether these parameters of a canonical URL, as far as it has them, say nothing."""
    base = without_parameters(canonical, names)
    parts = [part for part in canonical.partition("?")[2].split("&") if part]
    values = tuple(_value(part) for part in parts if parameter_name(part) in names)
    return Question(file_kind(base), parameter_names(base), names, base, values)


def questions_of(canonical: str, kept: frozenset[str]) -> Iterator[Question]:
    """Yield what a canonical URL makes one ask: of each parameter, and of all together that look drawn.

    Of none whose name is one of ``kept``, or that of a page's number.
    """
    names = parameter_names(canonical)
    if not names or len(names) > _MOST_NAMES:
        return
    values = {parameter_name(part): _value(part) for part in canonical.partition("?")[2].split("&")}
    doubtful = {name for name in names - kept if not is_number_name(name)}
    asked = {frozenset({name}) for name in doubtful}
    if drawn := frozenset(name for name in doubtful if is_drawn(values[name])):
        asked.add(drawn)
    for some in asked:
        yield ask(canonical, some)


def _value(part: str) -> str:
    return part.partition("=")[2] if "=" in part else part
