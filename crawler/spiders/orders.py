"""Whom a crawl concerns: the portals and channels that the arguments name."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from crawler.errors import UsageError
from crawler.portals import load_profile, load_profiles
from crawler.spiders.arguments import CrawlArguments
from crawler.urls import is_reserved_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crawler.errors import ProfileError
    from crawler.portals import Channel, Profile

__all__ = ["PortalOrders"]


@dataclass(frozen=True, slots=True)
class PortalOrders:
    """The arguments of a portal crawl, and the profiles they stand for, in order.

    ``left_out`` says what is wrong with profiles that ``all`` or a tag may have meant and that cannot be used.
    """

    arguments: CrawlArguments
    profiles: Mapping[str, Profile]
    left_out: tuple[ProfileError, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, str], folders: Sequence[str | Path] = ()) -> PortalOrders:
        """Read spider arguments (strings) and the profiles in ``folders`` (PORTALS_DIR) and the bundled ones.

        Raises:
            UsageError: an argument, a portal or a channel that there is not.
            ProfileError: a profile that is asked for by its name and cannot be used, or all cannot.
        """
        arguments = CrawlArguments.read(given)
        orders = cls(arguments, *_select(arguments.portals, folders))
        orders._check_channels()
        return orders

    def channels(self, profile: Profile) -> tuple[Channel, ...]:
        """The channels of a portal to be crawled: the enabled ones, or those that were named."""
        wanted = self.arguments.channels
        if not wanted:
            return tuple(channel for channel in profile.channels if channel.enabled)
        return tuple(channel for channel in profile.channels if _is_one_of(channel, wanted))

    def _check_channels(self) -> None:
        known = [channel for profile in self.profiles.values() for channel in profile.channels]
        for word in self.arguments.channels:
            if not any(_is_one_of(channel, (word,)) for channel in known):
                names = [channel.name or channel.id for channel in known]
                near = get_close_matches(word, names, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names[:20]) or 'none'}"
                raise UsageError(f"unknown channel {word!r} of {', '.join(self.profiles)}; {hint}")


def _is_one_of(channel: Channel, words: Sequence[str]) -> bool:
    return any(word in (channel.id, channel.name, channel.url) for word in words)


def _select(
    words: Sequence[str], folders: Sequence[str | Path]
) -> tuple[dict[str, Profile], tuple[ProfileError, ...]]:
    """What ``NAME``, ``all`` and ``@key=value`` stand for, each portal once.

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
        if not found and word != "all":
            raise UsageError(f"{word}: no portal has this tag; see the tags with: scrapy portals")
        chosen.update(found)
    return chosen, tuple(broken.values())


def _tagged(word: str, profiles: Mapping[str, Profile]) -> dict[str, Profile]:
    key, equals, value = word[1:].partition("=")
    if not equals:
        raise UsageError(f"{word}: a tag is written @key=value")
    return {name: profile for name, profile in profiles.items() if profile.tags.get(key) == value}
