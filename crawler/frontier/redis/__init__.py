"""The frontier in Redis: its keys, scripts and operations, for asyncio, without Scrapy."""
