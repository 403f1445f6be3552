"""Invented pages, continued: rows, bylines and credits."""

from __future__ import annotations

from kinds import Kind

__all__ = ["KINDS"]

KINDS: list[Kind] = []
