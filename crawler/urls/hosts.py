"""Hosts: their one spelling, the site they belong to, and which must never be asked."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

import idna

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CONTROLS",
    "NO_BREAKS",
    "authority",
    "host",
    "host_name",
    "in_domains",
    "is_private_address",
    "is_public_suffix",
    "is_reserved_name",
    "parts",
    "site",
]

CONTROLS: Final = "".join(map(chr, range(33)))
"""What a browser strips from both ends of a URL."""

NO_BREAKS: Final[dict[int, None]] = {9: None, 10: None, 13: None}
"""What it drops from everywhere in it, as a table for :meth:`str.translate`."""

_PARTS = re.compile(r"(https?):[/\\]+([^/\\?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[^\[\]@]*\]|[^:@\[\]]*)(?::([0-9]*))?", re.DOTALL)
_DNS_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_RESERVED = ("test", "example", "invalid", "localhost")
_NAT64 = ip_network("64:ff9b::/96")


def host(url: str) -> str:
    """Return the host name of a URL as :func:`canonical_url` writes it, without port; IPv6 without brackets.

    Raises:
        ValueError: see :func:`canonical_url`.
    """
    return authority(parts(url)[1])[0].strip("[]")


def parts(url: str) -> tuple[str, str, str, str]:
    r"""Return scheme, authority, path and query of an absolute http(s) URL, as they stand in it.

    Raises:
        ValueError: it is none, or programs would disagree on its host (``http://a.com\@b.com/``).
    """
    match = _PARTS.match(url) if url.isprintable() and url[:1] > " " < url[-1:] else None
    if match is None:
        match = _PARTS.match(url.strip(CONTROLS).translate(NO_BREAKS))
    if match is None:
        raise ValueError(f"not an http(s) URL: {url[:200]!r}")
    scheme, authority, path, query = match.groups(default="")
    if path.startswith("\\") and "@" in path:
        raise ValueError(f"a URL of two hosts: {url[:200]!r}")
    return scheme.lower(), authority, path, query


def site(url: str) -> str:
    """Return the registrable domain of a URL's host (``fz.fjsen.com`` -> ``fjsen.com``); an address is its own.

    From the public suffix list that tldextract carries; the network is never asked. A host that has no
    registrable domain (``localhost``, ``gov.cn``) is its own site; under a suffix that the list does not
    know, the last two labels are the site.

    Raises:
        ValueError: see :func:`canonical_url`.
    """
    return _site(host(url))


def in_domains(url: str, domains: Iterable[str]) -> bool:
    """Say whether the URL's host is one of ``domains`` (lower case, punycode) or below one; False for no URL."""
    try:
        name = host(url)
    except ValueError:
        return False
    return any(name == domain or name.endswith("." + domain) for domain in domains)


def is_private_address(host: str) -> bool:
    """Say whether a literal host must never be asked: loopback, private, link-local, metadata, multicast.

    Names are not resolved: a name that resolves to such an address is the resolver's business. Names that
    mean this machine or its network by themselves (``localhost``, ``*.local``, ``*.internal``) count as
    private.
    """
    return _is_private(host)


def is_reserved_name(host: str) -> bool:
    """Say whether nobody in the public network can answer for the name: ``*.test``, ``*.example`` … (RFC 6761)."""
    return host.lower().rstrip(".").rpartition(".")[2] in _RESERVED


@lru_cache(maxsize=4096)
def is_public_suffix(name: str) -> bool:
    """Say whether nobody owns a host name with what is below it (``com.cn``, ``gov.cn``), in canonical spelling.

    By the same list as :func:`site`; names under a suffix that it does not know belong to somebody.
    """
    found = _suffixes()(name)
    return bool(found.suffix) and not found.domain


@lru_cache(maxsize=4096)
def _is_private(host: str) -> bool:
    name = host.strip("[]").lower().rstrip(".")
    if (
        not name
        or name == "localhost"
        or name.endswith((".localhost", ".local", ".internal", ".localdomain"))
    ):
        return True
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        try:
            numeric = _ipv4(name)
        except ValueError:
            return True
        if numeric is None:
            return False
        address = numeric
    return not _is_public(address)


def authority(authority: str) -> tuple[str, str]:
    """Return host and port of a URL's authority.

    Raises:
        ValueError: no host, or host or port are impossible.
    """
    match = _AUTHORITY.fullmatch(authority)
    if match is None or not match[1]:
        raise ValueError(f"no host in a URL: {authority[:200]!r}")
    port = (match[2] or "").lstrip("0")
    if port and (len(port) > 5 or int(port) > 65_535):
        raise ValueError(f"no such port: {authority[:200]!r}")
    if match[2] and not port:
        raise ValueError(f"no such port: {authority[:200]!r}")
    return host_name(match[1]), port


@lru_cache(maxsize=4096)
def host_name(name: str) -> str:
    """Return a host, as it stands in a URL, in its one spelling (see :func:`crawler.urls.canonical_url`).

    Raises:
        ValueError: no host could have this name.
    """
    if len(name) > 1000:
        raise ValueError(f"a host name of {len(name)} characters")
    if name[0] == "[" and "%" not in name:
        return f"[{IPv6Address(name[1:-1])}]"
    name = name.lower()
    if "%" in name:
        name = unquote(name, errors="strict").lower()
    if not name.isascii() or "xn--" in name:
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise ValueError(f"no host name: {name[:100]!r}") from error
    name = name.removesuffix(".")
    address = _ipv4(name)
    if address is not None:
        return str(address)
    if len(name) > 253 or not all(_DNS_LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError(f"no host name: {name[:100]!r}")
    return name


def _ipv4(name: str) -> IPv4Address | None:
    """Return the address that a host in a form of inet_aton means (``0x7f.1``, ``2130706433``); None for a name.

    Raises:
        ValueError: it ends in a number and is no address (WHATWG, "ends in a number").
    """
    labels = name.split(".")
    if not _NUMERIC_LABEL.fullmatch(labels[-1]):
        return None
    numbers: list[int] = []
    for label in labels:
        if not _NUMERIC_LABEL.fullmatch(label) or len(label) > 20:
            raise ValueError(f"no address: {name[:100]!r}")
        if label.startswith("0x"):
            numbers.append(int(label[2:] or "0", 16))
        else:
            numbers.append(int(label, 8 if len(label) > 1 and label[0] == "0" else 10))
    last = numbers.pop()
    if len(numbers) > 3 or any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        raise ValueError(f"no address: {name[:100]!r}")
    return IPv4Address(last + sum(number << 8 * (3 - index) for index, number in enumerate(numbers)))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


@lru_cache(maxsize=4096)
def _site(name: str) -> str:
    labels = name.split(".")
    if ":" in name or labels[-1].isdigit():
        return name
    found = _suffixes()(name)
    if found.suffix:
        return f"{found.domain}.{found.suffix}" if found.domain else name
    return ".".join(labels[-2:])


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    """Return the bundled public suffix list; loaded late, since tldextract brings an HTTP client along (0.15 s)."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None).extract_str
