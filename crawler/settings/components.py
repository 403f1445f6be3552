"""What Scrapy loads: our parts in their order, and its own that a crawler in production must not have."""

from __future__ import annotations

from typing import Any, Final

BOT_NAME = "crawler"
SPIDER_MODULES: Final = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# An HTTP server on localhost that runs the Python it is sent: anyone on the machine could be this process.
REMOTE_CONTROL_ENABLED = False

# The same by another name.
TELNETCONSOLE_ENABLED = False

# Every answer reaches the spider, which asks the one policy of outcomes what it means.
HTTPERROR_ALLOW_ALL = True

# Only http and https leave this machine; a redirect to file:, data:, ftp: or s3: finds no handler. Ours
# bounds what a server can send before the body.
DOWNLOAD_HANDLERS: Final[dict[str, Any]] = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.download.http_handler.BoundedHandler",
    "https": "crawler.download.http_handler.BoundedHandler",
}

# A request passes from the top to the bottom, its answer from the bottom to the top. Scrapy's own for
# cookies, retries, robots.txt, compression and offsite links are off: see above, and GuardMiddleware.
DOWNLOADER_MIDDLEWARES: Final[dict[str, Any]] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "crawler.middlewares.guard.GuardMiddleware": 50,
    "crawler.middlewares.refile.RefileMiddleware": 60,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.render.RenderMiddleware": 150,
    "crawler.middlewares.conditional.ConditionalMiddleware": 200,
    "crawler.middlewares.portal_headers.PortalHeadersMiddleware": 250,
    # 350 DownloadTimeout, 400 DefaultHeaders, 500 UserAgent
    "crawler.middlewares.redirects.BoundedRefreshes": 580,
    "crawler.middlewares.decoding.DecodingMiddleware": 590,
    "crawler.middlewares.redirects.BoundedRedirects": 600,
    "crawler.middlewares.bounds.BoundsMiddleware": 610,
    "crawler.middlewares.backoff.BackoffMiddleware": 620,
    # 750 HttpProxy, 850 DownloaderStats
}

# What the spider does itself: it judges every status, counts depth over lists only, and discovery has cut
# URLs that are too long. Three passes over each request less.
SPIDER_MIDDLEWARES: Final[dict[str, Any]] = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,  # for queues that this project does not use
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # warns of what is not done here
}

# An item passes from the top to the bottom; it leaves the last one when MongoDB has it for good.
ITEM_PIPELINES: Final[dict[str, Any]] = {
    "crawler.pipelines.validate.ValidatePipeline": 100,
    "crawler.pipelines.clean.CleanPipeline": 200,
    "crawler.pipelines.store.StorePipeline": 300,
}

EXTENSIONS: Final[dict[str, Any]] = {
    # Off by their settings already; but loading the first one alone brings an HTTP server along (0.3 s).
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.throttle.AutoThrottle": None,  # the frontier's clocks do that for all workers
    "scrapy.extensions.corestats.CoreStats": None,
    "crawler.extensions.core_stats.BeginAndEnd": 0,
    "crawler.extensions.counts.Counts": 100,
    "crawler.extensions.dead_letters.DeadLetterReporter": 200,
    "crawler.extensions.waiting.WaitingReport": 250,
    "crawler.extensions.progress.ProgressLog": 300,
    "crawler.extensions.contact.ContactReminder": 400,
    "crawler.extensions.gc_tuning.GcTuning": 500,
}
