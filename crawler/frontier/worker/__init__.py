"""What one worker holds and sends: leases, outbox, pump, heartbeat and its end. Without Scrapy."""
