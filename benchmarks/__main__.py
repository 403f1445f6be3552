"""``python -m benchmarks crawl|frontier|seen|server``: see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.contenders.catalogue import CONTENDERS
from benchmarks.crawl import Bench, Result
from benchmarks.crawl_report import crawl_section
from benchmarks.report import save, write_section


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
    crawl.add_argument("--own-server", action="store_true", help="serve with benchmarks/static.py, not nginx")
    given = parser.parse_args(arguments)
    return _crawl(given)


def _crawl(given: argparse.Namespace) -> int:
    wanted = set(given.only.split(",")) if given.only else {contender.key for contender in CONTENDERS}
    contenders = [contender for contender in CONTENDERS if contender.key in wanted]
    articles, rounds = (200, 1) if given.quick else (given.articles, given.rounds)
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    results: list[Result] = []
    try:
        with Bench(folder, articles, own_server=given.own_server) as bench:
            for number in range(1, rounds + 1):
                # Turned by one each round, so that nobody always runs first.
                turn = (number - 1) % len(contenders)
                for contender in contenders[turn:] + contenders[:turn]:
                    result = bench.measure(contender, number)
                    results.append(result)
                    print(f"round {number}  {_line(result)}", flush=True)
            served = bench.server.name
            list_pages = bench.site.list_pages
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    text = crawl_section(results, articles=articles, list_pages=list_pages, served=served)
    print(f"\n{text}")
    if not given.quick and not given.only:
        save(
            "crawl",
            {"articles": articles, "served": served, "rounds": [asdict(result) for result in results]},
        )
        write_section("crawl", text)
    return 0


def _line(result: Result) -> str:
    line = (
        f"({result.contender:2}) {result.pages_per_s:7.1f} pages/s  {result.cpu_ms:6.2f} ms CPU/page  "
        f"{result.peak_mb:5.0f} MB  {result.articles} articles"
    )
    return line if result.trips is None else f"{line}  {result.trips:.2f} round trips/page"


if __name__ == "__main__":
    sys.exit(main())
