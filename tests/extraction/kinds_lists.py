"""Invented pages, continued: lists, comments and tables beside a text."""

from __future__ import annotations

from kinds import Kind

__all__ = ["KINDS"]

KINDS: list[Kind] = []
