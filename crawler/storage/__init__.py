"""MongoDB: articles and their revisions, listings, failures; written in groups, safe to write twice."""

from crawler.storage.client import Client, Document, connect
from crawler.storage.indexes import create_indexes
from crawler.storage.outage import Outage
from crawler.storage.preparation import inspect, prepare
from crawler.storage.write.articles import ArticleStore
from crawler.storage.write.failures import FailureStore
from crawler.storage.write.group_commit import GroupWriter
from crawler.storage.write.listings import ListingStore
from crawler.storage.write.parameters import ParameterStore

__all__ = [
    "ArticleStore",
    "Client",
    "Document",
    "FailureStore",
    "GroupWriter",
    "ListingStore",
    "Outage",
    "ParameterStore",
    "connect",
    "create_indexes",
    "inspect",
    "prepare",
]
