"""What is told of a crawl: its name, log, progress and exit code."""

from __future__ import annotations

from typing import Final

from crawler.settings.environment import variable

# The id of a job of scrapyd: its argument _job becomes this (SCRAPY_JOB is what older ones set). A job has no
# folder of its own and may not leave servers behind, so both addresses and DATA_DIR have to be given to it.
SCRAPYD_JOB = variable("SCRAPY_JOB")

# The name of this process on each line of its log: scrapyd's job id where there is one, else JOB_ID, else
# systemd's id of the run (journalctl _SYSTEMD_INVOCATION_ID=…), else HOST-PID.
JOB = SCRAPYD_JOB or variable("JOB_ID") or variable("INVOCATION_ID")

# More given-up pages than this share, and a crawl ends with exit code 3 although it went through.
FAILURE_THRESHOLD = 0.05

# Fewer failures than this are never too many, whatever share of a small run they are; unless nothing at all came, or
# FAILURE_THRESHOLD is 0.
FAILURE_MINIMUM = 5

# Seconds between two lines of progress in the log. 0: none.
PROGRESS_SECONDS = 30.0

# Seconds between two reports of a worker's counters to the run's in Redis, which progress and summaries read.
TALLY_SECONDS = 1.0

LOG_LEVEL = "INFO"

# 1: one JSON object a line (time in UTC, level, logger, message, job, portal) instead of text.
LOG_JSON = variable("LOG_JSON") not in ("", "0")

# A file that warnings and errors are also written to, as JSON lines: scrapy fleet gives its workers a pipe. 0: none.
REPORT_FD = 0

# The versions of a dozen libraries at the start of every log; "scrapy version -v" tells them when asked.
LOG_VERSIONS: Final[list[str]] = []

# No line for each item, and no traceback for errors that have a name: see the class.
LOG_FORMATTER = "crawler.pipelines.log.QuietLogFormatter"

# ✓ and 标题 in a log are UTF-8 whatever the locale says.
LOG_ENCODING = "utf-8"
FEED_EXPORT_ENCODING = "utf-8"
