"""The environment: read here, and by nothing else in the project."""

from __future__ import annotations

import os

__all__ = ["inherited", "variable"]


def variable(name: str, default: str = "") -> str:
    """Return the variable, stripped; one that is empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def inherited(*names: str) -> dict[str, str]:
    """Return those of the variables that are set, as they are."""
    return {name: os.environ[name] for name in names if name in os.environ}
