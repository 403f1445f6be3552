"""The shared frontier: what is to be fetched, by whom, and when, for a whole fleet of workers.

``store.Frontier`` is the frontier in Redis (asyncio, no Scrapy); ``scheduler.FrontierScheduler`` puts it in
the place of Scrapy's scheduler. docs/frontier.md tells how a request travels through them.
"""
