from __future__ import annotations

import asyncio

from crawler.frontier.worker.tasks import end


async def test_a_task_that_overlooks_its_cancellation_ends_all_the_same():
    overlooked = 0

    async def deaf():
        nonlocal overlooked
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if overlooked == 2:
                    raise
                overlooked += 1

    task = asyncio.create_task(deaf())
    await asyncio.sleep(0)
    await asyncio.wait_for(end(task), 10)
    assert task.cancelled()
    assert overlooked == 2


async def test_what_a_task_failed_of_is_told(caplog):
    async def broken():
        raise ValueError("of this")

    task = asyncio.create_task(broken())
    await asyncio.sleep(0)
    await end(task)
    assert "of this" in caplog.text
