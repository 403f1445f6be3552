"""Where things are: Redis, MongoDB, the folders of data and of profiles."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

from scrapy.utils.conf import closest_scrapy_cfg

from crawler.settings.environment import variable

# Empty: the embedded servers of DATA_DIR are used, and started when they do not run.
REDIS_URL = variable("REDIS_URL")
MONGO_URI = variable("MONGO_URI")

# Instead of REDIS_URL, as scrapy-redis reads them. None: its own defaults (localhost, 6379, 0, utf-8).
REDIS_HOST: Final[str | None] = None
REDIS_PORT: Final[int | None] = None
REDIS_DB: Final[int | None] = None
REDIS_ENCODING: Final[str | None] = None

# Further arguments of the Redis client, as scrapy-redis reads them; they replace those of
# crawler/frontier/redis/connection.py one by one.
REDIS_PARAMS: Final[dict[str, Any]] = {}

# The database that holds articles, revisions, pages, failures.
MONGO_DATABASE = variable("MONGO_DATABASE", "news")

# Seconds that articles wait for a MongoDB that does not store (away, no primary, its disk full). Then the
# crawl ends, and the frontier keeps what was not acknowledged for the next run.
MONGO_PATIENCE = 300.0

# Embedded servers, their data and logs. Beside scrapy.cfg, so that every command finds the same servers from
# any folder of the project; in the current folder where there is none (an egg).
_ROOT = Path(closest_scrapy_cfg() or "scrapy.cfg").parent
DATA_DIR = str(Path(variable("DATA_DIR", str(_ROOT / ".data"))).absolute())

# Whether embedded servers that are started listen on ports of loopback, which every account of this machine can
# open, instead of sockets in DATA_DIR, which only its owner can. Those that run stay where they are.
STACK_TCP = variable("STACK_TCP") not in ("", "0")

# Where their sockets go (into a folder of its own, open to its owner alone) when the path in DATA_DIR is longer than
# the 100 bytes that systems take.
SOCKET_DIR = variable("XDG_RUNTIME_DIR") or gettempdir()

# More folders of portal profiles; a profile there replaces a bundled one of the same name.
PORTALS_DIR: Final = [folder for folder in variable("PORTALS_DIR").split(":") if folder]

# The portals of `scrapy crawl portal` where it is given none, as -a portal= would say them: for schedulers that start
# spiders without arguments.
DEFAULT_PORTAL = variable("DEFAULT_PORTAL")
