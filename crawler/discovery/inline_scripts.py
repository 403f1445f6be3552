"""The sources of a page's inline scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.parsing import Document

__all__ = ["inline_scripts"]

_MOST: Final = 60
_LEAST: Final = 8


def inline_scripts(doc: Document, length: int) -> Iterator[str]:
    """Yield the source of each inline script, of so many characters at most."""
    for node in doc.tree.css("script:not([src])")[:_MOST]:
        text = node.text()
        if len(text) > _LEAST:
            yield text[:length]
