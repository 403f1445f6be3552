"""Query parameters that say nothing: sessions and moments in the addresses of a portal, of whatever name.

What is learnt of a parameter holds in one place only: ``t`` may be a moment behind articles and the article itself
behind ``show.php``, and ``sid`` a session beside ``id`` and a page of its own without. A place is a host, a kind of
file and the names of the other parameters. A file that is told from others by its number is one of many of its kind; a
program or an index is the same in every folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.urls.canonical import parameter_name, without_index

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["IdleParameters", "file_kind", "idle_names", "parameter_names"]

_DIGITS = re.compile(r"[0-9]+")
_LOT = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z]{8,64}")


@dataclass(frozen=True, slots=True)
class IdleParameters:
    """Parameters that never change what a page says: ``names``, where ``others`` are all that stand beside them."""

    others: frozenset[str]
    names: frozenset[str]


def parameter_names(url: str) -> frozenset[str]:
    """Return the names of a canonical URL's parameters; "" for a part of the query without ``=``."""
    query = url.partition("?")[2]
    return frozenset(map(parameter_name, query.split("&"))) if query else frozenset()


def file_kind(canonical: str) -> str:
    """Return the host and kind of file of a canonical URL: ``host/name.ext``, each number in the name as ``#``.

    ``http://a.cn/2026/1128/1001.html?t=1`` -> ``a.cn/#.html``; ``http://a.cn/gd/index.html?t=1`` -> ``a.cn/``.
    """
    target = without_index(canonical.partition("?")[0]).partition("://")[2]
    host, _, path = target.partition("/")
    name, dot, extension = path.rpartition("/")[2].rpartition(".")
    if not dot:
        name, extension = extension, ""
    name = "#" if _LOT.fullmatch(name) else _DIGITS.sub("#", name)
    return f"{host}/{name}{dot}{extension}"


def idle_names(
    canonical: str,
    ignored: frozenset[str],
    kept: frozenset[str],
    learnt: Mapping[str, tuple[IdleParameters, ...]],
) -> frozenset[str]:
    """Return the names of those parameters of a canonical URL that say nothing.

    ``ignored`` and ``kept`` are what the profile says of its portal, ``learnt`` what is known of its places.
    """
    names = parameter_names(canonical)
    idle = (names & ignored) - kept
    rest = names - idle
    for known in learnt.get(file_kind(canonical), ()) if learnt else ():
        more = (rest & known.names) - kept
        if more and rest - more == known.others:
            return idle | more
    return idle
