"""The names of the frontier's keys in Redis.

Every name begins with the frontier's name as a hash tag, so that all of a frontier lives in one slot of a
Redis Cluster. The scripts build the rest; this table is the map for people and tools.

=========================  ======  =========================================================================
``{news}:…``               type    holds
=========================  ======  =========================================================================
``requests``               HASH    entry -> slot, score, payload (JSON) of all that is queued, leased, delayed
``ready:<portal>:<slot>``  ZSET    entry -> score; lowest first. A slot is ``host/site``
``due:<portal>``           ZSET    slot -> the ms from which it may be asked
``delayed:<portal>``       ZSET    entry -> the ms at which it is ready again
``leases:<portal>``        ZSET    entry -> the ms at which its lease ends
``held``                   HASH    entry -> worker, fencing token, slot
``portals``                ZSET    portal -> the first ms at which one of the four above has something
``portal:<portal>``        HASH    gap, site_gap, slack, host_max, site_max, patience, paused;
                                   run, limit, claimed, started, queued, since, until, range,
                                   orders, orders_run, crowded (the run that was warned of parked_full),
                                   trials (of links of ``doubtful``, in this run)
``crew:<portal>``          SET     the workers of its run
``claims:<portal>``        SET     ids of the articles that count towards the run's limit
``names``                  SET     portals that were ever crawled
``host:<host>``            HASH    next, busy; delay (robots.txt); back, back_at (429, 503)
``site:<site>``            HASH    next, busy, gap
``alone``                  HASH    host -> why, how often and until when it is left alone (JSON)
``told:<host>``            STRING  its coming back was told, with a time to live
``tries``                  HASH    entry -> failed tries, lost leases, history (JSON)
``dead:<portal>``          HASH    entry -> as in ``requests``
``why``                    HASH    entry -> reason, status, tries, at, history (JSON)
``unreported``             SET     dead entries that are not in ``failures`` yet
``undecodable:<portal>``   HASH    entry -> what could not be read
``seen:<portal>``          marks   articles, for ever or SEEN_DAYS
``visited:<portal>``       marks   lists of the current run
``shown:<portal>``         marks   what the lists of the current run have shown, each entry with its list
``skipped:<portal>``       marks   articles that were read and of no day asked for
``parked:<portal>``        HASH    id -> payload: links of articles that runs of some channels or days left aside
``listed:<portal>:<list>`` marks   articles that a list ever showed
``lists:<portal>``         HASH    list -> 1 when it was walked to its end once; ``run N`` while run N walks
                                   such a list again, and after it broke off
``trash``                  LIST    generations of marks to be swept up
``sequence``, ``token``    STRING  counters: order of arrival, fencing
``epoch``                  STRING  raised by every clear
``rows:<portal>``          HASH    group of links (of a page and shape) -> how many in a row were dead
``doubted:<portal>``       HASH    group -> dead: the others wait aside; alive: they come back
``doubtful:<portal>:<group>`` ZSET entry -> its place among those that wait aside
``birth``                  STRING  when it was begun: another one where all of this was lost meanwhile
``worker:<worker>``        HASH    batch, call, granted: what makes a repeated call harmless
``workers``                ZSET    worker -> its last heartbeat
``counters``               HASH    refused: entries of the start-URL feed that belong to no portal;
                                   parked_full:<portal>: links for which ``parked`` had no room;
                                   doubtful_full:<portal>: the same of ``doubtful``
``cache:<key>``            STRING  robots.txt and the like, with a time to live
``hold:<key>``             STRING  who fetches it, with a time to live
=========================  ======  =========================================================================

Marks are a HASH of that name and SETs ``<name>:<generation>:<level>:<array>`` (docs/frontier.md).
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

__all__ = ["Keys", "list_name"]

_PLAIN: Final = re.compile(r"[\w.@/-]{1,64}", re.ASCII)


class Keys:
    """Names for those calls that need no script."""

    __slots__ = ("tag",)

    def __init__(self, frontier: str) -> None:
        self.tag = "{" + frontier + "}"

    def __call__(self, name: str) -> str:
        """Return the full name of a key."""
        return f"{self.tag}:{name}"


def list_name(key: str) -> str:
    """Return a list's name inside a key: itself where it is short and plain, else the start of its hash."""
    return key if _PLAIN.fullmatch(key) else "#" + sha256(key.encode()).hexdigest()[:24]
