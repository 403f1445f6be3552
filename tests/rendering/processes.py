"""The browsers that a process has started."""

from __future__ import annotations

from pathlib import Path

__all__ = ["browsers", "children_of"]


def children_of(pid):
    found = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found |= {child} | children_of(child)
        except OSError:
            continue
    return found


def browsers(pid):
    out = []
    for child in children_of(pid):
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        # Debian's program is a shell script that waits for the true one
        if b"--host-resolver-rules" in line and b"--type=" not in line and not line.startswith(b"/bin/sh"):
            out.append(child)
    return out
