"""``python -m sample_portal serve|run|compare|truth``: the sample portal from the shell."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from sample_portal.compare import compare
from sample_portal.log import read_log
from sample_portal.portals import PORTALS
from sample_portal.running import run_behind
from sample_portal.scripted import unread
from sample_portal.server import PortalServer
from sample_portal.traffic import check_requests
from sample_portal.truth_json import world_to_json
from sample_portal.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m sample_portal", description="The sample portal.")
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--portal", choices=sorted(PORTALS), default="sample")
    common.add_argument("--seed", type=int, default=2022)
    common.add_argument("--edition", type=int, default=1)
    serving = argparse.ArgumentParser(add_help=False)
    serving.add_argument("--port", type=int, default=0, help="0 takes a free one")
    serving.add_argument("--latency-ms", type=float, default=0)
    serving.add_argument("--log", help="a file that gets one JSON object for every request")
    commands.add_parser("serve", parents=[common, serving], help="serve until stopped")
    run = commands.add_parser(
        "run", parents=[common, serving], help="serve while a command runs: run [options] -- CMD …"
    )
    run.add_argument("cmd", nargs=argparse.REMAINDER)
    check = commands.add_parser("compare", parents=[common], help="compare what MongoDB holds with the truth")
    check.add_argument("--mongo", required=True, metavar="URI")
    check.add_argument("--database", default="news")
    check.add_argument("--log", help="the log file of the crawl, to check its requests as well")
    check.add_argument("--javascript", action="store_true", help="expect what only a browser reaches as well")
    check.add_argument("--worst", type=int, default=5, help="examples of each kind of error")
    commands.add_parser("truth", parents=[common], help="print the truth as JSON")
    options = parser.parse_args(arguments)
    world = make_world(options.portal, options.seed, options.edition)
    if options.command == "truth":
        json.dump(world_to_json(world), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    if options.command == "compare":
        return _compare(world, options)
    server = PortalServer(world, port=options.port, latency_ms=options.latency_ms, log_file=options.log)
    if options.command == "run":
        command = options.cmd[1:] if options.cmd[:1] == ["--"] else options.cmd
        if not command:
            parser.error("run needs a command: python -m sample_portal run -- CMD …")
        with server:
            code = run_behind(server, command)
            if number := unread(world, {entry.url for entry in server.log.entries()}) if code == 0 else 0:
                print(f"{number} more articles need a browser: make browser")  # noqa: T201
            return code
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with server:
        print(f"http_proxy={server.url}", flush=True)  # noqa: T201
        stopped.wait()
    return 0


def _compare(world: World, options: argparse.Namespace) -> int:
    """Print the report; 1 if anything falls short of what is required."""
    try:
        with MongoClient[dict[str, Any]](options.mongo, serverSelectionTimeoutMS=3000) as client:
            documents = list(client[options.database]["articles"].find())
    except PyMongoError as error:
        print(f"cannot read {options.mongo}: {str(error).split(',')[0]}", file=sys.stderr)  # noqa: T201
        return 2
    report = compare(world, documents, javascript=options.javascript)
    print(report.text(options.worst))  # noqa: T201
    problems = report.problems
    if options.log:
        with Path(options.log).open(encoding="utf-8") as lines:
            traffic = check_requests(world, read_log(lines))
        print(traffic.text())  # noqa: T201
        problems += traffic.problems
    print("\n".join(f"PROBLEM    {problem}" for problem in problems) or "everything as required")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
