"""The log's lines: the job on each, as text and as JSON."""

from __future__ import annotations

import json
import logging
import os
import sys

import pytest
from scrapy.settings import Settings

from crawler.logs import JobLines, JsonLines, job_name, start_log


def record(
    message: str = "stored %d", *args: object, error: bool = False, **more: object
) -> logging.LogRecord:
    info = None
    if error:
        try:
            raise ValueError("破\nwith a second line")  # noqa: TRY301
        except ValueError:
            info = sys.exc_info()
    made = logging.LogRecord("crawler.test", logging.ERROR, __file__, 1, message, args or (3,), info)
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_json_is_one_object_on_one_line():
    line = JsonLines(job="j1", portal="sample").format(record("a\nb %s", "标题", error=True))
    assert "\n" not in line
    found = json.loads(line)
    assert found["message"] == "a\nb 标题"
    assert (found["job"], found["portal"], found["level"], found["logger"]) == (
        "j1",
        "sample",
        "ERROR",
        "crawler.test",
    )
    assert found["error"].endswith("with a second line")
    assert found["time"].endswith("+00:00")


def test_the_portal_of_a_record_goes_before_that_of_the_worker_and_may_be_missing():
    assert json.loads(JsonLines(job="j", portal="a").format(record(portal="b")))["portal"] == "b"
    assert "portal" not in json.loads(JsonLines(job="j").format(record()))


def test_text_names_the_job_on_each_line_of_a_traceback():
    text = JobLines("%(asctime)s %(job)s %(message)s", "%H", job="j1").format(record(error=True))
    first, *rest = text.splitlines()
    assert first.endswith(" j1 stored 3")
    assert len(rest) > 3
    assert all(line.startswith("j1 | ") for line in rest)


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({}, " j1 [crawler.test] ERROR: stored 3\n"),
        ({"LOG_FORMAT": "%(portal)s/%(job)s %(message)s"}, "sample/j1 stored 3\n"),
        ({"LOG_LEVEL": "CRITICAL"}, ""),
        ({"LOG_ENABLED": False, "LOG_FILE": None}, None),
    ],
)
def test_scrapys_settings_hold(tmp_path, settings, wanted):
    path = tmp_path / "job.log"
    before, level = list(logging.root.handlers), logging.root.level
    made = Settings({"LOG_FILE": str(path), **settings})
    try:
        start_log(made, job="j1", portal="sample")
        (handler,) = (one for one in logging.root.handlers if one not in before)
        if handler.level <= logging.ERROR:
            handler.handle(record())
    finally:
        for one in [one for one in logging.root.handlers if one not in before]:
            logging.root.removeHandler(one)
            one.close()
        logging.root.setLevel(level)
    assert made.getbool("LOG_INSTALL_ROOT_HANDLER") is False
    assert not path.exists() if wanted is None else path.read_text().endswith(wanted)
    if wanted == "":
        assert path.read_text() == ""


def test_a_job_without_a_name_is_host_and_pid():
    assert job_name("a b\nc") == "a_b_c"
    assert job_name("").endswith(f"-{os.getpid()}")
