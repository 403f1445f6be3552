"""``scrapy portals`` as a person runs it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def scrapy(*words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PORTALS_DIR": str(folder) if folder else ""}
    command = [sys.executable, "-m", "scrapy", "portals", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_list():
    result = scrapy()
    assert result.returncode == 0, result.stderr
    header, *rows = result.stdout.splitlines()
    assert header.split() == ["NAME", "TITLE", "FAMILY", "CHANNELS", "RATE", "TAGS"]
    assert any(row.split()[:4] == ["fjsen", "东南网", "founder", "5"] for row in rows)


def test_a_profile():
    result = scrapy("fjsen")
    assert result.returncode == 0, result.stderr
    printed = tomllib.loads(result.stdout)
    assert printed["title"] == "东南网"
    assert printed["article"]["template"][0]["body"][0] == "div.cont-news"


def test_mistakes_are_one_line(tmp_path):
    (tmp_path / "bad.toml").write_text('title = "x"\ndomians = []\n', encoding="utf-8")
    for words in (["bad"], []):
        result = scrapy(*words, folder=tmp_path)
        assert result.returncode == 2
        assert result.stderr.splitlines() == [
            f"error: {tmp_path}/bad.toml: domians: unknown key; did you mean domains?"
        ]
    assert "fjsen" in scrapy(folder=tmp_path).stdout
    assert "Traceback" not in scrapy("nobody").stderr
    assert scrapy("nobody").returncode == 2
    assert scrapy("a", "b").returncode == 2
