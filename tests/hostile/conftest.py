from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path

import pytest
from hostile_cases import answers, prepare
from hostile_wire import HostileServer

HERE = Path(__file__).parent
CRAWL_S = 150


@pytest.fixture(scope="session")
def heavy():
    prepare()


@pytest.fixture
async def hostile(heavy):
    async with HostileServer(answers()) as server:
        yield server


@pytest.fixture
def crawl(hostile, tmp_path):
    """Crawl cases in a process of its own; the report of hostile_child.py."""

    async def run(cases, *, proxy="127.0.0.1", https_proxy=None, **order):
        order["requests"] = [{"name": case.name, "url": case.url, "kind": case.kind} for case in cases]
        if not proxy:
            for given in order["requests"]:
                given["url"] = re.sub(r"(?<=example)(?=/)", f":{hostile.port}", given["url"], count=1)
        given, report = tmp_path / "order.json", tmp_path / "report.json"
        given.write_text(json.dumps(order))
        environment = {
            name: value
            for name, value in os.environ.items()
            if name.lower() not in {"http_proxy", "https_proxy"}
        }
        environment["PYTHONPATH"] = str(HERE.parent.parent)
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        if proxy:
            environment["http_proxy"] = f"http://{proxy}:{hostile.port}"
        if https_proxy:
            environment["https_proxy"] = f"http://{proxy}:{https_proxy}"
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HERE / "hostile_child.py"),
            str(given),
            str(report),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            printed, _ = await asyncio.wait_for(child.communicate(), CRAWL_S)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        assert child.returncode == 0, printed.decode()[-4000:]
        result = json.loads(report.read_text())
        result["printed"] = printed.decode(errors="replace")
        return result

    return run
