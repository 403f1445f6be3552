"""The policy of rendering: which lists a browser fills, who does it, and what workers remember of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crawler.portals.page_kind import PageKind
from crawler.urls import canonical_url, url_id

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PLAIN",
    "RENDER",
    "TTL_S",
    "is_worth_another_try",
    "leave_for",
    "may_be_remembered",
    "may_be_rendered",
    "memory_key",
]

RENDER: Final = b"render"
"""The list came when a browser filled it: render it at once."""

PLAIN: Final = b"plain"
"""The browser found nothing either: do not ask for it again."""

TTL_S: Final = 7 * 86_400.0
"""Portals change: after a week it is found out anew. Every use of what is remembered begins the week again."""

_TRIES: Final = 3
_LEFT_FOR_S: Final = 3.0
_LEFT_LONGER_AFTER: Final = 8
_LEFT_AT_MOST: Final = 40


def memory_key(portal: str, url: str) -> str:
    """Return the key of a list, by its first page's URL, in what workers keep for each other."""
    return f"render:{portal}:{url_id(canonical_url(url))}"


def may_be_rendered(meta: Mapping[str, Any]) -> bool:
    """Say whether a browser is any question for a request, by its ``meta``: it asks for one, or for a list."""
    return bool(meta.get("render")) or PageKind.of(meta.get("kind")).is_list_page


def may_be_remembered(meta: Mapping[str, Any]) -> bool:
    """Say whether a former run may have found that the page needs a browser: the first page of a list."""
    return PageKind.of(meta.get("kind")).is_list_page and meta.get("page", 1) == 1 and not meta.get("robots")


def is_worth_another_try(*, complete: bool, cut: str, attempt: int) -> bool:
    """Say whether a page that came incomplete is tried again: where something could not be had, a few times.

    ``cut`` says that the browser stopped by itself (:class:`crawler.rendering.driver.Rendered`); it would again.
    """
    return not complete and not cut and attempt < _TRIES


def leave_for(times: int) -> float | None:
    """Return for how many seconds a list is left to a worker with a browser; None where no longer.

    ``times`` is how often it was left already: a worker that never takes it must not keep it for ever.
    """
    return None if times >= _LEFT_AT_MOST else _LEFT_FOR_S * (1 + times // _LEFT_LONGER_AFTER)
