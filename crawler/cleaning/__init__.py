"""Text in, text out: pure, and cleaning what is clean changes nothing."""

from crawler.cleaning.article import clean_article
from crawler.cleaning.compare import comparison_key, content_hash
from crawler.cleaning.mirror import is_mirror, restore
from crawler.cleaning.text import clean_line, clean_text

__all__ = [
    "clean_article",
    "clean_line",
    "clean_text",
    "comparison_key",
    "content_hash",
    "is_mirror",
    "restore",
]
