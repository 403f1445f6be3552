"""What finding the links of a page costs, next to parsing it.

    python benchmarks/discovery.py CORPUS

CORPUS is the folder of labelled pages (or the variable of that name). Each page is read as an article of an unknown
portal, cold (no URL was ever seen) and warm (all of them were), in CPU time; the best of five, medians over the pages.
Within a crawl most links of a page are warm.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from statistics import median
from time import process_time_ns

from crawler.discovery import read_links, resolver
from crawler.parsing import Document
from crawler.portals import Profile, addresses, parse_profile
from crawler.portals.page_kind import PageKind
from crawler.urls import canonical, site

ROUNDS = 5
CACHES = [
    getattr(module, name)
    for module, name in (
        (addresses, "_spell_cached"),
        (addresses, "_judge_cached"),
        (canonical, "_canonical_cached"),
    )
]


def main(corpus: Path) -> None:
    rows = [measured(path, corpus) for path in sorted((corpus / "pages").glob("*.html.gz"))]
    links, parse, cold, warm = zip(*rows, strict=True)
    print(f"{len(rows)} pages, median {median(links):.0f} links")
    print(f"parse      {median(parse):6.2f} ms")
    print(f"links cold {median(cold):6.2f} ms, {1000 * sum(cold) / sum(links):5.1f} µs a link")
    print(
        f"links warm {median(warm):6.2f} ms, {1000 * sum(warm) / sum(links):5.1f} µs a link, {median(warm) / median(parse):.1f} times the parsing"
    )


def measured(path: Path, corpus: Path) -> tuple[int, float, float, float]:
    """Links, and the ms of CPU for parsing, for new links, for known ones."""
    truth = json.loads(
        (corpus / "truth" / path.name.replace(".html.gz", ".json")).read_text(encoding="utf-8")
    )
    url = truth["url"] or "http://www.news.example/2019/0601/c1-2.html"
    profile = parse_profile(f'title = "x"\nhome = "http://{site(url)}/"\ndomains = ["{site(url)}"]\n', "x")
    body = gzip.decompress(path.read_bytes())
    parse = cold = warm = float("inf")
    for _ in range(ROUNDS):
        doc = Document.from_bytes(body, url)
        started = process_time_ns()
        anchors = len(doc.tree.css("a[href]"))
        parse = min(parse, (process_time_ns() - started) / 1e6)
        resolver.forget()
        for cache in CACHES:
            cache.cache_clear()
        cold = min(cold, timed(doc, profile))
        warm = min(warm, timed(doc, profile))
    return anchors, parse, cold, warm


def timed(doc: Document, profile: Profile) -> float:
    started = process_time_ns()
    read_links(doc, profile, page=PageKind.ARTICLE)
    return (process_time_ns() - started) / 1e6


if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CORPUS", "")
    if not folder:
        sys.exit("which folder? python benchmarks/discovery.py CORPUS")
    main(Path(folder))
