"""The one spelling of a URL, and the id made of it."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from crawler.urls.hosts import authority, host_name, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

__all__ = [
    "MAX_URL",
    "SESSIONS",
    "TRACKING",
    "canonical_url",
    "parameter_name",
    "request_url",
    "url_id",
    "without_index",
    "without_parameters",
]  # fmt: skip

MAX_URL: Final = 2000
"""Characters; discovery cuts what is longer (:func:`canonical_url` itself accepts any length)."""

TRACKING: Final = frozenset({
    # who shared or clicked: WeChat, QQ, Weibo and the portals' own share buttons
    "isappinstalled", "nsukey", "sharer_shareid", "sharer_sharetime", "sharer_shareinfo",
    "share_token", "share_source", "share_medium", "share_from", "wfr", "sudaref", "tdsourcetag", "adtag",
    # Alibaba's and CCTV's position codes
    "spm", "scm",
    # Baidu Tongji, Google, Facebook, Microsoft, Mailchimp
    "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "bd_vid", "bdmskeyid",
    "gclid", "gclsrc", "dclid", "_ga", "_gl", "fbclid", "msclkid", "yclid", "mc_cid", "mc_eid", "igshid",
})  # fmt: skip
"""Query parameters that are dropped, whatever their value (names in lower case). So is every ``utm_…``, and
``from`` unless a ``to`` stands beside it: then it is the start of a range, not the place where the link was
shared."""

SESSIONS: Final = frozenset({"jsessionid", "phpsessid", "sessionid", "session_id", "asp.net_sessionid"})
"""Session parameters, of the query and of path segments (``;jsessionid=…``); ``aspsessionid…`` is one too."""

_NOISE: Final = TRACKING | SESSIONS
_CACHED_LENGTH: Final = 300  # a page of 50,000 long links must not fill the caches

_CANONICAL = re.compile(
    r"https?://[a-z0-9][a-z0-9.-]*[a-z](?:/[A-Za-z0-9_~-]+)*(?:/(?:[A-Za-z0-9_~-]+\.[a-z]+)?)?"
)
_INDEXES = tuple(
    f"/{name}"
    for name in (
        *("index.htm", "index.html", "index.shtm", "index.shtml"),
        *("default.htm", "default.html", "Default.htm", "Default.html"),
    )
)
_UNSAFE_PATH = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_UNSAFE_QUERY = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&()*+,;=:@/?]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# the second byte of a character in GBK or Big5 may be any of these and @, which browsers leave as it is
_PLAIN_IN_QUERY = _UNRESERVED | {"@"}
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|session_id|asp\.net_sessionid)=[^/;]*|/\((?:[A-Z]\([^()/]*\)){1,4}\)(?=/)",
    re.IGNORECASE,
)


def canonical_url(
    url: str, *, scheme: str | None = "http", encoding: str = "utf-8", keep: frozenset[str] = frozenset()
) -> str:
    r"""Return the one spelling of ``url``: what is cited, and hashed by :func:`url_id`.

    - scheme: ``scheme``, or the URL's own where that is None or the URL names a port;
    - host: lower case, IDNA 2008 (UTS 46), no trailing dot, IPv4 in dotted decimals; credentials dropped;
    - port: dropped where it is the default of the URL's own scheme;
    - path: dot segments resolved, ``\`` read as ``/``, session ids dropped, and ``index.htm``,
      ``index.html``, ``index.shtml``, ``default.htm`` and ``default.html`` dropped from the end where no
      query is left;
    - query: :data:`TRACKING` and :data:`SESSIONS` dropped, unless their names are in ``keep``; the rest left in its
      order, empty ones dropped;
    - percent-encoding: upper-case hex, unreserved characters decoded (in the query ``@`` too), unsafe ones encoded
      as UTF-8 (in the query as ``encoding``, the page's, as browsers do);
    - fragment: dropped.

    Idempotent, and a fixed point of ``w3lib.url.safe_url_string``, so that Scrapy leaves it as it is.

    Raises:
        ValueError: not an absolute http or https URL, or its host or port is impossible.
    """
    if len(url) > _CACHED_LENGTH:
        return _canonical(url, scheme, encoding, keep)
    return _canonical_cached(url, scheme, encoding, keep)


def _canonical(url: str, scheme: str | None, encoding: str, keep: frozenset[str]) -> str:
    return without_index(request_url(url, scheme=scheme, encoding=encoding, keep=keep))


_canonical_cached = lru_cache(maxsize=8192)(_canonical)


def request_url(
    url: str,
    *,
    scheme: str | None = "http",
    encoding: str = "utf-8",
    keep: frozenset[str] | None = frozenset(),
) -> str:
    """Return what is asked for: as :func:`canonical_url`, which is what identifies it, with the name of its file.

    ``/news/index.html`` and ``/news/`` are one page wherever both are there; often one of them is not. A ``keep`` of
    None keeps all parameters.

    Raises:
        ValueError: see :func:`canonical_url`.
    """
    page, _, query = url.partition("#")[0].partition("?")
    if (
        _CANONICAL.fullmatch(page) is not None
        and page.count("/") > 2
        and _named(page)
        and (not query or (query.isprintable() and query[-1] != " "))
    ):
        query = _query(query, encoding, keep) if query else ""
        own = page if scheme is None else scheme + page[page.index(":") :]
        return f"{own}?{query}" if query else own
    own, place, path, query = parts(url)
    name, port = authority(place)
    if port == ("443" if own == "https" else "80"):
        port = ""
    path = _path(path)
    query = _query(query, encoding, keep) if query else ""
    if query:
        query = "?" + query
    if port:
        return f"{own}://{name}:{port}{path}{query}"
    return f"{scheme or own}://{name}{path}{query}"


def without_index(url: str) -> str:
    """Return the canonical URL of one that :func:`request_url` has spelt."""
    return url[: url.rindex("/") + 1] if url.endswith(_INDEXES) and "?" not in url else url


def without_parameters(url: str, names: Collection[str]) -> str:
    """Return a canonical URL without the query parameters of these names; canonical, too.

    A part of the query that has no ``=`` (``?1764489600123``) has the name "".
    """
    page, mark, query = url.partition("?")
    if not mark:
        return url
    kept = [part for part in query.split("&") if parameter_name(part) not in names]
    return f"{page}?{'&'.join(kept)}" if kept else without_index(page)


def parameter_name(part: str) -> str:
    """Return the name of a part of a query; "" for one without ``=``."""
    name, equals, _ = part.partition("=")
    return name if equals else ""


def url_id(canonical: str) -> str:
    """Return the article id: 32 hex digits, SHA-256 of a canonical URL without its ``scheme://``.

    ``http`` and ``https`` of one page share it. The argument must come from :func:`canonical_url`.
    """
    return sha256(canonical.partition("://")[2].encode()).hexdigest()[:32]


def _named(url: str) -> bool:
    """Say whether the host of a URL in the common spelling is already as :func:`_host` writes it."""
    name = url[url.index("/") + 2 : url.index("/", 8)]
    return host_name(name) == name


def _path(path: str) -> str:
    if not path:
        return "/"
    if "\\" in path:
        path = path.replace("\\", "/")
    if _UNSAFE_PATH.search(path):
        path = _UNSAFE_PATH.sub(_encode_utf8, path)
    if ";" in path or "/(" in path:
        path = _PATH_SESSION.sub("", path)
    if "/." in path:
        path = _without_dots(path)
    return path or "/"


def _without_dots(path: str) -> str:
    """Resolve dot segments (RFC 3986, 5.2.4); a ``..`` above the root is dropped."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str, encoding: str, keep: frozenset[str] | None) -> str:
    if _UNSAFE_QUERY.search(query):
        query = _UNSAFE_QUERY.sub(_encoder(encoding), query)
    if keep is None:
        return "&".join(filter(None, query.split("&")))
    return "&".join([part for part in query.split("&") if part and not _is_noise(part, query, keep)])


def _is_noise(part: str, query: str, keep: frozenset[str]) -> bool:
    given = part.partition("=")[0]
    name = given.lower()
    if given in keep:
        return False
    if name in _NOISE or name.startswith(("utm_", "aspsessionid")):
        return True
    return name == "from" and "to" not in [part.partition("=")[0].lower() for part in query.split("&")]


def _encode_utf8(match: re.Match[str]) -> str:
    text = match[0]
    if len(text) == 3:
        character = chr(int(text[1:], 16))
        return character if character in _UNRESERVED else text.upper()
    return "".join([f"%{byte:02X}" for byte in text.encode()])


@lru_cache(maxsize=64)
def _encoder(encoding: str) -> Callable[[re.Match[str]], str]:
    """Return a replacement function for queries of pages in an encoding; what that lacks goes as UTF-8.

    A byte is written alike whether it was a character's or stood there percent-encoded: the second byte of many a
    character in GBK or Big5 is a letter.
    """
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "utf-8"
    if encoding.lower().startswith("utf"):
        encoding = "utf-8"

    def encode(match: re.Match[str]) -> str:
        text = match[0]
        if len(text) == 3:
            return _QUERY_BYTES[int(text[1:], 16)]
        try:
            return "".join([_QUERY_BYTES[byte] for byte in text.encode(encoding)])
        except UnicodeEncodeError:
            return _encode_utf8(match)

    return encode


_QUERY_BYTES: Final = tuple(
    chr(byte) if chr(byte) in _PLAIN_IN_QUERY else f"%{byte:02X}" for byte in range(256)
)
"""How each byte is written in a query."""
