"""Names on direct connections: resolved with a cache that ages, and never to an address of this network.

A check of the URL alone is not enough: anyone may point ``news.example.com`` at 127.0.0.1 or at a cloud's
metadata service. The check is made on the address that is then connected to, so that a name which changes its
answer between check and connection gains nothing. Behind a proxy the proxy resolves, and only the proxy's own
name comes here.
"""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from twisted.internet import defer
from twisted.internet.base import ThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.context import context_of
from crawler.urls import is_private_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from scrapy.crawler import CrawlerProcess
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

__all__ = ["GuardedResolver", "refused_address"]

T = TypeVar("T")

_TTL_S: Final = 300.0


class GuardedResolver(ThreadedResolver):
    """IPv4 answers of the system's resolver, kept for five minutes.

    A name that resolves to a private address gets no answer, unless a proxy of the environment is called so
    or a running spider's profile says ``private = true`` for it. Literal addresses pass: they were judged
    before.

    Settings: ``DNS_TIMEOUT`` (seconds), ``DNSCACHE_SIZE`` (names).
    """

    def __init__(self, reactor: ReactorBase, process: CrawlerProcess) -> None:
        super().__init__(reactor)
        self._process = process
        self._timeout = process.settings.getfloat("DNS_TIMEOUT")
        self._size = max(process.settings.getint("DNSCACHE_SIZE"), 1)
        self._trusted = frozenset(_hosts(getproxies().values()))
        self._answers: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._refused: OrderedDict[str, str] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: CrawlerProcess, reactor: ReactorBase) -> Self:
        """Make it for Scrapy; what it hands over is the process, not a crawler."""
        return cls(reactor, crawler)

    def install_on_reactor(self) -> None:
        """Make it the resolver of all connections."""
        self.reactor.installResolver(self)  # type: ignore[arg-type]

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: ARG002, N802
        """Return the address of ``name``; fail with DNSLookupError where there is none that may be used."""
        if _is_literal(name):
            return defer.succeed(name)
        kept = self._answers.get(name)
        if kept is not None and kept[0] > monotonic():
            return self._checked(kept[1], name)
        looked_up: Deferred[str] = super().getHostByName(name, (self._timeout,))  # type: ignore[arg-type]
        return looked_up.addCallback(self._keep, name).addCallback(self._checked, name)

    def refused(self, name: str) -> str | None:
        """Return the private address for which ``name`` was last refused, if it was."""
        return self._refused.get(name)

    def _keep(self, address: str, name: str) -> str:
        _put(self._answers, name, (monotonic() + _TTL_S, address), self._size)
        return address

    def _checked(self, address: str, name: str) -> Deferred[str]:
        if is_private_address(address) and not self._may_be_private(name):
            _put(self._refused, name, address, self._size)
            return defer.fail(DNSLookupError(f"{name} resolves to {address}, a private address"))
        self._refused.pop(name, None)
        return defer.succeed(address)

    def _may_be_private(self, name: str) -> bool:
        if name in self._trusted:
            return True
        for crawler in self._process.crawlers:
            for profile in context_of(crawler).profiles.values():
                if profile.private and any(
                    name == domain or name.endswith("." + domain) for domain in profile.domains
                ):
                    return True
        return False


def refused_address(name: str) -> str | None:
    """Return the private address for which the installed resolver refused ``name``; None where it did not."""
    from twisted.internet import reactor  # noqa: PLC0415  importing it installs one

    resolver = getattr(reactor, "resolver", None)
    return resolver.refused(name) if isinstance(resolver, GuardedResolver) else None


def _is_literal(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _hosts(urls: Iterable[str]) -> Iterable[str]:
    for url in urls:
        try:
            name = urlsplit(url if "://" in url else "http://" + url).hostname
        except ValueError:
            continue
        if name:
            yield name


def _put(kept: OrderedDict[str, T], key: str, value: T, size: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > size:
        kept.popitem(last=False)
