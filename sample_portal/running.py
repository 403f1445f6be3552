"""Runs a command that sees the portal: it gets the proxy in its environment, and the signals sent to us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from sample_portal.server import PortalServer

__all__ = ["run_behind"]

_FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def run_behind(server: PortalServer, command: Sequence[str]) -> int:
    """Return the exit code of ``command`` (128 + the signal that ended it; 127 if it cannot be started).

    An interrupt typed at a terminal reaches the whole group, the command included, so that one is not forwarded
    a second time: twice means "stop now" to a crawler.
    """
    child: subprocess.Popen[bytes] | None = None
    pending: list[int] = []

    def forward(number: int, frame: FrameType | None) -> None:
        del frame
        if child is None:
            pending.append(number)
        elif number != signal.SIGINT or not _from_terminal():
            child.send_signal(number)

    before = {number: signal.signal(number, forward) for number in _FORWARDED}
    try:
        child = subprocess.Popen(list(command), env={**os.environ, **server.environment})  # noqa: S603  the user's own
        for number in pending:
            child.send_signal(number)
        code = child.wait()
    except OSError as error:
        print(f"cannot run {command[0]}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 127
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def _from_terminal() -> bool:
    """Say whether we are in the foreground of a terminal, whose Ctrl-C goes to every process of the group."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
