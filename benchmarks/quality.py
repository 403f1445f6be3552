"""The quality gate: how well the generic extractor reads real, labelled pages, with floors that only rise.

    python -m benchmarks.quality CORPUS                     measure, and fail below a floor
    python -m benchmarks.quality CORPUS --compare           the same beside other libraries, in one run
    python -m benchmarks.quality CORPUS --set-floors        raise the floors to what was measured
    python -m benchmarks.quality CORPUS --set-floors --lower-floors      … and let them sink

    python -m benchmarks.quality CORPUS --perturb           how much hangs on names, tags and the head (no floors)
    python -m benchmarks.quality CORPUS --ablate            how much hangs on each rule, and nothing else

CORPUS holds pages/<id>.html.gz, truth/<id>.json and the scorer, evaluate.py. Floors stand in quality.json with the
corpus's hash: other pages, other figures. No profile is used. Exit codes: 0, 1 below a floor, 2 usage.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import math
import statistics
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import ablation
from benchmarks.perturbations import PERTURBATIONS
from benchmarks.quality_peers import Peers
from benchmarks.site import Site
from crawler.cleaning import clean_article
from crawler.discovery import read_links, resolver
from crawler.extraction import extract
from crawler.extraction.page import known
from crawler.items import Related
from crawler.parsing import Document
from crawler.portals import Profile, addresses, parse_profile
from crawler.portals.page_kind import PageKind
from crawler.urls import canonical, site

__all__ = ["FIELDS", "Measured", "corpus_hash", "main", "measure"]

FLOORS = Path(__file__).with_name("quality.json")
FIELDS = (
    "body_f1", "body_f1>=0.95", "title", "publish_time", "source", "author_f1_named", "author_f1", "editor_f1",
)  # fmt: skip
_ROUNDS = 5
_WORST = 8
_SMALL_SITE = 60
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores by field, scores by page, and the median CPU milliseconds of a page (best of five runs each)."""

    name: str
    fields: dict[str, float | None]
    pages: dict[str, dict[str, float | None]]
    ms: float | None


