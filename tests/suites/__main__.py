"""``python -m tests.suites``: other projects' suites, fetched into a cache; the table goes to docs/suites.md."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.report import table, write_section
from tests.suites import encodings, feeds, html_pages, robots
from tests.suites.outcome import Outcome
from tests.suites.packages import PACKAGES, feedparser_itself, fetch

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 5


def main() -> int:
    """Run the suites; 0 where of each enough passes."""
    parser = argparse.ArgumentParser(prog="python -m tests.suites", description=__doc__)
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".cache" / "suites", help="where the packages are kept"
    )
    parser.add_argument("--failed", action="store_true", help="show every case that does not pass")
    parser.add_argument("--write", action="store_true", help="write the table into docs/suites.md")
    given = parser.parse_args()
    folders = {name: fetch(package, given.cache) for name, package in PACKAGES.items()}
    peer = feedparser_itself(given.cache)
    outcomes: list[Outcome] = []
    for suite in (
        html_pages.pages(folders["html5lib"]),
        html_pages.encodings(folders["html5lib"]),
        feeds.feeds(folders["feedparser"], peer),
        feeds.dirty(peer),
        encodings.indexes(folders["text-encoding"]),
        robots.robots(folders["protego"]),
    ):
        for outcome in suite:
            outcomes.append(outcome)
            print(
                f"{outcome.suite}: {outcome.what}: {outcome.passed} of {outcome.cases}, {outcome.least} have to",
                flush=True,
            )
            for case in outcome.failed if given.failed else outcome.failed[: 0 if outcome.holds else SHOWN]:
                print(f"    {case}")
    if given.write:
        write_section("suites", _table(outcomes), ROOT / "docs" / "suites.md")
    return 0 if all(outcome.holds for outcome in outcomes) else 1


def _table(outcomes: list[Outcome]) -> str:
    rows = [
        [outcome.suite, outcome.what, f"{outcome.cases:,}", f"{outcome.passed:,}", outcome.note]
        for outcome in outcomes
    ]
    return table(["suite", "cases", "number", "pass", ""], rows)


raise SystemExit(main())
