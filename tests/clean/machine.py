"""Proves a command on a machine that has nothing: a minimal Debian, no libcurl4, no root, an empty home.

    python tests/clean/machine.py [--within SECONDS] COMMAND…

Every COMMAND is one shell line. They run in a clean clone of HEAD, one after the other, as an ordinary user in
a chroot with process and mount namespaces of its own, so that servers left behind end with it. The chroot is
made by debootstrap (root is needed for that) and kept in .cache for the next time.

The machine's own way to its package mirrors (apt's sources and proxy, pip's configuration, the variables
\\*_proxy, PIP_\\*, and certificates) is carried into the chroot, so that none has to be named here.
"""

from __future__ import annotations

import argparse
import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "clean-machine"
PACKAGES = "python3,python3-venv,make,ca-certificates,git"
USER_ID = 1000
CARRIED = re.compile(r"(?i)(https?|no|all)_proxy|PIP_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CI|TERM")
SYSTEM = {
    Path(p)
    for p in ("/", "/bin", "/dev", "/etc", "/home", "/lib", "/opt", "/proc", "/root", "/tmp", "/usr", "/var")
}

ENTER = """
set -eu
root=$1; shift
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/shm"; mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for node in null zero full random urandom tty; do
    : >"$root/dev/$node"; mount --bind "/dev/$node" "$root/dev/$node"
done
ln -s /proc/self/fd "$root/dev/fd"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$1"; elif [ ! -e "$root$1" ]; then
        mkdir -p "$(dirname "$root$1")"; : >"$root$1"
    fi
    mount --bind "$1" "$root$1"; mount -o remount,bind,ro "$root$1"
    shift
done
shift
exec chroot --userspec=%(user)d:%(user)d "$root" "$@"
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--within", type=float, default=180, help="seconds that each command may take (180)")
    parser.add_argument("command", nargs="+", help="a shell line")
    opts = parser.parse_args()
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print(
            "error: the clean machine needs root and debootstrap (apt install debootstrap)", file=sys.stderr
        )
        return 2
    machine = CACHE / "machine"
    remove(machine)
    started = time.monotonic()
    copy_of_base(machine)
    assert not list(machine.glob("usr/lib/**/libcurl.so.4*")), "libcurl4 is there: this proves nothing"
    variables, mounts = furnish(machine)
    print(f"clean machine ready in {time.monotonic() - started:.0f} s", flush=True)
    try:
        return max(run(machine, command, variables, mounts, opts.within) for command in opts.command)
    finally:
        remove(machine)


def run(machine: Path, command: str, variables: dict[str, str], mounts: list[Path], within: float) -> int:
    """Runs one line; 0 when it exits 0 in time."""
    print(f"$ {command}", flush=True)
    started = time.monotonic()
    line = f"cd /srv/news-crawler && {command}"
    enter = [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "sh",
        "-c",
        ENTER % {"user": USER_ID},
        "sh",
    ]
    environment = [f"{name}={value}" for name, value in variables.items()]
    whole = [
        *enter,
        str(machine),
        *map(str, mounts),
        "--",
        "/usr/bin/env",
        "-i",
        *environment,
        "/bin/sh",
        "-c",
        line,
    ]
    try:
        code = subprocess.run(whole, stdin=subprocess.DEVNULL, timeout=2 * within, check=False).returncode
    except subprocess.TimeoutExpired:
        code = 124
    took = time.monotonic() - started
    print(f"clean machine: exit code {code} after {took:.0f} s: {command}", flush=True)
    if code == 0 and took > within:
        print(f"error: it may take {within:.0f} s", file=sys.stderr)
        return 1
    return code


def copy_of_base(machine: Path) -> None:
    """A fresh copy of the minimal Debian, which is made the first time."""
    base = CACHE / "base"
    if not base.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = CACHE / "unfinished"
        remove(unfinished)
        debootstrap(unfinished)
        unfinished.rename(base)
    subprocess.run(["cp", "-a", "--reflink=auto", base, machine], check=True)


def debootstrap(folder: Path) -> None:
    release = dict(
        line.partition("=")[::2] for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    )
    codename = release["VERSION_CODENAME"].strip('"')
    mirrors = output(
        "apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", f"Codename: {codename}"
    )
    proxy = output("apt-config", "shell", "P", "Acquire::http::Proxy").partition("=")[2].strip().strip("'")
    command = [
        "debootstrap",
        "--variant=minbase",
        f"--include={PACKAGES}",
        codename,
        str(folder),
        *mirrors.split()[:1],
    ]
    log = CACHE / "debootstrap.log"
    with log.open("wb") as file:
        environment = {**os.environ, **({"http_proxy": proxy} if proxy else {})}
        code = subprocess.run(
            command, stdout=file, stderr=file, env=environment, timeout=900, check=False
        ).returncode
    if code != 0:
        sys.exit(f"error: debootstrap failed:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    shutil.rmtree(folder / "var/cache/apt/archives")


def furnish(machine: Path) -> tuple[dict[str, str], list[Path]]:
    """The user, the clone and the machine's mirrors; variables to set and paths to mount."""
    with (machine / "etc/passwd").open("a", encoding="utf-8") as file:
        file.write(f"newcomer:x:{USER_ID}:{USER_ID}::/home/newcomer:/bin/sh\n")
    home, clone = machine / "home/newcomer", machine / "srv/news-crawler"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    subprocess.run(["chown", "-R", f"{USER_ID}:{USER_ID}", home, clone], check=True)
    for name in ("resolv.conf", "hosts"):
        if Path("/etc", name).exists():
            shutil.copy(Path("/etc", name), machine / "etc" / name)
    variables = {name: value for name, value in os.environ.items() if CARRIED.fullmatch(name)}
    values = [*variables.values(), *carry_pip_configuration(machine / "etc/pip.conf")]
    variables |= {"HOME": "/home/newcomer", "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    return variables, sorted({path for value in values for path in paths_in(value)})


def carry_pip_configuration(target: Path) -> list[str]:
    """Writes pip's configuration of this machine, whichever files it comes from; returns its values."""
    config = configparser.RawConfigParser()
    for line in output(sys.executable, "-m", "pip", "config", "list").splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section == ":env:" or not option:
            continue
        if not config.has_section(section):
            config.add_section(section)
        config.set(section, option, str(ast.literal_eval(value)))
    with target.open("w", encoding="utf-8") as file:
        config.write(file)
    return [value for section in config.sections() for _, value in config.items(section)]


def paths_in(value: str) -> list[Path]:
    """What a configured value names on this machine's disk: file: indexes (with what is beside), files, folders."""
    found = []
    for word in value.split():
        if word.startswith("file://"):
            path = Path(unquote(word.removeprefix("file://")))
            found.append(path if path.parent in SYSTEM else path.parent)
        elif word.startswith("/"):
            found.append(Path(word))
    return [path for path in found if path.exists() and path not in SYSTEM]


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def remove(folder: Path) -> None:
    """Removes a chroot; refuses while something is mounted in it."""
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    assert not [place for place in mounted if place.startswith(f"{folder}/")], f"{folder} is in use"
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
