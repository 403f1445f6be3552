"""Where an embedded server listens: a socket that its owner alone can open, or a port that every account can."""

from __future__ import annotations

import os
import socket
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from crawler.errors import Unreachable
from crawler.stack.ports import LOOPBACK, is_free

__all__ = ["Place", "socket_path"]

_LONGEST_BYTES: Final = 100
"""Systems take 104 to 108, the end included."""

# What MongoDB reads as the end of a list's item, or of a host.
_MISREAD: Final = frozenset(",:")


@dataclass(frozen=True, slots=True)
class Place:
    """Either a ``port`` on loopback, or a ``socket``."""

    port: int | None = None
    socket: Path | None = None

    def __str__(self) -> str:
        return f"on port {self.port}" if self.socket is None else f"at {self.socket}"

    @property
    def mark(self) -> bytes:
        """What the command line of its server shows."""
        return str(self.port).encode() if self.socket is None else os.fsencode(self.socket)

    def is_taken(self) -> bool:
        """Return whether another program listens at the port; a socket in a folder of ours is nobody else's."""
        return self.port is not None and not is_free(self.port)

    def answers(self) -> bool:
        """Return whether somebody takes connections there."""
        family = socket.AF_INET if self.socket is None else socket.AF_UNIX
        with socket.socket(family) as probe:
            probe.settimeout(1)
            try:
                probe.connect((LOOPBACK, self.port) if self.socket is None else os.fsencode(self.socket))
            except OSError:
                return False
        return True


def socket_path(run: Path, name: str, elsewhere: Path) -> Path:
    """Return where the server's socket goes: into ``run``, or where that is too long into a folder of ``elsewhere``.

    Where that is too long as well, or somebody else's (su keeps XDG_RUNTIME_DIR), into one of the system's folder for
    temporary files. Its folder is there then, and open to nobody but its owner. Raise Unreachable where that cannot be
    had, OSError where ``run`` cannot.
    """
    if _fits(path := run / f"{name}.sock"):
        _make_private(run)
        return path
    own = f"news-crawler-{sha256(os.fsencode(run)).hexdigest()[:16]}"
    refusal = f"{path} is too long for a socket"
    for folder in (elsewhere / own, Path(gettempdir()) / own):
        if not _fits(path := folder / f"{name}.sock"):
            continue
        try:
            _make_private(folder)
        except Unreachable as error:
            refusal = str(error)
        except OSError as error:
            refusal = f"{folder}: {error.strerror}"
        else:
            return path
    raise Unreachable(f"{refusal}: set STACK_TCP=1, or another DATA_DIR")


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST_BYTES and not _MISREAD & set(str(path))


def _make_private(folder: Path) -> None:
    """Make it ours alone. In a folder for all (/tmp) somebody else may have been there before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Unreachable(f"{folder} belongs to somebody else")
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
