"""A distributed crawler for regional news portals."""

__all__ = ["__version__"]

__version__ = "0.1.0"
