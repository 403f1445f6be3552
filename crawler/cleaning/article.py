"""The cleaning of an article: every field, and the one decision for all of it whether it is a spun copy."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from crawler.cleaning.characters import simplify, traditional_only
from crawler.cleaning.compare import content_hash
from crawler.cleaning.mirror import is_mirror, restore
from crawler.cleaning.text import clean_line, clean_text
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.portals.model import Profile

__all__ = ["clean_article"]

_WORDS: Final = tuple(field.name for field in fields(Article) if field.metadata.get("words"))


def clean_article(article: Article, profile: Profile | None = None) -> Article:
    """Return the article with clean text, ``content_hash``, and ``cleaning``: the steps that changed words.

    Characters become simplified only where the profile says so or the text is a spun copy; then ``text_raw``
    keeps what was there. Paragraph indexes of pictures and films stay right.
    """
    lines = [clean_text(line) for line in article.text.split("\n")] if article.text else []
    text = "\n".join(line for line in lines if line)
    kept = [sum(1 for line in lines[: i + 1] if line) - 1 for i in range(len(lines))] if "" in lines else None

    def after(index: int) -> int:
        return kept[index] if kept is not None and 0 <= index < len(kept) else index

    steps: list[str] = list(article.cleaning)
    convert: Callable[[str], str] = _same
    if "restore-mirror" not in steps and is_mirror(text):
        convert = restore
        steps.append("restore-mirror")
    elif (
        profile is not None and profile.characters == "simplified" and not traditional_only().isdisjoint(text)
    ):
        convert = simplify
        steps.append("simplify")
    raw = article.text_raw
    if convert is not _same and raw is None:
        raw = text
    if convert is not _same:  # without readings, neighbours are neighbours again
        text = "\n".join(clean_text(line) for line in convert(text).split("\n"))

    def line(value: str) -> str:
        cleaned = clean_line(value)
        return cleaned if convert is _same else clean_line(convert(cleaned))

    def maybe(value: str | None) -> str | None:
        return line(value) or None if value else None

    def words(value: Any) -> Any:
        return tuple(filter(None, map(line, value))) if isinstance(value, tuple) else maybe(value)

    return replace(
        article,
        title=line(article.title),
        keywords=tuple(dict.fromkeys(word for k in article.keywords if (word := line(k)))),
        authors=tuple(replace(a, name=name) for a in article.authors if (name := line(a.name))),
        text=text,
        text_raw=raw,
        cleaning=tuple(steps),
        html=convert(article.html),
        images=tuple(replace(i, caption=maybe(i.caption), after=after(i.after)) for i in article.images),
        videos=tuple(replace(v, caption=maybe(v.caption), after=after(v.after)) for v in article.videos),
        attachments=tuple(replace(a, title=line(a.title)) for a in article.attachments),
        related=tuple(
            r if (title := line(r.title)) == r.title else replace(r, title=title) for r in article.related
        ),
        content_hash=content_hash(text),
        **{name: words(getattr(article, name)) for name in _WORDS},
    )


def _same(text: str) -> str:
    return text
