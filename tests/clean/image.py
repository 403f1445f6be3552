"""Proves deploy/Dockerfile without Docker: its steps, run as a script in a clean chroot.

    python tests/clean/image.py [--target worker|browser|scrapyd] [--within SECONDS]

Reads the Dockerfile, plays the stages that the target needs (FROM, ENV, WORKDIR, COPY, RUN) on copies of the
minimal Debian of tests/clean/machine.py with a clean clone of HEAD for a context, then starts the target's
program as its USER: a worker has to list the portals and extract an article, scrapyd to say its version. No RUN step
and no COPY is passed over; what Docker does beyond them (layers, the health check, the network) is not proved.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import machine

ARTICLE = (
    "<html><head><title>测试</title></head><body><h1>榕城今日入秋</h1><div id=content>"
    + "<p>福州市气象台今天上午发布消息，全市平均气温已经连续五天低于二十二摄氏度。</p>" * 6
    + "</div></body></html>"
)
RENDER = """python -c '
import asyncio, os
from crawler.rendering.browser import Browser, BrowserOptions
async def main():
    browser = Browser(BrowserOptions(dict(os.environ), program=os.environ["PLAYWRIGHT_EXECUTABLE"]), lambda what: None)
    async with browser.page(lambda route: None, timezone="Asia/Shanghai") as page:
        await page.set_content("<h1>福州</h1>")
        print(await page.inner_text("h1"))
    await browser.discard()
asyncio.run(main())'"""
PROOFS = {
    "worker": [
        "scrapy list",
        "scrapy portals",
        'scrapy extract /tmp/article.html --url http://news.example.cn/a.htm | grep -o \'"title": "[^"]*"\'',
    ],
    "browser": [
        "scrapy portals",
        '"$PLAYWRIGHT_EXECUTABLE" --version',
        RENDER,
    ],
    "scrapyd": ["scrapyd --version", "python -c 'import lxml, redis, pymongo, scrapyd.runner'"],
}


