"""The pages of the golden outputs: every invented kind, and a spread of the sample portal's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import kinds_credits
import kinds_edges
import kinds_facts
import kinds_lists
import kinds_rules
import kinds_short
from kinds import KINDS, Kind

from crawler.cleaning import clean_article
from crawler.extraction import extract, to_json
from crawler.parsing import Document
from crawler.portals import Profile, load_profile, parse_profile
from sample_portal.router import Router
from sample_portal.world import make_world

__all__ = ["INVENTED", "INVENTED_KINDS", "GoldenPage", "output", "profile_of", "sample_pages"]


@dataclass(frozen=True)
class GoldenPage:
    """A page under the name that its output has, the profile it is read by, and what a list said of it."""

    name: str
    url: str
    body: bytes
    profile: Profile | None = None
    hints: dict[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None


_PORTAL = 'schema = 1\ntitle = "云水新闻网"\nhome = "http://www.yunshui-news.test/"\ndomains = ["yunshui-news.test"]\n'


def profile_of(kind: Kind) -> Profile | None:
    """Return the profile whose template a kind has, or None."""
    if not kind.profile:
        return None
    return parse_profile(f"{_PORTAL}[[article.template]]\n{kind.profile}", "yunshui")


INVENTED_KINDS = [
    *kinds_facts.KINDS,
    *KINDS,
    *kinds_credits.KINDS,
    *kinds_edges.KINDS,
    *kinds_lists.KINDS,
    *kinds_rules.KINDS,
    *kinds_short.KINDS,
]
INVENTED = [
    GoldenPage(
        kind.name, kind.url, kind.html.encode(kind.encoding), profile_of(kind), kind.hints, kind.fetched
    )
    for kind in INVENTED_KINDS
]


def sample_pages() -> Iterator[GoldenPage]:
    """Pages of the sample portal, one of every layout, coding and type, with and without its profile."""
    world = make_world("sample")
    router, profile = Router(world), load_profile("sample")
    seen = set()
    for article in world.articles.values():
        sort = (article.layout, article.coding, article.kind, article.spun, len(article.pages) > 1)
        if sort in seen:
            continue
        seen.add(sort)
        for url in article.pages:
            body = router.reply(url).body
            yield GoldenPage(url, url, body)
            yield GoldenPage(f"{url} by profile", url, body, profile)


def output(page: GoldenPage) -> dict[str, Any]:
    """Everything that is read from a page and is not empty; texts by the line, so that a difference is one of lines."""
    doc = Document.from_bytes(page.body, page.url)
    found = to_json(
        clean_article(extract(doc, page.profile, fetched_at=page.fetched_at, hints=page.hints), page.profile)
    )
    found["from"] = dict(sorted(found.pop("extraction")["from"].items()))
    for name in ("text", "text_raw"):
        if found.get(name):
            found[name] = found[name].split("\n")
    if found.get("html"):
        found["html"] = found["html"].replace("><", ">\n<").split("\n")
    del found["content_hash"]
    return {name: value for name, value in sorted(found.items()) if value not in (None, [], {}, "", ())}
