"""How pages are counted: patterns of pager scripts, templates of file names, numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from crawler.portals.layers import Layers

__all__ = ["first_number", "number", "page_template", "script_patterns"]

_PARTS: Final = re.compile(r"\{(\w*)\}")


def script_patterns(layers: Layers, key: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns that read a script's pager; each has a group ``total``. Raises ProfileError."""
    patterns = layers.patterns(key)
    for pattern in patterns:
        if "total" not in pattern.groupindex:
            raise layers.fail(key, f"{pattern.pattern!r} has no group (?P<total>…) for the number of pages")
    return patterns


def page_template(layers: Layers, key: str) -> str | None:
    """Return the template of a page's file name. Raises ProfileError."""
    template: str | None = layers.one(key)
    if template is not None:
        parts = _PARTS.findall(template)
        if "n" not in parts or not set(parts) <= {"n", "stem", "ext"}:
            raise layers.fail(
                key, f"{template!r} is no page template; it knows {{stem}}, {{ext}}, and needs {{n}}"
            )
    return template


def number(layers: Layers, key: str, default: int, *, least: int = 0) -> int:
    """Return a whole number from ``least`` to a million. Raises ProfileError."""
    found = int(layers.one(key, default))
    if not least <= found <= 1_000_000:
        raise layers.fail(key, f"{found} is out of range; expected {least} to 1000000")
    return found


def first_number(layers: Layers, key: str) -> int | None:
    """Return the number of page 2, where a layer gives it. Raises ProfileError."""
    return None if layers.one(key) is None else number(layers, key, 2)
