"""What a host sees of several workers, counted at the server."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from tests.contract.site import Site

pytestmark = pytest.mark.crawl

SECONDS = 9


def test_four_workers_share_one_host_at_five_requests_a_second(start_worker):
    with Site(1000) as site:
        workers = [start_worker(site.url, rate=5.0) for _ in range(4)]
        while len(site.times) < 3:
            time.sleep(0.05)
        time.sleep(SECONDS)
        for worker in workers:
            worker.kill()
        times = sorted(site.times)
    # from the first whole second after all four have started
    begin = times[0] + 3
    seen = [moment for moment in times if moment >= begin]
    assert max(Counter(int(moment) for moment in seen).values()) <= 5
    assert max(sum(start <= moment < start + 1 for moment in seen) for start in seen) <= 6
    assert (len(seen) - 1) / (seen[-1] - seen[0]) >= 4.5
