"""What a host sees of several workers, counted at the server.

``make bench-politeness`` measures for a minute and wants 4.5 requests a second on average. A machine that is busy
with other tests serves its workers late, which says nothing against their manners.
"""

from __future__ import annotations

import os
import time
from collections import Counter

import pytest

from tests.contract.site import Site

pytestmark = pytest.mark.crawl

SECONDS = int(os.environ.get("POLITENESS_SECONDS", "9"))
LEAST = float(os.environ.get("POLITENESS_LEAST", "3.0"))


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
    clock = max(Counter(int(moment) for moment in seen).values())
    sliding = max(sum(start <= moment < start + 1 for moment in seen) for start in seen)
    average = (len(seen) - 1) / (seen[-1] - seen[0])
    print(f"at most {clock} in a clock second, {sliding} in any second, {average:.2f} a second on average")
    assert clock <= 5
    assert sliding <= 6
    assert average >= LEAST
