"""How a profile's rules lie over those of its families.

A *layer* is one file. The profile's is on top, its families' follow in the order in which it names them.
There are three ways to combine (docs/profiles.md says which key does which):

- **one value**: that of the topmost layer which has one;
- **tried in order** (sources, selectors, cut-outs): the profile's, then the families'. An empty list
  switches the families' off, and so does a last source ``const:``, which stops the search;
- **a set of rules** (patterns on URLs and texts, rewrites): the profile's instead of the families'; the entry
  ``...`` stands for the families' rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from crawler.errors import ProfileError
from crawler.portals.patterns import compile_pattern
from crawler.portals.rewrites import parse_rewrite
from crawler.portals.sources import check_css, parse_source

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from crawler.portals.model import ListType, Rewrite, Source
    from crawler.portals.schema import PortalTable

__all__ = ["JSON_TYPES", "Layer", "Layers", "as_list", "attempt"]

T = TypeVar("T")

JSON_TYPES: Final = ("json", "jsonp")
_FAMILIES: Final = "..."
_OF_ANY_LIST: Final = ("list.type", "list.urls")


@dataclass(frozen=True, slots=True)
class Layer:
    """One file: its name for messages, and its tables."""

    file: str
    table: PortalTable


class _Given(NamedTuple):
    """A key's value in one layer, and where it stands there."""

    depth: int
    layer: Layer
    place: str
    value: Any


class Layers:
    """All layers of a portal, and what a key comes to.

    A key is dotted (``list.pager.next``). ``top`` replaces the profile's own ``list`` table, for a channel
    that has one of its own. All methods raise :class:`ProfileError` with file and key of what is wrong.
    """

    def __init__(
        self,
        profile: Layer,
        families: Sequence[Layer],
        family_names: Sequence[str],
        *,
        top: tuple[str, Any] | None = None,
    ) -> None:
        self.profile = profile
        self.families = families
        self.family_names = family_names
        self._top = top

    def one(self, key: str, default: Any = None) -> Any:
        """Return the value of the topmost layer that has the key."""
        given = self._given(key)
        return given[0].value if given else default

    def table(self, key: str) -> dict[str, str]:
        """Return a table of texts, with the keys of all layers; those on top win."""
        merged: dict[str, str] = {}
        for given in reversed(self._given(key)):
            merged.update(given.value)
        return merged

    def sources(self, key: str, parse: Callable[[str], Source] = parse_source) -> tuple[Source, ...]:
        """Return sources, tried in order."""
        return self.in_order(key, parse, _stops)

    def selectors(self, key: str) -> tuple[str, ...]:
        """Return CSS selectors, in order."""
        return self.in_order(key, check_css)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return a set of regular expressions."""
        return self._set(key, compile_pattern)

    def rewrites(self, key: str) -> tuple[Rewrite, ...]:
        """Return rewriting rules, applied in order."""
        return self._set(key, parse_rewrite)

    def keys(self, key: str) -> tuple[str, ...]:
        """Return the keys that a table has in any layer."""
        return tuple(dict.fromkeys(name for given in self._given(key) for name in given.value))

    def named_families(self) -> tuple[tuple[str, Layer], ...]:
        """Return the families' layers with their names."""
        return tuple(zip(self.family_names, self.families, strict=True))

    @property
    def list_type(self) -> ListType:
        """What the list is: the type that the topmost layer names."""
        kind: ListType = self.one("list.type", "html")
        return kind

    def fail(self, key: str, reason: str) -> ProfileError:
        """Return an error that names the file and place of the topmost layer with the key, else the profile's."""
        given = self._given(key)
        if given:
            return ProfileError(given[0].layer.file, given[0].place, reason)
        own = self._top is not None and key.startswith("list.")
        return ProfileError(self.profile.file, f"{self._top[0]}.{key}" if own and self._top else key, reason)

    def refuse(self, keys: Iterable[str], reason: str) -> None:
        """Raise ProfileError where one of the keys is given."""
        for key in keys:
            if self._given(key):
                raise self.fail(key, reason)

    def depth(self, key: str) -> int | None:
        """Return the number of the topmost layer with the key, from 0; None where none has it."""
        given = self._given(key)
        return given[0].depth if given else None

    def _given(self, key: str) -> list[_Given]:
        """Return what the layers have for the key, from the top.

        A key of a list counts only in tables for lists of its kind. A table of the portal that names no type is of
        the kind of the lists below it, a family's is for pages.
        """
        kind = _kind(self.list_type) if key.startswith("list.") and key not in _OF_ANY_LIST else None
        out: list[_Given] = []
        if self._top is not None:
            place, table = self._top
            value = _get(table, key.partition(".")[2])
            if value is not None:
                out.append(_Given(0, self.profile, f"{place}.{key}", value))
        for depth, layer in enumerate((self.profile, *self.families), start=1):
            value = _get(layer.table, key)
            if value is not None and (kind is None or kind == self._kind_of(layer)):
                out.append(_Given(depth, layer, key, value))
        return out

    def _kind_of(self, layer: Layer) -> str:
        below = self.families if layer is self.profile else ()
        types = (_get(found.table, "list.type") for found in (layer, *below))
        return _kind(next(filter(None, types), None))

    def in_order(
        self, key: str, parse: Callable[[str], T], stops: Callable[[T], bool] | None = None
    ) -> tuple[T, ...]:
        """Return parsed texts, tried in order; ``stops`` says which last one ends the search."""
        found: dict[T, None] = {}
        for _, layer, place, value in self._given(key):
            texts = as_list(value)
            parsed = [attempt(parse, text, layer.file, place) for text in texts]
            if stops is not None and parsed and stops(parsed[-1]):
                found.update(dict.fromkeys(parsed[:-1]))
                break
            found.update(dict.fromkeys(parsed))
            if not texts:
                break
        return tuple(found)

    def _set(self, key: str, parse: Callable[[str], T]) -> tuple[T, ...]:
        """Add up the families' rules; a layer above them replaces or includes what is below."""
        below: list[T] = []
        for _, layer, place, value in reversed(self._given(key)):
            own: list[T] = []
            family = layer is not self.profile
            for text in as_list(value):
                if text == _FAMILIES and not family:
                    own.extend(below)
                else:
                    own.append(attempt(parse, text, layer.file, place))
            below = own + below if family else own
        return tuple(dict.fromkeys(below))


def as_list(value: str | list[str]) -> list[str]:
    """Return one text or several, as several."""
    return [value] if isinstance(value, str) else value


def attempt(parse: Callable[[str], T], text: str, file: str, key: str) -> T:
    """Return the parsed text; a ValueError becomes a ProfileError of this file and key."""
    try:
        return parse(text)
    except ValueError as error:
        raise ProfileError(file, key, str(error)) from error


def _get(table: Any, key: str) -> Any:
    """Return a dotted key of nested tables; None where it is not given."""
    for name in key.split("."):
        if table is None:
            return None
        table = table.get(name) if isinstance(table, dict) else getattr(table, name, None)
    return table


def _kind(list_type: str | None) -> str:
    """Return what a list's rules look into: JSON by paths, whatever it is wrapped in, else what the type says."""
    return "json" if list_type in JSON_TYPES else list_type or "html"


def _stops(source: Source) -> bool:
    return source.kind == "const" and not source.expression
