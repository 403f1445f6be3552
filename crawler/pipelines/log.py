"""What Scrapy writes into the log about items: nothing that would be said for each of thousands."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from crawler.errors import CrawlerError

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure

__all__ = ["QuietLogFormatter"]


class QuietLogFormatter(LogFormatter):
    """Leaves out the line an item, which holds the whole article, and tracebacks of errors that have a name.

    While MongoDB is away every item ends in the same Unreachable, which StorePipeline reports once; Scrapy's
    own line, with its traceback, is for errors that nobody foresaw.
    """

    def scraped(
        self,
        item: Any,  # noqa: ARG002 - Scrapy's signature
        response: Response | Failure | None,  # noqa: ARG002
        spider: Spider,  # noqa: ARG002
    ) -> LogFormatterResult:
        """Return no line: the counters tell how many."""
        return None  # type: ignore[return-value]  # documented by Scrapy as the way to skip a line

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Return a line below the usual level where the error is one of ours."""
        line = super().item_error(item, exception, response, spider)
        if isinstance(exception, CrawlerError):
            return {**line, "level": logging.DEBUG}
        return line
