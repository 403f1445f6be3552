"""``[article]``: which URLs are articles, how they are cited, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.portals.model import ArticleRules, PagesRules
from crawler.portals.pagers import first_number, number, page_template, script_patterns
from crawler.portals.templates import resolve_templates

if TYPE_CHECKING:
    from crawler.portals.layers import Layers

__all__ = ["article_rules"]


def article_rules(layers: Layers) -> ArticleRules:
    """Return the rules of a portal's articles.

    Raises:
        ProfileError: anything in them that cannot be used.
    """
    kind = layers.one("article.type", "html")
    if kind != "html":
        raise layers.fail("article.type", f"{kind} articles are not supported by this version")
    return ArticleRules(
        urls=layers.patterns("article.urls"),
        deny=layers.patterns("article.deny"),
        canonical=layers.rewrites("article.canonical"),
        continuation=layers.patterns("article.continuation"),
        gone=layers.patterns("article.gone"),
        pages=PagesRules(
            next=layers.sources("article.pages.next"),
            all=layers.sources("article.pages.all"),
            scripts=script_patterns(layers, "article.pages.script"),
            url=page_template(layers, "article.pages.url"),
            first=first_number(layers, "article.pages.first"),
            limit=number(layers, "article.pages.limit", 50, least=1),
        ),
        templates=resolve_templates(layers),
    )
