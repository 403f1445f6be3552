"""Addresses of servers: what of them may be shown, and which cannot be used.

User and password of an address are nobody's business: no text of this module, and none that is made of what
:func:`public` returns, has any of what stands between the scheme and the last ``@``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from crawler.errors import UsageError

__all__ = ["ServerUrl", "public", "read_server_url"]

ESCAPES: Final = "percent-encode @ : / # ? % + in its user and password (/ is %2F)"

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})://")
_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]|[^\s:@\[\]]+)(?::[0-9]{1,5})?")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """An address taken apart, nothing decoded.

    ``scheme`` in lower case; ``userinfo`` with its ``@``, or empty; ``hosts`` as ``HOST`` or ``HOST:PORT``, none where
    a path is the address (``unix://``); ``rest`` is path and query.
    """

    scheme: str
    userinfo: str
    hosts: tuple[str, ...]
    rest: str

    def bare(self) -> str:
        """Return the address without its user and password: errors of a parser may quote it."""
        return f"{self.scheme}://{','.join(self.hosts)}{self.rest}"

    def anonymous(self) -> str:
        """Return the address with another user and password, where it has any: how it is parsed may hang on them."""
        userinfo = "user:password@" if ":" in self.userinfo else self.userinfo and "user@"
        return f"{self.scheme}://{userinfo}{','.join(self.hosts)}{self.rest}"

    def user(self) -> dict[str, str]:
        """Return ``username`` and ``password``, decoded, as far as they are there."""
        name, _, password = self.userinfo.removesuffix("@").partition(":")
        found = {"username": unquote(name), "password": unquote(password)}
        return {key: value for key, value in found.items() if value}


def public(url: str) -> str:
    """Return the address as it may be shown: no user, password, database or options (``redis://HOST:PORT``).

    A socket is shown by its path. Never raises.
    """
    found = _SCHEME.match(url)
    if not found:
        return "(no address)"
    scheme = found[1].lower()
    place = re.split("[?#]", url[found.end() :].rpartition("@")[2])[0]
    if scheme == "unix":
        return _printable(f"unix://{unquote(place)}")
    hosts = place.partition("/")[0]
    if not all(_HOST.fullmatch(host) for host in hosts.split(",")):
        return f"{scheme}://…"
    return _printable(f"{scheme}://{unquote(hosts)}")


def read_server_url(name: str, url: str, schemes: tuple[str, ...], wanted: str) -> ServerUrl:
    """Return the parts of an address, which the variable ``name`` has.

    Raise UsageError that says what is ``wanted``, or that something in a password is not percent-encoded: else half of
    it would be taken for a host, looked up and shown.
    """
    found = _SCHEME.match(url)
    if not found or found[1].lower() not in schemes:
        raise UsageError(f"{name} is no {wanted}")
    rest = url[found.end() :]
    authority = re.split("[/?#]", rest)[0]
    rest = rest[len(authority) :]
    userinfo, at, hosts = authority.rpartition("@")
    if "@" in rest:
        raise UsageError(f"{name} has an @ behind its host: {ESCAPES}")
    scheme = found[1].lower()
    if scheme == "unix":
        if hosts or not rest.startswith("/"):
            raise UsageError(f"{name} is no {wanted}: a socket is unix:///PATH")
        return ServerUrl(scheme, userinfo + at, (), rest)
    named = tuple(hosts.split(","))
    if not all(_HOST.fullmatch(host) for host in named):
        raise UsageError(f"{name} is no {wanted}: it names no host, or a port that is no number; {ESCAPES}")
    return ServerUrl(scheme, userinfo + at, named, rest)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)[:_LONGEST]
