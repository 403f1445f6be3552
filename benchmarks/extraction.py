"""The CPU time of reading a page, at two commits, in one run and in turn.

    python -m benchmarks.extraction CORPUS --base REV

Of both commits a process reads the corpus's pages and the bench's pages of 15 KB, from the bytes to the clean Article with
its links; they take turns by passes over all pages, so that a busy minute costs both. What counts of a page is the best
of the warm passes; what is told is the median over the pages. The first pass, on pages and links never seen, is told apart.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

from benchmarks.quality import load_scorer, read_pages
from benchmarks.report import table
from benchmarks.revision import ROOT, taken_out
from benchmarks.site import Site

__all__ = ["Reader", "Timed", "differences", "main", "page_sets", "take_turns"]

WORKER: Final = Path(__file__).with_name("extraction_worker.py")
_SMALL_SITE: Final = 60
_PASSES: Final = 5

Pages = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds by page of every pass, the first of them on pages never seen; and what was found, by page."""

    passes: Sequence[Mapping[str, float]]
    results: Mapping[str, Mapping[str, Any]]

    @property
    def cold_ms(self) -> float:
        """The median page of the first pass."""
        return statistics.median(self.passes[0].values())

    @property
    def warm_ms(self) -> float:
        """The median page, each at its best of the later passes."""
        return statistics.median(min(timed[page] for timed in self.passes[1:]) for page in self.passes[0])


class Reader:
    """A worker process on the pages in ``file``, with the code in ``folder``."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(WORKER), str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "0"},
        )

    def ask(self, question: str) -> Any:
        """Return the answer. Raises RuntimeError when the process has ended instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{question}\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a worker has ended with exit code {self._process.wait()}")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):
            self._process.communicate()


def page_sets(corpus: Path) -> dict[str, Pages]:
    """Return the corpus's pages and the bench's."""
    small = Site(_SMALL_SITE)
    articles = {article.path for article in small.articles}
    return {
        "corpus": read_pages(corpus, load_scorer(corpus).load_truth(corpus)),
        "15 KB": {
            path: (f"http://www.sample-news.test{path}", body)
            for path, body in small.pages()
            if path in articles
        },
    }


def take_turns(folders: Sequence[Path], pages: Pages, passes: int = _PASSES) -> list[Timed]:
    """Read the pages with the code of each folder: once cold, then ``passes`` times, all folders in each pass."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="extraction-")))
        file = scratch / "pages.json"
        encoded = {name: (url, base64.b64encode(body).decode()) for name, (url, body) in pages.items()}
        file.write_text(json.dumps(encoded), "utf-8")
        readers = [stack.enter_context(Reader(folder, file)) for folder in folders]
        timed: list[list[Mapping[str, float]]] = [[] for _ in readers]
        for number in range(passes + 1):
            # Every second pass the other way round, so that none always follows the other.
            for index in range(len(readers)) if number % 2 else reversed(range(len(readers))):
                timed[index].append(readers[index].ask("pass"))
        return [Timed(each, reader.ask("results")) for each, reader in zip(timed, readers, strict=True)]


def differences(before: Timed, after: Timed) -> dict[str, list[str]]:
    """Return, for each field, the pages on which the two found another value."""
    found: dict[str, list[str]] = {}
    for page, fields in after.results.items():
        for field, value in fields.items():
            if before.results[page].get(field) != value:
                found.setdefault(field, []).append(page)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the table, and which fields differ on how many pages."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.extraction", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--base", required=True, metavar="REV", help="the earlier commit")
    parser.add_argument("--passes", type=int, default=_PASSES, help="warm ones")
    parser.add_argument("--pages", action="store_true", help="name the pages that differ")
    given = parser.parse_args(arguments)
    rows, notes = [], []
    with taken_out(given.base) as base:
        for name, pages in page_sets(given.corpus).items():
            before, after = take_turns([base.folder, ROOT], pages, given.passes)
            size = statistics.median(len(body) for _, body in pages.values())
            for words, old, new in (
                (f"best of {given.passes}", before.warm_ms, after.warm_ms),
                ("never seen", before.cold_ms, after.cold_ms),
            ):
                what = f"{name}: {len(pages)} pages of {size / 1000:.0f} KB, {words}"
                rows.append((what, f"{old:.2f}", f"{new:.2f}", f"{new / old:.2f}"))
            for field, differing in sorted(differences(before, after).items()):
                listed = ": " + ", ".join(differing) if given.pages else ""
                notes.append(f"{name}: {field} differs on {len(differing)} of {len(pages)} pages{listed}")
    print(table(("median CPU ms a page", f"at {base.name}", "now", "now / before"), rows))
    print("\n".join(notes) or "every field of every page is the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
