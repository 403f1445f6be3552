"""``scrapy portals [NAME]``: which portals there are, and what a profile comes to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from pymongo.errors import PyMongoError
from scrapy.commands import ScrapyCommand

from crawler import stack
from crawler.commands.base import ProjectCommand, say, show, write_utf8
from crawler.errors import CrawlerError, UsageError
from crawler.portals import list_profiles, load_profile
from crawler.portals.addresses import in_portal
from crawler.portals.writing import as_toml
from crawler.storage import ParameterStore, connect

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from crawler.items import LearntParameters
    from crawler.portals import Profile

__all__ = ["Command"]

_HEADER = ("NAME", "TITLE", "FAMILY", "CHANNELS", "RATE", "TAGS")


class Command(ProjectCommand, ScrapyCommand):
    """Lists the portals, bundled and of PORTALS_DIR; with a name, prints the resolved profile as TOML.

    Every profile that is shown is validated. What is wrong with one is a line on stderr, and exit code 2.
    """

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[NAME]"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "List the portals, or print and validate a portal's resolved profile"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "Without a name: one line a portal. With a name: its profile with everything that its families "
            "give it, as TOML, and as comments what crawls have learnt of its addresses. Profiles are found in the "
            "folders of PORTALS_DIR and in the package."
        )

    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:  # noqa: ARG002
        """List, or print."""
        folders = self.configured().getlist("PORTALS_DIR")
        match args:
            case []:
                return _list(folders)
            case [name]:
                profile = load_profile(name, folders)
                head = f"# {profile.file}, rules {profile.hash}, with {', '.join(profile.families)}"
                write_utf8(f"{head}\n{as_toml(profile)}")  # what TOML is, whatever the terminal
                write_utf8("".join(f"# {line}\n" for line in self._learnt(profile)))
                return 0
            case _:
                raise UsageError("scrapy portals takes one name, or none")

    def _learnt(self, profile: Profile) -> list[str]:
        """Return what crawls have learnt of the portal's addresses, a line each; nothing where no MongoDB answers."""
        uri = self.configured()["MONGO_URI"]
        if not uri:
            state = stack.status(self.data_dir())[1]
            uri = state.url or "" if state.answers else ""
        if not uri:
            return []
        try:
            learnt = asyncio.run(_load(uri, self.configured()["MONGO_DATABASE"]))
        except (CrawlerError, PyMongoError) as error:
            say(f"what was learnt of its addresses is not known: {error}")
            return []
        return [_line(entry, profile) for entry in learnt if in_portal(entry.host, profile)]


async def _load(uri: str, database: str) -> Sequence[LearntParameters]:
    client = await connect(uri, patience=2.0)
    try:
        return await ParameterStore(client[database], lambda: datetime.now(UTC)).load()
    finally:
        await client.close()


def _line(entry: LearntParameters, profile: Profile) -> str:
    names = ", ".join(name or '""' for name in entry.names)
    beside = f" beside {', '.join(entry.others)}" if entry.others else ""
    kept = " (kept: keep_parameters)" if profile.keep_parameters & set(entry.names) else ""
    return f"learnt {entry.at:%Y-%m-%d}: {names} says nothing at {entry.place}{beside}{kept}; as in {entry.example}"


def _list(folders: list[str]) -> int:
    rows: list[tuple[str, ...]] = [_HEADER]
    code = 0
    for name in list_profiles(folders):
        try:
            rows.append(_row(load_profile(name, folders)))
        except CrawlerError as error:
            say(f"error: {error}")
            code = error.exit_code
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        show("  ".join(cells).rstrip())
    return code


def _row(profile: Profile) -> tuple[str, ...]:
    enabled = sum(channel.enabled for channel in profile.channels)
    total = len(profile.channels)
    return (
        profile.name,
        profile.title,
        " ".join(name for name in profile.families if name != "generic") or "-",
        str(total) if enabled == total else f"{enabled} of {total}",
        f"{profile.rate:g}/s" if profile.rate else "no limit",
        " ".join(f"{key}={value}" for key, value in profile.tags.items()),
    )


def _width(text: str) -> int:
    """Return the columns on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
