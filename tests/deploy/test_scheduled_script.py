"""deploy/scheduled.sh, what cron starts: its environment, its log, its mail, its tries, its exit codes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


@pytest.fixture
def scheduled(tmp_path):
    """Run scheduled.sh with a stand-in for scrapy; the result, and the arguments of each crawl."""
    script = tmp_path / "deploy" / "scheduled.sh"
    script.parent.mkdir()
    shutil.copy(DEPLOY / "scheduled.sh", script)
    program = tmp_path / ".venv" / "bin" / "scrapy"
    program.parent.mkdir(parents=True)

    def run(scrapy: str, *words: str, **environment: str):
        program.write_text(f'#!/bin/sh\necho "$*" >>calls\n{scrapy}\n')
        program.chmod(0o755)
        done = subprocess.run(
            [script, *words],
            env={"PATH": "/usr/bin:/bin", "LOG_DIR": str(tmp_path), "JOB_ID": "j7", **environment},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        calls = tmp_path / "calls"
        return done, calls.read_text().splitlines() if calls.exists() else []

    return run


def test_a_scheduled_run_that_fails_says_so_in_one_line(scheduled, tmp_path):
    """By cron's own means: nothing but the environment file, one line of output, the exit code."""
    (tmp_path / "env").write_text(
        "# comment\nREDIS_URL=redis://127.0.0.1:9/0\nMONGO_URI=mongodb://u:p@127.0.0.1:9/?a=b&w=majority\n"
    )
    done, _ = scheduled(
        f'cd "{ROOT}"; exec "{sys.executable}" -m scrapy "$@"',
        "portal=sample",
        NEWS_CRAWLER_ENV=str(tmp_path / "env"),
    )

    assert done.returncode == 2, done
    (line,) = done.stderr.splitlines()
    assert line.startswith("j7 ended with 2: error: Redis at redis://127.0.0.1:9 does not answer")
    assert (tmp_path / "crawl.log").read_text().endswith("j7 ended with 2\n")


def test_the_mailed_line_has_the_reason_of_this_run_in_json_too(scheduled, tmp_path):
    (tmp_path / "crawl.log").write_text("error: of another run\n")
    done, _ = scheduled('echo \'{"level": "ERROR", "message": "it broke", "error": "long"}\' >&2; exit 1')

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("j7 ended with 1: it broke (see ")
    assert '"it broke"' in (tmp_path / "crawl.log").read_text()


def test_no_scheduled_run_begins_without_its_environment(scheduled, tmp_path):
    """It would start servers of its own, and end with 0."""
    done, calls = scheduled("exit 0", NEWS_CRAWLER_ENV=str(tmp_path / "missing"))
    assert (done.returncode, done.stderr.count("\n"), calls) == (2, 1, [])

    (tmp_path / "env").write_text("A=b\n")
    (tmp_path / "env").chmod(0)
    done, calls = scheduled("exit 0", NEWS_CRAWLER_ENV=str(tmp_path / "env"))
    if os.geteuid():  # root reads every file
        assert (done.returncode, done.stderr.count("\n"), calls) == (2, 1, [])


LEFT_OUT = "is left out: a run of all of it is under way there, which is not what this one is asked for"


def test_portals_that_were_left_out_are_tried_again_and_no_others(scheduled):
    scrapy = f"""[ "$(wc -l <calls)" -lt 3 ] || exit 0
        echo '{{"level": "WARNING", "message": "fjsen {LEFT_OUT}"}}' >&2
        echo "2026-11-23 20:24:27 j7 [crawler.frontier.scheduler] WARNING: sample {LEFT_OUT}" >&2
        exit 3"""
    done, calls = scheduled(scrapy, "portal=all", "full=1", AGAIN="5", AGAIN_SECONDS="0")

    assert (done.returncode, done.stderr) == (0, "")
    assert calls == ["crawl portal -a portal=all -a full=1"] + 2 * [
        "crawl portal -a portal=fjsen,sample -a full=1"
    ]


def test_it_is_tried_again_only_so_often_and_only_where_asked_to(scheduled):
    scrapy = f'echo "WARNING: fjsen {LEFT_OUT}" >&2; exit 3'
    done, calls = scheduled(scrapy, "portal=fjsen", AGAIN="2", AGAIN_SECONDS="0")
    assert (done.returncode, len(calls)) == (3, 3)
    assert done.stderr.startswith("j7 ended with 3: other runs were in the way of fjsen, 2 times again")

    done, calls = scheduled(scrapy, "portal=fjsen")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 4), "the next one is due anyway"

    done, calls = scheduled("exit 3", "portal=fjsen", AGAIN="2", AGAIN_SECONDS="0")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 5), "pages failed"


