"""Which portals a crawl concerns: the profiles that its scope names."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from crawler.context.scope import CrawlScope, is_named
from crawler.errors import UsageError
from crawler.portals import load_profile, load_profiles
from crawler.urls import is_reserved_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crawler.errors import ProfileError
    from crawler.portals import Profile

__all__ = ["PortalSelection"]


@dataclass(frozen=True, slots=True)
class PortalSelection:
    """The scope of a portal crawl, and the profiles that it names, in order.

    ``left_out`` says what is wrong with profiles that ``all`` or a tag may have meant and that cannot be used.
    """

    scope: CrawlScope
    profiles: Mapping[str, Profile]
    left_out: tuple[ProfileError, ...] = ()

    @classmethod
    def read(cls, arguments: Mapping[str, str], folders: Sequence[str | Path] = ()) -> PortalSelection:
        """Read spider arguments, and the profiles in ``folders`` (PORTALS_DIR) and the bundled ones.

        Raises:
            UsageError: an argument, a portal or a channel that there is not.
            ProfileError: a profile that is asked for by its name and cannot be used, or all cannot.
        """
        scope = CrawlScope.read(arguments)
        profiles, left_out = _select(scope.portals, folders)
        _check_channels(scope, profiles)
        return cls(scope, profiles, left_out)


def _check_channels(scope: CrawlScope, profiles: Mapping[str, Profile]) -> None:
    """Raise UsageError for a name that no channel of these portals has."""
    channels = [channel for profile in profiles.values() for channel in profile.channels]
    for word in scope.channels:
        if not any(is_named(channel, (word,)) for channel in channels):
            names = [channel.name or channel.id for channel in channels]
            near = get_close_matches(word, names, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names[:20]) or 'none'}"
            raise UsageError(f"unknown channel {word!r} of {', '.join(profiles)}; {hint}")


def _select(
    words: Sequence[str], folders: Sequence[str | Path]
) -> tuple[dict[str, Profile], tuple[ProfileError, ...]]:
    """Return what ``NAME``, ``all`` and ``@key=value`` stand for, each portal once, and what cannot be used.

    The sample portal, for which nothing answers but the server that comes with it, is crawled by its name only.
    """
    chosen: dict[str, Profile] = {}
    sound: dict[str, Profile] = {}
    broken: dict[str, ProfileError] = {}
    if any(word == "all" or word.startswith("@") for word in words):
        sound, broken = load_profiles(folders)
    for word in words:
        if word == "all":
            found = {
                name: profile
                for name, profile in sound.items()
                if not all(map(is_reserved_name, profile.domains))
            }
        elif word.startswith("@"):
            found = _tagged(word, sound)
        else:
            found = {word: load_profile(word, folders)}
        if not found and broken:
            raise next(iter(broken.values()))
        if not found and word == "all":
            raise UsageError(
                "all: there is no portal but those of reserved names (the sample portal), which are crawled by their "
                "names only; name one, or add profiles with PORTALS_DIR"
            )
        if not found:
            raise UsageError(f"{word}: no portal has this tag; see the tags with: scrapy portals")
        chosen.update(found)
    return chosen, tuple(broken.values())


def _tagged(word: str, profiles: Mapping[str, Profile]) -> dict[str, Profile]:
    key, equals, value = word[1:].partition("=")
    if not equals:
        raise UsageError(f"{word}: a tag is written @key=value")
    return {name: profile for name, profile in profiles.items() if profile.tags.get(key) == value}
