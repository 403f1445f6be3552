"""``scrapy standby``: a worker that waits for runs and helps with them, for machines that come and go."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter, defaultdict
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from redis.exceptions import RedisError
from scrapy.commands import ScrapyCommand

from crawler.commands.base import ProjectCommand, on_stop, say
from crawler.commands.crawl_arguments import add_arguments
from crawler.context import CrawlScope, PortalSelection
from crawler.context.arguments import as_words, read_arguments
from crawler.errors import UsageError
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.faults import describe
from crawler.frontier.redis.status import portal_status
from crawler.frontier.redis.store import Frontier
from crawler.terminal import interruptible_later

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

__all__ = ["Command"]

_LOOK_EVERY_S: Final = 5.0
_AFTER_FAILURE_S: Final = 30.0


class Command(ProjectCommand, ScrapyCommand):
    """Waits until a run of these portals needs a worker, takes part in it, and waits again.

    It begins no run: that is what a schedule is for. Ends on SIGTERM, SIGINT or SIGHUP, gracefully, with exit code 0;
    the second one ends its worker at once.
    """

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "[options] PORTAL[,PORTAL…]|all|@KEY=VALUE"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Wait for runs that others begin, and help with them"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add them beside Scrapy's own."""
        super().add_options(parser)
        add_arguments(parser)

    def perform(self, args: list[str], opts: argparse.Namespace) -> int:
        """Wait, help, wait."""
        if len(args) != 1:
            raise UsageError("which portal? scrapy standby NAME, or all")
        settings = self.configured()
        # it looks around again after a quarter of an hour: another portal may have begun meanwhile
        given = {"portal": args[0], "max_runtime": "900", **read_arguments(opts.spargs)}
        selection = PortalSelection.read(given, settings.getlist("PORTALS_DIR"))
        self.addresses()
        del given["portal"]
        words = [part for setting in opts.set for part in ("-s", setting)]
        return asyncio.run(self._run(tuple(selection.profiles), given, words))

    async def _run(self, portals: tuple[str, ...], given: Mapping[str, str], words: list[str]) -> int:
        settings = self.configured()
        environment = {**os.environ, "REDIS_URL": settings["REDIS_URL"], "MONGO_URI": settings["MONGO_URI"]}
        connection = Connection.from_settings(settings)
        store = Frontier(connection, Options.from_settings(settings), f"standby-{os.getpid()}")
        helper = _Helper(environment)
        on_stop(helper.stop)
        say(f"waiting for a run of {', '.join(portals[:5])}{' …' if len(portals) > 5 else ''}")
        while not helper.stopped.is_set():
            pause = _LOOK_EVERY_S
            if wanted := await _wanted(store, portals):
                began = monotonic()
                arguments = {**given, **wanted}
                if (
                    await helper.work(["crawl", "portal", *as_words(arguments), *words, "-s", "JOIN_ONLY=1"])
                    or monotonic() - began < _AFTER_FAILURE_S
                ):
                    pause = _AFTER_FAILURE_S  # it could not help
            with suppress(TimeoutError):
                await asyncio.wait_for(helper.stopped.wait(), pause)
        await connection.close()
        return 0


async def _wanted(store: Frontier, portals: tuple[str, ...]) -> dict[str, str]:
    """Return the arguments of a worker that would have something to do; empty where none would.

    It may take part in runs of the same scope only, so it is for those portals that need one most.
    """
    unserved: Counter[str] = Counter()
    needy: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for portal in portals:
            if count := (await portal_status(store, portal)).unserved:
                scope = await store.orders(portal)
                unserved[scope] += count
                needy[scope].append(portal)
    except (RedisError, OSError) as error:
        say(f"{describe(error)}: trying again")
        return {}
    if not unserved:
        return {}
    scope, _ = unserved.most_common(1)[0]
    return {"portal": ",".join(needy[scope]), **CrawlScope.arguments_of(scope)}


class _Helper:
    """One worker process at a time."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.stopped = asyncio.Event()
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def work(self, words: list[str]) -> int:
        """Run a worker with these words to its end; its exit code."""
        with interruptible_later():
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "scrapy", *words,
                env=dict(self._environment), stdin=asyncio.subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        if self.stopped.is_set():
            self._process.send_signal(signal.SIGINT)
        code = await self._process.wait()
        self._process = None
        return code

    def stop(self) -> None:
        """Ask the worker to end, gracefully the first time."""
        self.stopped.set()
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)