def test_what_a_crawl_leaves_behind_neither_holds_the_run_up_nor_is_mailed(scheduled, tmp_path):
    begun = monotonic()
    done, _ = scheduled('echo "its last line" >&2; sleep 20 & exit 0')
    assert (done.returncode, done.stderr) == (0, "")
    assert monotonic() - begun < 15
    assert (tmp_path / "crawl.log").read_text() == "its last line\nj7 ended with 0\n"


def test_a_signal_goes_on_to_the_crawl_and_ends_the_trying(scheduled, tmp_path):
    """The stand-in sends it, to the script that started it, when it is ready to be told."""
    script = "trap 'echo told >&2; exit 3' TERM; kill -TERM $PPID; while :; do sleep 0.1; done"
    done, calls = scheduled(f'echo "WARNING: fjsen {LEFT_OUT}" >&2; {script}', "portal=fjsen", AGAIN="5")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 1)
    assert "\ntold\n" in (tmp_path / "crawl.log").read_text()


def test_under_systemd_it_logs_to_the_journal_under_the_unit_s_own_id(scheduled):
    done, _ = scheduled('echo "$JOB_ID begins" >&2', LOG_DIR="-", JOB_ID="", INVOCATION_ID="f00")
    assert (done.returncode, done.stderr) == (0, "f00 begins\nf00 ended with 0\n")


# As systemd reads an EnvironmentFile (systemd.exec(5)): each line, and what the crawl's environment has then.
@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("http_proxy=http://127.0.0.1:8899", "http_proxy", "http://127.0.0.1:8899"),
        ("no_proxy = 127.0.0.1 \t", "no_proxy", "127.0.0.1"),
        ("REDIS_URL='redis://:a b@h/0'", "REDIS_URL", "redis://:a b@h/0"),
        ('MONGO_URI="mongodb://u:p@h/?a=b&w=majority"', "MONGO_URI", "mongodb://u:p@h/?a=b&w=majority"),
        ("REDIS_URL=redis://:it's@h/0", "REDIS_URL", "redis://:it's@h/0"),
        (r'A="\"q\" \$HOME \` \\ \n"', "A", '"q" $HOME ` \\ \\n'),
        ("A='; touch pwned; '", "A", "; touch pwned; "),
        ("A=$(touch pwned) `touch pwned`", "A", "$(touch pwned) `touch pwned`"),
        ("A=one \\\n  two", "A", "one   two"),
        ("A=a\\ \\#b", "A", "a #b"),
        ("A='one\ntwo'", "A", "one\ntwo"),
        ("A=x # no comment", "A", "x # no comment"),
        ("A=", "A", ""),
        ("# A=no\n; A=no\n\n   A=yes", "A", "yes"),
        ("A=yes\r\n", "A", "yes"),
        ("A=1\nA=2", "A", "2"),
        ("A='a' \"b\"c", "A", "abc"),
        ("A=云水", "A", "云水"),
    ],
)  # fmt: skip
def test_its_environment_is_what_systemd_would_read(scheduled, tmp_path, said, name, value):
    (tmp_path / "env").write_bytes(said.encode())

    done, calls = scheduled(f'printf %s "${name}" >value', "portal=x", NEWS_CRAWLER_ENV=str(tmp_path / "env"))

    assert (done.returncode, done.stderr, len(calls)) == (0, "", 1)
    assert (tmp_path / "value").read_text() == value
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("A=b\nexport C=secret", 2), ("secret", 1), ("A=b\n\n1C=secret", 3), ("A='secret\nB=c", 1),
        ('A="secret', 1), ("=secret", 1), ("A-B=secret", 1), ("A=b\n. /secret/file", 2),
    ],
)  # fmt: skip
def test_a_line_that_it_does_not_understand_ends_the_run(scheduled, tmp_path, said, line):
    """It would go on with servers of its own. What the line says may be a password."""
    (tmp_path / "env").write_text(said)

    done, calls = scheduled("exit 0", "portal=x", NEWS_CRAWLER_ENV=str(tmp_path / "env"))

    assert (done.returncode, done.stderr.count("\n"), calls) == (2, 1, [])
    assert f"env, line {line}: " in done.stderr
    assert "secret" not in done.stderr
