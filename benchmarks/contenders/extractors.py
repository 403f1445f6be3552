"""Runs in the peers' environment: pages as JSON on stdin, each extractor's answers as JSON on stdout."""

from __future__ import annotations

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

warnings.simplefilter("ignore")


def gne(html: str, url: str) -> dict[str, Any]:
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(html, host=url)
    return {
        "title": found["title"],
        "publish_time": found["publish_time"],
        "author": found["author"],
        "text": found["content"],
    }


def trafilatura(html: str, url: str) -> dict[str, Any]:
    import trafilatura as library

    document = library.bare_extraction(html, url=url, with_metadata=True)
    found = document.as_dict() if document is not None else {}
    return {
        "title": found.get("title"),
        "publish_time": found.get("date"),
        "author": found.get("author"),
        "text": found.get("text"),
    }


def newspaper4k(html: str, url: str) -> dict[str, Any]:
    from newspaper import Article

    article = Article(url, language="zh")
    article.download(input_html=html)
    article.parse()
    date = article.publish_date.isoformat() if article.publish_date else None
    return {"title": article.title, "publish_time": date, "author": article.authors, "text": article.text}


def readability(html: str, url: str) -> dict[str, Any]:
    from lxml.html import fromstring
    from readability import Document

    document = Document(html, url=url)
    return {"title": document.short_title(), "text": fromstring(document.summary()).text_content()}


def resiliparse(html: str, url: str) -> dict[str, Any]:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(html, main_content=True)}


EXTRACTORS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "GNE": gne,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "readability-lxml": readability,
    "resiliparse": resiliparse,
}


def main() -> None:
    pages = json.load(sys.stdin)
    out: dict[str, Any] = {}
    for name, run in EXTRACTORS.items():
        answers, times = {}, []
        for page, given in pages.items():
            started = time.process_time()
            try:
                answers[page] = run(given["html"], given["url"])
            except Exception as error:  # noqa: BLE001 - a peer that fails has an empty answer
                print(f"{name}: {page}: {error!r}", file=sys.stderr)
                answers[page] = {}
            times.append((time.process_time() - started) * 1000)
        out[name] = {"pages": answers, "ms": statistics.median(times)}
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    main()
