"""Locks between processes: they end with their holder, so none is ever stale."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crawler.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["exclusive", "is_locked", "take"]

POLL_S = 0.02


def take(path: Path) -> int | None:
    """Lock the file and return its descriptor, or None when another process holds it.

    The lock lasts until every copy of the descriptor is closed, the copies of child processes included.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_locked(path: Path) -> bool:
    """Return whether a process holds the lock."""
    if not path.exists():
        return False
    descriptor = take(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def exclusive(path: Path, *, patience_s: float) -> Iterator[None]:
    """Wait for the lock and hold it. Raise Unreachable after ``patience_s`` seconds."""
    deadline = time.monotonic() + patience_s
    while (descriptor := take(path)) is None:
        if time.monotonic() > deadline:
            raise Unreachable(
                f"another command has been busy with the servers for {patience_s:.0f} s (lock {path})"
            )
        time.sleep(POLL_S)
    try:
        yield
    finally:
        os.close(descriptor)
