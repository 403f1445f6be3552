"""How we behave towards portals: who we say we are, what we obey, how often a page is tried."""

from __future__ import annotations

from typing import Final

from crawler import __version__
from crawler.settings.environment import variable

# A mail address or a page about this crawl. A webmaster who is bothered can then write instead of blocking;
# a crawl of a public host without it warns.
CRAWLER_CONTACT = variable("CRAWLER_CONTACT")
USER_AGENT = f"regional-news-crawler/{__version__}" + (f" (+{CRAWLER_CONTACT})" if CRAWLER_CONTACT else "")

# Accept-Encoding is not here: the decoding middleware knows what it can decode.
DEFAULT_REQUEST_HEADERS: Final = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}

# Scrapy's own goes around the scheduler, so around the politeness of the other workers; caches for ever; and
# takes a failed fetch for permission. The project's component replaces it.
ROBOTSTXT_OBEY = False

# Portals need none, workers would each have their own, and the jar fetches the public-suffix list over the
# network in the middle of the crawl.
COOKIES_ENABLED = False

# Which page sent us is nobody's business, and its header costs a parse of two URLs a request.
REFERER_ENABLED = False

# Requests to one host and to one site at a time, of all workers together. 0: no limit.
HOST_CONCURRENCY = 8
SITE_CONCURRENCY = 16

# A failed page is tried so many times more, after 2, 8, 32, 128 … s; then it is in `failures`.
RETRY_TIMES = 4
RETRY_PAUSE = 2
RETRY_PAUSE_MAX = 600

# Retries are held in Redis, where any worker can take them up and a crash does not forget them.
RETRY_ENABLED = False

# What has to wait longer (a Retry-After of an hour) does not keep a crawl running: the next one does it.
DELAY_MAX = 300

# A host that fails (no answer, 5xx, 429, no robots.txt) for longer than this is left to the next run: this one ends,
# with exit code 3, when nothing else is left. Longer: short outages are sat out.
HOST_PATIENCE = 60