def corpus_hash(corpus: Path) -> str:
    """One hash over the names and bytes of all pages and truths."""
    digest = hashlib.sha256()
    for path in sorted([*corpus.glob("pages/*.html.gz"), *corpus.glob("truth/*.json")]):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def load_scorer(corpus: Path) -> ModuleType:
    """The corpus's own evaluate.py."""
    spec = importlib.util.spec_from_file_location("corpus_evaluate", corpus / "evaluate.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{corpus}: no evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_pages(corpus: Path, truth: dict[str, Any]) -> dict[str, tuple[str, bytes]]:
    """URL and bytes of every page."""
    return {
        page: (
            told.get("url") or "http://unknown.test/",
            gzip.decompress((corpus / "pages" / f"{page}.html.gz").read_bytes()),
        )
        for page, told in truth.items()
    }


def predict(url: str, body: bytes) -> dict[str, Any]:
    """What evaluate.py scores, out of one page: decoded, parsed, links read, extracted, cleaned."""
    doc = Document.from_bytes(body, url)
    links = read_links(doc, generic(site(url)), page=PageKind.ARTICLE).around
    related = [Related(link.title, link.url, link.date, link.list) for link in links]  # type: ignore[arg-type]
    article = clean_article(extract(doc, links=related))
    return {
        "title": article.title,
        "publish_time": article.published,
        "author": [author.name for author in article.authors],
        "source": article.source,
        "editor": list(article.editors),
        "text": article.text,
    }


@lru_cache(maxsize=256)
def generic(domain: str) -> Profile:
    """Rules for the links of a site without a profile: its own domain."""
    text = f'schema = 1\ntitle = "{domain}"\nhome = "http://{domain}/"\ndomains = ["{domain}"]\n'
    return parse_profile(text, "page")


def measure(corpus: Path, scorer: ModuleType, *, rounds: int = _ROUNDS) -> Measured:
    """This project's extractor on every page."""
    truth = scorer.load_truth(corpus)
    pages = read_pages(corpus, truth)
    timed(pages, 0)
    predictions, times = timed(pages, rounds)
    return scored("this project", scorer, truth, predictions, statistics.median(times))


def timed(pages: dict[str, tuple[str, bytes]], rounds: int) -> tuple[dict[str, Any], list[float]]:
    """The predictions, and for each page the least CPU milliseconds of ``rounds`` (and one) readings of them all."""
    predictions: dict[str, Any] = {}
    times = dict.fromkeys(pages, math.inf)
    for _ in range(rounds + 1):
        for page, (url, body) in pages.items():
            started = time.process_time()
            predictions[page] = predict(url, body)
            times[page] = min(times[page], (time.process_time() - started) * 1000)
    return predictions, [*times.values()]


def speed(corpus: Path, scorer: ModuleType) -> str:
    """CPU time of everything (decoding, parsing, links, text, metadata, cleaning), links never seen and seen."""
    small = Site(_SMALL_SITE)
    articles = {article.path for article in small.articles}
    sets = {
        "corpus": read_pages(corpus, scorer.load_truth(corpus)),
        "15 KB": {
            path: (f"http://www.sample-news.test{path}", body)
            for path, body in small.pages()
            if path in articles
        },
    }
    lines = []
    for name, pages in sets.items():
        resolver.forget()
        known.forget()
        for cache in (addresses._spell_cached, addresses._judge_cached, canonical._canonical_cached):  # noqa: SLF001
            cache.cache_clear()
        _, first = timed(pages, 0)
        _, again = timed(pages, _ROUNDS)
        size = statistics.median(len(body) for _, body in pages.values())
        lines.append(
            f"  {name}: {len(pages)} pages of {size / 1000:.0f} KB, median CPU ms a page with links: "
            f"{statistics.median(first):.2f} (links never seen), {statistics.median(again):.2f} (best of {_ROUNDS})"
        )
    return "\n".join(lines)


def perturbed(corpus: Path, scorer: ModuleType) -> list[Measured]:
    """The scores on pages that were changed in one way each; their truth is the same."""
    truth = scorer.load_truth(corpus)
    pages = read_pages(corpus, truth)
    rows = []
    for name, change in PERTURBATIONS.items():
        changed = {
            page: (url, change(Document.from_bytes(body, url).text, page).encode("utf-8", "replace"))
            for page, (url, body) in pages.items()
        }
        predictions, times = timed(changed, 0)
        rows.append(scored(name, scorer, truth, predictions, statistics.median(times)))
    return rows


def scored(
    name: str, scorer: ModuleType, truth: dict[str, Any], predictions: dict[str, Any], ms: float | None
) -> Measured:
    """Predictions, scored."""
    pages = scorer.score_corpus(truth, predictions)
    summary = scorer.summarise(pages, 10)
    return Measured(name, {field: summary[field]["value"] for field in FIELDS}, pages, ms)


def table(rows: list[Measured]) -> str:
    """One line an extractor."""
    head = ["", *FIELDS, "ms/page"]
    lines = [head]
    for row in rows:
        cells = [f"{v:.3f}" if (v := row.fields[field]) is not None else "-" for field in FIELDS]
        lines.append([row.name, *cells, f"{row.ms:.1f}" if row.ms is not None else "-"])
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def worst(measured: Measured) -> str:
    """The worst pages, worst first."""
    ranked = sorted(measured.pages, key=lambda page: measured.pages[page]["body_f1"] or 0.0)
    return "\n".join(f"  {measured.pages[page]['body_f1'] or 0.0:.4f}  {page}" for page in ranked[:_WORST])


def check(measured: Measured, floors: dict[str, Any], digest: str) -> list[str]:
    """What is wrong, a line each."""
    if floors.get("corpus") != digest:
        return ["quality.json was made on another corpus; run with --set-floors once you trust this one"]
    out = []
    for field, floor in floors["floors"].items():
        value = measured.fields.get(field)
        if value is None or value < floor:
            out.append(
                f"{field}: {value if value is None else format(value, '.4f')} is below its floor {floor:.4f}"
            )
    return out


def set_floors(measured: Measured, old: dict[str, Any], digest: str, *, lower: bool) -> dict[str, Any]:
    """The new quality.json, a little below what was measured. A floor sinks only where that is asked for."""
    new = {
        field: math.floor((v - _SLACK) * 1000) / 1000
        for field in FIELDS
        if (v := measured.fields[field]) is not None
    }
    if old.get("corpus") == digest and not lower:
        sunk = [
            field for field, floor in old["floors"].items() if (measured.fields.get(field) or 0.0) < floor
        ]
        if sunk:
            raise SystemExit(
                f"would lower the floor of {', '.join(sunk)}; say --lower-floors if that is meant"
            )
        new = {field: max(floor, old["floors"].get(field, 0.0)) for field, floor in new.items()}
    return {"corpus": digest, "pages": len(measured.pages), "floors": new}


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--compare", action="store_true", help="beside GNE, trafilatura and others")
    parser.add_argument("--set-floors", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--lower-floors", action="store_true", help="with --set-floors: floors may sink")
    parser.add_argument(
        "--perturb", action="store_true", help="also on pages without names, head and the like"
    )
    parser.add_argument("--ablate", action="store_true", help="only: pages that change without each rule")
    given = parser.parse_args(arguments)
    if not (given.corpus / "evaluate.py").is_file():
        parser.error(f"{given.corpus}: no labelled pages there (pages/, truth/, evaluate.py)")
    scorer, digest = load_scorer(given.corpus), corpus_hash(given.corpus)
    if given.ablate:
        print(ablation.report(read_pages(given.corpus, scorer.load_truth(given.corpus))))
        return 0
    rows = [measure(given.corpus, scorer)]
    if given.compare:
        truth = scorer.load_truth(given.corpus)
        for name, (predictions, ms) in Peers().run(read_pages(given.corpus, truth)).items():
            rows.append(scored(name, scorer, truth, predictions, ms))
    if given.perturb:
        rows += perturbed(given.corpus, scorer)
    print(table(rows))
    print("speed:")
    print(speed(given.corpus, scorer))
    print("worst pages:")
    print(worst(rows[0]))
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    if given.set_floors:
        new = set_floors(rows[0], old, digest, lower=given.lower_floors)
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
        print(f"floors written to {FLOORS.name}")
        return 0
    problems = check(rows[0], old, digest)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
