"""``scrapy fleet``: several workers of one crawl on this machine, with progress and a summary."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Final

from redis.exceptions import RedisError
from rich.console import Console
from scrapy.commands import ScrapyCommand

from crawler.commands.base import FORCED, ProjectCommand, drop_stdout, on_stop, say
from crawler.commands.crawl_arguments import PORTAL_ARGUMENTS, add_arguments
from crawler.commands.outcomes import FailureBounds, fleet_outcome
from crawler.commands.summary import print_summary
from crawler.context import PortalSelection
from crawler.context.arguments import as_words, read_arguments
from crawler.errors import CrawlerError, UsageError
from crawler.fleet import (
    DistinctReports,
    Fleet,
    LineProgress,
    LiveProgress,
    Monitor,
    WhileRead,
    supervise_servers,
)
from crawler.frontier.options import Options
from crawler.storage import connect
from crawler.storage.read.summary import summarize

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from crawler.fleet import Progress, Snapshot
    from crawler.frontier.redis.model import PortalStatus
    from crawler.stack import Addresses

__all__ = ["Command"]

_LOOK_EVERY_S: Final = 0.5
_MOST_WORKERS: Final = 64
# An embedded MongoDB that died in the last moment is started again meanwhile.
_SUMMARY_PATIENCE_S: Final = 15.0


class Command(ProjectCommand, ScrapyCommand):
    """Starts the workers, shows how they get on, and prints what is in MongoDB at the end.

    Ctrl-C once, or a terminal that is closed: they finish what they hold and give back the rest (exit code 0);
    twice: they stop at once, and what they held comes back when its leases have run out (130). Else the exit
    codes are those of ``crawl``.
    """

    def syntax(self) -> str:
        """Return the arguments for the help."""
        return "[options] PORTAL[,PORTAL…]|all|@KEY=VALUE"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Crawl portals with several workers on this machine"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "Starts the workers, shows how they get on, and prints what is in MongoDB at the end. Their logs are "
            "in DATA_DIR/logs. Ctrl-C once: they finish what they hold and give back the rest; twice: they stop "
            f"at once. {PORTAL_ARGUMENTS}"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add them beside Scrapy's own."""
        super().add_options(parser)
        parser.add_argument("--workers", default="2", metavar="N", help="worker processes (default: 2)")
        add_arguments(parser)

    def perform(self, args: list[str], opts: argparse.Namespace) -> int:
        """Run to the end."""
        if len(args) != 1:
            raise UsageError("which portal? scrapy fleet NAME; see the names with: scrapy portals")
        if not opts.workers.isdecimal() or not 1 <= int(opts.workers) <= _MOST_WORKERS:
            raise UsageError(f"--workers {opts.workers}: expected a number from 1 to {_MOST_WORKERS}")
        settings = self.configured()
        given = {"portal": args[0], **read_arguments(opts.spargs)}
        selection = PortalSelection.read(given, settings.getlist("PORTALS_DIR"))
        options = Options.from_settings(settings)
        ours = {"redis": not settings["REDIS_URL"], "mongo": not settings["MONGO_URI"]}
        addresses = self.addresses()
        fleet = Fleet(
            ["crawl", "portal", *_passed_on(given, opts)],
            workers=int(opts.workers),
            logs=self.data_dir() / "logs",
            environment={**os.environ, "REDIS_URL": addresses.redis_url, "MONGO_URI": addresses.mongo_uri},
        )
        try:
            return asyncio.run(self._run(fleet, selection, options, addresses, ours))
        finally:
            fleet.kill()

    async def _run(
        self,
        fleet: Fleet,
        selection: PortalSelection,
        options: Options,
        addresses: Addresses,
        ours: dict[str, bool],
    ) -> int:
        stops = 0

        def stop() -> None:
            nonlocal stops
            stops += 1
            if stops == 1:
                say("stopping: the workers finish what they hold; once more stops them at once")
            fleet.stop()

        on_stop(stop)
        console = _Console()
        async with Monitor(addresses.redis_url, options, list(selection.profiles)) as monitor:
            await monitor.begin()
            try:
                fleet.start()
            except OSError as error:
                where = error.filename or self.data_dir()
                raise UsageError(f"no worker can log to DATA_DIR: {where}: {error.strerror}") from error
            supervisor = asyncio.create_task(
                supervise_servers(self.data_dir(), say=say, sockets=self.sockets(), **ours)
            )
            last = await _show(fleet, monitor, WhileRead(_display(console), drop_stdout))
        if stops > 1:
            say("stopped at once: what was under way comes back when its leases have run out")
            return FORCED
        try:
            await self._summarize(console, selection, addresses, monitor.statuses)
        except CrawlerError as error:
            # the workers said why they ended; what they did is counted, and their exit codes tell
            say(f"no summary: {error}")
        except OSError:
            drop_stdout()  # nobody reads it
        supervisor.cancel()
        bounds = FailureBounds.from_settings(self.configured())
        left_out = bool(selection.left_out)
        return fleet_outcome(fleet, last, stopped=stops > 0, left_out=left_out, bounds=bounds)

    async def _summarize(
        self,
        console: Console,
        selection: PortalSelection,
        addresses: Addresses,
        statuses: Mapping[str, PortalStatus],
    ) -> None:
        client = await connect(addresses.mongo_uri, patience=_SUMMARY_PATIENCE_S)
        try:
            found = await summarize(client[self.configured()["MONGO_DATABASE"]], list(selection.profiles))
        finally:
            await client.close()
        names = {
            name: {channel.id: channel.name for channel in profile.channels}
            for name, profile in selection.profiles.items()
        }
        print_summary(console, found, names, statuses)


class _Console(Console):
    """Rich ends the process when nobody reads its output any more; a crawl goes on."""

    def on_broken_pipe(self) -> None:
        """Let what comes after go nowhere."""
        drop_stdout()


async def _show(fleet: Fleet, monitor: Monitor, display: Progress) -> Snapshot | None:
    """Show the crawl until no worker is left; the last look counts all that they did.

    What the workers warn of is told at once: that MongoDB's disk is full, say, or that Redis is away.
    """
    last: Snapshot | None = None
    reports = DistinctReports()
    with display:
        while True:
            running = fleet.running()
            for line in reports.read(fleet.workers):
                say(line)
            try:
                last = await monitor.look(running)
            except (RedisError, OSError):
                # the workers warn of it, and wait for Redis; a display has nothing to add
                pass
            else:
                display.show(last)
            if not running:
                return last
            await asyncio.sleep(_LOOK_EVERY_S)


def _display(console: Console) -> Progress:
    live = console.is_terminal and not console.is_dumb_terminal
    return LiveProgress(console) if live else LineProgress(sys.stdout)


def _passed_on(given: dict[str, str], opts: argparse.Namespace) -> list[str]:
    """Return the arguments and settings of this command, for the workers."""
    words = as_words(given)
    words += [part for setting in opts.set for part in ("-s", setting)]
    if opts.loglevel:
        words += ["-L", opts.loglevel]
    return words
