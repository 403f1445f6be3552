"""The three streams and Ctrl-C, from the first moment of a command on: whatever it was started with."""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

__all__ = ["FORCED", "interruptible_later", "is_command", "prepare"]

FORCED: Final = 130
"""The exit code of a command that was interrupted."""

_MODULES: Final = frozenset({("scrapy", "__main__"), ("scrapy", "cmdline"), ("scrapyd", "runner")})


def is_command(program: str) -> bool:
    """Return whether this process was started as ``scrapy COMMAND`` (or by scrapyd), by its ``sys.argv[0]``.

    Anything else that imports the package (pytest, a notebook, another program) keeps its streams and hooks.
    """
    path = Path(program)
    return path.stem == "scrapy" or (path.parent.name, path.stem) in _MODULES


def prepare() -> None:
    """Make the streams usable, and an early Ctrl-C one line instead of the traceback of an import.

    - A stream that was closed (``>&-``) is None in Python: it leads to /dev/null. Left closed, its number would
      be given to the next file or socket.
    - A character that the terminal's encoding lacks (GBK has no emoji, ASCII no Chinese) is shown as ``?``.
    - A KeyboardInterrupt that nobody catches ends the process with 130, and so does one that has waited for this
      moment (:func:`interruptible_later`).
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            null = os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            setattr(sys, name, os.fdopen(null, mode, encoding="utf-8", closefd=False))  # for good
        elif name == "stdout" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    former = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Any:
        if not issubclass(kind, KeyboardInterrupt):
            return former(kind, error, trace)
        with suppress(OSError):
            os.write(2, b"interrupted\n")
        # at once: Python itself would end by the signal, and threads of libraries would be waited for
        os._exit(FORCED)

    sys.excepthook = hook
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextmanager
def interruptible_later() -> Iterator[None]:
    """Keep SIGINT from a command that is started meanwhile until it is prepared: it waits for it.

    Else it would break an import of Scrapy's, long before anything of ours could say so in one line.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
