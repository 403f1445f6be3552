"""The one spelling of a URL, and the id made of it."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from crawler.urls.hosts import authority, host_name, parts

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_URL", "SESSIONS", "TRACKING", "canonical_url", "new_canonical_url", "url_id"]

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
_INDEX = re.compile(r"/(?:index\.s?html?|[Dd]efault\.html?)\Z")
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
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|session_id|asp\.net_sessionid)=[^/;]*|/\((?:[A-Z]\([^()/]*\)){1,4}\)(?=/)",
    re.IGNORECASE,
)


def canonical_url(url: str, *, scheme: str | None = "http", encoding: str = "utf-8") -> str:
    r"""Return the one spelling of ``url``: what is fetched, cited, and hashed by :func:`url_id`.

    - scheme: ``scheme``, or the URL's own where that is None or the URL names a port;
    - host: lower case, IDNA 2008 (UTS 46), no trailing dot, IPv4 in dotted decimals; credentials dropped;
    - port: dropped where it is the default of the URL's own scheme;
    - path: dot segments resolved, ``\`` read as ``/``, session ids dropped, and ``index.htm``,
      ``index.html``, ``index.shtml``, ``default.htm`` and ``default.html`` dropped from the end where no
      query is left;
    - query: :data:`TRACKING` and :data:`SESSIONS` dropped, the rest left in its order, empty ones dropped;
    - percent-encoding: upper-case hex, unreserved characters decoded, unsafe ones encoded as UTF-8 (in the
      query as ``encoding``, the page's, as browsers do);
    - fragment: dropped.

    Idempotent, and a fixed point of ``w3lib.url.safe_url_string``, so that Scrapy leaves it as it is.

    Raises:
        ValueError: not an absolute http or https URL, or its host or port is impossible.
    """
    if len(url) > _CACHED_LENGTH:
        return new_canonical_url(url, scheme, encoding)
    return _canonical_cached(url, scheme, encoding)


def url_id(canonical: str) -> str:
    """Return the article id: 32 hex digits, SHA-256 of a canonical URL without its ``scheme://``.

    ``http`` and ``https`` of one page share it. The argument must come from :func:`canonical_url`.
    """
    return sha256(canonical.partition("://")[2].encode()).hexdigest()[:32]


def new_canonical_url(url: str, scheme: str | None, encoding: str) -> str:
    """Do as :func:`canonical_url` without its cache, for callers that keep one themselves."""
    page, _, query = url.partition("#")[0].partition("?")
    if (
        _CANONICAL.fullmatch(page) is not None
        and page.count("/") > 2
        and _named(page)
        and (not query or (query.isprintable() and query[-1] != " "))
    ):
        query = _query(query, encoding) if query else ""
        if query or not page.endswith(_INDEXES):
            own = page if scheme is None else scheme + page[page.index(":") :]
            return f"{own}?{query}" if query else own
    own, place, path, query = parts(url)
    name, port = authority(place)
    if port == ("443" if own == "https" else "80"):
        port = ""
    path = _path(path)
    query = _query(query, encoding) if query else ""
    if query:
        query = "?" + query
    else:
        path = _INDEX.sub("/", path)
    if port:
        return f"{own}://{name}:{port}{path}{query}"
    return f"{scheme or own}://{name}{path}{query}"


_canonical_cached = lru_cache(maxsize=8192)(new_canonical_url)


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


def _query(query: str, encoding: str) -> str:
    if _UNSAFE_QUERY.search(query):
        query = _UNSAFE_QUERY.sub(_encoder(encoding), query)
    return "&".join([part for part in query.split("&") if part and not _is_noise(part, query)])


def _is_noise(part: str, query: str) -> bool:
    name = part.partition("=")[0].lower()
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
    """Return a replacement function like :func:`_encode_utf8` for another encoding; what it lacks goes as UTF-8."""
    try:
        "".encode(encoding)
    except LookupError:
        return _encode_utf8
    if encoding.lower().startswith("utf"):
        return _encode_utf8

    def encode(match: re.Match[str]) -> str:
        text = match[0]
        if len(text) == 3:
            return _encode_utf8(match)
        try:
            return "".join([f"%{byte:02X}" for byte in text.encode(encoding)])
        except UnicodeEncodeError:
            return _encode_utf8(match)

    return encode
