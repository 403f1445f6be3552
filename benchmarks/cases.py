"""``make cases CASES=folder``: small inputs that failed once, read and crawled again, and compared with what is right.

The folder has ``extract/`` (pages, and ``expected.json`` with the right value of fields) and ``crawl/`` (a folder a case: a
``site.py`` that ``try.py`` serves and crawls, or pages for ``scrapy extract``). Exit code 1 where one is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

ROOT: Final = Path(__file__).resolve().parents[1]
_PAGE_URL: Final = "http://www.qingping-news.test/a/1001.html"
_PICTURE: Final = {"images": ["http://www.qingping-news.test/pic/1.jpg"]}
_TIME: Final = {"published": "2026-11-28T09:15"}

PAGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "02": {"text": {"paragraphs": 1, "first": "11月28日，清屏县城东小学举行"}},
    "14": _TIME,
    "16": {"text": {"paragraphs": 1, "first": "附件：清屏县水利局2026年第11号公告"}},
    "17": _TIME,
    "18": _PICTURE,
    "19": {"text": {"paragraphs": 4, "first": "清屏县水利局11月28日召开大会"}},
}
"""What is right for the pages of ``crawl/``, by the number of their folder; beside its README, which says it in words."""

_EVENTS: Final[Mapping[str, str]] = {"jserr.test": "shows no entry"}
"""Hosts that have nothing to find: the word by which the crawl has to say so."""
_TWICE: Final = frozenset({"04"})
_ARGUMENTS: Final[Mapping[str, str]] = {"20": "-s RETRY_PAUSE=0.2"}
_MOST_REQUESTS: Final[Mapping[str, int]] = {"05": 30, "08": 60}
_CRAWL_S: Final = 600
_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case: whether it is right, and what came where it is not."""

    name: str
    wrong: str


def pages(folder: Path) -> Iterator[Outcome]:
    """Read the pages with ``scrapy extract``, all that need the same address in one process."""
    expected = json.loads((folder / "extract" / "expected.json").read_text("utf-8"))
    files = [folder / "extract" / f"{name}.html" for name in expected]
    for name, answer in zip(expected, _extract(files), strict=True):
        yield Outcome(name, differences(expected[name], answer))
    for case in _cases(folder):
        for page in sorted(case.glob("*.html")) if case.name[:2] in PAGES else ():
            (answer,) = _extract([page], "--url", _PAGE_URL)
            yield Outcome(f"{case.name}/{page.name}", differences(PAGES[case.name[:2]], answer))


def crawls(folder: Path) -> Iterator[Outcome]:
    """Serve and crawl each case with its own ``try.py``, on servers of its own."""
    with TemporaryDirectory(prefix="cases-") as data:
        try:
            for case in _cases(folder):
                if (case / "site.py").exists():
                    yield Outcome(case.name, _crawl(case, data))
        finally:
            _run(["-m", "scrapy", "stack", "down"], cwd=ROOT, environment={"DATA_DIR": data})


def differences(expected: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """Return what is not as expected, in a line; an empty string where all is.

    ``text`` is ``{paragraphs, first, last}``, people are compared by their names, a time by its beginning.
    """
    return "; ".join(
        f"{field}: {_short(answer.get(field))}"
        for field, value in expected.items()
        if not _is(field, value, answer.get(field))
    )


def _short(value: Any) -> str:
    """Return a value in a line, its beginning and end where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} … {text[-_SHOWN // 2 :]}"


def _is(field: str, expected: Any, value: Any) -> bool:
    if field == "text":
        lines = [line for line in (value or "").split("\n") if line]
        first, last = str(expected["first"]), str(expected.get("last", ""))
        return (
            len(lines) == expected["paragraphs"] and lines[0].startswith(first) and lines[-1].endswith(last)
        )
    if field == "authors":
        return bool([one["name"] for one in value or ()] == expected)
    if field == "images":
        return bool([one["url"] for one in value or ()] == expected)
    if field == "published":
        return str(value or "").startswith(expected)
    return bool(value == expected)


def _crawl(case: Path, data: str) -> str:
    number = case.name[:2]
    said = _try(case, data, number)
    if number in _TWICE:
        first = _requests(said)
        said = _try(case, data, number, KEEP="1")
        if _requests(said) > first / 2:
            return f"fetched again: {_requests(said)} requests, {first} before"
    wrong = []
    for mark, host, rest in re.findall(r"^(OK |\*\*\*) (\S+) (.*)$", said, re.MULTILINE):
        if host in _EVENTS:
            if _EVENTS[host] not in said:
                wrong.append(f"{host}: nothing said of {_EVENTS[host]}")
        elif mark != "OK ":
            wrong.append(f"{host} {rest}")
    if number in _MOST_REQUESTS and _requests(said) > _MOST_REQUESTS[number]:
        wrong.append(f"{_requests(said)} requests")
    if number == "09" and "needs no browser" in said and "POST" not in said:
        wrong.append("suggests a GET for a POST")
    if not re.search(r"^(OK |\*\*\*) ", said, re.MULTILINE):
        wrong.append(said.strip().splitlines()[-1] if said.strip() else "nothing was printed")
    return "; ".join(wrong)


def _try(case: Path, data: str, number: str, **variables: str) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = _ARGUMENTS.get(number, "")
    done = _run(
        ["try.py", str(ROOT), data, str(port), case.name],
        cwd=case.parent,
        environment={"ARGS": arguments, **variables},
    )
    return done.stdout + (done.stderr if done.returncode else "")


def _requests(said: str) -> int:
    return sum(map(int, re.findall(r"(\d+) requests$", said, re.MULTILINE)))


def _extract(files: list[Path], *options: str) -> list[dict[str, Any]]:
    if not files:
        return []
    done = _run(["-m", "scrapy", "extract", *options, *map(str, files)], cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _run(
    words: list[str], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=cwd, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=_CRAWL_S, check=False,
    )  # fmt: skip


def _cases(folder: Path) -> list[Path]:
    return sorted(
        case for case in (folder / "crawl").iterdir() if case.is_dir() and case.name[:2].isdecimal()
    )


def main() -> int:
    """Print a line a case, and how many are right."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=("pages", "crawls"), help="one half alone")
    given = parser.parse_args()
    if not (given.folder / "extract" / "expected.json").exists():
        parser.error(f"{given.folder} has no extract/expected.json: CASES names the folder")
    halves: dict[str, Callable[[Path], Iterator[Outcome]]] = {"pages": pages, "crawls": crawls}
    console = Console(soft_wrap=True, highlight=False)
    total = wrong = 0
    for name, read in halves.items():
        if given.only in (None, name):
            for outcome in read(given.folder):
                total += 1
                wrong += bool(outcome.wrong)
                mark = (
                    f"[red]wrong[/red]  {escape(outcome.wrong)}" if outcome.wrong else "[green]right[/green]"
                )
                console.print(f"{outcome.name:<44} {mark}")
    console.print(f"{total - wrong} of {total} cases right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
