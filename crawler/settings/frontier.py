"""The shared frontier (docs/frontier.md). Seconds, unless said otherwise."""

from __future__ import annotations

from typing import Final

from crawler.settings.environment import variable

# The name of the shared frontier, and the hash tag of its keys. Workers with the same name share one crawl;
# two names on one Redis know nothing of each other (nor of each other's requests to the same host).
FRONTIER = variable("FRONTIER", "news")

# Take part in runs that are under way and begin none: for workers that are added to a crawl while it needs them.
JOIN_ONLY = False

# A worker that is silent for so long loses what it holds to the others. Shorter: a crash is noticed sooner;
# longer than the longest freeze of a worker or of Redis: nothing is fetched twice.
LEASE_SECONDS = 60

# The pause between two heartbeats. None: a third of LEASE_SECONDS. It has to be shorter than that.
HEARTBEAT_SECONDS: Final[float | None] = None

# A request that is under way for longer hangs: its lease is no longer renewed, and another worker may have it.
HOLD_MAX = 900

# Operations of the outbox in one call to Redis. More: fewer round trips; each call holds Redis up for longer.
FRONTIER_BATCH = 500

# Requests leased ahead where no host or site has a limit. More: fewer waits; a crash gives more back.
FRONTIER_PREFETCH = 16

# How often a worker that has nothing to do asks for work.
FRONTIER_POLL = 1

# A page during which so many workers died or hung is set aside.
POISON_LOSSES = 4

# A worker whose loop stands still for so long (a page that hangs its parser) prints where, and exits. 0: never.
HANG_SECONDS = 600

# How long a stopped worker may finish what it has begun. Below what Docker or Kubernetes wait before a kill.
SHUTDOWN_GRACE = 25

# An interrupted run older than this is followed by a new one, which reads the lists again; its queue stays.
RUN_SECONDS = 6 * 3600

# After so many days without standing in any list an article is forgotten, and new when it comes back. 0: never.
SEEN_DAYS = 0

# A list, set or sorted set in Redis from which start URLs are taken, as in scrapy-redis; %(name)s is the spider's,
# %(frontier)s that of FRONTIER. The frontier "news" also takes those of portal:start_urls, where this is unchanged.
REDIS_START_URLS_KEY = "{%(frontier)s}:%(name)s:start_urls"
