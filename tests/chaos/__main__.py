"""``python -m tests.chaos --rounds 20``: every fault so many times, at full length; the table goes to docs/chaos.md."""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import Queue
from typing import Any

from benchmarks.report import machine, table, write_section
from crawler import stack
from tests.chaos.faults import FAULTS
from tests.chaos.rounds import SHORT, Round, play
from tests.chaos.servers import Pair, ReplicaSet
from tests.chaos.world import Scale, Stage

ROOT = Path(__file__).resolve().parents[2]
LONG = Scale(articles=400, workers=3, lease=8.0, freeze=20.0, outage=20.0, kills=8, limit=240.0)


class Lane:
    """Servers and a site of its own, on which one round at a time is played."""

    def __init__(self, folder: Path, scale: Scale, *, with_set: bool) -> None:
        self._folder, self._scale, self._played = folder, scale, 0
        self.stage = Stage(folder / "stage", scale.articles, scale.delay)
        self.stage.server.__enter__()
        self.pair = Pair(folder / "data")
        self.replica_set = ReplicaSet(folder / "members") if with_set else None

    def play(self, fault: str, seed: int) -> Round:
        self._played += 1
        folder = self._folder / f"round-{self._played}"
        members = self.replica_set if fault == "primary_steps_down" else None
        played = play(fault, seed, self.stage, self.pair, folder, self._scale, members)
        if played.passed:
            shutil.rmtree(folder, ignore_errors=True)
        return played

    def close(self) -> None:
        self.stage.server.__exit__(None, None, None)
        stack.down(self.pair.data_dir, lambda _line: None, force=True)
        if self.replica_set:
            self.replica_set.stop()


def main() -> int:
    """Plays the rounds; 0 when all are passed."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--fault", action="append", choices=list(FAULTS), help="only these")
    parser.add_argument("--seed", type=int, help="play this seed (once, or from it on)")
    parser.add_argument("--lanes", type=int, default=3, help="rounds at a time, each on servers of its own")
    parser.add_argument(
        "--log", type=Path, help="one JSON line a round; the table is of all that it holds then"
    )
    parser.add_argument(
        "--short", action="store_true", help="as in the test suite: short leases, short freezes"
    )
    given = parser.parse_args()
    scale = replace(SHORT, limit=180.0) if given.short else LONG
    faults = given.fault or list(FAULTS)
    first = given.seed if given.seed is not None else random.randrange(1, 1_000_000)
    plays = [(fault, first + number) for number in range(given.rounds) for fault in faults]
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    played: list[Round] = []
    with contextlib.ExitStack() as cleanup:
        lanes: Queue[Lane] = Queue()
        for number in range(min(given.lanes, len(plays))):
            lane = Lane(folder / f"lane-{number}", scale, with_set="primary_steps_down" in faults)
            cleanup.callback(lane.close)
            lanes.put(lane)

        def one(job: tuple[str, int]) -> None:
            lane = lanes.get()
            try:
                done = lane.play(*job)
            finally:
                lanes.put(lane)
            played.append(done)
            if given.log:
                with given.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(_record(done)) + "\n")
            word = "passed" if done.passed else "FAILED"
            print(
                f"{len(played):4}/{len(plays)}  {done.fault:20} seed {done.seed:<8} {done.seconds:6.1f} s  {word}",
                flush=True,
            )
            if not done.passed:
                print(done.story, flush=True)

        with ThreadPoolExecutor(given.lanes) as pool:
            list(pool.map(one, plays))
    failed = [done for done in played if not done.passed]
    lines = given.log.read_text("utf-8").splitlines() if given.log else []
    text = _summary([json.loads(line) for line in lines] or list(map(_record, played)), faults, scale)
    print(f"\n{text}")
    if failed:
        print(f"logs of the failed rounds are in {folder}", file=sys.stderr)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    if not given.short and not given.fault:
        write_section("chaos", text, ROOT / "docs" / "chaos.md")
    return 1 if failed else 0


def _record(done: Round) -> dict[str, Any]:
    return {
        "fault": done.fault,
        "seed": done.seed,
        "seconds": round(done.seconds, 1),
        "articles": done.verdict.expected,
        "lost": done.verdict.lost,
        "duplicates": done.verdict.duplicates,
        "passed": done.passed,
    }


def _summary(records: list[dict[str, Any]], faults: list[str], scale: Scale) -> str:
    rows = []
    for fault in faults:
        mine = [record for record in records if record["fault"] == fault]
        if not mine:
            continue
        total = {
            name: sum(record[name] for record in mine)
            for name in ("articles", "lost", "duplicates", "seconds")
        }
        rows.append((
            f"`{fault}`",
            str(len(mine)),
            f"{total['articles']:,}",
            str(total["lost"]),
            str(total["duplicates"]),
            str(sum(not record["passed"] for record in mine)),
            f"{total['seconds'] / len(mine):.0f}",
            f"{min(record['seed'] for record in mine)}-{max(record['seed'] for record in mine)}",
        ))  # fmt: skip
    of = machine()
    intro = (
        f"{scale.workers} workers, {scale.articles} articles a round, leases of {scale.lease:g} s, freezes of "
        f"{scale.freeze:g} s, outages of {scale.outage:g} s. {of['cpu']}, {of['cores']} cores."
    )
    header = ("fault", "rounds", "articles", "lost", "duplicates", "rounds failed", "s a round", "seeds")
    return f"{intro}\n\n{table(header, rows)}"


if __name__ == "__main__":
    sys.exit(main())
