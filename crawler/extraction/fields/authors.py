"""Who wrote an article, and in which role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.chinese.byline import read_byline
from crawler.chinese.names import is_organisation, is_person, split_names
from crawler.extraction.fields.labelled import NO_NAMES
from crawler.extraction.fields.model import Field, Finding
from crawler.extraction.fields.script_credits import is_account
from crawler.items import Author

if TYPE_CHECKING:
    from crawler.extraction.fields.page import Page

__all__ = ["AUTHORS"]

Authors = tuple[Author, ...]

_LABEL = re.compile(r"^[^：:]{0,20}[：:]\s*")
_OFFICE = re.compile("编辑|小编|管理员|客服")
_LONGEST = 12


def given_byline(page: Page) -> Finding[Authors] | None:
    """Return a byline that the profile's sources find."""
    told = page.given("byline")
    authors = tuple(Author(n, r) for value in told.value for n, r in read_byline(value)) if told else ()
    return Finding(authors, told.origin) if told and authors else None


def given(page: Page) -> Finding[Authors] | None:
    """Return people whom the profile's sources find, in the roles that the page gives them."""
    told = page.given("authors")
    people = tuple(author for value in told.value for author in _people(value)) if told else ()
    return Finding(_joined(people, _MARKED.find(page)), told.origin) if told and people else None


def in_span(page: Page) -> Finding[Authors] | None:
    """Read the family's mark ``author_baidu``, in the roles that the page gives them."""
    people = _people(span) if (span := page.spans.get("authors", "")) else ()
    return Finding(_joined(people, _SHOWN.find(page)), "family:author_baidu") if people else None


def displayed(page: Page) -> Finding[Authors] | None:
    """Read labels, bylines, the row under the headline: the steps of :mod:`credit`."""
    credit = page.credit
    return Finding(credit.authors, credit.authors_origin) if credit.authors else None


def in_script(page: Page) -> Finding[Authors] | None:
    """Return what a script says that holds the text, or that names the article."""
    value = page.script.get("authors", "")
    people = tuple(author for author in _people(value) if author.name.lower() not in NO_NAMES)
    if "authors" not in page.state:  # templates name the site itself, where nobody is named
        people = tuple(a for a in people if not (is_organisation(a.name) or _OFFICE.search(a.name)))
    return Finding(people, "script") if people else None


def account(page: Page) -> Finding[Authors] | None:
    """Return the publisher of the row, where a script says that it is an account that one may follow."""
    name = page.credit.source
    if name is None or page.credit.source_origin != "row" or not is_account(page.doc, name):
        return None
    return Finding((Author(name, "author"),), "script")


_SHOWN: Field[Authors] = Field("authors", (displayed, in_script, account))
_MARKED: Field[Authors] = Field("authors", (in_span, *_SHOWN.finders))
AUTHORS: Field[Authors] = Field("authors", (given_byline, given, *_MARKED.finders))


def _joined(given: Authors, found: Finding[Authors] | None) -> Authors:
    """Join those that a field names, in the roles that the text's byline gives them, and those it names besides."""
    others = found.value if found else ()
    roles = {author.name: author for author in others}
    names = {author.name for author in given}
    if not names & roles.keys():
        return given
    return (
        *(roles.get(author.name, author) for author in given),
        *(a for a in others if a.name not in names),
    )


def _people(value: str) -> Authors:
    if named := read_byline(value):
        return tuple(Author(name, role) for name, role in named)
    names = split_names(_LABEL.sub("", value))
    people = [name for name in names if is_person(name)] or [n for n in names if 2 <= len(n) <= _LONGEST]
    return tuple(Author(name, "author") for name in people)
