"""Free ports on loopback."""

from __future__ import annotations

import random
import socket

from crawler.errors import Unreachable

__all__ = ["LOOPBACK", "free_port", "is_free"]

LOOPBACK = "127.0.0.1"

# Below the range from which systems give ports to outgoing connections (32768 on Linux). In that range a
# client that reconnects to a dead server can get the server's own port, and so keep it from coming back.
# Nor the ports where a Redis or MongoDB of someone else's is expected.
FIRST, LAST = 17_000, 26_999


def is_free(port: int) -> bool:
    """Return whether a server could listen there now. Connections that are only closing down do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a random free port. It may be taken a moment later: whoever starts a server there tries again."""
    for _ in range(100):
        port = random.randint(FIRST, LAST)
        if is_free(port):
            return port
    raise Unreachable(f"no free port on {LOOPBACK} between {FIRST} and {LAST}: give REDIS_URL and MONGO_URI")
