"""``scrapy demand``: the figure for an autoscaler, over HTTP."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from crawler.commands.base import ProjectCommand, on_stop, say
from crawler.errors import Unreachable, UsageError
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.store import Frontier

if TYPE_CHECKING:
    import argparse

    from crawler.metrics import HttpServer

__all__ = ["Command"]


class Command(ProjectCommand, ScrapyCommand):
    """Serves ``/demand``, ``/metrics`` and ``/healthz`` until it is stopped."""

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Serve what is due now over HTTP, for an autoscaler"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add them beside Scrapy's own."""
        super().add_options(parser)
        parser.add_argument("--bind", default="127.0.0.1", metavar="ADDRESS", help="default: 127.0.0.1")
        parser.add_argument("--port", default="9410", metavar="N", help="default: 9410; 0 takes a free one")

    def perform(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve."""
        if args:
            raise UsageError("scrapy demand takes no portal: it tells of all")
        if not opts.port.isdecimal() or int(opts.port) > 65535:
            raise UsageError(f"--port {opts.port}: expected a number up to 65535")
        settings = self.configured()
        if not settings["REDIS_URL"]:
            self.addresses()
        asyncio.run(self._serve(opts.bind, int(opts.port)))

    async def _serve(self, bind: str, port: int) -> None:
        from crawler.fleet.demand import demand_server  # noqa: PLC0415 -- HTTP costs the other commands 0.4 s

        settings = self.configured()
        connection = Connection.from_settings(settings)
        store = Frontier(connection, Options.from_settings(settings), f"demand-{os.getpid()}")
        ended = asyncio.Event()
        on_stop(ended.set)
        server = demand_server(store)
        try:
            say(f"listening on http://{bind}:{await _listen(server, bind, port)}/demand")
            await ended.wait()
        finally:
            await server.close()
            await connection.close()


async def _listen(server: HttpServer, bind: str, port: int) -> int:
    """Return the port that it listens on. Raise Unreachable."""
    try:
        return await server.start(bind, port)
    except OSError as error:
        number = error.errno or 0  # negative: of getaddrinfo
        why = os.strerror(number) if number > 0 else error.strerror or error
        raise Unreachable(f"cannot listen on {bind} port {port}: {why}") from error
