"""Speed, and the bounds of whatever a server may send."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

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

# A body shorter than announced is handed over with a mark, so that one rule decides of all bodies that were cut
# (crawler/middlewares/decoding.py): an error that is tried again, never half an article. At the last attempt a page
# is read that is whole to its </html>; with 1 it is not.
DOWNLOAD_FAIL_ON_DATALOSS = False

# Regional portals run for months on expired certificates, and a crawler that reads public pages sends no
# secret. The price: whoever sits on the line can change what is read. 1 refuses such hosts.
DOWNLOAD_VERIFY_CERTIFICATES = False

# A sitemap of 50,000 pages is longer, and worth a longer wait; two at a time, for the sake of memory. (One that
# is a gzip file may become 32 MB: crawler/discovery/lists/inflate.py.)
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
