"""What goes in and out of the frontier in Redis."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["Ask", "DeadEntry", "HostEvent", "Lease", "LeftAlone", "Op", "PortalStatus", "Reply", "Run"]

Op = tuple[Any, ...]
"""An operation of the outbox, as :mod:`crawler.frontier.redis.operations` makes them: msgpack values only."""


class Ask(NamedTuple):
    """A lease call.

    ``call`` numbers the worker's calls: the same number gets the same leases. ``want`` is how many may be
    handed out, ``extra`` how many more where no host or site has a limit. ``suspects`` is how many suspects
    (see :class:`Lease`) the worker holds already.
    """

    call: int
    want: int
    extra: int
    portals: tuple[str, ...]
    suspects: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to fetch one entry, until it is settled or its deadline passes.

    ``tries`` is how many attempts failed before (lost leases included), so this is attempt ``tries + 1``.
    ``suspect``: it lost its lease at least twice, perhaps because it kills its worker; a worker holds one of
    them at a time. ``fails``: so does its ``host``, and this entry finds out whether it still does.
    """

    entry: str
    token: str
    payload: bytes
    tries: int = 0
    suspect: bool = False
    host: str = ""
    fails: bool = False

    @property
    def portal(self) -> str:
        """The portal it belongs to."""
        return self.entry.partition(":")[0]


@dataclass(frozen=True, slots=True)
class HostEvent:
    """Something that a person should know of a host, by the frontier's clock.

    ``what``: it is left alone ``until`` then, for the reason ``why`` (``refused``, ``http-503`` …), so many ``times``
    ``since`` then; or it is back; or its ``clock`` stood at ``since``, far in the future, and was set to ``until``.
    Of a portal (``host``): so many links of one page in a row were dead, the last being ``why``; there is ``doubt``
    of the others.
    """

    host: str
    what: Literal["alone", "back", "clock", "doubt"]
    until: datetime
    why: str
    times: int
    since: datetime


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A host that is left alone, as in :class:`HostEvent`, and how many of a portal's requests wait for it.

    ``asked``: only because it said so itself, once (Retry-After).
    """

    host: str
    until: datetime
    why: str
    times: int
    since: datetime
    requests: int
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What an exchange came back with.

    ``wait_ms`` is the time until something may be due, None when nothing is in sight; ``drained`` says that
    of the portals asked for nothing is ready, leased by anyone, or due within DELAY_MAX. ``repeated``: the
    operations had been done by an earlier call whose reply was lost. ``fenced`` are entries whose settlement
    was refused, because the lease had run out and was given to another. ``crowded`` are portals that had no room
    to park a link, each once a run. ``birth`` is another where the frontier was lost and begun anew, and empty where
    that was not done yet.
    """

    server_ms: float
    epoch: int
    repeated: bool
    pushed: int
    seen: int
    acked: int
    nacked: int
    buried: int
    fenced: tuple[str, ...]
    leases: tuple[Lease, ...]
    wait_ms: int | None
    drained: bool
    reclaimed: int
    crowded: tuple[str, ...] = ()
    hosts: tuple[HostEvent, ...] = ()
    birth: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a portal. ``joined``: it was under way. ``limit``: articles it may store, 0 for no limit.

    ``range`` numbers what runs of certain days remember: it goes up when one asks for more days than the last.
    ``number`` 0 is no run: none is under way, for one that only joins, or one with other ``orders`` is. ``birth`` is
    what tells this frontier from another of its name.
    """

    number: int
    joined: bool
    limit: int
    range: int = 0
    orders: str = ""
    birth: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEntry:
    """A request that was given up by the frontier: after its last try, or as poison.

    ``meta`` is the request's (portal, kind, channel, list, hint …); ``history`` has (reason, status, when)
    of its attempts, oldest first, bounded. ``status`` is the last HTTP status, None without one.
    """

    id: str
    url: str
    portal: str
    reason: str
    status: int | None
    tries: int
    at: datetime
    history: tuple[tuple[str, int | None, datetime], ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalStatus:
    """How a portal stands. ``delayed`` is due within DELAY_MAX, ``later`` and ``later_hosts`` are not.

    ``unserved`` is what could have been leased by now and was not, ``expired`` (part of ``leased`` and of
    ``unserved``) what a lost worker held.
    ``seen`` is exact up to 400 articles and then right within a few per mille.
    ``parked`` links were left aside by runs of some channels or days, for a run of everything; ``parked_full``
    counts those for which there was no room, since the portal was last cleared.
    ``doubtful`` links wait aside, because those like them on their page were dead; ``doubtful_full`` counts those for
    which there was no room. ``failing`` counts hosts that are ``left_alone``. ``next_due`` is when the first of what
    waits may be asked, in ms of the frontier's clock; 0 where nothing waits.
    """

    portal: str
    ready: int
    hosts: int
    leased: int
    expired: int
    unserved: int
    delayed: int
    later: int
    later_hosts: int
    failing: int
    doubtful: int
    doubtful_full: int
    next_due: int
    dead: int
    undecodable: int
    seen: int
    parked: int
    parked_full: int
    run: int
    limit: int
    claimed: int
    paused: bool
    drained: bool
    left_alone: tuple[LeftAlone, ...] = ()

    @property
    def queued(self) -> int:
        """All that waits, now or later."""
        return self.ready + self.delayed + self.later + self.doubtful

    @property
    def demand(self) -> int:
        """What is being fetched and what could be: the requests that workers are needed for at this moment."""
        return self.leased - self.expired + self.unserved
