"""A worker on a machine whose clock is wrong."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["wrong_clock"]

_SHIM = Path(__file__).resolve().parent / "wrong_clock"


def wrong_clock(environment: dict[str, str], off_s: int) -> dict[str, str]:
    """The environment of a Python process whose wall clock is ``off_s`` seconds off (see wrong_clock/sitecustomize.py).

    Not libfaketime: 0.9.10, which distributions ship, makes every ``time.sleep`` of Python 3.11 fail (it answers
    ``clock_nanosleep`` on the monotonic clock with EINVAL).
    """
    path = os.pathsep.join(filter(None, (str(_SHIM), environment.get("PYTHONPATH", ""))))
    return environment | {"PYTHONPATH": path, "WRONG_CLOCK_S": str(off_s)}
