"""Which Redis has the frontier now: the one of the address, a node of its cluster, or whom sentinels name.

A connection asks whenever it is made. What a server answers may say that it is another one from now on; then the
connection is closed, and the client's one quick second try finds the other.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from redis.asyncio import Redis
from redis.asyncio.connection import Connection, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MovedError, ReadOnlyError, RedisError, ResponseError

from crawler.frontier.redis.faults import NoPrimaryError, describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Address",
    "Node",
    "Primary",
    "PrimaryConnection",
    "PrimarySSLConnection",
    "Sentinels",
    "address_of",
]

Address = tuple[str, int]

_MOST_NODES: Final = 100
_SENTINEL_S: Final = 2.0


class Primary(Protocol):
    """Where the frontier is."""

    async def find(self) -> Address:
        """Return the server to connect to. Raise what redis-py raises."""
        ...

    def unreachable(self, address: Address) -> None:
        """Note that nothing answers there."""
        ...

    def left(self, address: Address, error: Exception) -> bool:
        """Say whether an answer of that server means that the frontier is elsewhere now, and note where."""
        ...

    def learn(self, nodes: Iterable[Address]) -> None:
        """Note the nodes of a cluster."""
        ...


class Node:
    """The server of an address. Where it belongs to a cluster: the node that has the frontier's slot.

    Any node tells which one that is (``MOVED``); where that one is gone, the others are asked in turn.
    """

    def __init__(self, seed: Address) -> None:
        self._now = seed
        self._nodes = [seed]

    async def find(self) -> Address:
        """Return the node that was named last."""
        return self._now

    def unreachable(self, address: Address) -> None:
        """Ask the next one from now on, unless another call has turned to it already."""
        if address == self._now and len(self._nodes) > 1:
            at = self._nodes.index(address) if address in self._nodes else -1
            self._now = self._nodes[(at + 1) % len(self._nodes)]

    def left(self, address: Address, error: Exception) -> bool:
        """Read ``MOVED 5061 HOST:PORT``."""
        if not isinstance(error, MovedError):
            return False
        self._now = (error.host or address[0], error.port)
        self.learn([self._now])
        return True

    def learn(self, nodes: Iterable[Address]) -> None:
        """Note the others."""
        known = dict.fromkeys([*self._nodes, *nodes])
        self._nodes = list(known)[-_MOST_NODES:]


class Sentinels:
    """The primary of a service, as the first of its sentinels says that answers."""

    def __init__(self, sentinels: Sequence[Address], service: str, options: dict[str, Any]) -> None:
        self._sentinels = list(sentinels)
        self._service = service
        self._options = {**options, "retry": Retry(NoBackoff(), 0), "protocol": 2}

    async def find(self) -> Address:
        """Ask them in turn; who answers is asked first the next time."""
        why: list[str] = []
        for sentinel in list(self._sentinels):
            try:
                found = await self._ask(*sentinel)
            except (RedisError, OSError) as error:
                why.append(f"{sentinel[0]}:{sentinel[1]}: {describe(error)}")
                continue
            if found is None:
                why.append(f"{sentinel[0]}:{sentinel[1]} knows no service of this name")
                continue
            self._sentinels.remove(sentinel)
            self._sentinels.insert(0, sentinel)
            return found
        raise NoPrimaryError("; ".join(why))

    async def _ask(self, host: str, port: int) -> Address | None:
        client: Any = Redis(
            host=host,
            port=port,
            socket_timeout=_SENTINEL_S,
            socket_connect_timeout=_SENTINEL_S,
            **self._options,
        )
        try:
            found = await client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._service)
        finally:
            with suppress(RedisError, OSError):
                await client.aclose()
        return (_text(found[0]), int(found[1])) if found else None

    def unreachable(self, address: Address) -> None:
        """Do nothing: the sentinels notice it."""

    def left(self, address: Address, error: Exception) -> bool:  # noqa: ARG002
        """Say that a primary that became a replica has left."""
        return isinstance(error, ReadOnlyError)

    def learn(self, nodes: Iterable[Address]) -> None:
        """Do nothing: the sentinels know."""


class PrimaryConnection(Connection):
    """A connection to wherever the frontier is at the moment when it is made."""

    def __init__(self, *, primary: Primary, **options: Any) -> None:
        super().__init__(**options)
        self.primary = primary

    async def _connect(self) -> None:
        self.host, self.port = address = await self.primary.find()
        try:
            await super()._connect()  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError):
            self.primary.unreachable(address)
            raise

    async def read_response(self, *args: Any, **options: Any) -> Any:
        """Read as ever; from a server that has the frontier no more, raise a ConnectionError."""
        try:
            return await super().read_response(*args, **options)
        except (MovedError, ReadOnlyError) as error:
            if not self.primary.left((self.host, int(self.port)), error):
                raise
            await self.disconnect(nowait=True)
            raise RedisConnectionError(describe(error)) from error

    async def learn_nodes(self) -> None:
        """Ask a node of a cluster for the others, which may be asked where it is gone."""
        await self.send_command("CLUSTER", "SLOTS")
        try:
            slots: Any = await self.read_response()
            nodes = [(_text(node[0]) or self.host, int(node[1])) for slot in slots for node in slot[2:]]
        except (ResponseError, LookupError, TypeError, ValueError):
            return  # a user who may not ask
        self.primary.learn(nodes)


class PrimarySSLConnection(PrimaryConnection, SSLConnection):
    """The same with TLS."""


def address_of(host: str, port: int) -> Address:
    """Return the parts of ``HOST`` or ``HOST:PORT``; ``port`` where none is given."""
    name, colon, number = host.rpartition(":")
    if not colon or host.endswith("]"):
        name, number = host, str(port)
    return name.strip("[]"), int(number)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
