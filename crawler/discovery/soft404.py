"""Soft 404s: pages that say, with status 200, that there is no page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["is_soft404"]

_SHORT: Final = 400
"""Characters of visible text, without spaces. An article that quotes such a sentence is longer; a page that
only says it is shorter, with its links around it."""

_SEARCHED: Final = 200_000
_FEW: Final = 50
_SPACE = re.compile(r"\s+")


def is_soft404(doc: Document, profile: Profile) -> bool:
    """Say whether a page says that its article was withdrawn or never was (``article.gone`` of the profile).

    The sentence counts in ``<title>`` or ``<h1>``, or where the page says little else.
    """
    patterns = profile.article.gone
    heads = " ".join([node.text()[:200] for node in doc.tree.css("title, h1")])
    if any(pattern.search(heads) for pattern in patterns):
        return True
    if _has_paragraphs(doc) or not any(pattern.search(doc.text, 0, _SEARCHED) for pattern in patterns):
        return False
    said = _SPACE.sub("", " ".join(_visible(doc)))
    return len(said) < _SHORT and any(pattern.search(said) for pattern in patterns)


def _has_paragraphs(doc: Document) -> bool:
    """Say whether the page says more than that, as nearly every article does: told without searching its source."""
    size = 0
    for node in doc.tree.css("p")[:_FEW]:
        if next(node.iter(), None) is None:  # nothing but text
            size += len("".join(node.text().split()))
            if size >= _SHORT:
                return True
    return False


def _visible(doc: Document) -> list[str]:
    """Return the text outside links, scripts and styles: navigation says nothing about the page."""
    body = doc.tree.body
    if body is None:
        return []
    return [
        node.text_content or ""
        for node in body.traverse(include_text=True)
        if node.tag == "-text"
        and node.parent is not None
        and node.parent.tag not in {"a", "script", "style", "option"}
    ]
