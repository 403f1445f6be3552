"""A result file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import Unwritable, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

__all__ = ["result_file"]


@contextmanager
def result_file(name: str) -> Iterator[BinaryIO]:
    """Open the file to write to; ``-`` is stdout.

    It is written beside ``name`` and takes its place at the end, so that an interrupted or failed export
    leaves what was there before. A pipe or device is written directly.

    Raises UsageError where the file cannot be made, Unwritable where it cannot be written to the end.
    """
    try:
        if name == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        else:
            with _written_beside(Path(name).resolve()) as file:
                yield file
    except BrokenPipeError:
        raise  # The reader of a pipe has seen enough: no failure.
    except OSError as error:
        raise Unwritable(f"{name}: {error.strerror or error}; the export is not complete") from error


@contextmanager
def _written_beside(target: Path) -> Iterator[BinaryIO]:
    direct = target.exists() and not target.is_file()
    part = target if direct else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        file = part.open("wb")
    except OSError as error:
        raise UsageError(f"{target}: cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
        if not direct:
            part.replace(target)
    finally:
        if not direct:
            with suppress(OSError):
                part.unlink(missing_ok=True)
