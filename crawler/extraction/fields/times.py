"""All times of a page that may be that of publication, by where they stand; looked for when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from crawler.chinese.dates import Moment, from_url, read_moment
from crawler.extraction.fields.displayed_times import far_times, near_times, relative_times, updated_times
from crawler.extraction.fields.model import Finding
from crawler.extraction.fields.script_times import attribute_times, epoch_times, script_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from crawler.extraction.fields.regions import Regions
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.page.meta import Meta
    from crawler.parsing import Document

__all__ = ["Times"]

_META = (
    "publishdate", "publish_date", "publish-date", "pubdate", "pub_date", "article:published_time",
    "og:published_time", "datepublished", "firstpublishedtime", "publishtime", "publish_time", "og:release_date",
    "weibo:article:create_at", "weibo: article:create_at", "bytedance:published_time", "_pubtime", "pubtime", "ptime",
    "dc.date.issued", "dcterms.created", "dc.date", "article:create_at", "date", "dateupdate", "createdate",
)  # fmt: skip
_CLOCKS_DIFFER = timedelta(days=1)
_SOON = timedelta(days=2)  # from the day in an address to the times on its page

Findings = tuple[Finding[Moment], ...]


@dataclass(frozen=True)
class Times:
    """Each a tuple of findings, the most telling first; none lies after the fetch, where its time is known.

    ``regions`` are of ``flow``, and that is the page's.
    """

    doc: Document
    flow: Flow
    regions: Regions
    meta: Meta
    zone: tzinfo
    fetched_at: datetime | None

    @cached_property
    def head(self) -> Findings:
        """What the head says."""
        return self._possible(self._stated())

    @cached_property
    def address(self) -> Findings:
        """The day in the address."""
        return self._possible([Finding(self._day, "url")] if self._day else [])

    @cached_property
    def near(self) -> Findings:
        """What is displayed beside the headline: the first alone."""
        return self._possible(near_times(self.regions, self.zone, self._reference), most=1)

    @cached_property
    def far(self) -> Findings:
        """What is displayed above the headline or below the text."""
        day = self.head[0].value if self.head else self._day
        return self._possible(far_times(self.regions, self.zone, self._reference, day))

    @cached_property
    def relative(self) -> Findings:
        """What is told from the fetch on: 昨天, 3小时前."""
        return self._from_fetch(changed=False)

    @cached_property
    def updated(self) -> Findings:
        """When the page says that it was changed."""
        updated = updated_times(self.regions, self.zone, self._reference)
        return self._possible(updated, most=1) or self._from_fetch(changed=True)

    @cached_property
    def attributes(self) -> Findings:
        """Attributes of what is displayed beside the headline."""
        return self._possible(attribute_times(self.doc, self.flow, self.regions, self.zone))

    @cached_property
    def script(self) -> Findings:
        """What the state of a script says."""
        return self._possible(script_times(self.doc, self.zone))

    @cached_property
    def epochs(self) -> Findings:
        """The same in seconds since 1970."""
        return self._possible(epoch_times(self.doc, self.zone))

    @cached_property
    def _day(self) -> Moment | None:
        return from_url(self.doc.url, self.zone)

    @cached_property
    def _reference(self) -> datetime | None:
        """What dates without a year are told by."""
        if self.head:
            return self.head[0].value.at
        return self._day.at + _SOON if self._day else self.fetched_at

    def _from_fetch(self, *, changed: bool) -> Findings:
        if self.fetched_at is None:
            return ()
        told = relative_times(self.regions, self.zone, self.fetched_at, changed=changed)
        return self._possible(told, most=1)

    def _stated(self) -> Iterator[Finding[Moment]]:
        published = self.meta.linked_data.get("datePublished") or self.meta.linked_data.get("pubDate")
        if isinstance(published, str) and (moment := read_moment(published, self.zone)):
            yield Finding(moment, "json-ld")
        for name in _META:
            value = self.meta.tags.get(name)
            if value and (moment := read_moment(value, self.zone)):
                yield Finding(moment, f"meta:{name}")

    def _possible(self, findings: Iterable[Finding[Moment]], most: int | None = None) -> Findings:
        if self.fetched_at is not None:
            latest = self.fetched_at + _CLOCKS_DIFFER
            findings = (finding for finding in findings if finding.value.at <= latest)
        return tuple(islice(findings, most))
