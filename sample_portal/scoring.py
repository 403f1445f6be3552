"""How near a stored text and stored names are to the truth."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sample_portal.truth import Precision, TrueArticle

__all__ = ["authors_right", "body_f1", "key", "names_right", "time_right"]

_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_SHINGLE = 4


def body_f1(true: str, found: str) -> float:
    """Return the F1 of the multisets of 4-grams of tokens, 0 to 1.

    A Chinese character is a token, and so is a run of other letters. As in scrapinghub's
    article-extraction-benchmark, with NFKC applied first: punctuation, line breaks and full-width forms cost
    nothing.
    """
    if true == found:
        return 1.0
    a, b = _shingles(true), _shingles(found)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def key(text: object) -> str:
    """Return a string as compared: NFKC, lower case, no spaces or invisible characters; None is an empty one."""
    normal = unicodedata.normalize("NFKC", str(text or "")).casefold()
    return "".join(
        char for char in normal if not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc"}
    )


def names_right(true: Iterable[str], found: Iterable[object]) -> bool:
    """Say whether they are the same names, in any order."""
    return Counter(map(key, true)) == Counter(map(key, found))


def authors_right(article: TrueArticle, found: Iterable[Mapping[str, object]]) -> bool:
    """Say whether everyone who must be named is, nobody else, and each in a role that the byline allows."""
    people = {key(person.name): person for person in article.people}
    named = set()
    for author in found:
        person = people.get(key(author.get("name")))
        if person is None or author.get("role") not in person.roles:
            return False
        named.add(key(person.name))
    return named >= {name for name, person in people.items() if person.required}


def time_right(article: TrueArticle, published: object, precision: object) -> bool:
    """Say whether the ISO form agrees with the truth at its own precision.

    That one lies between what is shown and what the page's source gives.
    """
    ranks: tuple[Precision, ...] = ("day", "minute", "second")
    allowed = ranks[ranks.index(article.precision) : ranks.index(article.hidden_precision) + 1]
    return any(precision == one and published == article.published_as(one) for one in allowed)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text))
    if not tokens:
        return Counter()
    return Counter(
        tuple(tokens[start : start + _SHINGLE]) for start in range(max(1, len(tokens) - _SHINGLE + 1))
    )
