"""A list's page that names another one as its original: the mobile twin of a site, and other hosts of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.discovery.links import Link
from crawler.discovery.resolver import resolve
from crawler.portals.page_kind import PageKind
from crawler.urls import join

if TYPE_CHECKING:
    from crawler.parsing import Document
    from crawler.portals.model import Profile

__all__ = ["original_list"]

_MOBILE_HOST: Final = re.compile(r"(?:m|wap|3g|h5|mobile|touch)\.|(?:[\w-]+\.)?(?:m|wap)\.")
_MOBILE_FOLDER: Final = re.compile(r"/(?:m|wap|3g|h5|mobile|touch)/")


def original_list(doc: Document, profile: Profile) -> Link | None:
    """Return the list that a list's page names as its original (``rel="canonical"``), of which it is a twin.

    Templates often name a wrong one (the home page, page 1), so a page is believed only where the original is a list at
    another host or in another folder: of a mobile page any list that is none, else the one of the same path. Never
    raises.
    """
    node = doc.tree.css_first('link[rel="canonical"]')
    href = (node.attrs.get("href") or "").strip() if node is not None else ""
    own = resolve(doc.url, profile)
    found = resolve(join(doc.base_url, href), profile, doc.encoding) if href else own
    if found.kind is not PageKind.CHANNEL or found.cut or not found.url or found.url == own.url:
        return None
    here, there = urlsplit(own.url or doc.url), urlsplit(found.url)
    if _is_mobile(here.netloc, here.path):
        is_twin = not _is_mobile(there.netloc, there.path)
    else:
        is_twin = here.netloc != there.netloc and (here.path, here.query) == (there.path, there.query)
    return Link(found.request, found.id, found.kind, "channel") if is_twin else None


def _is_mobile(host: str, path: str) -> bool:
    return _MOBILE_HOST.match(host) is not None or _MOBILE_FOLDER.match(path) is not None
