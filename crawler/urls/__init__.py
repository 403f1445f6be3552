"""URLs: one spelling for each page, and the id that articles are stored under.

The rules are those of the WHATWG URL standard for ``http`` and ``https``, as browsers apply them, plus a
short, named list of what never changes the page (:data:`TRACKING`, :data:`SESSIONS`, folder indexes). They
are kept conservative on purpose: ``_id`` is made of them, so a change is a migration. Two spellings that
are wrongly kept apart cost a near-duplicate, which is found by its text; two pages that are wrongly merged
cost an article. Hence: the path keeps its case, its doubled slashes and its trailing slash, and parameters
keep their order.

What identifies a page and what is asked for are two things: :func:`request_url` keeps the name of a folder's
index, since a server need not answer for the folder.

Golden cases: ``tests/golden/url_ids.json``.
"""

from crawler.urls.canonical import MAX_URL, SESSIONS, TRACKING, canonical_url, request_url, url_id
from crawler.urls.hosts import host, in_domains, is_private_address, is_public_suffix, is_reserved_name, site
from crawler.urls.references import join
from crawler.urls.request_spec import RequestSpec

__all__ = [
    "MAX_URL",
    "SESSIONS",
    "TRACKING",
    "RequestSpec",
    "canonical_url",
    "host",
    "in_domains",
    "is_private_address",
    "is_public_suffix",
    "is_reserved_name",
    "join",
    "request_url",
    "site",
    "url_id",
]
