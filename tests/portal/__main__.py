"""``python -m tests.portal serve|run|compare|truth``: the sample portal from the shell."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence

from tests.portal.portals import PORTALS
from tests.portal.running import run_behind
from tests.portal.server import PortalServer
from tests.portal.truth_json import world_to_json
from tests.portal.world import make_world

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.portal", description="The sample portal.")
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
    commands.add_parser("truth", parents=[common], help="print the truth as JSON")
    options = parser.parse_args(arguments)
    world = make_world(options.portal, options.seed, options.edition)
    if options.command == "truth":
        json.dump(world_to_json(world), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    server = PortalServer(world, port=options.port, latency_ms=options.latency_ms, log_file=options.log)
    if options.command == "run":
        command = options.cmd[1:] if options.cmd[:1] == ["--"] else options.cmd
        if not command:
            parser.error("run needs a command: python -m tests.portal run -- CMD …")
        with server:
            return run_behind(server, command)
    with server:
        print(f"http_proxy={server.url}", flush=True)
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
