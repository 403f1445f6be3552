"""Fields of local news, read from topics.toml: who acts, what is reported, and how its sentences go."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["TOPICS", "Topic"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A field of local news; its frames are read by :mod:`sample_portal.text`."""

    name: str
    agencies: tuple[str, ...]
    headlines: tuple[str, ...]
    frames: tuple[str, ...]
    captions: tuple[str, ...]


def _read() -> tuple[Topic, ...]:
    text = Path(__file__).with_name("topics.toml").read_text(encoding="utf-8")
    return tuple(
        Topic(
            name=topic["name"],
            agencies=tuple(topic["agencies"]),
            headlines=tuple(topic["headlines"]),
            frames=tuple(topic["frames"]),
            captions=tuple(topic["captions"]),
        )
        for topic in tomllib.loads(text)["topics"]
    )


TOPICS = _read()
