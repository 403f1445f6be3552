"""What happens next to a request, once its outcome is known."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Done", "GiveUp", "Retry", "Verdict"]


@dataclass(frozen=True, slots=True)
class Done:
    """The page is there and may be parsed; ``unchanged`` means a 304: nothing new since the last visit."""

    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again later. ``after_s`` is what the server asked for; None leaves the pause to the frontier.

    ``reason`` is a short stable word, under which failures are counted.
    """

    reason: str
    after_s: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Never again: the URL goes to ``failures`` under ``reason``."""

    reason: str
    detail: str = ""


Verdict = Done | Retry | GiveUp
