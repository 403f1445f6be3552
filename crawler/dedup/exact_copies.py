"""Exact copies: the key under which two articles meet."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from itertools import islice
from typing import Final

__all__ = ["SHORTEST", "cluster_id", "exact_signature"]

SHORTEST: Final = 40
"""Letters and digits from which on a text speaks for itself. Shorter ones are formulas that many unrelated
articles share (详情请看视频, 点击图片进入下一页), so there the title has to be the same too."""


def exact_signature(article_id: str, title: str, text: str, content_hash: str) -> str:
    """Return the key that exact copies share and that nothing else does.

    ``content_hash`` is the hash of the text's comparison key, so differences of width, script variant, spaces
    and punctuation are already gone. An article without a text (a gallery without captions) is only its own
    copy: its key is made of ``article_id``.
    """
    letters = len([*islice(filter(str.isalnum, text), SHORTEST)])
    if not letters or not content_hash:
        return f"article:{article_id}"
    if letters < SHORTEST:
        return f"brief:{content_hash}:{_title_key(title)}"
    return f"text:{content_hash}"


def cluster_id(signature: str) -> str:
    """Return the cluster of a signature: 24 hex digits that mean nothing to anyone else.

    Being computed and not drawn, it is the same in every worker without a word between them, so that copies
    stored at the same moment cannot end in two clusters.
    """
    return sha256(f"cluster:{signature}".encode()).hexdigest()[:24]


def _title_key(title: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", title))).casefold()
