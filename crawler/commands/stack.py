"""``scrapy stack up|status|down``: the embedded Redis and MongoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand

from crawler import stack
from crawler.commands.base import ProjectCommand, say, write_utf8
from crawler.commands.server_checks import check_mongo, check_redis
from crawler.errors import CrawlerError, Unreachable, UsageError
from crawler.server_url import public

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from scrapy.settings import BaseSettings

    Check = Callable[[BaseSettings], tuple[str, ...]]

__all__ = ["Command"]

NOT_ALL_THERE = Unreachable.exit_code


class Command(ProjectCommand, ScrapyCommand):
    """Starts the servers of DATA_DIR that are missing, says what runs, ends them.

    On stdout, ``up`` and ``status`` print nothing but ``REDIS_URL=…`` and ``MONGO_URI=…``, so that
    ``export $(scrapy stack up)`` works in a shell. An address that the environment gives is used as it is: it
    is tried and printed, but nothing is started or ended there.
    """

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return "up [--tcp]|status|down"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Start, show or end the embedded Redis and MongoDB"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "up starts what is missing of the embedded Redis and MongoDB; status says what runs (exit code 2 "
            "when one of them does not answer); both print REDIS_URL=… and MONGO_URI=…, ready for: "
            "export $(scrapy stack up). They listen on sockets that only their owner can open; up --tcp (or "
            "STACK_TCP=1) starts them on ports of loopback. down ends the embedded servers and keeps their data."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add them beside Scrapy's own."""
        super().add_options(parser)
        parser.add_argument("--tcp", action="store_true", help="up: ports of loopback instead of sockets")

    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Dispatch on the one argument."""
        if opts.tcp and args != ["up"]:
            raise UsageError("--tcp is for: scrapy stack up --tcp")
        match args:
            case ["up"]:
                return self._up(tcp=opts.tcp)
            case ["status"]:
                return self._status()
            case ["down"]:
                stack.down(self.data_dir(), say)
                return 0
            case _:
                raise UsageError("scrapy stack takes one of up, status, down")

    def _up(self, *, tcp: bool) -> int:
        if tcp:
            self.configured().set("STACK_TCP", value=True, priority="cmdline")
            running = [state for state in stack.status(self.data_dir()) if state.running and state.place]
            if any(state.place.socket for state in running if state.place):
                raise UsageError("the servers run on sockets: scrapy stack down, then scrapy stack up --tcp")
        addresses = self.addresses()
        _show("REDIS_URL", addresses.redis_url)
        _show("MONGO_URI", addresses.mongo_uri)
        return 0

    def _status(self) -> int:
        redis, mongo = stack.status(self.data_dir())
        there = [
            self._report("Redis", "REDIS_URL", redis, check_redis),
            self._report("MongoDB", "MONGO_URI", mongo, check_mongo),
        ]
        return 0 if all(there) else NOT_ALL_THERE

    def _report(self, title: str, variable: str, state: stack.State, check: Check) -> bool:
        """Say how one server is, and print its address when it answers."""
        given = self.configured()[variable]
        if given:
            try:
                warnings = check(self.configured())
            except CrawlerError as error:
                say(str(error))
                return False
            say(f"{title}: {public(given)} (given by {variable}) answers")
            for warning in warnings:
                say(warning)
            _show(variable, given)
            return True
        if not state.running:
            say(f"{title}: does not run in {self.data_dir()}")
        elif not state.answers or state.url is None:
            say(f"{title}: process {state.pid} runs in {self.data_dir()}, but does not answer")
        else:
            say(f"{title}: process {state.pid} answers {state.place}, data in {self.data_dir()}")
            _show(variable, state.url)
            return True
        return False


def _show(variable: str, address: str) -> None:
    write_utf8(f"{variable}={address}\n")
