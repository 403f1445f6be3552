"""The forms in which local news names its makers, and who they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample_portal.truth import Person

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["FORMS", "Credit", "credit"]

#: How many forms :func:`credit` knows.
FORMS = 13


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a byline stands: before the first or behind the last paragraph, on a line of its own, or in the head."""

    people: tuple[Person, ...] = ()
    opening: str = ""
    closing: str = ""
    first_line: str = ""
    last_line: str = ""
    author_line: str | None = None


def credit(form: int, names: list[str], when: datetime, site: str) -> Credit:
    """Return the byline number ``form`` (0 to FORMS - 1) with the first of four ``names``.

    Where 文/图 says that one person wrote and photographed, any of the roles is a right reading.
    """
    a, b, c, d = names[:4]
    day = f"{when.month}月{when.day}日"
    reporter, correspondent = _person(a, "reporter"), _person(b, "correspondent")
    both = ("author", "photographer")
    forms = (
        Credit(
            (reporter, correspondent, _person(c, "correspondent")), closing=f"（记者 {a} 通讯员 {b} {c}）"
        ),
        Credit((reporter, correspondent), opening=f"{site}{day}讯（本网记者 {a} 通讯员 {b}）"),
        Credit((_person(a, *both),), last_line=f"文/图 {a}"),
        Credit((reporter, _person(b, "reporter")), first_line=f"本报记者 {a} {b}"),
        Credit((reporter, _person(b, "reporter")), opening=f"新华社北京{day}电（记者{a}、{b}）"),
        Credit((_person(a, "author"),), author_line=f"作者：{a}"),
        Credit(
            (_person(a, "reporter", "author"), _person(b, "photographer", "reporter")),
            closing=f"（福州日报记者 {a}/文 {b}/图）",
        ),
        Credit((_person(a, "reporter", *both),), closing=f"(记者 {a} 文/图)"),
        Credit(),
        Credit(
            (_person(a, "reporter", *both), _person(b, "correspondent", *both)),
            opening=f"本报讯（记者 {a} 通讯员 {b} 文/图）",
        ),
        Credit(
            (reporter, correspondent, _person(c, "correspondent")),
            closing=f"（本报记者 {a}　通讯员 {b} {c}）",
        ),
        Credit(
            (_person(a, "reporter", "author"), correspondent),
            closing=f"（记者 {a} 通讯员 {b}）",
            author_line=f"作者：{a}",
        ),
        Credit((reporter, _person(d, "reporter"), correspondent), closing=f"（记者 {a} {d} 通讯员 {b}）"),
    )
    return forms[form % FORMS]


def _person(name: str, *roles: str) -> Person:
    return Person(name, frozenset(roles))
