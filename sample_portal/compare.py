"""Compares what a crawl stored with the truth, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sample_portal.addresses import Addresses
from sample_portal.report import FieldScore, Report
from sample_portal.scoring import authors_right, body_f1, key, names_right, time_right
from sample_portal.truth import TrueArticle
from sample_portal.world import World

__all__ = ["FIELDS", "compare"]

Document = Mapping[str, Any]


def compare(world: World, documents: Iterable[Document], *, javascript: bool = False) -> Report:
    """Compare stored article documents with the world.

    Articles that only a browser can reach are expected only with ``javascript``. Documents of URLs that mean an
    article in another form (its mobile twin, its second page, a session id) count as duplicates.
    """
    addresses = Addresses(world)
    report = Report(
        fields={name: FieldScore() for name in FIELDS}, details={name: FieldScore() for name in _DETAILS}
    )
    wanted = {url: one for url, one in world.articles.items() if javascript or one.reached != {"javascript"}}
    report.expected = len(wanted)
    stored: dict[str, Document] = {}
    for document in documents:
        url = str(document.get("url", ""))
        place = addresses.find(url)
        if url in world.articles and url not in stored:
            stored[url] = document
        elif place is not None and place.article is not None:
            report.duplicates.append(url)
        else:
            report.extra.append(url)
    report.missing = [article for url, article in wanted.items() if url not in stored]
    for url, document in stored.items():
        article = world.articles[url]
        report.bodies[url] = body_f1(article.text, str(document.get("text") or ""))
        for checks, scores in ((FIELDS, report.fields), (_DETAILS, report.details)):
            for name, check in checks.items():
                # The lists around an article are those of the day it was fetched, which an older edition made.
                if name == "related" and article.edition < world.edition:
                    continue
                want, got, right = check(world, article, document)
                scores[name].add(url, want, got, right=right)
    _clusters(world, stored, report.clusters)
    return report


def _clusters(world: World, stored: Mapping[str, Document], score: FieldScore) -> None:
    for group, members in world.groups().items():
        found = [stored[member.url].get("cluster_id") for member in members if member.url in stored]
        if len(found) > 1:
            score.add(members[0].url, group, found, right=len(set(found)) == 1 and found[0] is not None)


Check = Callable[[World, TrueArticle, Document], tuple[object, object, bool]]


def _title(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("title")
    return article.title, got, key(article.title) == key(got)


def _published(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("published")
    return article.published, got, time_right(article, got, document.get("published_precision"))


def _source(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("source")
    return article.source, got, key(article.source) == key(got)


def _authors(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("authors") or []
    want = [
        (person.name, "/".join(sorted(person.roles)), "" if person.required else "optional")
        for person in article.people
    ]
    return want, got, authors_right(article, got)


def _editors(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("editors") or []
    return article.editors, got, names_right(article.editors, got)


def _breadcrumb(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    got = document.get("breadcrumb") or []
    return article.breadcrumb, got, list(map(key, article.breadcrumb)) == list(map(key, got))


def _same(
    name: str, truth: Callable[[TrueArticle], object], stored: Callable[[Any], object] = lambda value: value
) -> Check:
    def check(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
        want, got = truth(article), stored(document.get(name))
        return want, got, want == got

    return check


def _captions(_: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    want = [picture.caption for picture in article.pictures]
    got = [image.get("caption") for image in document.get("images") or []]
    return want, got, list(map(key, want)) == list(map(key, got))


def _channels(world: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    """Compare the channels: only what a profile names has an id to be stored."""
    want = sorted(channel for channel in article.channels if world.channel(channel).known)
    got = sorted(document.get("channels") or [])
    return want, got, want == got


def _related(world: World, article: TrueArticle, document: Document) -> tuple[object, object, bool]:
    """Compare all entries of the lists, the article itself apart; one that several lists show may be told once."""
    shown = {(entry.list, entry.url) for entries in world.around(article).values() for entry in entries}
    want = {pair for pair in shown if pair[1] != article.url}
    got = {(entry.get("list"), entry.get("url")) for entry in document.get("related") or []}
    missing = {url for _, url in want} - {url for _, url in got}
    return sorted(missing), sorted(map(str, got - shown)), not missing and got <= shown


FIELDS: Mapping[str, Check] = {
    "title": _title, "published": _published, "source": _source, "authors": _authors, "editors": _editors,
    "breadcrumb": _breadcrumb,
}  # fmt: skip
_DETAILS: Mapping[str, Check] = {
    "source_url": _same("source_url", lambda article: article.source_url),
    "type": _same("type", lambda article: article.kind),
    "subtitle": _same("subtitle", lambda article: article.subtitle),
    "pages": _same("pages", lambda article: list(article.pages)),
    "channels": _channels,
    "images": _same(
        "images", lambda article: [picture.url for picture in article.pictures],
        lambda value: [one.get("url") for one in value or []],
    ),
    "captions": _captions,
    "related": _related,
}  # fmt: skip
