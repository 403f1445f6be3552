"""The documentation says what is so: its links lead somewhere, its commands, settings and messages exist."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.settings import default_settings

from crawler.errors import CrawlerError, Unreachable, UsageError
from crawler.portals import parse_profile

ROOT = Path(__file__).resolve().parents[2]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [
    *READMES,
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "deploy/README.md",
    ROOT / "sample_portal/README.md",
]
TROUBLE = ROOT / "docs/troubleshooting.md"

# Commands of Scrapy and of scrapyd-client that the documentation may show as well.
SCRAPYS_OWN = {"shell", "version", "list", "bench", "fetch", "view", "parse", "startproject"}
# Where a message on the troubleshooting page may come from.
SOURCES = [
    *(ROOT / "crawler").rglob("*.py"),
    ROOT / "setup.sh",
    ROOT / "deploy/scheduled.sh",
    ROOT / "Makefile",
]
GAP = "\0"

by_name = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def blocks(text: str) -> list[tuple[str, str]]:
    """Language and content of every fenced block."""
    return re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)


def prose(text: str) -> str:
    return re.sub(r"^ *```\w*\n.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[tuple[int, str]]:
    return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", prose(text), re.MULTILINE)]


def anchor(title: str) -> str:
    """GitHub's: https://github.com/gjtorikian/html-pipeline, toc_filter.rb."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def dead_links(page: Path, text: str) -> list[str]:
    dead = []
    for link in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose(text).replace("\n", " ")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            dead.append(link)
        elif fragment:
            titles = headings(text if target == page else target.read_text(encoding="utf-8"))
            if fragment not in {anchor(title) for _, title in titles}:
                dead.append(link)
    return dead


def shell_lines(text: str) -> list[str]:
    """What is typed: lines after $ in console blocks, all lines of sh blocks."""
    lines = []
    for language, block in blocks(text):
        for line in block.splitlines():
            if language == "console" and line.startswith("$ "):
                lines.append(line[2:])
            elif language in ("sh", "bash", "shell") and not line.lstrip().startswith("#"):
                lines.append(line)
    return lines


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands() -> set[str]:
    """The modules with a class named Command: the word that calls it is the module's name."""
    modules = (ROOT / "crawler/commands").glob("*.py")
    found = {
        path.stem for path in modules if re.search(r"^class Command\(", path.read_text("utf-8"), re.MULTILINE)
    }
    return found | SCRAPYS_OWN


