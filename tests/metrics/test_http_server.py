"""What is served over HTTP: the pages, their formats, and that nothing else is."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from crawler.metrics import PORTAL_GAUGES, HttpServer, PortalGauges, metrics_handler

FIGURES = {
    "a": dict.fromkeys(PORTAL_GAUGES, 0) | {"demand": 12, "unserved": 3},
    '"quoted"\\': dict.fromkeys(PORTAL_GAUGES, 1),
}


async def gauges() -> PortalGauges:
    return PortalGauges(FIGURES)


@pytest.fixture
async def site():
    server = HttpServer({"/metrics": metrics_handler(gauges)})
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        session.port = port
        yield session
    await server.close()


async def test_prometheus_reads_every_figure_of_every_portal(site):
    async with site.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        families = list(text_string_to_metric_families(await answer.text()))

    assert [(one.name, one.type) for one in families] == [
        (f"crawler_frontier_{name}", "gauge") for name in ("unserved", "demand", "queued", "leased", "dead")
    ]
    for family in families:
        found = {sample.labels["portal"]: sample.value for sample in family.samples}
        name = family.name.removeprefix("crawler_frontier_")
        assert found == {portal: figures[name] for portal, figures in FIGURES.items()}


async def test_open_metrics_where_it_is_asked_for(site):
    wanted = {"Accept": "application/openmetrics-text; version=1.0.0"}
    async with site.get("/metrics", headers=wanted) as answer:
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        assert (await answer.text()).endswith("# EOF\n")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("HEAD", "/metrics", 200),
        ("GET", "/metrics?x=1", 200),
        ("GET", "/", 404),
        ("GET", "/healthz/../etc/passwd", 404),
        ("POST", "/metrics", 405),
        ("DELETE", "/healthz", 405),
    ],
)
async def test_what_is_there_and_what_is_not(site, method, path, status):
    async with site.request(method, path) as answer:
        assert answer.status == status
        if path == "/healthz" and method == "GET":
            assert await answer.text() == "ok\n"


async def test_a_port_that_is_taken_and_a_host_that_is_none(site):
    for host, port in (("127.0.0.1", site.port), ("host.invalid", 0)):
        second = HttpServer({})
        with pytest.raises(OSError):
            await second.start(host, port)
        await second.close()


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: a", b"\x16\x03\x01" + b"x" * 9000])
async def test_who_does_not_finish_a_request_is_hung_up_on(site, monkeypatch, sent):
    monkeypatch.setattr("crawler.metrics.server._IDLE_S", 0.2)
    server = HttpServer({})
    reader, writer = await asyncio.open_connection("127.0.0.1", await server.start("127.0.0.1", 0))
    writer.write(sent)
    async with asyncio.timeout(5):
        assert (await reader.read()).partition(b"\r\n")[0] in (b"", b"HTTP/1.0 400 Bad Request")
    writer.close()
    await server.close()


async def test_an_answer_that_is_under_way_is_finished_before_the_end():
    asked = asyncio.Event()

    async def slow(_):
        asked.set()
        await asyncio.sleep(0.3)
        return web.Response(text="whole")

    server = HttpServer({"/slow": slow})
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        waiting = asyncio.create_task(session.get("/slow"))
        await asked.wait()
        await server.close()
        answer = await waiting
        assert await answer.text() == "whole"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port))
