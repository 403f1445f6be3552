"""One round: a fresh crawl, one fault in the middle of it, and the verdict."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.chaos.faults import FAULTS
from tests.chaos.servers import Pair, ReplicaSet
from tests.chaos.verdict import Verdict, judge
from tests.chaos.world import Scale, Stage, World

__all__ = ["SHORT", "Round", "play"]

SHORT = Scale()


@dataclass(frozen=True, slots=True)
class Round:
    """What came of it. ``story`` tells what happened when, for a person who reads the log."""

    fault: str
    seed: int
    seconds: float
    verdict: Verdict
    story: str

    @property
    def passed(self) -> bool:
        return not self.verdict.wrong


def play(
    fault: str,
    seed: int,
    stage: Stage,
    pair: Pair,
    folder: Path,
    scale: Scale,
    replica_set: ReplicaSet | None = None,
) -> Round:
    """Plays one round in ``folder``; raises nothing: what goes wrong is in the verdict. Bounded by the scale."""
    began = time.monotonic()
    rng = Random(f"{fault} {seed}")
    world = World(stage, pair, folder, rng, scale, replica_set=replica_set)
    verdict = Verdict()
    try:
        pair.up()
        pair.empty(world.database)
        for _ in range(scale.workers):
            world.workers.start()
        FAULTS[fault](world)
        if not world.workers.wait(scale.limit):
            verdict.wrong.append(f"not done {scale.limit:.0f} s after the fault")
        else:
            world.note("all workers have ended")
        found = judge(world)
        found.wrong = verdict.wrong + found.wrong
        verdict = found
    except Exception as error:
        verdict.wrong.append(f"{type(error).__name__}: {error}")
    finally:
        words = world.words() if verdict.wrong else ""
        world.close()
    story = "\n".join(
        (f"{fault}, seed {seed}", *world.notes, *(f"WRONG: {line}" for line in verdict.wrong), words)
    )
    return Round(fault, seed, time.monotonic() - began, verdict, story)