@cache
def settings() -> tuple[set[str], set[str]]:
    """All names in crawler/settings, and those that read the environment (by the variable's name)."""
    modules = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "crawler/settings").glob("*.py")]
    nodes = [node for tree in modules for node in ast.walk(tree)]
    names = {node.id for node in nodes if isinstance(node, ast.Name) and node.id.isupper()}
    read = {
        str(node.args[0].value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "variable"
        and isinstance(node.args[0], ast.Constant)
    }
    return names, read


def environment_table(text: str) -> set[str]:
    """The variables in the first column of the table under Environment."""
    section = re.search(r"^## (?:Environment|环境变量)\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert section
    cells = [line.split("|")[1] for line in section[1].splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def exit_codes(text: str) -> set[int]:
    """The first column of the table that begins with the word code."""
    rows = re.search(r"^\| code \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert rows
    return {int(code) for code in re.findall(r"^\| (\d+) \|", rows[0], re.MULTILINE)}


@cache
def source_strings() -> tuple[str, ...]:
    """Every string in the sources, what is filled in replaced by a gap; shell scripts line by line."""
    found: list[str] = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            found += [re.sub(r"\$\(.*?\)+|\$\{?\w+\}?|[\"']", GAP, line) for line in text.splitlines()]
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.sub(r"%[-.\d]*[sdrfg]", GAP, node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
                found.append("".join(map(str, parts)))
    return tuple(found)


def occurs(message: str, strings: tuple[str, ...]) -> bool:
    """Whether one of the strings has the message's constant words, in order; … stands for what is filled in."""
    words = [part.strip() for part in message.split("…")]
    pattern = re.compile(".*".join(re.escape(part) for part in words if part), re.DOTALL)
    return any(pattern.search(text) for text in strings)


def quoted_messages(text: str) -> list[str]:
    """The code in the first column of the tables whose first column is headed message."""
    found = []
    inside = False
    for before, line in pairwise(["", *prose(text).splitlines()]):
        if line.startswith("|") and not before.startswith("|"):
            inside = line.startswith(("| message |", "| message or reason |", "| message of "))
        elif inside and line.startswith("| `"):
            cell = re.split(r"(?<!\\)\|", line)[1]
            found += re.findall(r"`([^`]+)`", cell)
    return found


@by_name
def test_links_lead_somewhere(page: Path):
    assert dead_links(page, page.read_text(encoding="utf-8")) == []


def test_a_dead_link_would_be_seen():
    text = "# A\n[a](nothing.md) [b](../README.md#nothing) [c](#a) [d](../README.md#commands) [e](#b)\n```\n[f](g.md)\n```\n"
    assert dead_links(ROOT / "docs/README.md", text) == ["nothing.md", "../README.md#nothing", "#b"]


@by_name
def test_make_targets_exist(page: Path):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`make ([a-z][a-z-]*)", prose(text))
    named += [
        target
        for line in shell_lines(text)
        for target in re.findall(r"^(?:\S+=\S* )*make ([a-z][a-z-]*)", line)
    ]
    assert set(named) - targets() == set()


@by_name
def test_commands_exist(page: Path):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`scrapy ([a-z]+)", prose(text))
    named += [word for line in shell_lines(text) for word in re.findall(r"(?:^|[ (&])scrapy ([a-z]+)", line)]
    assert set(named) - commands() == set()


def test_every_command_is_in_both_readmes():
    for readme in READMES:
        missing = {
            name for name in commands() - SCRAPYS_OWN if f"`scrapy {name}" not in readme.read_text("utf-8")
        }
        assert missing == set()


def test_the_environment_is_told_as_it_is_read():
    names, read = settings()
    usual = {"http_proxy", "https_proxy", "PIP_INDEX_URL"}
    told = environment_table(READMES[0].read_text("utf-8"))
    assert told == environment_table(READMES[1].read_text("utf-8"))
    assert told - usual - read == set()
    # those for one kind of job, told on the page of it
    elsewhere = {
        "SCRAPY_JOB",
        "JOB_ID",
        "INVOCATION_ID",
        "PLAYWRIGHT_BROWSERS_PATH",
        "XDG_RUNTIME_DIR",
        "LOG_JSON",
    }
    assert read - told - elsewhere == set()
    docs = "".join(page.read_text("utf-8") for page in PAGES)
    assert {name for name in elsewhere - {"SCRAPY_JOB"} if name not in docs} == set()
    assert names >= {"REDIS_URL", "MONGO_URI", "DATA_DIR"}


@by_name
def test_settings_exist(page: Path):
    """What is given with -s is a setting of ours, of Scrapy, or is read somewhere in the code."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "crawler").rglob("*.py"))
    given = set(re.findall(r"-s ([A-Z][A-Z_]+)=", page.read_text(encoding="utf-8"))) - {"NAME"}
    assert {
        name for name in given if not hasattr(default_settings, name) and f'"{name}"' not in code
    } <= settings()[0]


def test_both_readmes_have_the_same_shape():
    """Sections by level, code blocks by language, and what the blocks hold, in the same order."""
    english, chinese = (readme.read_text(encoding="utf-8") for readme in READMES)
    assert [level for level, _ in headings(english)] == [level for level, _ in headings(chinese)]
    assert blocks(english) == blocks(chinese)
    rows = [re.findall(r"^\|", text, re.MULTILINE) for text in (english, chinese)]
    assert len(rows[0]) == len(rows[1])


def test_the_readme_tells_things_in_their_order():
    wanted = ["make crawl", "ten lines", "worker more", "data model", "make test"]
    titles = " / ".join(title for _, title in headings(READMES[0].read_text("utf-8"))).lower()
    places = [titles.find(word) for word in wanted]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readmes_profile_is_a_profile(readme: Path):
    text = next(block for language, block in blocks(readme.read_text("utf-8")) if language == "toml")
    profile = parse_profile(text, "fuzhou")
    assert len(tomllib.loads(text)) + len(profile.channels) <= 10
    assert profile.channels
    assert profile.rate == 4


def test_every_page_is_in_the_index():
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_messages_of_troubleshooting_are_in_the_sources():
    messages = quoted_messages(TROUBLE.read_text("utf-8"))
    assert len(messages) > 80
    assert [message for message in messages if not occurs(message, source_strings())] == []


def test_a_message_that_nobody_says_would_be_seen():
    table = "| message | do |\n|---|---|\n| `Redis at … sleeps`, `no portal given` | |\n\n| other | |\n|---|---|\n| `x` | |\n"
    assert quoted_messages(table) == ["Redis at … sleeps", "no portal given"]
    assert not occurs("Redis at … sleeps", source_strings())
    assert occurs("Redis at … does not answer", source_strings())
    assert occurs("Python 3.11 or newer is needed (…)", source_strings())


def test_exit_codes_are_the_same_everywhere():
    # 3 and 130 are those of crawler/commands, which need Scrapy's reactor to be imported
    codes = {0, CrawlerError.exit_code, UsageError.exit_code, Unreachable.exit_code, 3, 130}
    for name in ("running.md", "schedules.md", "troubleshooting.md"):
        assert exit_codes((ROOT / "docs" / name).read_text("utf-8")) == codes
    for readme in READMES:
        told = re.search(r"(?:Exit codes: |退出码：)(.*?)\n\n", readme.read_text("utf-8"), re.DOTALL)
        assert told
        without = re.sub(r"[（(]?`FAILURE_THRESHOLD`|[（(]5 %[)）]", "", told[1])
        assert {int(code) for code in re.findall(r"\d+", without)} == codes


def test_reasons_of_troubleshooting_are_those_of_fetching():
    """Each reason word that fetching.md has is explained; words with a status by one of their kind."""
    known = set(
        re.findall(
            r"`([a-z]+(?:-[a-z]+)*)`",
            re.search(
                r"^## Outcomes\n(.*?)^## ",
                (ROOT / "docs/fetching.md").read_text("utf-8"),
                re.MULTILINE | re.DOTALL,
            )[1].split("|---|", 1)[1],
        )
    )
    section = re.search(
        r"^## Failures by reason\n(.*?)^## ", TROUBLE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert section
    first = "".join(line.split("|")[1] for line in section[1].splitlines() if line.startswith("| `"))
    assert {reason for reason in known if f"`{reason}`" not in first} == set()
