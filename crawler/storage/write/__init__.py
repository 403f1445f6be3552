"""Writing: group commit, articles and their revisions, listings and moves, failures. Every write is idempotent."""
