"""HTML to articles: portal selectors, then family markers, then what the page says of itself, then its shape."""

from crawler.extraction.article import VERSION, extract, stitch
from crawler.extraction.json_form import to_json

__all__ = ["VERSION", "extract", "stitch", "to_json"]
