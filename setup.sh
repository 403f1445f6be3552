#!/bin/sh
# Builds or updates .venv: ./setup.sh REQUIREMENTS.txt (called by make). ./setup.sh browser installs a browser,
# ./setup.sh lock writes constraints.txt.
# PYTHON names the interpreter; without it the first python3 that is new enough.
set -eu
cd "$(dirname "$0")"

fail() {
    echo "error: $*" >&2
    exit 2
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if is_new_enough "$python"; then
            echo "$python"
            return
        fi
    done
    found=$(${PYTHON:-python3} --version 2>&1) || found="none here"
    fail "Python 3.11 or newer is needed ($found): install it, or name one with make PYTHON=/path/to/python3"
}

make_environment() { # python folder
    "$1" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$1 cannot make virtual environments: install its venv package (Debian: apt install python3-venv)"
    "$1" -m venv "$2" || fail "$1 -m venv $2 failed"
}

# pip's warnings (no cache in an empty home, running as root) are not the user's business; errors are.
pip_install() { # environment arguments…
    venv=$1
    shift
    if ! PIP_USER=0 "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --root-user-action=ignore "$@" >"$venv/install.log" 2>&1; then
        grep -v '^WARNING' "$venv/install.log" >&2 || true
        fail "the packages could not be installed (network? PIP_INDEX_URL?)"
    fi
}

if [ "${1:-}" = lock ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    make_environment "$(find_python)" "$scratch"
    pip_install "$scratch" -r requirements-dev.txt
    "$scratch/bin/python" -m pip freeze --disable-pip-version-check --all >"$scratch/freeze"
    {
        echo "# Every package at the version that is tested; written by make lock."
        grep -v '^pip==' "$scratch/freeze"
    } >constraints.txt
    echo "wrote constraints.txt: $(grep -c == constraints.txt) packages"
    exit
fi

# A browser that the crawler finds: one that is there, Playwright's download, or Debian's package.
browser() {
    .venv/bin/python -m crawler.rendering.program 2>/dev/null
}

if [ "${1:-}" = browser ]; then
    if program=$(browser); then
        echo "there is a browser: $program"
        exit
    fi
    log=.venv/browser.log
    echo "installing a browser, some 100 MB"
    if ! .venv/bin/python -m playwright install chromium-headless-shell >"$log" 2>&1 || ! browser >/dev/null; then
        command -v apt-get >/dev/null ||
            fail "Playwright's browser could not be had (see $log); install Chromium, or name one in PLAYWRIGHT_EXECUTABLE"
        as_root=
        if [ "$(id -u)" -ne 0 ]; then
            sudo -n true 2>/dev/null || fail "Playwright's browser could not be had (see $log). Debian has one too:" \
                "sudo apt-get install chromium-headless-shell libatomic1"
            as_root=sudo
        fi
        { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends chromium-headless-shell libatomic1; } >>"$log" 2>&1 ||
            fail "neither Playwright's browser nor Debian's chromium-headless-shell could be installed (see $log)"
    fi
    program=$(browser) || fail "a browser is installed, and not found: name it in PLAYWRIGHT_EXECUTABLE"
    echo "installed $program"
    exit
fi

requirements=$1
started=$(date +%s)
if ! is_new_enough .venv/bin/python; then
    python=$(find_python)
    echo "building .venv with $("$python" --version), about half a minute"
    rm -rf .venv
    make_environment "$python" .venv
else
    echo "updating .venv from $requirements"
fi
pip_install .venv -r "$requirements" -c constraints.txt
echo "set-up done in $(($(date +%s) - started)) s"
