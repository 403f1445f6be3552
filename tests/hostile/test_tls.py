"""TLS that cannot be had is named, and is not said to be robots.txt's fault."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from hostile_cases import PAGE
from tls_servers import TlsServer, Tunnel, make_certificate

pytestmark = pytest.mark.crawl

SETTINGS = {"LOG_LEVEL": "ERROR", "DOWNLOAD_TIMEOUT": 10}


@dataclass
class Page:
    name: str
    port: int
    kind: str = "article"

    @property
    def host(self) -> str:
        return f"{self.name}.hostile.example"

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}/2026-01/10/content_1.htm"


@pytest.fixture
def serve(tmp_path):
    with ExitStack() as stack:

        def serve(name, tweak="", **certificate):
            path = tmp_path / f"{name}.pem"
            make_certificate(path, f"{name}.hostile.example", **certificate)
            return Page(name, stack.enter_context(TlsServer(PAGE, path, tweak)))

        yield serve


@pytest.fixture
def verdicts(crawl):
    async def verdicts(pages, **settings):
        hosts = {page.host: "127.0.0.1" for page in pages}
        return await crawl(pages, settings={**SETTINGS, **settings}, proxy=None, hosts=hosts, private=True)

    return verdicts


async def test_what_kind_of_tls_a_host_lacks(serve, verdicts):
    pages = [
        serve("sound"),
        serve("old", "tls-1.0"),
        serve("less-old", "tls-1.1"),
        serve("small", "small-key"),
        serve("none", "plain"),
        serve("expired", days=-3),
    ]
    report = await verdicts(pages)
    assert report["verdicts"] == {
        "sound": "done",
        "old": "retry:tls-old-protocol",
        "less-old": "retry:tls-old-protocol",
        "small": "retry:tls-weak-key",
        "none": "retry:tls",
        "expired": "done",  # regional portals run for months on them
    }
    assert "protocol version" in report["details"]["old"]
    assert "dh key too small" in report["details"]["small"]


async def test_a_certificate_is_refused_where_they_are_verified(serve, verdicts, tmp_path, monkeypatch):
    pages = [serve("expired", days=-3), serve("self-signed")]
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "expired.pem"))  # whom to believe
    report = await verdicts(pages, DOWNLOAD_VERIFY_CERTIFICATES=True)
    assert report["verdicts"] == dict.fromkeys(["expired", "self-signed"], "retry:tls-certificate")
    assert report["details"]["expired"] == "certificate verify failed: certificate has expired"
    assert report["details"]["self-signed"] == "certificate verify failed: self-signed certificate"


async def test_the_same_where_robots_txt_is_not_asked(serve, verdicts, crawl):
    page = serve("old", "tls-1.0")
    hosts = {page.host: "127.0.0.1"}
    report = await crawl([page], settings=SETTINGS, proxy=None, hosts=hosts, private=True, robots=False)
    assert report["verdicts"] == {"old": "retry:tls-old-protocol"}


async def test_a_port_where_nobody_listens_is_no_matter_of_tls(verdicts):
    report = await verdicts([Page("closed", 9)])
    assert report["verdicts"] == {"closed": "retry:robots-unreachable"}
    assert report["details"]["closed"].startswith("refused")


async def test_the_same_through_a_proxy(serve, crawl):
    pages = [serve("sound"), serve("old", "tls-1.0"), serve("small", "small-key"), serve("none", "plain")]
    with Tunnel() as port:
        report = await crawl(pages, settings=SETTINGS, proxy="127.0.0.1", https_proxy=port)
    assert report["verdicts"] == {
        "sound": "done", "old": "retry:tls-old-protocol", "small": "retry:tls-weak-key", "none": "retry:tls",
    }  # fmt: skip
