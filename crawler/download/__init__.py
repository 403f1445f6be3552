"""What Scrapy's downloader is given instead of its own: bounds on heads and bodies, and names that are checked."""
