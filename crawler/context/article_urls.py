"""The articles that an ad-hoc crawl is asked for, by their URLs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.context.arguments import check_names
from crawler.errors import UsageError
from crawler.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_article_urls"]


def read_article_urls(arguments: Mapping[str, str]) -> tuple[str, ...]:
    """Return the URLs of ``url=`` or ``file=``, each once, in order.

    A file has a URL a line; blank lines and lines with # in front are passed over. Raises UsageError, one line.
    """
    check_names(arguments, ("url", "file"))
    lines = [arguments["url"]] if arguments.get("url") else []
    if file := arguments.get("file"):
        try:
            lines += Path(file).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise UsageError(f"file={file}: {error.strerror or error}") from None
        except UnicodeDecodeError as error:
            raise UsageError(f"file={file}: {error}") from None
    urls = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not urls:
        raise UsageError("no article given; say -a url=URL, or -a file=FILE with a URL a line")
    for url in urls:
        try:
            canonical_url(url)
        except ValueError as error:
            raise UsageError(f"{url[:200]}: {error}") from None
    return tuple(dict.fromkeys(urls))
