"""``scrapy extract FILE_OR_URL…``: articles out of saved or live pages, one JSON object a line, or explained."""

from __future__ import annotations

import asyncio
import gzip
import re
import shutil
import sys
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.commands import ScrapyCommand

from crawler.cleaning import clean_article
from crawler.commands.base import ProjectCommand, say, write_json, write_utf8
from crawler.commands.download import rules_for, with_downloader
from crawler.commands.explained import as_json, as_lines
from crawler.discovery import read_links
from crawler.errors import CrawlerError, GiveUp, Unreachable, UsageError
from crawler.extraction import explain, extract, to_json
from crawler.fetching.bodies import is_binary
from crawler.items import Related
from crawler.parsing import Document
from crawler.portals import load_profile, parse_profile
from crawler.portals.addresses import article_url
from crawler.portals.page_kind import PageKind
from crawler.settings.environment import variable
from crawler.spiders.responses import content_type
from crawler.urls import site

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from crawler.commands.download import Fetch
    from crawler.portals import Profile

__all__ = ["Command"]

# Of a device there may be no end (/dev/zero); the parser reads less than this of a page.
_LONGEST_FILE: Final = 64_000_000
_WEB: Final = ("http://", "https://")
_RELATED: Final = ("related", "channel", "photo", "video", "hot")
# A saved page says where it is from: browsers write the comment, sites the tags.
_SAVED = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000})", re.IGNORECASE)
_PLACES: Final = (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content"))


@dataclass(frozen=True, slots=True)
class _Page:
    """One input: as given, where it is from, its bytes, the response's Content-Type, when it was fetched."""

    given: str
    url: str
    body: bytes
    content_type: str | None = None
    fetched_at: datetime | None = None


class Command(ProjectCommand, ScrapyCommand):
    """Reads each page, extracts, cleans and prints its article. Needs no server."""

    def syntax(self) -> str:
        """Return the arguments for the help."""
        return "[options] FILE_OR_URL..."

    def short_desc(self) -> str:
        """Return a line for the list of commands."""
        return "Print the articles of saved or live pages as JSON, one a line"

    def long_desc(self) -> str:
        """Return the text of --help."""
        return (
            "Prints one JSON object a line: the article's fields and input, the argument as given. A page "
            "without an article has an empty text. Files that end in .gz are unpacked. Without --portal no "
            "profile is used. With --explain it prints why instead: the page's lines with their labels, what each "
            "counts, whether it is kept and which rule cut it, and where every field was found; in colours on a "
            "terminal, and with --json as one JSON object a page."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the page's address and the rules."""
        super().add_options(parser)
        parser.add_argument("--url", help="where the file is from (otherwise what the page says of itself)")
        parser.add_argument("--portal", metavar="NAME", help="read the pages by this portal's profile")
        parser.add_argument("--explain", action="store_true", help="show why: lines, labels, cuts, origins")
        parser.add_argument("--json", action="store_true", help="with --explain: as JSON, one object a page")

    def perform(self, args: list[str], opts: argparse.Namespace) -> int | None:
        """Check all arguments first, then print as it goes; 2 when a page cannot be had or is none."""
        if not args:
            raise UsageError("no page given; say scrapy extract FILE_OR_URL…")
        if opts.url is not None:
            if len(args) > 1 or args[0].startswith(_WEB):
                raise UsageError("--url says where one file is from; give one file")
            if not opts.url.startswith(_WEB):
                raise UsageError(f"--url {opts.url}: not an http(s) URL")
        if opts.json and not opts.explain:
            raise UsageError("--json belongs to --explain; without it, articles are JSON anyway")
        profile = load_profile(opts.portal, self.configured().getlist("PORTALS_DIR")) if opts.portal else None
        for given in args:
            if not given.startswith(_WEB):
                _check_file(given)
        urls = [given for given in args if given.startswith(_WEB)]
        if not urls:
            return asyncio.run(_print_all(args, opts, profile))
        return with_downloader(
            self.configured(),
            rules_for(urls, profile),
            lambda fetch: _print_all(args, opts, profile, fetch),
        )


async def _print_all(
    args: list[str], opts: argparse.Namespace, profile: Profile | None, fetch: Fetch | None = None
) -> int:
    """Print the articles in the order of the arguments; 2 when a page cannot be had or is none."""
    code = 0
    for given in args:
        try:
            page = await _fetched(given, fetch) if given.startswith(_WEB) else _saved(given, opts.url or "")
            doc = _document(page)
        except CrawlerError as error:
            say(f"error: {given}: {error}")
            code = Unreachable.exit_code
            continue
        if opts.explain:
            _explain(doc, page, profile, as_objects=opts.json)
        else:
            article = extract(doc, profile, links=_links(doc, profile), fetched_at=page.fetched_at)
            write_json({**to_json(clean_article(article, profile)), "input": page.given})
    return code


async def _fetched(url: str, fetch: Fetch | None) -> _Page:
    """Return a live page, wherever its redirects led. Raise GiveUp."""
    assert fetch is not None
    response = await fetch(url)
    return _Page(url, response.url, response.body, content_type(response), datetime.now(UTC))


def _check_file(given: str) -> None:
    """Raise UsageError unless there is something to be read: a file, a pipe, a device."""
    path = Path(given)
    try:
        if path.is_dir():
            raise UsageError(f"{given}: a folder; give the files in it")
        if not path.exists():
            raise UsageError(f"{given}: no such file")
    except (OSError, ValueError) as error:
        raise UsageError(f"{given[:200]}: {getattr(error, 'strerror', None) or error}") from None


def _saved(given: str, url: str) -> _Page:
    try:
        with Path(given).open("rb") as file:
            body = file.read(_LONGEST_FILE + 1)
    except OSError as error:
        raise UsageError(str(error.strerror)) from None
    if len(body) > _LONGEST_FILE:
        raise GiveUp("too-large", f"more than {_LONGEST_FILE} bytes")
    if given.endswith(".gz"):
        try:
            body = gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            raise UsageError("not a gzip file, or a broken one") from None
    return _Page(given, url, body)


def _document(page: _Page) -> Document:
    """Return the page, parsed. Raise GiveUp where it is none."""
    if is_binary(page.body):
        raise GiveUp("not-text", "a picture, an archive or another thing that has no text")
    doc = Document.from_bytes(page.body, page.url, page.content_type)
    if not page.url and (place := _place(doc)):
        doc.url = place
    return doc


def _explain(doc: Document, page: _Page, profile: Profile | None, *, as_objects: bool) -> None:
    found = explain(doc, profile, links=_links(doc, profile), fetched_at=page.fetched_at)
    found = replace(found, article=clean_article(found.article, profile))
    if as_objects:
        write_json({**as_json(found), "input": page.given})
        return
    colours = sys.stdout.isatty() and not variable("NO_COLOR")
    width = shutil.get_terminal_size((120, 24)).columns
    write_utf8("\n".join([*as_lines(found, width=width, colours=colours), "", ""]))


def _place(doc: Document) -> str:
    """Say where a saved page says that it is from; empty where it does not."""
    if match := _SAVED.search(doc.text[:2000]):
        return match.group(1)
    for selector, attribute in _PLACES:
        node = doc.tree.css_first(selector)
        value = (node.attributes.get(attribute) or "").strip() if node is not None else ""
        if value.startswith("//"):
            value = f"http:{value}"
        if value.startswith(_WEB):
            return value
    return ""


def _links(doc: Document, profile: Profile | None) -> Iterable[Related]:
    """Find the lists around the article; a page of unknown origin has none that could be told from navigation."""
    if not doc.url:
        return ()
    try:
        rules = profile or _generic(site(doc.url))
        links = read_links(doc, rules, page=PageKind.ARTICLE).articles
    except (ValueError, CrawlerError):
        return ()
    return tuple(
        Related(link.title, article_url(link.url, rules), link.date, link.list)
        for link in links
        if link.list in _RELATED and link.title
    )


@lru_cache(maxsize=256)
def _generic(domain: str) -> Profile:
    """Return rules for the links of a site without a profile: its own domain."""
    text = f'schema = 1\ntitle = "{domain}"\nhome = "http://{domain}/"\ndomains = ["{domain}"]\n'
    return parse_profile(text, "page", adhoc=True)
