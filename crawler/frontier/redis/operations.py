"""The operations of an outbox, as the scripts read them (scripts/apply.lua)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from crawler.frontier.redis.keys import list_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.frontier.redis.model import Lease, Op

__all__ = [
    "MOST_PARKED",
    "SETTLEMENTS",
    "Mode",
    "ack",
    "crawl_delay",
    "fail_host",
    "host_is_back",
    "keep",
    "listed",
    "nack",
    "newer",
    "number",
    "numbers",
    "park",
    "push",
    "release",
    "seen",
    "shown",
    "skipped",
    "slow_down",
    "undecodable",
    "unpark",
    "walked",
    "walking",
]

MOST_PARKED: Final = 200_000
"""Links of a portal that are parked at a time."""

SETTLEMENTS: Final = frozenset("anruv")
"""The first letters of what settles a lease; its token comes third."""

Mode = Literal["A", "R", "F", "G"]
"""A: once for ever; R: once a run; F: whatever was seen; G: as F, and seen from now on."""

_SIGN: Final = 1 << 63


def number(identifier: str) -> tuple[int, str]:
    """Return what marks keep of a URL's id (32 hex digits): 24 bits that spread it, 64 others that are stored."""
    stored = int(identifier[8:24], 16)
    return int(identifier[:6], 16), str(stored - (1 << 64) if stored & _SIGN else stored)


def numbers(identifiers: Iterable[str]) -> list[int | str]:
    """Return the same of many, flat."""
    flat: list[int | str] = []
    for identifier in identifiers:
        flat += number(identifier)
    return flat


def push(mode: Mode, portal: str, identifier: str, host: str, site: str, rank: int, payload: bytes) -> Op:
    """Push a new entry; ``payload`` is JSON, ``rank`` is that of :mod:`crawler.frontier.requests.priority`."""
    return ("p", mode, portal, identifier, *number(identifier), f"{host}/{site}", rank, payload.decode())


def ack(lease: Lease, group: str = "", dead: str = "") -> Op:
    """Settle an entry as done: it is forgotten.

    ``group`` says which links of its page it belongs to; one of them was ``dead`` (its URL), or else alive.
    """
    return ("a", lease.entry, lease.token, *((group, dead) if dead else (group,) if group else ()))


def nack(lease: Lease, reason: str, status: int, pause_ms: float, tries: int) -> Op:
    """Settle it as failed: again after a pause, or set aside after the last of ``tries``. ``status`` 0 is none."""
    return ("n", lease.entry, lease.token, reason, status, pause_ms, tries)


def release(lease: Lease) -> Op:
    """Give an entry back, without a try being counted."""
    return ("r", lease.entry, lease.token)


def undecodable(lease: Lease) -> Op:
    """Set an entry apart whose payload cannot be read."""
    return ("u", lease.entry, lease.token)


def newer(lease: Lease, pause_ms: float) -> Op:
    """Leave what this worker cannot do, its payload being of a newer version, say: for later, or for another."""
    return ("v", lease.entry, lease.token, pause_ms)


def listed(portal: str, list_key: str, identifiers: Iterable[str]) -> Op:
    """Note that a list showed these articles."""
    return ("l", portal, list_name(list_key), numbers(identifiers))


def seen(portal: str, identifier: str) -> Op:
    """Take an article for known."""
    return ("m", portal, *number(identifier))


def shown(portal: str, entries: Iterable[str]) -> Op:
    """Note what lists showed in this run; ``entries`` are ids that stand for an article and its list."""
    return ("i", portal, numbers(entries))


def walked(portal: str, list_key: str, run: int = 0) -> Op:
    """Note that a list was walked to its end, by that run."""
    return ("w", portal, list_name(list_key), run)


def walking(portal: str, list_key: str, run: int) -> Op:
    """Note that a run walks on in a list: until its end, the list counts as walked for this run alone.

    Acknowledgements of a list's pages come in any order: one that comes after the run was at the end is ignored.
    """
    return ("o", portal, list_name(list_key), run)


def skipped(portal: str, identifier: str) -> Op:
    """Skip an article that was read and not asked for: not seen, but not queued again in this run either."""
    return ("f", portal, *number(identifier))


def park(portal: str, identifier: str, payload: bytes, most: int, *, once: bool) -> Op:
    """Park a request that is not for this run; up to ``most`` are kept. ``once``: none that is queued or was."""
    return ("h", portal, identifier, *number(identifier), payload.decode(), most, int(once))


def unpark(portal: str, identifier: str, *, once: bool) -> Op:
    """Forget what was parked; what is asked for ``once`` only if it has been queued since."""
    return ("e", portal, identifier, *number(identifier), int(once))


def slow_down(host: str, pause_ms: float) -> Op:
    """Have nobody ask the host, which has become slow, for so long."""
    return ("s", host, pause_ms)


def fail_host(host: str, why: str, *, asked_ms: float = 0, least_ms: float = 0, harder: bool = False) -> Op:
    """Have nobody ask a host that fails: for longer every time, or for as long as it ``asked``, ``least`` at least.

    ``harder``: and ask it less often afterwards, for a while. Nothing is done while it is left alone already, but
    that it may ask for longer.
    """
    return ("t", host, why, asked_ms, least_ms, 1 if harder else 0)


def host_is_back(host: str) -> Op:
    """Note that a host which was left alone has answered; nothing is done before its pause is over."""
    return ("b", host)


def crawl_delay(host: str, delay_ms: float) -> Op:
    """Keep this pause between two requests, as the host's robots.txt wants; 0 for none."""
    return ("d", host, delay_ms)


def keep(key: str, value: bytes, ttl_ms: float) -> Op:
    """Keep something in the cache of all workers."""
    return ("k", key, _text(value), max(1, int(ttl_ms)))


def _text(value: bytes) -> msgspec.Raw:
    """Write any bytes as a msgpack string, which is what Lua calls one; its reader knows no binary type."""
    return msgspec.Raw(b"\xdb" + len(value).to_bytes(4, "big") + value)
