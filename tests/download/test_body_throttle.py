from __future__ import annotations

import pytest

from crawler.download.body_throttle import BodyThrottle


class Body:
    def __init__(self):
        self.finished = self.paused = False

    def pause(self):
        assert not self.paused
        self.paused = True

    def resume(self):
        assert self.paused
        self.paused = False


class Worker:
    """Whether it is behind, and what it was asked to do later."""

    def __init__(self):
        self.behind, self.later = False, []
        self.throttle = BodyThrottle(lambda: self.behind, lambda _seconds, call: self.later.append(call))

    def tick(self):
        calls, self.later = self.later, []
        assert len(calls) <= 1
        for call in calls:
            call()


@pytest.fixture
def worker():
    return Worker()


@pytest.fixture
def bodies(worker):
    made = [Body() for _ in range(10)]
    for body in made:
        worker.throttle.admit(body)
    return made


def paused(bodies):
    return [number for number, body in enumerate(bodies) if body.paused]


def test_four_at_a_time_in_order(worker, bodies):
    assert paused(bodies) == [4, 5, 6, 7, 8, 9]
    worker.tick()
    assert paused(bodies) == [4, 5, 6, 7, 8, 9]
    bodies[1].finished = bodies[3].finished = True
    worker.tick()
    assert paused(bodies) == [6, 7, 8, 9]


def test_none_while_the_worker_is_behind(worker, bodies):
    worker.behind = True
    for body in bodies[:4]:
        body.finished = True
    worker.tick()
    assert paused(bodies) == [4, 5, 6, 7, 8, 9]
    worker.behind = False
    worker.tick()
    assert paused(bodies) == [8, 9]


def test_what_was_given_up_while_it_waited_takes_nobodys_place(worker, bodies):
    bodies[4].finished = bodies[0].finished = True
    worker.tick()
    assert paused(bodies) == [4, 6, 7, 8, 9]  # a dead connection is left as it is


def test_it_asks_again_only_while_somebody_waits(worker, bodies):
    for _ in range(2):
        assert len(worker.later) == 1
        for body in bodies:
            body.finished = body.finished or not body.paused
        worker.tick()
    assert paused(bodies) == []
    assert worker.later == []
