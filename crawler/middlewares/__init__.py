"""Downloader middlewares: adapters between Scrapy and the policies of :mod:`crawler.fetching`."""
