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

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from crawler.errors import ProfileError
from crawler.portals.model import Rewrite, Source
from crawler.portals.patterns import compile_pattern
from crawler.portals.sources import check_css, parse_source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.portals.schema import PortalTable

__all__ = ["Layer", "Layers", "as_list", "attempt", "parse_rewrite"]

T = TypeVar("T")

_FAMILIES: Final = "..."
_REFERENCE = re.compile(r"\\(?:(\d+)|g<(\w+)>)")


@dataclass(frozen=True, slots=True)
class Layer:
    """One file: its name for messages, and its tables."""

    file: str
    table: PortalTable


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
        """The value of the topmost layer that has the key."""
        given = self._given(key)
        return given[0][2] if given else default

    def table(self, key: str) -> dict[str, str]:
        """A table of texts, with the keys of all layers; those on top win."""
        merged: dict[str, str] = {}
        for _, _, value in reversed(self._given(key)):
            merged.update(value)
        return merged

    def sources(self, key: str) -> tuple[Source, ...]:
        """Sources, tried in order."""
        return self._in_order(key, parse_source, _stops)

    def selectors(self, key: str) -> tuple[str, ...]:
        """CSS selectors, in order."""
        return self._in_order(key, check_css)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """A set of regular expressions."""
        return self._set(key, compile_pattern)

    def rewrites(self, key: str) -> tuple[Rewrite, ...]:
        """Rewriting rules, applied in order."""
        return self._set(key, parse_rewrite)

    def keys(self, key: str) -> tuple[str, ...]:
        """The keys that a table has in any layer."""
        return tuple(dict.fromkeys(name for _, _, value in self._given(key) for name in value))

    def own_lists(self) -> tuple[tuple[str, Any], ...]:
        """The ``list`` tables of the profile itself with their places: the channel's, then the portal's."""
        own = self.profile.table.list
        top = [] if self._top is None else [(f"{self._top[0]}.list", self._top[1])]
        return (*top, *([("list", own)] if own is not None else []))

    def named_families(self) -> tuple[tuple[str, Layer], ...]:
        """The families' layers with their names."""
        return tuple(zip(self.family_names, self.families, strict=True))

    def fail(self, key: str, reason: str) -> ProfileError:
        """An error of the profile's own file."""
        return ProfileError(self.profile.file, key, reason)

    def _given(self, key: str) -> list[tuple[Layer, str, Any]]:
        """The layers that have the key, from the top: layer, where the key stands in it, value."""
        out: list[tuple[Layer, str, Any]] = []
        if self._top is not None:
            place, table = self._top
            value = _get(table, key.partition(".")[2])
            if value is not None:
                out.append((self.profile, f"{place}.{key}", value))
        for layer in (self.profile, *self.families):
            value = _get(layer.table, key)
            if value is not None:
                out.append((layer, key, value))
        return out

    def _in_order(
        self, key: str, parse: Callable[[str], T], stops: Callable[[T], bool] | None = None
    ) -> tuple[T, ...]:
        found: dict[T, None] = {}
        for layer, place, value in self._given(key):
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
        """The families' rules are added up; a layer above them replaces or includes what is below."""
        below: list[T] = []
        for layer, place, value in reversed(self._given(key)):
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
    """One text or several, as several."""
    return [value] if isinstance(value, str) else value


def attempt(parse: Callable[[str], T], text: str, file: str, key: str) -> T:
    """The parsed text; a ValueError becomes a ProfileError of this file and key."""
    try:
        return parse(text)
    except ValueError as error:
        raise ProfileError(file, key, str(error)) from error


def parse_rewrite(text: str) -> Rewrite:
    r"""A rule ``s|PATTERN|REPLACEMENT|``; any punctuation may stand for ``|``, ``\1`` for a group.

    Raises:
        ValueError: it is none, the pattern is bad or the replacement names a group that is not there.
    """
    parts = text[1:].split(text[1]) if len(text) > 1 and text[0] == "s" and not text[1].isalnum() else []
    if len(parts) != 4 or parts[0] or parts[3] or not parts[1]:
        raise ValueError(f"{text!r} is no rewriting rule; expected s|PATTERN|REPLACEMENT|")
    pattern = compile_pattern(parts[1])
    for number, name in _REFERENCE.findall(parts[2]):
        if (number and int(number) > pattern.groups) or (name and name not in pattern.groupindex):
            raise ValueError(f"{text!r}: the pattern has no group {number or name}")
    if "\\" in _REFERENCE.sub("", parts[2]):
        raise ValueError(f"{text!r}: a replacement knows only \\1 and \\g<name>")
    return Rewrite(pattern, parts[2])


def _get(table: Any, key: str) -> Any:
    """A dotted key of nested tables; None where it is not given."""
    for name in key.split("."):
        if table is None:
            return None
        table = table.get(name) if isinstance(table, dict) else getattr(table, name)
    return table


def _stops(source: Source) -> bool:
    return source.kind == "const" and not source.expression
