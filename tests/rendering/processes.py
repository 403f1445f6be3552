"""The browsers that a process has started."""

from __future__ import annotations

from pathlib import Path

__all__ = ["alive", "browsers"]


def browsers(pid: int) -> list[int]:
    """The main processes of the browsers below a process; what these fork off is not counted."""
    found = {child for child in _below(pid) if _is_browser(child)}
    return [child for child in found if _parent(child) not in found]


def alive(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"])


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found |= {child} | _below(child)
        except OSError:
            continue
    return found


def _is_browser(pid: int) -> bool:
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    # Debian's program is a shell script that waits for the true one
    return b"--host-resolver-rules" in line and b"--type=" not in line and not line.startswith(b"/bin/sh")


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid: int) -> list[str]:
    """State, parent and so on; empty where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
