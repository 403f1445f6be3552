"""The faults: each does its harm while the workers crawl, and returns when the last of it is undone.

A fault gets a world whose workers have just been started. Moments, victims and pauses come from the world's random
numbers, so a seed repeats a round as far as two machines run alike.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime

import redis

from tests.chaos.clock import wrong_clock
from tests.chaos.servers import frozen
from tests.chaos.world import World

__all__ = ["FAULTS", "Fault"]

Fault = Callable[[World], None]

HOUR = 3600


def workers_killed(world: World) -> None:
    """Workers die of SIGKILL, again and again, while others go on; each is replaced."""
    for _ in range(world.scale.kills):
        world.when_stored(0.02)
        world.pause(0.2, 1.5)
        running = world.workers.running
        if not running or world.stored() >= len(world.stage.there()):
            break
        victim = world.rng.choice(running)
        world.workers.kill(victim)
        world.note(f"worker {victim.number} killed, {world.stored()} articles stored")
        world.workers.start()


def redis_killed(world: World) -> None:
    """Redis dies of SIGKILL and comes back on its append-only file."""
    for share in sorted(world.rng.uniform(0.05, 0.7) for _ in range(max(1, world.scale.kills // 3))):
        world.when_stored(share)
        world.pair.kill(world.pair.redis_pid)
        world.note(f"Redis killed, {world.stored()} articles stored")
        world.pause(0.1, 1.0)
        world.pair.up()
        world.note("Redis is back")


def mongodb_stopped(world: World) -> None:
    """MongoDB is stopped for a while; killed in every other round."""
    world.when_stored(world.rng.uniform(0.05, 0.6))
    how = world.rng.choice((signal.SIGTERM, signal.SIGKILL))
    world.pair.kill(world.pair.mongo_pid, how)
    world.note(f"MongoDB ended by {how.name}")
    time.sleep(world.scale.outage)
    world.pair.up()
    world.note("MongoDB is back")


def redis_frozen(world: World) -> None:
    """Redis stands still for longer than a lease: leases run out while their holders live."""
    world.when_stored(world.rng.uniform(0.05, 0.6))
    with frozen(world.pair.redis_pid):
        world.note(f"Redis frozen, {world.stored()} articles stored")
        time.sleep(world.scale.freeze)
    world.note("Redis wakes")


def worker_frozen(world: World) -> None:
    """A worker stands still for longer than its leases, and wakes when others have its work."""
    world.when_stored(world.rng.uniform(0.05, 0.4))
    victim = world.rng.choice(world.workers.running)
    with frozen(victim.process.pid):
        world.note(f"worker {victim.number} frozen, {world.stored()} articles stored")
        time.sleep(world.scale.freeze)
    world.note(f"worker {victim.number} wakes")


def clock_wrong(world: World) -> None:
    """One worker's clock is an hour ahead, another's an hour behind."""
    started = []
    for off in (HOUR, -HOUR):
        worker = world.workers.start(wrong_clock(world.workers.environment, off))
        started.append((worker, off))
        world.note(f"worker {worker.number} has a clock {off:+d} s off")
    world.when_stored(0.5)
    for worker, off in started:
        measured = _clock_of(worker.words()) - datetime.now(UTC).timestamp()
        if abs(measured - off) > HOUR / 4:
            raise RuntimeError(
                f"the clock of worker {worker.number} is {measured:+.0f} s off, not {off:+d} s"
            )


def primary_steps_down(world: World) -> None:
    """MongoDB's primary steps down (or is killed); another member takes over."""
    replica_set = world.replica_set
    if replica_set is None:
        raise RuntimeError("this fault needs a replica set")
    world.when_stored(world.rng.uniform(0.05, 0.6))
    if world.rng.random() < 0.5:
        before, after = replica_set.step_down()
        world.note(f"the primary {before} stepped down, {after} took over")
    else:
        before = replica_set.kill_primary()
        world.note(f"the primary {before} was killed")
        world.note(f"{replica_set.primary()} took over")
        world.pause(0.5, 2.0)
        replica_set.up()
        world.note(f"{before} is back as a member")


def redis_full(world: World) -> None:
    """Redis is out of memory (noeviction) for a while: the crawl pauses, says why, and goes on."""
    world.when_stored(world.rng.uniform(0.05, 0.5))
    with redis.Redis.from_url(world.pair.addresses.redis_url) as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", 1)
        world.note(f"Redis is full, {world.stored()} articles stored")
        time.sleep(world.scale.outage)
        client.config_set("maxmemory", 0)
        world.note(f"Redis has room again, {world.stored()} articles stored")
    if not any("out of memory" in worker.words() for worker in world.workers.all):
        raise RuntimeError(f"no worker said that Redis is out of memory\n{world.words()}")


_STAMP = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", re.MULTILINE)


def _clock_of(log: str) -> float:
    """The last time that a worker's log shows (written in local time), as seconds since the epoch."""
    stamps = _STAMP.findall(log)
    if not stamps:
        raise RuntimeError(f"the log has no time\n{log[-2000:]}")
    return time.mktime(time.strptime(stamps[-1], "%Y-%m-%d %H:%M:%S"))


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        workers_killed,
        redis_killed,
        mongodb_stopped,
        redis_frozen,
        worker_frozen,
        clock_wrong,
        primary_steps_down,
        redis_full,
    )
}
