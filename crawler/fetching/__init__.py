"""Pure policies of fetching: what an outcome means, what may be fetched, how fast, and what is kept of it.

No Scrapy, Redis or clock: time is an argument, and the adapters in :mod:`crawler.middlewares` bring the rest.
"""
