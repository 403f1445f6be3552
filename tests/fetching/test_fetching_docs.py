"""docs/fetching.md names every reason there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from crawler.fetching.admission import REASONS
from crawler.fetching.policy import FEW, Fault

ROOT = Path(__file__).resolve().parents[2]


def test_every_reason_is_in_the_table():
    table = (ROOT / "docs/fetching.md").read_text()
    sources = [*(ROOT / "crawler/middlewares").glob("*.py"), *(ROOT / "crawler/fetching").glob("*.py")]
    raised = re.findall(
        r"(?:Refused|Postponed|GiveUp)\(\s*\"([a-z-]+)\"", "".join(path.read_text() for path in sources)
    )
    redirects = re.findall(r"return \"([a-z-]+)\"", (ROOT / "crawler/fetching/redirects.py").read_text())
    reasons = {*REASONS, *FEW, *get_args(Fault), *raised, *redirects}
    assert len(reasons) > 25
    assert {reason for reason in reasons if f"`{reason}`" not in table} == set()
