"""Query parameters that say nothing: sessions and moments in the addresses of a portal, of whatever name.

Which parameters these are is learnt for places, not for hosts: ``t`` may be a moment behind articles and the article
itself behind ``show.php``. A place is a host and a kind of file: a file that is told from others by its name is one of
many of its kind, a program or an index is the same in every folder.
"""

from __future__ import annotations

import re

__all__ = ["place_of"]

_DIGITS = re.compile(r"[0-9]+")
_LOT = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z]{8,64}")


def place_of(canonical: str) -> str:
    """Return the place of a canonical URL: ``host/name.ext``, each number in the name as ``#``.

    ``http://a.cn/2026/1128/1001.html?t=1`` -> ``a.cn/#.html``; ``http://a.cn/gd/?t=1`` -> ``a.cn/``.
    """
    target = canonical.partition("://")[2].partition("?")[0]
    host, _, path = target.partition("/")
    name, dot, extension = path.rpartition("/")[2].rpartition(".")
    if not dot:
        name, extension = extension, ""
    name = "#" if _LOT.fullmatch(name) else _DIGITS.sub("#", name)
    return f"{host}/{name}{dot}{extension}"
