"""What a worker asks of the engine that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

__all__ = ["Engine", "RequestT", "Room"]

RequestT = TypeVar("RequestT", bound="Hashable")
"""The engine's own kind of request. The worker only holds it, and compares it by identity."""


class Room(NamedTuple):
    """How many more requests an engine would start now, and how many it runs at most."""

    free: int
    concurrency: int


class Engine(Protocol[RequestT]):
    """Whatever fetches and handles requests. No method waits."""

    def room(self) -> Room | None:
        """Return what it has room for; None while it is paused, or when it is closing."""
        ...

    def is_closing(self) -> bool:
        """Say whether it asks for nothing more."""
        ...

    def unfinished(self) -> Collection[RequestT]:
        """Return the requests that it works on: not one of them may be acknowledged."""
        ...

    def wake(self) -> None:
        """Have it ask for the next request now."""
        ...

    def abandon(self, requests: Iterable[RequestT]) -> None:
        """Let it end without waiting for these; their leases have been given back."""
        ...

    def decode(self, payload: bytes) -> RequestT:
        """Return the request of a payload. Raises Undecodable or Newer."""
        ...

    def count(self, name: str, count: int = 1) -> None:
        """Add to a counter of this worker."""
        ...
