"""A generated regional news portal that knows its own truth, served on loopback: see README.md."""
