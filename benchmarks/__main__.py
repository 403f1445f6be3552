"""``python -m benchmarks crawl|frontier|seen|server``: see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.contenders.catalogue import CONTENDERS, Contender, at_revision
from benchmarks.crawl import Bench, Result
from benchmarks.crawl_report import compared_section, crawl_section
from benchmarks.frontier import QUEUED, measure
from benchmarks.report import save, write_section
from benchmarks.revision import taken_out
from benchmarks.seen import MARKS, fill
from benchmarks.server import Server
from benchmarks.server_load import load
from benchmarks.site import Site
from benchmarks.tables import frontier_section, seen_section, server_section
from crawler.stack.redis_server import RedisServer


def main(arguments: list[str] | None = None) -> int:
    """Runs one benchmark and writes its section; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    crawl = commands.add_parser("crawl", help="the side-by-side crawl")
    crawl.add_argument("--rounds", type=int, default=3)
    crawl.add_argument("--articles", type=int, default=5000)
    crawl.add_argument(
        "--only", default="", help="contenders, comma-separated: " + ",".join(c.key for c in CONTENDERS)
    )
    crawl.add_argument(
        "--quick", action="store_true", help="200 articles, one round, nothing written: a smoke test"
    )
    crawl.add_argument(
        "--base", default="", metavar="REV", help="also this project at an earlier commit, as contender (c0)"
    )
    crawl.add_argument("--own-server", action="store_true", help="serve with benchmarks/static.py, not nginx")
    frontier = commands.add_parser("frontier", help="pushes and leases a second on one Redis")
    frontier.add_argument(
        "--quick", action="store_true", help="a quarter of a second a phase, nothing written"
    )
    frontier.add_argument("--seconds", type=float, default=4.0, help="a phase")
    seen = commands.add_parser("seen", help="the seen-set's memory up to 20 million URLs")
    seen.add_argument("--quick", action="store_true", help="up to 100,000 URLs, nothing written")
    server = commands.add_parser("server", help="the web servers alone: neither may be the bottleneck")
    server.add_argument("--quick", action="store_true", help="a fifth of a second, nothing written")
    given = parser.parse_args(arguments)
    run = {"crawl": _crawl, "frontier": _frontier, "seen": _seen, "server": _server}[given.command]
    return run(given)


def _crawl(given: argparse.Namespace) -> int:
    articles = 200 if given.quick else given.articles
    with ExitStack() as stack:
        contenders = [*CONTENDERS]
        base = stack.enter_context(taken_out(given.base, "crawler")) if given.base else None
        if base is not None:
            contenders.append(at_revision(base.name, base.folder))
        if given.only:
            wanted = {*given.only.split(","), *(("c0",) if base else ())}
            contenders = [contender for contender in contenders if contender.key in wanted]
        # The two that are compared run one after the other.
        contenders.sort(key=lambda contender: contender.key)
        folder = Path(
            stack.enter_context(TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True))
        )
        bench = stack.enter_context(Bench(folder, articles, own_server=given.own_server))
        results = _rounds(bench, contenders, 1 if given.quick else given.rounds)
        served, list_pages = bench.server.name, bench.site.list_pages
    compared = {result.contender for result in results} >= {"c", "c0"}
    others = [result for result in results if result.contender != "c0"]
    sections = {"crawl": crawl_section(others, articles=articles, list_pages=list_pages, served=served)}
    if base is not None and compared:
        sections["compared"] = compared_section(results, name=base.name, articles=articles)
    print("\n" + "\n\n".join(sections.values()))
    if not given.quick and not given.only:
        save(
            "crawl",
            {"articles": articles, "served": served, "rounds": [asdict(result) for result in results]},
        )
        for name, text in sections.items():
            write_section(name, text)
    return 0


def _rounds(bench: Bench, contenders: list[Contender], rounds: int) -> list[Result]:
    """Measure every contender once a round, and say each figure as it comes."""
    results = []
    for number in range(1, rounds + 1):
        # Turned by one each round, so that nobody always runs first.
        turn = (number - 1) % len(contenders)
        for contender in contenders[turn:] + contenders[:turn]:
            result = bench.measure(contender, number)
            results.append(result)
            print(f"round {number}  {_line(result)}", flush=True)
    return results


def _frontier(given: argparse.Namespace) -> int:
    seconds, queued, clients = (0.25, 2000, (1, 2)) if given.quick else (given.seconds, QUEUED, (1, 4))
    with _redis() as url:
        found = [
            figures for count in clients for figures in measure(url, count, seconds=seconds, queued=queued)
        ]
    text = frontier_section(found)
    print(text)
    if not given.quick:
        save("frontier", {"figures": [asdict(figures) for figures in found]})
        write_section("frontier", text)
    return 0


def _seen(given: argparse.Namespace) -> int:
    with _redis() as url:
        found = fill(url, MARKS[:2] if given.quick else MARKS)
    text = seen_section(found)
    print(text)
    if not given.quick:
        save("seen", {"figures": [asdict(filled) for filled in found]})
        write_section("seen", text)
    return 0


def _server(given: argparse.Namespace) -> int:
    seconds = 0.2 if given.quick else 4.0
    found = []
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    try:
        site = Site(200)
        site.write(folder / "site")
        paths = [article.path for article in site.articles]
        for own in (False, True):
            with Server(folder / "site", folder / f"web-{own}", own=own) as server:
                found.append(load(server, paths, seconds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = server_section(found)
    print(text)
    if not given.quick:
        save("server", {"figures": [asdict(figures) for figures in found]})
        write_section("server", text)
    return 0


@contextmanager
def _redis() -> Iterator[str]:
    """A Redis of our own, emptied and ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    server = RedisServer(folder)
    try:
        yield server.start(tcp=True)[0]
    finally:
        server.stop(force=True)
        shutil.rmtree(folder, ignore_errors=True)


def _line(result: Result) -> str:
    line = (
        f"({result.contender:2}) {result.pages_per_s:7.1f} pages/s  {result.cpu_ms:6.2f} ms CPU/page  "
        f"{result.peak_mb:5.0f} MB  {result.articles} articles"
    )
    return line if result.trips is None else f"{line}  {result.trips:.2f} round trips/page"


if __name__ == "__main__":
    sys.exit(main())
