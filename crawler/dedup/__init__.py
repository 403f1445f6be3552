"""Which articles are the same one told twice. Pure functions on text."""

from crawler.dedup.exact_copies import SHORTEST, cluster_id, exact_signature

__all__ = ["SHORTEST", "cluster_id", "exact_signature"]