@dataclass(frozen=True)
class Stage:
    """What stands between one FROM and the next."""

    name: str
    parent: str
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class State:
    """What a stage leaves to those that build on it, beside its files."""

    folder: Path
    workdir: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    user: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--target", choices=sorted(PROOFS), default="worker")
    parser.add_argument("--within", type=float, default=600, help="seconds that each step may take (600)")
    opts = parser.parse_args()
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("error: the image needs root and debootstrap (apt install debootstrap)", file=sys.stderr)
        return 2
    stages = {
        stage.name: stage
        for stage in read((machine.ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8"))
    }
    done: dict[str, State] = {}
    try:
        for stage in needed(stages, opts.target):
            done[stage.name] = play(stage, done, opts.within)
        return prove(done[opts.target], PROOFS[opts.target], opts.within)
    except subprocess.CalledProcessError as error:
        print(f"error: exit code {error.returncode}", file=sys.stderr)
        return 1
    finally:
        for folder in machine.CACHE.glob("image-*"):
            machine.remove(folder)


def read(text: str) -> list[Stage]:
    """The Dockerfile's stages; comments are left out, continued lines joined."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    stages: list[Stage] = []
    for line in re.sub(r"\\\n\s*", "", lines).splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            parent, name = re.fullmatch(r"(\S+) AS (\S+)", rest).groups()
            stages.append(Stage(name, parent))
        elif line and stages:
            stages[-1].steps.append((word, rest.strip()))
    return stages


def needed(stages: dict[str, Stage], target: str) -> list[Stage]:
    """The target's stage after those it is built from."""
    stage = stages[target]
    before = [stage.parent] + [m[1] for _, rest in stage.steps if (m := re.match(r"--from=(\S+)", rest))]
    found: list[Stage] = []
    for name in before:
        if name in stages:
            found += [one for one in needed(stages, name) if one not in found]
    return [*found, stage]


def play(stage: Stage, done: dict[str, State], within: float) -> State:
    print(f"== {stage.name} (from {stage.parent})", flush=True)
    folder = machine.CACHE / f"image-{stage.name}"
    machine.remove(folder)
    parent = done.get(stage.parent)
    if parent is None:
        machine.copy_of_base(folder)
        machine.furnish(folder)
        state = State(folder)
    else:
        subprocess.run(["cp", "-a", "--reflink=auto", parent.folder, folder], check=True)
        state = replace(parent, folder=folder, environment=dict(parent.environment))
    for word, rest in stage.steps:
        state = step(state, word, rest, done, within)
    return state


def step(state: State, word: str, rest: str, done: dict[str, State], within: float) -> State:
    if word == "RUN":
        began = time.monotonic()
        execute(state, rest, within)
        print(f"RUN {rest[:90]}… took {time.monotonic() - began:.0f} s", flush=True)
    elif word == "COPY":
        copy(state, rest, done)
    elif word == "ENV":
        pairs = dict(part.split("=", 1) for part in shlex.split(rest))
        return replace(state, environment={**state.environment, **pairs})
    elif word == "WORKDIR":
        (state.folder / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        return replace(state, workdir=rest)
    elif word == "USER":
        return replace(state, user=int(rest.partition(":")[0]))
    elif word not in {"ARG", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD"}:
        raise SystemExit(f"error: {word} cannot be played")
    return state


def copy(state: State, rest: str, done: dict[str, State]) -> None:
    words = rest.split()
    origin = state.folder / "srv/news-crawler"
    if words[0].startswith("--from="):
        origin = done[words.pop(0).removeprefix("--from=")].folder
    *sources, target = words
    place = (
        state.folder / target.lstrip("/")
        if target.startswith("/")
        else state.folder / state.workdir.lstrip("/") / target
    )
    for source in sources:
        wanted = origin / source.lstrip("/")
        into = place / wanted.name if target.endswith("/") else place
        into.parent.mkdir(parents=True, exist_ok=True)
        if wanted.is_dir():
            shutil.copytree(wanted, into, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy(wanted, into)
        if origin.name == "news-crawler":
            subprocess.run(["chown", "-R", "0:0", into], check=True)


def execute(state: State, line: str, within: float) -> None:
    """One line by /bin/sh in the chroot, as the user of the stage. Raises CalledProcessError."""
    variables, mounts = mirrors(state.folder)
    variables |= {
        "HOME": "/root" if state.user == 0 else "/var/lib/news-crawler",
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    }
    variables |= state.environment
    subprocess.run(
        [
            "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", machine.ENTER % {"user": state.user}, "sh",
            str(state.folder), *map(str, mounts), "--", "/usr/bin/env", "-i",
            *(f"{name}={value}" for name, value in variables.items()),
            "/bin/sh", "-c", f"cd {shlex.quote(state.workdir)} && {line}",
        ],
        stdin=subprocess.DEVNULL, timeout=within, check=True,
    )  # fmt: skip


def mirrors(folder: Path) -> tuple[dict[str, str], list[Path]]:
    """The machine's own way to its package mirrors, as in tests/clean/machine.py."""
    variables = {name: value for name, value in os.environ.items() if machine.CARRIED.fullmatch(name)}
    values = [*variables.values(), *machine.carry_pip_configuration(folder / "etc/pip.conf")]
    proxy = (
        machine.output("apt-config", "shell", "P", "Acquire::http::Proxy")
        .partition("=")[2]
        .strip()
        .strip("'")
    )
    if proxy:
        (folder / "etc/apt/apt.conf.d/90proxy").write_text(
            f'Acquire::http::Proxy "{proxy}";\n', encoding="utf-8"
        )
    return variables, sorted({path for value in values for path in machine.paths_in(value)})


def prove(state: State, commands: list[str], within: float) -> int:
    """The target's programs as its own user; the size of what is in it."""
    (state.folder / "tmp/article.html").write_text(ARTICLE, encoding="utf-8")
    assert state.user, "the image would run as root"
    for command in commands:
        print(f"$ {command}", flush=True)
        execute(state, command, within)
    size = subprocess.run(
        ["du", "-sm", "--exclude=srv", state.folder], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    application = subprocess.run(
        ["du", "-sm", state.folder / "opt"], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    print(json.dumps({"MB": int(size), "MB of it the application": int(application)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
