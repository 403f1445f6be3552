"""Every setting of the project, each with its consequence.

This module reads the environment, and nothing else in the project does: code takes what it needs from the
settings. Any of them can be replaced for one command with ``-s NAME=VALUE``.

There is deliberately no ``SCHEDULER`` here. The shared frontier is set by the spiders that use it (in their
``update_settings``): set for the whole project it would make ``scrapy shell`` take requests of a running
crawl off the shared queue.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from scrapy.utils.conf import closest_scrapy_cfg

from crawler import __version__
from crawler.pipelines import PIPELINES


def _environment(name: str, default: str = "") -> str:
    """The variable, stripped; one that is empty counts as not set."""
    return os.environ.get(name, "").strip() or default


BOT_NAME = "crawler"
SPIDER_MODULES: Final = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# --- Where things are (the environment) ---------------------------------------------------------------------

# Empty: the embedded servers of DATA_DIR are used, and started when they do not run.
REDIS_URL = _environment("REDIS_URL")
MONGO_URI = _environment("MONGO_URI")

# The database that holds articles, revisions, pages, failures.
MONGO_DATABASE = _environment("MONGO_DATABASE", "news")

# The name of the shared frontier, and the hash tag of its keys. Workers with the same name share one crawl;
# two names on one Redis know nothing of each other (nor of each other's requests to the same host).
FRONTIER = _environment("FRONTIER", "news")

# Embedded servers, their data and logs. Beside scrapy.cfg, so that every command finds the same servers from
# any folder of the project; in the current folder where there is none (an egg).
_ROOT = Path(closest_scrapy_cfg() or "scrapy.cfg").parent
DATA_DIR = str(Path(_environment("DATA_DIR", str(_ROOT / ".data"))).absolute())

# More folders of portal profiles; a profile there replaces a bundled one of the same name.
PORTALS_DIR: Final = [folder for folder in _environment("PORTALS_DIR").split(":") if folder]

# The id of a job of scrapyd: its argument _job becomes this (SCRAPY_JOB is what older ones set). A job has no
# folder of its own and may not leave servers behind, so both addresses and DATA_DIR have to be given to it.
SCRAPYD_JOB = _environment("SCRAPY_JOB")

# The name of this process on each line of its log: scrapyd's job id where there is one, else JOB_ID, else
# systemd's id of the run (journalctl _SYSTEMD_INVOCATION_ID=…), else HOST-PID.
JOB = SCRAPYD_JOB or _environment("JOB_ID") or _environment("INVOCATION_ID")

# --- Who we are ---------------------------------------------------------------------------------------------

# A mail address or a page about this crawl. A webmaster who is bothered can then write instead of blocking;
# a crawl of a public host without it warns.
CRAWLER_CONTACT = _environment("CRAWLER_CONTACT")
USER_AGENT = f"regional-news-crawler/{__version__}" + (f" (+{CRAWLER_CONTACT})" if CRAWLER_CONTACT else "")

# Accept-Encoding is not here: the HttpCompression middleware knows what it can decode.
DEFAULT_REQUEST_HEADERS: Final = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}

# --- What Scrapy switches on and a crawler in production must not have --------------------------------------

# An HTTP server on localhost that runs the Python it is sent: anyone on the machine could be this process.
REMOTE_CONTROL_ENABLED = False

# The same by another name.
TELNETCONSOLE_ENABLED = False

# Portals need none, workers would each have their own, and the jar fetches the public-suffix list over the
# network in the middle of the crawl.
COOKIES_ENABLED = False

# Which page sent us is nobody's business, and its header costs a parse of two URLs a request.
REFERER_ENABLED = False

# Scrapy's own goes around the scheduler, so around the politeness of the other workers; caches for ever; and
# takes a failed fetch for permission. The project's component replaces it.
ROBOTSTXT_OBEY = False

# Retries are held in Redis, where any worker can take them up and a crash does not forget them.
RETRY_ENABLED = False

# Every answer reaches the spider, which asks the one policy of outcomes what it means.
HTTPERROR_ALLOW_ALL = True

# Only http and https leave this machine; a redirect to file:, data:, ftp: or s3: finds no handler. Ours
# bounds what a server can send before the body.
DOWNLOAD_HANDLERS: Final[dict[str, Any]] = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.download.http_handler.BoundedHandler",
    "https": "crawler.download.http_handler.BoundedHandler",
}

# --- Between the engine and the wire ------------------------------------------------------------------------

# A request passes from the top to the bottom, its answer from the bottom to the top. Scrapy's own for
# cookies, retries, robots.txt and offsite links are off: see above, and GuardMiddleware.
DOWNLOADER_MIDDLEWARES: Final[dict[str, Any]] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "crawler.middlewares.guard.GuardMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.render.RenderMiddleware": 150,
    "crawler.middlewares.conditional.ConditionalMiddleware": 200,
    # 350 DownloadTimeout, 400 DefaultHeaders, 500 UserAgent
    "crawler.middlewares.redirects.BoundedRefreshes": 580,
    # 590 HttpCompression
    "crawler.middlewares.redirects.BoundedRedirects": 600,
    "crawler.middlewares.bounds.BoundsMiddleware": 610,
    "crawler.middlewares.backoff.BackoffMiddleware": 620,
    # 750 HttpProxy, 850 DownloaderStats
}

# What the spider does itself: it judges every status, counts depth over lists only, and discovery has cut
# URLs that are too long. Three passes over each request less.
SPIDER_MIDDLEWARES: Final[dict[str, Any]] = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,  # for queues that this project does not use
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # warns of what is not done here
}

ITEM_PIPELINES: Final = PIPELINES

# Seconds that articles wait for a MongoDB that does not store (away, no primary, its disk full). Then the
# crawl ends, and the frontier keeps what was not acknowledged for the next run.
MONGO_PATIENCE = 300.0

# --- Beside the crawl ---------------------------------------------------------------------------------------

EXTENSIONS: Final[dict[str, Any]] = {
    # Off by their settings already; but loading the first one alone brings an HTTP server along (0.3 s).
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.throttle.AutoThrottle": None,  # the frontier's clocks do that for all workers
    "crawler.extensions.counts.Counts": 100,
    "crawler.extensions.dead_letters.DeadLetterReporter": 200,
    "crawler.extensions.progress.ProgressLog": 300,
    "crawler.extensions.contact.ContactReminder": 400,
    "crawler.extensions.gc_tuning.GcTuning": 500,
}

# More given-up pages than this share, and a crawl ends with exit code 3 although it went through.
FAILURE_THRESHOLD = 0.05

# --- Lists that a script fills (docs/rendering.md) -----------------------------------------------------------

# The browser: a path or a name on PATH; "none" renders nothing. Empty: what `playwright install` has
# downloaded, else chromium-headless-shell, chromium or google-chrome on PATH, else such lists fail with a line
# that says so, and the rest of the crawl goes on.
PLAYWRIGHT_EXECUTABLE = _environment("PLAYWRIGHT_EXECUTABLE")
PLAYWRIGHT_BROWSERS_PATH = _environment("PLAYWRIGHT_BROWSERS_PATH")

# All that the browser sees of this process's environment: the servers' addresses are none of its business.
RENDER_ENVIRONMENT: Final = {
    name: os.environ[name]
    for name in ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "XDG_RUNTIME_DIR")
    if name in os.environ
}

# Pages open at a time in the one browser of a worker: each is some 100 MB.
RENDER_PAGES = 2

# Seconds for one list: opening, all clicks and scrolls, the turns of their requests. What is there then is
# read, and the list is not taken for walked to its end.
RENDER_TIMEOUT = 120

# Pages of one portal that one worker renders: then the portal's further ones are given up (render-budget).
RENDER_BUDGET = 200

# Of lists that no profile marks and that were found to be empty, so many are rendered: this share of the
# portal's pages, and a few to begin with.
RENDER_SHARE = 0.05

# The browser is started anew after so many pages, so that what it leaks is bounded.
RENDER_LIFETIME = 100

# --- Speed --------------------------------------------------------------------------------------------------

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# A tenth of a worker's CPU time less; asyncio's own loop where there is no uvloop.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None

# Scrapy starts this many tasks for every response, whatever it yields; its default of 100 halves the pages a
# second. Two let an article be stored while the next child is handed to the scheduler.
CONCURRENT_ITEMS = 2

# Requests in flight in one worker. Politeness is the frontier's (per host and site, for all workers
# together), so the downloader's own limits only bound memory: 32 pages of a few hundred kB.
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 32
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0

# Bytes of responses that wait for their callbacks; above it no further request starts. The bound on memory
# when parsing or storing is slower than the network.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 8_000_000

# --- Bounds -------------------------------------------------------------------------------------------------

# A page that is longer (after decompression too) is given up: the parser reads no more than this of one
# (crawler/parsing/limits.py). The longest list page of 49 real ones has 2 MB.
DOWNLOAD_MAXSIZE = 4_000_000
DOWNLOAD_WARNSIZE = 0

# Seconds for a whole response. A server that sends a byte a second holds one of CONCURRENT_REQUESTS so long.
DOWNLOAD_TIMEOUT = 30

# A body shorter than its Content-Length is an error (and tried again), never half an article.
DOWNLOAD_FAIL_ON_DATALOSS = True

# Regional portals run for months on expired certificates, and a crawler that reads public pages sends no
# secret. The price: whoever sits on the line can change what is read. 1 refuses such hosts.
DOWNLOAD_VERIFY_CERTIFICATES = False

# A sitemap of 50,000 pages is longer, and worth a longer wait; two at a time, for the sake of memory. (One that
# is a gzip file may become 32 MB: crawler/discovery/xml.py.)
SITEMAP_MAXSIZE = 16_000_000
SITEMAP_TIMEOUT = 120
DOWNLOAD_SLOTS: Final[dict[str, Any]] = {"sitemaps": {"concurrency": 2, "delay": 0}}

# Names on direct connections never lead to an address of this network (a profile can allow it), and an
# answer is kept for five minutes: Scrapy's own resolver keeps it until the worker ends.
TWISTED_DNS_RESOLVER = "crawler.download.resolver.GuardedResolver"
DNS_TIMEOUT = 10

REDIRECT_MAX_TIMES = 5

# A page that refreshes itself after more seconds than these is a page; after fewer, it has moved.
METAREFRESH_MAXDELAY = 5
URLLENGTH_LIMIT = 2048

# --- The shared frontier (docs/frontier.md; seconds unless said otherwise) ----------------------------------

# A worker that is silent for so long loses what it holds to the others. Shorter: a crash is noticed sooner;
# longer than the longest freeze of a worker or of Redis: nothing is fetched twice. A third of it is the pause
# between two heartbeats.
LEASE_SECONDS = 60

# A failed page is tried so many times more, after 2, 8, 32, 128 … s; then it is in `failures`.
RETRY_TIMES = 4
RETRY_PAUSE = 2
RETRY_PAUSE_MAX = 600

# A page during which so many workers died or hung is set aside.
POISON_LOSSES = 4

# A worker whose loop stands still for so long (a page that hangs its parser) prints where, and exits. 0: never.
HANG_SECONDS = 600

# What has to wait longer (a Retry-After of an hour) does not keep a crawl running: the next one does it.
DELAY_MAX = 300

# How long a stopped worker may finish what it has begun. Below what Docker or Kubernetes wait before a kill.
SHUTDOWN_GRACE = 25

# An interrupted run older than this is followed by a new one, which reads the lists again; its queue stays.
RUN_SECONDS = 6 * 3600

# After so many days without standing in any list an article is forgotten, and new when it comes back. 0: never.
SEEN_DAYS = 0

# Requests to one host and to one site at a time, of all workers together. 0: no limit.
HOST_CONCURRENCY = 8
SITE_CONCURRENCY = 16

# --- Reporting ----------------------------------------------------------------------------------------------

LOG_LEVEL = "INFO"

# 1: one JSON object a line (time in UTC, level, logger, message, job, portal) instead of text.
LOG_JSON = _environment("LOG_JSON") not in ("", "0")

# The versions of a dozen libraries at the start of every log; "scrapy version -v" tells them when asked.
LOG_VERSIONS: Final[list[str]] = []

# No line for each item, and no traceback for errors that have a name: see the class.
LOG_FORMATTER = "crawler.pipelines.log.QuietLogFormatter"

# ✓ and 标题 in a log are UTF-8 whatever the locale says.
LOG_ENCODING = "utf-8"
FEED_EXPORT_ENCODING = "utf-8"
