"""Invented pages, continued: what stands around a text, headlines, times."""

from __future__ import annotations

from kinds import Kind

__all__ = ["KINDS"]

KINDS: list[Kind] = []
