"""``scrapy frontier status|resume|requeue|clear|load|rebuild``: what is queued, leased, dead, left alone, seen."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pymongo.errors import PyMongoError
from redis.exceptions import RedisError
from scrapy import Request
from scrapy.commands import ScrapyCommand

from crawler.commands.base import ProjectCommand, say
from crawler.commands.frontier_status import print_json, print_table
from crawler.errors import Unreachable, UsageError
from crawler.frontier.admin import Admin
from crawler.frontier.options import Options
from crawler.frontier.redis.connection import Connection
from crawler.frontier.redis.faults import describe
from crawler.frontier.redis.store import Frontier
from crawler.portals import load_profile
from crawler.portals.addresses import allowed, article_url, kind_of, request_of_article
from crawler.storage import FailureStore, connect
from crawler.storage.outage import one_line
from crawler.storage.read.known import known_articles, known_portals
from crawler.urls import host, url_id

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable, Iterator

    from crawler.frontier.redis.model import PortalStatus
    from crawler.portals import Profile

    Action = Callable[[Admin], Awaitable[None]]

__all__ = ["Command"]

ALL: Final = "all"


class Command(ProjectCommand, ScrapyCommand):
    """Looks at the shared frontier, and changes it; crawls may run meanwhile."""

    def syntax(self) -> str:
        """Return the arguments for the usage line."""
        return (
            "status [--json] [PORTAL|all] | resume HOST|PORTAL | requeue PORTAL|all | clear PORTAL | "
            "load [--seen] PORTAL FILE | rebuild PORTAL|all"
        )

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Show, resume, requeue, forget or load what the frontier holds"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "status: what is queued, leased, dead, seen and parked, and which hosts are left alone. resume: asks a "
            "host that is left alone (or all of a portal) again. requeue: gives the dead all their tries again. "
            "clear: forgets the queue, the dead, and what was seen. load: queues the URLs of FILE (one a "
            "line; - for stdin); with --seen they are taken for known and never fetched. rebuild: takes all "
            "articles in MongoDB for known, for a Redis that was lost. all: every portal that there is something of."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add them beside Scrapy's own."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="status: one JSON object a portal and line")
        parser.add_argument("--seen", action="store_true", help="load: take the URLs for known")

    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Dispatch on the first argument."""
        if opts.seen and args[:1] != ["load"]:
            raise UsageError("--seen is for: scrapy frontier load --seen PORTAL FILE")
        if opts.json and args[:1] != ["status"]:
            raise UsageError("--json is for: scrapy frontier status --json [PORTAL]")
        show = print_json if opts.json else print_table
        match args:
            case ["status"] | ["status", "all"]:
                self._with_frontier(lambda admin: _show_all(admin, show))
            case ["status", portal]:
                self._with_frontier(lambda admin: _show(admin, self._known(portal), show))
            case ["resume", name]:
                self._resume(name)
            case ["requeue", portal]:
                self._requeue(portal if portal == ALL else self._known(portal))
            case ["clear", portal]:
                self._with_frontier(lambda admin: _clear(admin, self._known(portal)))
            case ["load", portal, file]:
                self._load(portal, file, seen=opts.seen)
            case ["rebuild", portal]:
                self._rebuild(portal if portal == ALL else self._known(portal))
            case _:
                raise UsageError(f"scrapy frontier takes {self.syntax()}")
        return 0

    def _profile(self, portal: str) -> Profile:
        return load_profile(portal, self.configured().getlist("PORTALS_DIR"))

    def _known(self, portal: str) -> str:
        """Return the name of a portal that there is. Raise UsageError."""
        return self._profile(portal).name

    def _with_frontier(self, action: Action) -> None:
        settings = self.configured()
        if not settings["REDIS_URL"]:
            self.addresses()
        asyncio.run(self._act(action))

    async def _act(self, action: Action) -> None:
        settings = self.configured()
        connection = Connection.from_settings(settings)
        store = Frontier(connection, Options.from_settings(settings), f"command-{os.getpid()}")
        try:
            await store.open()
            await action(Admin(store))
        except (RedisError, OSError) as error:
            raise Unreachable(
                f"{connection.address}: {describe(error)}; what was done until now is done"
            ) from error
        finally:
            await connection.close()

    def _load(self, portal: str, file: str, *, seen: bool) -> None:
        profile = self._profile(portal)
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{file}: {getattr(error, 'strerror', None) or 'not a text file in UTF-8'}"
            ) from error
        lines = [line.strip() for line in text.splitlines() if line.strip()]

        async def action(admin: Admin) -> None:
            urls = list(_own(lines, profile))
            foreign = len(lines) - len(urls)
            if seen:
                ids = (url_id(article_url(url, profile)) for url in urls)
                new = await admin.mark_seen(profile.name, ids)
                were = len(urls) - new
                say(f"{profile.name}: {new:,} URLs known now, {were:,} were before, {foreign:,} not of it")
                return
            queued, known, refused = await admin.load((_request(url, profile) for url in urls), profile)
            foreign += refused
            say(f"{profile.name}: {queued:,} URLs queued, {known:,} known before, {foreign:,} not of it")

        self._with_frontier(action)

    def _resume(self, name: str) -> None:
        """Lift what a host, or every host of a portal, is left alone for. A name with a dot is a host's."""
        is_host = "." in name or ":" in name or name == "localhost"
        try:
            meant = {"host": host(name if "//" in name else f"http://{name}/")} if is_host else {}
        except ValueError:
            raise UsageError(f"{name}: neither a host nor a portal") from None
        meant = meant or {"portal": self._known(name)}

        async def action(admin: Admin) -> None:
            hosts, requests = await admin.resume(**meant)
            which = meant.get("host") or f"{name}: {hosts:,} hosts"
            if hosts:
                say(f"{which} asked again from now on; {requests:,} requests waited")
            else:
                say(f"{name} was not left alone; {requests:,} requests may be asked now")

        self._with_frontier(action)

    def _requeue(self, wanted: str) -> None:
        """Put the dead back, and forget that they had failed: if they fail again, that is told anew."""

        async def action(admin: Admin, database: Any) -> None:
            portals = await admin.portals() if wanted == ALL else (wanted,)
            for portal in portals:
                dead = await admin.dead(portal)
                count = await admin.requeue(portal)
                await FailureStore(database).forget(dead)
                say(f"{portal}: {count:,} requests put back")
            if not portals:
                say("nothing to put back: no portal was crawled with this FRONTIER")

        self._with_both(action)

    def _rebuild(self, wanted: str) -> None:
        async def action(admin: Admin, database: Any) -> None:
            portals = await known_portals(database) if wanted == ALL else (wanted,)
            for portal in portals:
                count = await admin.rebuild(portal, known_articles(database, portal))
                say(f"{portal}: {count:,} articles are known again")
            if not portals:
                say("nothing to take for known: no article is in MONGO_DATABASE")

        self._with_both(action)

    def _with_both(self, action: Callable[[Admin, Any], Awaitable[None]]) -> None:
        """Run what needs MongoDB too. Raise Unreachable where it stops answering."""
        settings = self.configured()
        if not (settings["REDIS_URL"] and settings["MONGO_URI"]):
            self.addresses()

        async def connected(admin: Admin) -> None:
            client = await connect(settings["MONGO_URI"])
            try:
                await action(admin, client[settings["MONGO_DATABASE"]])
            except PyMongoError as error:
                raise Unreachable(f"MongoDB stopped answering: {one_line(error)}; run it again") from error
            finally:
                await client.close()

        self._with_frontier(connected)


def _own(lines: list[str], profile: Profile) -> Iterator[str]:
    """Yield the URLs of those lines that belong to the portal, as they are asked for."""
    for line in lines:
        try:
            url = request_of_article(line, profile)
        except ValueError:
            continue
        if allowed(article_url(url, profile), profile):
            yield url


def _request(url: str, profile: Profile) -> Request:
    kind = kind_of(article_url(url, profile), profile)
    return Request(url, meta={"kind": kind.value, "list": "adhoc"})


async def _show(admin: Admin, portal: str, show: Callable[[list[PortalStatus]], None]) -> None:
    show([await admin.status(portal)])


async def _show_all(admin: Admin, show: Callable[[list[PortalStatus]], None]) -> None:
    show([await admin.status(portal) for portal in await admin.portals()])


async def _clear(admin: Admin, portal: str) -> None:
    say(f"{portal}: {await admin.clear(portal):,} entries forgotten, and all that was seen")
