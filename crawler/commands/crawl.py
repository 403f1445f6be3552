"""``scrapy crawl``: Scrapy's own, with arguments checked before anything starts and exit codes that tell."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.commands import BaseRunSpiderCommand
from scrapy.spiderloader import get_spider_loader

from crawler.commands.base import ProjectCommand
from crawler.commands.checks import check_settings
from crawler.commands.crawl_arguments import PORTAL_ARGUMENTS
from crawler.commands.outcomes import worker_outcome
from crawler.commands.process import GracefulProcess
from crawler.context import PortalSelection
from crawler.context.article_urls import read_article_urls
from crawler.errors import CrawlerError, Unreachable, UsageError
from crawler.fleet.reports import END, ReportHandler
from crawler.logs import job_name, start_log

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings

__all__ = ["Command"]

logger = logging.getLogger(__name__)


class Command(ProjectCommand, BaseRunSpiderCommand):
    """Run a spider.

    Exit codes: 0 done (a graceful stop included), 1 crash, 2 usage or an unreachable server, 3 incomplete (failures
    past FAILURE_THRESHOLD, only failing hosts left, a run that vanished, nothing fetched, a profile of ``all`` or a
    tag that cannot be used, an article that was given by its URL and is not stored), 130 forced.
    """

    checks_settings = False  # it does so itself, where its log can tell of them

    def syntax(self) -> str:
        """Return the arguments for the help."""
        return "[options] <spider>"

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Run one worker of a crawl: portal -a portal=NAME, or article -a url=URL"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            f"portal is one worker of a crawl that any number of workers share. {PORTAL_ARGUMENTS} "
            "article reads the articles it is given and nothing else: url=URL, or file=FILE with a URL a line."
        )

    def perform(self, args: list[str], opts: argparse.Namespace) -> int:
        """Check, run to the end, and say how it went; a fleet learns why it ended badly."""
        reports = ReportHandler.from_settings(self.configured())
        if reports is None:
            return self._crawl(args, opts, logging.NullHandler())
        try:
            return self._crawl(args, opts, reports)
        except CrawlerError as error:
            reports.tell(END, f"error: {error}")
            raise
        except Exception as error:
            reports.tell(END, f"{type(error).__name__}: {error}")
            raise

    def _crawl(self, args: list[str], opts: argparse.Namespace, reports: logging.Handler) -> int:
        if len(args) != 1:
            raise UsageError("which spider? scrapy crawl portal -a portal=NAME, or article -a url=URL")
        settings = self.configured()
        job = opts.spargs.get("_job", "")
        if job:
            settings.set("SCRAPYD_JOB", job, priority="cmdline")
        if args[0] == "portal" and not opts.spargs.get("portal") and settings["DEFAULT_PORTAL"]:
            opts.spargs["portal"] = settings["DEFAULT_PORTAL"]
        try:
            self._prepare(args[0], opts.spargs, settings)
        except CrawlerError as error:
            # who wants to know why a job ended looks into its log
            if settings["LOG_FILE"]:
                _start_log(settings, job, opts.spargs)
                logger.error(error)  # noqa: TRY400 -- one line says it all
            raise
        _start_log(settings, job, opts.spargs)
        logging.root.addHandler(reports)
        process = GracefulProcess(settings)
        self.crawler_process = process
        crawler = self._create_crawler(args[0])
        task: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        return worker_outcome(crawler, task, forced=process.is_forced)

    def _prepare(self, spider: str, arguments: Mapping[str, str], settings: BaseSettings) -> None:
        known = get_spider_loader(settings).list()
        if spider not in known:
            raise UsageError(f"unknown spider {spider!r}; there are {', '.join(known)}")
        _check(spider, arguments, settings)
        self.addresses()


def _check(spider: str, arguments: Mapping[str, str], settings: BaseSettings) -> None:
    """Raise now, in one line, what the spider would raise in the middle of its start."""
    check_settings(settings)
    if spider == "portal":
        PortalSelection.read(arguments, settings.getlist("PORTALS_DIR"))
    elif spider == "article":
        read_article_urls(arguments)


def _start_log(settings: BaseSettings, job: str, arguments: Mapping[str, str]) -> None:
    """Begin here; earlier it would mix what libraries say with the one line of an error."""
    portal = arguments.get("portal", "")
    several = portal == "all" or "," in portal or portal.startswith("@")
    try:
        start_log(settings, job=job_name(job or settings["JOB"]), portal="" if several else portal.strip())
    except OSError as error:
        raise Unreachable(f"{error.filename}: {error.strerror}") from error
