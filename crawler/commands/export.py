"""``scrapy export OUT``: articles out of MongoDB, as JSON lines, CSV or Parquet."""

from __future__ import annotations

import asyncio
from contextlib import closing
from difflib import get_close_matches
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from pymongo.errors import PyMongoError
from scrapy.commands import ScrapyCommand

from crawler.commands.base import ProjectCommand, say
from crawler.context.arguments import read_day
from crawler.errors import Unreachable, UsageError
from crawler.portals import load_profiles
from crawler.storage import connect
from crawler.storage.export.formats import Csv, Format, JsonLines
from crawler.storage.export.output import result_file
from crawler.storage.export.parquet import Parquet
from crawler.storage.outage import one_line
from crawler.storage.read.selection import Selection, read_articles, unlisted_channels

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import date
    from typing import BinaryIO

__all__ = ["Command"]

FORMATS: Final = ("jsonl", "csv", "parquet")


class Command(ProjectCommand, ScrapyCommand):
    """Streams the articles that the options select into one file, in an order that stays the same.

    The file is there whole or not at all; memory does not grow with the number of articles.
    """

    def syntax(self) -> str:
        """Return the arguments for the help."""
        return "[options] OUT.jsonl|OUT.csv|OUT.parquet|-"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Write articles from MongoDB to a file"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "Writes the articles of MONGO_DATABASE to OUT; its suffix says the format, - is stdout (JSON "
            "lines, or what --format says). Ordered by portal, time of publishing and _id."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the filters."""
        super().add_options(parser)
        group = parser.add_argument_group("Which articles")
        group.add_argument("--portal", action="append", default=[], metavar="NAME[,NAME]", help="of these")
        group.add_argument(
            "--channel",
            action="append",
            default=[],
            metavar="ID[,ID]",
            help="listed by one of these channels",
        )
        group.add_argument(
            "--tag", action="append", default=[], metavar="KEY=VALUE", help="with all of these tags"
        )
        group.add_argument("--since", metavar="DATE", help="published on this day (Beijing time) or later")
        group.add_argument("--until", metavar="DATE", help="published on this day or earlier")
        group.add_argument("--leaders", action="store_true", help="one article for each cluster of copies")
        group = parser.add_argument_group("How they are written")
        group.add_argument("--no-text", action="store_true", help="without text, text_raw and html")
        group.add_argument("--format", choices=FORMATS, help="instead of the one that OUT's suffix says")
        group.add_argument(
            "--bom", action="store_true", help="CSV for Excel: a byte order mark, and no formulas"
        )

    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Check everything, then export."""
        if len(args) != 1:
            raise UsageError(
                "scrapy export takes one file, OUT.jsonl, OUT.csv or OUT.parquet, or - for stdout"
            )
        suffix = PurePath(args[0]).suffix.lstrip(".").lower()
        kind = opts.format or ("jsonl" if args[0] == "-" else suffix)
        if kind not in FORMATS:
            raise UsageError(
                f"{args[0]}: the suffix says no format; use .jsonl, .csv or .parquet, or --format"
            )
        if opts.bom and kind != "csv":
            raise UsageError("--bom is for CSV")
        selection = Selection(
            portals=_words(opts.portal),
            channels=_words(opts.channel),
            tags=dict(_tag(word) for word in opts.tag),
            since=_day("--since", opts.since),
            until=_day("--until", opts.until),
            leaders=opts.leaders,
        )
        selection.query()
        if selection.since and selection.until and selection.since > selection.until:
            raise UsageError(f"--since {opts.since} lies after --until {opts.until}")
        uri = self.configured()["MONGO_URI"] or self.addresses().mongo_uri
        count = asyncio.run(self._export(uri, args[0], kind, selection, opts))
        say(
            f"exported {count:,} article{'' if count == 1 else 's'}"
            + ("" if args[0] == "-" else f" to {args[0]}")
        )
        return 0

    async def _export(
        self, uri: str, out: str, kind: str, selection: Selection, opts: argparse.Namespace
    ) -> int:
        client = await connect(uri, writes=False)
        count = 0
        try:
            database = client[self.configured()["MONGO_DATABASE"]]
            if foreign := await unlisted_channels(database, selection):
                self._must_be_in_a_profile(foreign, selection)
            with result_file(out) as file, closing(_format(kind, file, opts)) as lines:
                async for article in read_articles(database, selection, text=not opts.no_text):
                    lines.write(article)
                    count += 1
        except PyMongoError as error:
            raise Unreachable(
                f"MongoDB stopped answering: {one_line(error)}; nothing was exported"
            ) from error
        finally:
            await client.close()
        return count

    def _must_be_in_a_profile(self, channels: Sequence[str], selection: Selection) -> None:
        """Raise UsageError for a channel that no article has and no profile either: it is a slip of the pen."""
        profiles, _ = load_profiles(self.configured().getlist("PORTALS_DIR"))
        there = [
            channel
            for name, profile in profiles.items()
            if not selection.portals or name in selection.portals
            for channel in profile.channels
        ]
        known = [channel.id for channel in there]
        for word in channels:
            if word in known:
                continue
            called = [channel.id for channel in there if channel.name == word]
            near = called or get_close_matches(word, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UsageError(f"--channel {word}: no article and no profile has this channel{hint}")


def _format(kind: str, file: BinaryIO, opts: argparse.Namespace) -> Format:
    text = not opts.no_text
    if kind == "parquet":
        return Parquet(file, text=text)
    return Csv(file, excel=opts.bom, text=text) if kind == "csv" else JsonLines(file)


def _words(given: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for value in given for word in value.split(",") if word))


def _tag(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals:
        raise UsageError(f"--tag {word}: a tag is written key=value")
    return key, value


def _day(option: str, value: str | None) -> date | None:
    if value == "":  # of a variable that was not set: all articles are not what was meant
        raise UsageError(f"{option}: expected a date like 2026-01-31")
    return read_day(f"{option} {value}", value)
