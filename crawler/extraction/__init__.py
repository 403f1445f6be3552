"""HTML to articles: portal selectors, then family markers, then what the page says of itself, then its shape."""

from crawler.extraction.article import VERSION, extract
from crawler.extraction.explanation import explain
from crawler.extraction.json_form import to_json
from crawler.extraction.stitching import stitch

__all__ = ["VERSION", "explain", "extract", "stitch", "to_json"]
