from __future__ import annotations

import pytest

from crawler.middlewares.gate import Gate


class Body:
    def __init__(self):
        self.arrived = self.halted = False

    def halt(self):
        assert not self.halted
        self.halted = True

    def go_on(self):
        assert self.halted
        self.halted = False


class Worker:
    """Whether it is behind, and what it was asked to do later."""

    def __init__(self):
        self.behind, self.later = False, []
        self.gate = Gate(lambda: self.behind, lambda _seconds, call: self.later.append(call))

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
        worker.gate.ask(body)
    return made


def halted(bodies):
    return [number for number, body in enumerate(bodies) if body.halted]


def test_four_at_a_time_in_order(worker, bodies):
    assert halted(bodies) == [4, 5, 6, 7, 8, 9]
    worker.tick()
    assert halted(bodies) == [4, 5, 6, 7, 8, 9]
    bodies[1].arrived = bodies[3].arrived = True
    worker.tick()
    assert halted(bodies) == [6, 7, 8, 9]


def test_none_while_the_worker_is_behind(worker, bodies):
    worker.behind = True
    for body in bodies[:4]:
        body.arrived = True
    worker.tick()
    assert halted(bodies) == [4, 5, 6, 7, 8, 9]
    worker.behind = False
    worker.tick()
    assert halted(bodies) == [8, 9]


def test_what_was_given_up_while_it_waited_takes_nobodys_place(worker, bodies):
    bodies[4].arrived = bodies[0].arrived = True
    worker.tick()
    assert halted(bodies) == [4, 6, 7, 8, 9]  # a dead connection is left as it is


def test_it_asks_again_only_while_somebody_waits(worker, bodies):
    for _ in range(2):
        assert len(worker.later) == 1
        for body in bodies:
            body.arrived = body.arrived or not body.halted
        worker.tick()
    assert halted(bodies) == []
    assert worker.later == []
