"""What is read from known pages is what was read before, field by field.

A difference is looked at: it is an improvement, and the outputs are written anew, or it goes. To write them anew:

    GOLDEN=write make test ARGS=tests/extraction/test_golden.py

and look at ``git diff tests/golden``. Of the labelled pages, which are not part of this repository, only a hash a
page and field is kept; GOLDEN_OUTPUTS=folder writes their outputs there as JSON, so that two checkouts' can be compared.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from golden_pages import INVENTED, GoldenPage, output, sample_pages

from benchmarks.perturbations import PERTURBATIONS
from crawler.parsing import Document

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
WRITE = os.environ.get("GOLDEN") == "write"
OUTPUTS = os.environ.get("GOLDEN_OUTPUTS")


def compare(name: str, found: dict[str, Any], *, indent: int = 1) -> None:
    """Against tests/golden/``name``, or into it."""
    file = GOLDEN / name
    if WRITE:
        file.write_text(
            json.dumps(found, ensure_ascii=False, indent=indent, sort_keys=True) + "\n", encoding="utf-8"
        )
        return
    known = json.loads(file.read_text(encoding="utf-8"))
    assert sorted(found) == sorted(known)
    differences = {
        (page, field): (known[page].get(field), found[page].get(field))
        for page in known
        for field in known[page].keys() | found[page].keys()
        if known[page].get(field) != found[page].get(field)
    }
    assert differences == {}


def outputs(pages: Iterable[GoldenPage]) -> dict[str, Any]:
    return {page.name: output(page) for page in pages}


def test_invented_pages():
    assert len({page.name for page in INVENTED}) == len(INVENTED)
    compare("extraction_invented.json", outputs(INVENTED))


@pytest.mark.slow
def test_pages_of_the_sample_portal():
    found = outputs(sample_pages())
    for name, fields in found.items():  # of a page read by its profile, what is read otherwise
        plain = found.get(name.removesuffix(" by profile"), {})
        if plain is not fields:
            found[name] = {field: value for field, value in fields.items() if plain.get(field) != value}
    compare("extraction_sample.json", found)


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def _labelled(corpus: Path, truth: dict[str, Any], change: str) -> Iterable[GoldenPage]:
    for page, told in sorted(truth.items()):
        url = told.get("url") or "http://unknown.test/"
        body = gzip.decompress((corpus / "pages" / f"{page}.html.gz").read_bytes())
        if change:
            text = Document.from_bytes(body, url).text
            body = PERTURBATIONS[change](text, page).encode("utf-8", "replace")
        yield GoldenPage(page, url, body)


@pytest.mark.corpus
@pytest.mark.parametrize("change", ["", *PERTURBATIONS])
def test_labelled_pages(corpus, change):
    truth = {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(corpus.glob("truth/*.json"))
    }
    found = outputs(_labelled(corpus, truth, change))
    if OUTPUTS:
        folder = Path(OUTPUTS)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{change or 'as they are'}.json".replace("/", "-")).write_text(
            json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8"
        )
    # a page goes by the hash of its name, which names its site
    hashes: dict[str, Any] = {
        _hash(page): {"all": _hash(fields)} if change else {name: _hash(v) for name, v in fields.items()}
        for page, fields in found.items()
    }
    names = {_hash(page): page for page in found}
    file = GOLDEN / "extraction_labelled.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if WRITE:
        known[change or "as they are"] = hashes
        file.write_text(json.dumps(known, sort_keys=True).replace("}, ", "},\n") + "\n", encoding="utf-8")
        return
    known = known[change or "as they are"]
    differences = {
        (names.get(page, page), field)
        for page in known.keys() | hashes.keys()
        for field in known.get(page, {}).keys() | hashes.get(page, {}).keys()
        if known.get(page, {}).get(field) != hashes.get(page, {}).get(field)
    }
    assert differences == set()
