"""The arguments of a crawl, as commands that start workers take them and explain them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse

__all__ = ["PORTAL_ARGUMENTS", "add_arguments"]

PORTAL_ARGUMENTS: Final = (
    "Arguments, each as -a NAME=VALUE: portal=NAME[,NAME...], all or @KEY=VALUE (a tag); channels=NAME[,NAME...] "
    "(ids or URLs will do); since=DATE, until=DATE; full=1 (walk every list to its end); limit=N (articles of "
    "the run, all workers together); rate=R (requests a second and host, 0 for no limit); max_runtime=SECONDS."
)
"""What a person may ask of a crawl, for --help."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let ``-a NAME=VALUE`` stand any number of times; ``spargs`` is what follows each."""
    parser.add_argument(
        "-a", dest="spargs", action="append", default=[], metavar="NAME=VALUE",
        help="an argument of the crawl, as for: scrapy crawl portal (may be repeated)",
    )  # fmt: skip
