"""A page that says by itself where it has moved: a meta refresh, or the header that it stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.errors import GiveUp
from crawler.fetching.redirects import hop_target
from crawler.parsing import Document

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["find_refresh"]

_HEAD: Final = 4096
_CONTENT: Final = re.compile(
    r"\s*(\d{1,6})[\d.]*(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))",
    re.IGNORECASE | re.DOTALL,
)


def find_refresh(
    body: bytes,
    url: str,
    content_type: str | None = None,
    header: bytes | None = None,
    *,
    longest: float,
    ignored: Collection[str] = (),
) -> str | None:
    """Return where a page leads after less than ``longest`` seconds; None for one that stays or only reloads itself.

    Args:
        body: the page's; its first 4,096 bytes are looked at.
        url: the page's; a relative address is relative to its ``<base>``, as links are.
        content_type: of the response.
        header: its ``Refresh``, which counts first.
        longest: tells a page that moved from one that refreshes itself now and then.
        ignored: elements inside of which a tag does not count (``noscript``).
    """
    if header is not None:
        return _target(header.decode("utf-8", "replace"), url, url, longest)
    if b"refresh" not in body[:_HEAD].lower():
        return None
    page = Document.from_bytes(body[:_HEAD], url, content_type)
    for tag in page.tree.css("meta[http-equiv][content]"):
        if (tag.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        parent = tag.parent
        while parent is not None and parent.tag not in ignored:
            parent = parent.parent
        if parent is None:
            return _target(tag.attributes.get("content") or "", page.base_url, url, longest)
    return None


def _target(content: str, base: str, url: str, longest: float) -> str | None:
    found = _CONTENT.match(content)
    if found is None or int(found[1]) >= longest:
        return None
    reference = (found[2] or found[3] or found[4] or "").strip()
    try:
        target = hop_target(base, reference) if reference else None
    except GiveUp:
        return None
    if target is None or not target.startswith(("http://", "https://")) or target == url:
        return None
    return target
