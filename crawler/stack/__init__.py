"""Embedded Redis and MongoDB: real servers out of Python wheels, for whoever has none.

They live under one folder (``DATA_DIR``), listen on sockets that its owner alone can open (or, where that is asked
for, on ports of loopback, which every account of the machine can), and outlive the command that started them:

======================  ====================================================================================
``redis/``, ``mongo/``  the data
``logs/``               ``redis.log``, ``mongo.log``
``run/NAME.sock``       the socket; in a folder for temporary files where the path would be longer than 100 bytes
``run/NAME.socket``     its path, where it listens on one
``run/NAME.port``       the port, kept over restarts so that exported addresses stay true
``run/NAME.pid``        written by the server itself
``run/NAME.wanted``     there from a start until ``down``: a server that does not run and has it ended by itself
``run/NAME.alive``      held locked by the running server: the one proof that it runs (a pid may be reused)
``run/stack.lock``      held by whoever starts or ends servers, so that many commands at once share one pair
======================  ====================================================================================

The package knows nothing of Scrapy, and reads no environment: addresses and folder are arguments.
"""

from crawler.stack.addresses import Addresses, Announce
from crawler.stack.server import State
from crawler.stack.servers import down, ensure, revive, status, up

__all__ = [
    "Addresses",
    "Announce",
    "State",
    "down",
    "ensure",
    "revive",
    "status",
    "up",
]
