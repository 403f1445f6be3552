"""Writes the article of a slot: words, people, times, and the structures that its position deals out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random
from typing import TYPE_CHECKING

from sample_portal import body
from sample_portal.byline import FORMS, Credit, credit
from sample_portal.text import Writer
from sample_portal.truth import Coding, Layout, Portal, Precision, TrueArticle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_portal.plan import Slot

__all__ = ["BEIJING", "EPOCH", "Desk"]

BEIJING = timezone(timedelta(hours=8))
#: The evening on which the first edition is complete; each further edition is a day later.
EPOCH = datetime(2022, 11, 3, 22, 30, tzinfo=BEIJING)

_NUMBERED_FROM = datetime(2018, 1, 1, tzinfo=BEIJING)
_UTF8 = Coding()
#: Header, meta and bytes of pages that are written in GB 18030; most of them lie.
_GB_CODINGS = (
    Coding("gb2312", "gb2312", "gb18030"),
    Coding("utf-8", "gb2312", "gb18030"),
    Coding(None, "gb2312", "gb18030"),
    Coding(None, None, "gb18030"),
    Coding(None, "utf-8", "gb18030"),
    Coding("gbk", None, "gb18030"),
    Coding("ISO-8859-1", "gb2312", "gb18030"),
)
#: The same for pages in UTF-8.
_UTF8_CODINGS = (
    *(_UTF8,) * 4,
    Coding(None, "utf-8"),
    Coding("gb2312", "utf-8"),
    *(_UTF8,) * 2,
    Coding(None, "gb2312", "utf-8-sig"),
)
_SOURCES = (
    ("福州新闻网", "http://www.fz-press.example/"), ("福州日报", None), ("福州晚报", None), ("{site}", None),
    ("海峡都市报", "http://www.strait-daily.example/"), ("中国新闻网", "http://www.cn-wire.example/"),
    ("厦门日报", None),
)  # fmt: skip
_OFFICES = ("市政府办公厅", "市发改委", "市教育局", "市卫健委", "市交通运输局")
_VISIBLE: dict[Layout, Precision] = {
    "modern": "second", "classic": "minute", "left": "minute", "picture": "minute", "table": "second",
    "trs": "minute", "trs-word": "day",
}  # fmt: skip
#: Layouts whose pages carry the exact time in an enpproperty comment.
_EXACT: frozenset[Layout] = frozenset({"modern", "classic", "left", "picture"})
#: How many days old is what only related lists still lead to; the oldest is twice that.
_ARCHIVE_DAYS = 320


class Desk:
    """Writes articles one after the other, so that no two share a headline or a content number."""

    def __init__(self, portal: Portal, seed: int) -> None:
        self._portal = portal
        self._seed = seed
        self._titles: set[str] = set()
        self._numbers: set[int] = set()

    def write(self, slot: Slot, written: Mapping[str, TrueArticle]) -> TrueArticle:
        """Write the article for ``slot``; a copy repeats the words of the first of its group in ``written``."""
        original = _original(slot, written)
        rng = Random(f"{self._seed}/{self._portal.name}/{slot.key}")
        when = _time(slot, rng)
        if slot.spun and original is not None:
            when = _by_day(original.published_at + timedelta(hours=2, seconds=rng.randrange(3600)))
        number = self._number(when)
        return (
            self._copy(slot, rng, when, number, original)
            if original
            else self._fresh(slot, rng, when, number)
        )

    def _fresh(self, slot: Slot, rng: Random, when: datetime, number: int) -> TrueArticle:
        home, k = slot.home, slot.index
        writer = Writer(rng, when.date())
        title = self._title(writer)
        host, path = self._address(slot, when, number)
        style = body.Style(
            k, self._portal.title, _pictures(slot, host, path, when), pages=_page_count(slot), pictures=not slot.group,
            agency="厦门日报" if home.city == "厦门" else "福州日报",
        )  # fmt: skip
        byline = Credit()
        match home.kind:
            case "gallery":
                pages = body.gallery(writer, rng, style, title)
            case "video":
                pages = body.video(writer, title)
            case _:
                names = writer.people(4)
                if k % 7 == 3 or home.layout == "table":
                    names[0] = writer.person(rare=True)
                byline = credit(_form(slot), names, when, self._portal.title)
                pages = body.news(writer, rng, style, byline, title)
        source, source_url = self._source(slot)
        return self._article(
            slot, rng, when, number, title=title, pages=pages, people=(*byline.people, *body.captioned(pages)),
            author_line=byline.author_line, topic=writer.topic.name, source=source, source_url=source_url,
            subtitle=self._title(writer) if k % 16 == 6 and not home.trs else None,
            keywords=(writer.topic.name, writer.place),
        )  # fmt: skip

    def _copy(
        self, slot: Slot, rng: Random, when: datetime, number: int, original: TrueArticle
    ) -> TrueArticle:
        required = tuple(person for person in original.people if person.required)
        return self._article(
            slot, rng, when, number, title=original.title, pages=body.copied(original.body), people=required,
            author_line=original.author_line, topic=original.topic, source=original.source,
            source_url=original.source_url, subtitle=original.subtitle, keywords=original.keywords,
        )  # fmt: skip

    def _article(
        self, slot: Slot, rng: Random, when: datetime, number: int, *, title: str,
        pages: body.Body, people: body.People, author_line: str | None, topic: str,
        source: str | None, source_url: str | None, subtitle: str | None, keywords: tuple[str, ...],
    ) -> TrueArticle:  # fmt: skip
        home = slot.home
        host, path = self._address(slot, when, number)
        listed = slot.reach == "channel"
        moved = listed and not home.trs and slot.index % 29 == 11 and not slot.group
        return TrueArticle(
            key=slot.key, edition=slot.edition, number=number, home=home, host=host, path=path,
            layout=home.layout, coding=_coding(slot), kind=home.kind, title=title, subtitle=subtitle,
            published_at=when, precision=_VISIBLE[home.layout],
            hidden_precision="second" if home.layout in _EXACT else _VISIBLE[home.layout],
            source=source, source_url=source_url, people=people, author_line=author_line,
            editors=_editors(rng, slot), breadcrumb=home.crumbs, keywords=keywords, body=pages,
            channels=tuple(channel.id for channel in (home, *slot.also)) if listed or home.script else (),
            reached=frozenset({slot.reach}), group=slot.group, spun=slot.spun, topic=topic,
            listed_path=path.replace("content_", "content_9") if moved else None,
            video=f"http://{host}/video/{when:%Y%m%d}/{number}.mp4" if home.kind == "video" else None,
        )  # fmt: skip

    def _title(self, writer: Writer) -> str:
        title = writer.title()
        while title in self._titles:
            title = writer.title()
        self._titles.add(title)
        return title

    def _number(self, when: datetime) -> int:
        number = self._portal.base_number + int((when - _NUMBERED_FROM).total_seconds()) // 60
        while number in self._numbers:
            number += 1
        self._numbers.add(number)
        return number

    def _address(self, slot: Slot, when: datetime, number: int) -> tuple[str, str]:
        home = slot.home
        if home.trs:
            suffix = "shtml" if home.layout == "trs-word" else "htm"
            short = number - self._portal.base_number
            return home.host, f"{home.path}{when:%Y%m}/t{when:%Y%m%d}_{short}.{suffix}"
        if slot.spun:
            return f"www.{self._portal.domain}", f"/mirror/{when:%Y-%m/%d}/content_{number}.htm"
        return home.host, f"/{when:%Y-%m/%d}/content_{number}.htm"

    def _source(self, slot: Slot) -> tuple[str | None, str | None]:
        if _form(slot) == 4 and slot.home.kind == "news":
            return "新华社", None
        if slot.index % 23 == 12:
            return None, None
        if slot.home.trs:
            return _OFFICES[slot.index % len(_OFFICES)], None
        name, url = _SOURCES[slot.index % len(_SOURCES)]
        return name.format(site=self._portal.title), url


def _original(slot: Slot, written: Mapping[str, TrueArticle]) -> TrueArticle | None:
    if slot.spun:
        return written[slot.group or ""]
    if slot.group:
        return next((article for article in written.values() if article.group == slot.group), None)
    return None


def _time(slot: Slot, rng: Random) -> datetime:
    newest = EPOCH + timedelta(days=slot.edition - 1)
    span = timedelta(days=75 if slot.edition == 1 else 0.8)
    back = span * slot.age if slot.age < 1 else timedelta(days=_ARCHIVE_DAYS * slot.age)
    when = (newest - back - timedelta(seconds=rng.randrange(3600))).replace(microsecond=0)
    return _by_day(when)


def _by_day(when: datetime) -> datetime:
    """Move a time into the day: nobody publishes at night."""
    return when + timedelta(hours=7) if when.hour < 7 else when


def _form(slot: Slot) -> int:
    """Choose a form: a government page rarely names anyone; a wire text always does in the same way."""
    if slot.group:
        return 4
    if slot.home.trs:
        return 8 if slot.index % 3 else 0
    return slot.index % FORMS


def _page_count(slot: Slot) -> int:
    if slot.home.trs or slot.group or slot.spun:
        return 1
    return {4: 2, 8: 3}.get(slot.index % 9, 1)


def _pictures(slot: Slot, host: str, path: str, when: datetime) -> str:
    if slot.home.trs:
        return f"http://{host}{path.rpartition('/')[0]}/W"
    return f"http://{host}/attachement/jpg/site2/{when:%Y%m%d}/"


def _coding(slot: Slot) -> Coding:
    codings = _GB_CODINGS if slot.home.layout == "table" else _UTF8_CODINGS
    return codings[slot.index % len(codings)]


def _editors(rng: Random, slot: Slot) -> tuple[str, ...]:
    if slot.home.trs and slot.index % 4 == 1:
        return ()
    return tuple(Writer(rng, EPOCH.date()).people(2 if slot.index % 5 == 3 else 1))
