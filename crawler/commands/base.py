"""What all commands share: errors as one line with an exit code, strict arguments, the servers' addresses."""

from __future__ import annotations

import os
import sys
from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from crawler import stack
from crawler.errors import CrawlerError, Unreachable, UsageError

if TYPE_CHECKING:
    import argparse

    from scrapy.commands import ScrapyCommand
    from scrapy.settings import Settings
else:
    # Scrapy takes every ScrapyCommand that it finds in the package for a command of its own.
    ScrapyCommand = object

__all__ = ["FORCED", "ProjectCommand", "say"]

FORCED = 130
"""The exit code of a command that was interrupted."""


def say(line: str) -> None:
    """One line for a person, on stderr: stdout belongs to the command's result."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


class ProjectCommand(ScrapyCommand):
    """A command of this project, to be mixed in before a command class of Scrapy.

    ::

        class Command(ProjectCommand, ScrapyCommand): ...

    A subclass implements :meth:`perform`. A CrawlerError that leaves it is printed as one line ``error: …``
    on stderr and becomes the exit code; any other exception is a bug, and shows its traceback (exit code 1).
    Arguments that begin with ``-`` and that no option takes are refused: Scrapy would pass over them in
    silence.
    """

    requires_project = True
    requires_crawler_process = False

    @abstractmethod
    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Does the work: positional arguments, parsed options. Returns the exit code; None is 0."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Called by Scrapy."""
        try:
            unknown = [arg for arg in args if arg.startswith("-") and arg != "-"]
            if unknown:
                raise UsageError(f"unknown option {unknown[0]}: see scrapy {self.name()} --help")
            self.exitcode = self.perform(args, opts) or 0
            sys.stdout.flush()
        except CrawlerError as error:
            say(f"error: {error}")
            self.exitcode = error.exit_code
        except BrokenPipeError:
            # The reader (head, less) has seen enough. Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except KeyboardInterrupt:
            say("interrupted")
            self.exitcode = FORCED

    def name(self) -> str:
        """The word that calls the command: that of its module."""
        return type(self).__module__.rpartition(".")[2]

    def configured(self) -> Settings:
        """The settings, which Scrapy gives to the command before it runs it."""
        assert self.settings is not None
        return self.settings

    def data_dir(self) -> Path:
        """Where the embedded servers live."""
        return Path(self.configured()["DATA_DIR"]).absolute()

    def addresses(self) -> stack.Addresses:
        """Two servers that answer: those given, which are tried before anything is started, or our own.

        They are also written into the settings (``REDIS_URL``, ``MONGO_URI``), where spiders and pipelines
        find them. Raises UsageError or Unreachable.
        """
        settings = self.configured()
        given_redis, given_mongo = settings["REDIS_URL"] or None, settings["MONGO_URI"] or None
        if given_redis:
            stack.check_redis(given_redis)
        if given_mongo:
            stack.check_mongo(given_mongo)
        addresses = stack.ensure(
            self.data_dir(),
            redis_url=given_redis,
            mongo_uri=given_mongo,
            announce=say,
            may_start=not settings["SCRAPYD_JOB"],
        )
        if settings["SCRAPYD_JOB"]:
            _outside_of_scrapyd(self.data_dir())
        settings.set("REDIS_URL", addresses.redis_url, priority="cmdline")
        settings.set("MONGO_URI", addresses.mongo_uri, priority="cmdline")
        return addresses

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own; what the parser finds wrong is one line, like any other mistake."""
        super().add_options(parser)

        def refuse(message: str) -> NoReturn:
            say(f"error: {message}: see scrapy {self.name()} --help")
            sys.exit(UsageError.exit_code)

        parser.error = refuse  # type: ignore[method-assign]

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's own options (``-s``, ``--logfile`` …); a log file that cannot be written is one line."""
        try:
            super().process_options(args, opts)
        except OSError as error:
            say(f"error: {error.filename}: {error.strerror}")
            sys.exit(Unreachable.exit_code)


def _outside_of_scrapyd(data_dir: Path) -> None:
    """A job runs in scrapyd's folder, where nobody looks for data, and perhaps nobody may write."""
    here = Path.cwd()
    if data_dir.parent == here or (here != Path("/") and data_dir.is_relative_to(here)):
        raise UsageError(
            f"DATA_DIR would be {data_dir}, in scrapyd's own folder: "
            "set it to another one in the environment of scrapyd"
        )
