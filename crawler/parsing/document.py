"""One page, parsed once, shared by discovery and extraction."""

from __future__ import annotations

from codecs import BOM_UTF8
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from crawler.parsing.decode import decode
from crawler.parsing.limits import tame
from crawler.parsing.radicals import without_radicals
from crawler.parsing.unclosed import close_unclosed
from crawler.urls import join

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["MAX_LINKS", "Document"]

MAX_LINKS: Final = 5000
"""Links of one page that are looked at."""

_ABOUT = 'base[href], meta[content], title, script[type="application/ld+json"], [id$="_baidu"]'
_TAGS = frozenset(["base", "meta", "title", "script"])
_ABSOLUTE = ("http://", "https://")
_OPTIONS = LexborDocumentOptions.WO_EVENTS


class Document:
    """A page as text and tree.

    ``url`` is where it was fetched from (after redirects), ``text`` its decoded source, ``encoding`` how it
    was decoded. The tree is the HTML standard's: a script before the document, a stray ``</html>``, unclosed
    tags end as in a browser, but for elements that would take the text with them; radicals are the characters
    that they stand for. Treat the tree as read-only: others look at it too.
    """

    __slots__ = ("__dict__", "_source", "encoding", "text", "url")

    def __init__(self, text: str, url: str, encoding: str) -> None:
        self.text = text
        self.url = url
        self.encoding = encoding
        self._source: bytes | None = None

    @classmethod
    def from_bytes(cls, body: bytes, url: str, content_type: str | None = None) -> Document:
        """Decode a response's body; ``content_type`` is its header. Never raises."""
        text, encoding = decode(body, content_type)
        doc = cls(text, url, encoding)
        if encoding == "utf-8" and not body.startswith(BOM_UTF8):
            doc._source = body  # no need to encode it again for the parser
        return doc

    @classmethod
    def from_text(cls, text: str, url: str) -> Document:
        """Return a page that is text already."""
        return cls(text, url, "utf-8")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The tree, built at first use, in time linear in the page's size (:mod:`crawler.parsing.limits`)."""
        source = self._source if self._source is not None else self.text.encode("utf-8", "replace")
        return LexborHTMLParser(close_unclosed(without_radicals(tame(source))), options=_OPTIONS)

    @cached_property
    def links(self) -> list[tuple[LexborNode, str, str]]:
        """The page's first links (``a`` and ``area``): the node, ``href`` as written, and as an absolute URL."""
        base, found = self.base_url, []
        for node in self.link_nodes[:MAX_LINKS]:
            href = node.attrs["href"]
            if href:
                plain = href.startswith(_ABSOLUTE) and href[-1] != " " and href.isprintable()
                found.append((node, href, href if plain else join(base, href)))
        return found

    @cached_property
    def link_nodes(self) -> list[LexborNode]:
        """All links of the page."""
        return self.tree.css("a[href], area[href]")

    @cached_property
    def about(self) -> dict[str, list[LexborNode]]:
        """What the page says of itself, by tag: ``base``, ``meta`` (with content), ``title``, ``script`` (JSON-LD).

        And, under ``baidu``, the elements that it marks for Baidu News (``pubtime_baidu`` …). Asked for together: a
        selector looks at every element of the page.
        """
        found: dict[str, list[LexborNode]] = {"base": [], "meta": [], "title": [], "script": [], "baidu": []}
        for node in self.tree.css(_ABOUT):
            tag = node.tag
            found[tag if tag in _TAGS else "baidu"].append(node)
        return found

    @cached_property
    def base_url(self) -> str:
        """What relative links are relative to: ``<base href>`` where there is one, else ``url``."""
        bases = self.about["base"]
        href = bases[0].attributes.get("href") if bases else None
        if not href:
            return self.url
        try:
            joined = urljoin(self.url, href.strip())
        except ValueError:
            return self.url
        return joined if joined.startswith(_ABSOLUTE) else self.url
