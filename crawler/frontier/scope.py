"""What a run is asked for, as far as the frontier has to know."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RunScope"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunScope:
    """Plain values; without any, a run of everything at the pace of the profiles.

    Attributes:
        rate: requests a second and host instead of the profiles' rates; 0 for no limit.
        limit: articles that the run may store; 0 for no limit.
        days: the first and the last day that articles are asked for, in ISO 8601; empty for no bound.
        orders: all that the run is asked for, in words: only a run with the same words is joined.
    """

    rate: float | None = None
    limit: int = 0
    days: tuple[str, str] = ("", "")
    orders: str = ""
