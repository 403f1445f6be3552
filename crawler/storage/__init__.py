"""MongoDB: articles and their revisions, listings, failures; written in groups, safe to write twice."""

from crawler.storage.articles import ArticleStore
from crawler.storage.client import Client, Document, connect
from crawler.storage.failures import FailureStore
from crawler.storage.indexes import create_indexes
from crawler.storage.listings import ListingStore
from crawler.storage.outage import Outage
from crawler.storage.writer import GroupWriter

__all__ = [
    "ArticleStore",
    "Client",
    "Document",
    "FailureStore",
    "GroupWriter",
    "ListingStore",
    "Outage",
    "connect",
    "create_indexes",
]
