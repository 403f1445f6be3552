"""Crawls of the sample portal's two lists that a script fills."""

from __future__ import annotations

import re
from time import monotonic, sleep

from crawler.portals import load_profile
from crawler.portals.writing import as_toml
from sample_portal.compare import compare

__all__ = ["FAST", "SCRIPTED", "SEED", "missing", "profile_instead", "report", "run", "stat", "wait_until"]

SEED = 20260101
SCRIPTED = ("crawl", "portal", "-a", "portal=sample", "-a", "channels=node_190,node_191")
FAST = ("-a", "rate=0")


def report(site):
    return compare(site.server.world, site.articles(), javascript=True)


def missing(site):
    """The articles of the two lists that are not stored."""
    stored = {article["url"] for article in site.articles()}
    return [
        url
        for url, article in site.server.world.articles.items()
        if article.reached == {"javascript"} and url not in stored
    ]


def profile_instead(site, folder, change):
    """The sample profile with other channels: from the bundled one, as TOML."""
    text = change(as_toml(load_profile("sample")))
    (folder / "sample.toml").write_text(text, encoding="utf-8")
    site.environment["PORTALS_DIR"] = str(folder)


def stat(log, name):
    found = re.search(rf"'{re.escape(name)}': (\d+)", log)
    return int(found[1]) if found else 0


def run(site, log, *words):
    worker = site.scrapy(*words, log=log)
    code = worker.wait(timeout=240)
    return code, log.read_text(encoding="utf-8")


def wait_until(holds, patience_s=60.0):
    deadline = monotonic() + patience_s
    while not holds():
        assert monotonic() < deadline, "nothing happened"
        sleep(0.05)
