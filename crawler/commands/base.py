"""What all commands share: errors as one line with an exit code, strict arguments, the servers' addresses."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from abc import abstractmethod
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from crawler import stack
from crawler.commands.checks import check_settings
from crawler.commands.server_checks import check_mongo, check_redis
from crawler.errors import CrawlerError, Unreachable, Unwritable, UsageError
from crawler.frontier.options import redis_url_of
from crawler.terminal import FORCED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from scrapy.commands import ScrapyCommand
    from scrapy.settings import Settings
else:
    # Scrapy takes every ScrapyCommand that it finds in the package for a command of its own.
    ScrapyCommand = object

__all__ = ["FORCED", "ProjectCommand", "drop_stdout", "on_stop", "say", "show", "write_json", "write_utf8"]


def say(line: str) -> None:
    """Print one line for a person, on stderr: stdout belongs to the command's result.

    Where nobody can read it (a closed terminal, a full disk), the command goes on without it.
    """
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201


def write_json(value: Any) -> None:
    r"""Print one JSON object a line on stdout, in UTF-8 whatever the locale says: programs read it.

    A name that is no UTF-8 (of a file, say) keeps its bytes, as JSON's own ``\udcXX``. Raise what
    :func:`write_utf8` raises.
    """
    write_utf8(json.dumps(value, ensure_ascii=False) + "\n")


def write_utf8(text: str) -> None:
    """Write on stdout, at once. Raise BrokenPipeError where nobody reads any more, Unwritable."""
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()


def on_stop(stop: Callable[[], None]) -> None:
    """Call ``stop`` for every SIGINT and SIGTERM that this process gets, in the running event loop.

    Also when its terminal is closed (SIGHUP), but then only if it was not called before: shells and the
    kernel may both tell. A process that ``nohup`` started does not notice.
    """
    loop = asyncio.get_running_loop()
    stopping = False

    def tell() -> None:
        nonlocal stopping
        stopping = True
        stop()

    def hang_up() -> None:
        if not stopping:
            tell()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        loop.add_signal_handler(signal.SIGHUP, hang_up)


def show(line: str) -> None:
    """Print one line of a result for people, on stdout. Raise what :func:`write_utf8` raises."""
    with _writing():
        print(line)  # noqa: T201


def drop_stdout() -> None:
    """Let what is still printed go nowhere; else Python would complain when it flushes at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


class ProjectCommand(ScrapyCommand):
    """A command of this project, to be mixed in before a command class of Scrapy.

    ::

        class Command(ProjectCommand, ScrapyCommand): ...

    A subclass implements :meth:`perform`. A CrawlerError that leaves it is printed as one line ``error: …``
    on stderr and becomes the exit code; any other exception is a bug, and shows its traceback (exit code 1).
    Arguments that begin with ``-`` and that no option takes are refused: Scrapy would pass over them in
    silence. So are settings that cannot mean anything, unless ``checks_settings`` is False.
    """

    requires_project = True
    requires_crawler_process = False
    checks_settings: ClassVar[bool] = True

    @abstractmethod
    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Do the work: positional arguments, parsed options. Return the exit code; None is 0."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Perform, and turn errors into one line and an exit code; called by Scrapy."""
        try:
            unknown = [arg for arg in args if arg.startswith("-") and arg != "-"]
            if unknown:
                raise UsageError(f"unknown option {unknown[0]}: see scrapy {self.name()} --help")
            if self.checks_settings:
                check_settings(self.configured())
            self.exitcode = self.perform(args, opts) or 0
            with _writing():
                sys.stdout.flush()
        except CrawlerError as error:
            say(f"error: {error}")
            self.exitcode = error.exit_code
            if isinstance(error, Unwritable):
                drop_stdout()
        except BrokenPipeError:
            drop_stdout()  # the reader (head, less) has seen enough
        except KeyboardInterrupt:
            say("interrupted")
            self.exitcode = FORCED

    def name(self) -> str:
        """Return the word that calls the command: that of its module."""
        return type(self).__module__.rpartition(".")[2]

    def configured(self) -> Settings:
        """Return the settings, which Scrapy gives to the command before it runs it."""
        assert self.settings is not None
        return self.settings

    def data_dir(self) -> Path:
        """Return where the embedded servers live."""
        return Path(self.configured()["DATA_DIR"]).absolute()

    def sockets(self) -> Path:
        """Return where sockets go that DATA_DIR has too long a path for."""
        return Path(self.configured()["SOCKET_DIR"])

    def addresses(self) -> stack.Addresses:
        """Return two servers that answer: those given, which are tried before anything is started, or our own.

        They are also written into the settings (``REDIS_URL``, ``MONGO_URI``), where spiders and pipelines
        find them. Raise UsageError or Unreachable.
        """
        settings = self.configured()
        given_redis, given_mongo = settings["REDIS_URL"] or None, settings["MONGO_URI"] or None
        if given_redis:
            check_redis(settings)
        if given_mongo:
            check_mongo(settings)
        addresses = stack.ensure(
            self.data_dir(),
            redis_url=given_redis,
            mongo_uri=given_mongo,
            announce=say,
            may_start=not settings["SCRAPYD_JOB"],
            tcp=settings.getbool("STACK_TCP"),
            sockets=self.sockets(),
        )
        if settings["SCRAPYD_JOB"]:
            _outside_of_scrapyd(self.data_dir())
        settings.set("REDIS_URL", addresses.redis_url, priority="cmdline")
        settings.set("MONGO_URI", addresses.mongo_uri, priority="cmdline")
        return addresses

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add Scrapy's own; what the parser finds wrong is one line, like any other mistake."""
        super().add_options(parser)

        def refuse(message: str) -> NoReturn:
            say(f"error: {message}: see scrapy {self.name()} --help")
            sys.exit(UsageError.exit_code)

        parser.error = refuse  # type: ignore[method-assign]

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read Scrapy's own options (``-s``, ``--logfile`` …); a log file that cannot be written is one line."""
        try:
            super().process_options(args, opts)
        except OSError as error:
            say(f"error: {error.filename}: {error.strerror}")
            sys.exit(Unreachable.exit_code)
        settings = self.configured()
        settings.set("REDIS_URL", redis_url_of(settings), priority="cmdline")


@contextmanager
def _writing() -> Iterator[None]:
    """Raise BrokenPipeError as it is, Unwritable for what else stdout may say."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unwritable(f"stdout: {error.strerror or error}") from error


def _outside_of_scrapyd(data_dir: Path) -> None:
    """Refuse a job's own folder, where nobody looks for data, and perhaps nobody may write."""
    here = Path.cwd()
    if data_dir.parent == here or (here != Path("/") and data_dir.is_relative_to(here)):
        raise UsageError(
            f"DATA_DIR would be {data_dir}, in scrapyd's own folder: "
            "set it to another one in the environment of scrapyd"
        )
