"""When an article was published; when it was changed, where the page says nothing else; never when it was fetched."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.chinese.dates import Moment, from_epoch, read_moment, read_relative
from crawler.extraction.fields.model import Field, Finding, is_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.extraction.fields.page import Page
    from crawler.extraction.fields.times import Findings, Times

__all__ = ["PUBLISHED"]


def given(page: Page) -> Finding[Moment] | None:
    """Return what the profile's sources find: a date, an epoch, or a time from now on."""
    told = page.given("published")
    for value in told.value if told else ():
        moment = read_moment(value, page.zone, reference=page.fetched_at)
        if moment is None and value.isdigit():
            moment = from_epoch(float(value), page.zone)
        if moment is None and page.fetched_at is not None:
            moment = read_relative(value, page.fetched_at, page.zone)
        if moment is not None and told is not None:
            return Finding(moment, told.origin)
    return None


def displayed(page: Page) -> Finding[Moment] | None:
    """Return what the reader sees beside the headline."""
    return next(iter(page.times.near), None)


def in_attribute(page: Page) -> Finding[Moment] | None:
    """Read the attribute of an element that shows 3小时前 there."""
    return next(iter(page.times.attributes), None)


def in_head(page: Page) -> Finding[Moment] | None:
    """Read JSON-LD and ``<meta>``."""
    return next(iter(page.times.head), None)


def far_off(page: Page) -> Finding[Moment] | None:
    """Return what stands above the headline, where clocks stand too, or below the text."""
    return next(iter(page.times.far), None)


def in_script(page: Page) -> Finding[Moment] | None:
    """Return a date that a script's state calls that of publication."""
    return _own(page, page.times.script)


def in_epochs(page: Page) -> Finding[Moment] | None:
    """Return the same in seconds since 1970."""
    return _own(page, page.times.epochs)


def _own(page: Page, findings: Findings) -> Finding[Moment] | None:
    """Return the first; where the page shows 3小时前, the first of that time, else what is said to be published."""
    shown = next(iter(page.times.relative), None)
    if shown is None:
        return next(iter(findings), None)
    of_that_time = (f for f in findings if abs(f.value.at - shown.value.at) <= _ABOUT)
    return next(of_that_time, None) or next((f for f in findings if "pub" in f.origin.lower()), None)


def in_list(page: Page) -> Finding[Moment] | None:
    """Return what the list showed beside the link."""
    hinted = page.hints.get("published") or page.hints.get("date")
    moment = read_moment(hinted, page.zone, reference=page.fetched_at) if isinstance(hinted, str) else None
    return Finding(moment, "list") if moment else None


def in_address(page: Page) -> Finding[Moment] | None:
    """Return the day in the address."""
    return next(iter(page.times.address), None)


def relative(page: Page) -> Finding[Moment] | None:
    """Return 昨天 or 3小时前, where nothing says it better."""
    return next(iter(page.times.relative), None)


def updated(page: Page) -> Finding[Moment] | None:
    """Return when the page says that it was changed, where it says nothing else."""
    return next(iter(page.times.updated), None)


_COMPLETING: tuple[tuple[Callable[[Page], Finding[Moment] | None], Callable[[Times], Findings]], ...] = (
    (in_attribute, lambda times: times.attributes),
    (in_head, lambda times: times.head),
    (far_off, lambda times: times.far),
    (in_script, lambda times: times.script),
    (in_epochs, lambda times: times.epochs),
    (relative, lambda times: times.relative),
    (updated, lambda times: times.updated),
)
_COMPLETED = frozenset([displayed, in_attribute, in_head, far_off, in_script, in_list, in_address])
_ABOUT = timedelta(days=2)


def _completed(
    page: Page, chosen: Finding[Moment], finder: Callable[[Page], Finding[Moment] | None]
) -> Finding[Moment]:
    """Take the time of day from another finding that says the same more precisely.

    Comments below a text have times too: they complete nothing that is displayed beside the headline.
    """
    if finder not in _COMPLETED or chosen.value.precision == "second":
        return chosen
    for other, findings in _COMPLETING:
        near = finder in {displayed, in_attribute} and other is far_off
        unsure = other is in_epochs and finder is not in_script
        changed = other is updated and finder is not in_address
        if near or unsure or changed or not is_on("published", other):
            continue
        for finding in findings(page.times):
            if finding.value.refines(chosen.value):
                return Finding(finding.value, f"{chosen.origin}+{finding.origin}")
    return chosen


PUBLISHED: Field[Moment] = Field(
    "published",
    (
        given,
        displayed,
        in_attribute,
        in_head,
        far_off,
        in_script,
        in_epochs,
        in_list,
        in_address,
        relative,
        updated,
    ),
    _completed,
)
