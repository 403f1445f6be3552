"""Lists that a script fills, filled by a real browser that has no network of its own.

Chromium is driven through Playwright, and every request that a page makes is intercepted and answered with
what the crawler's own downloader fetches: through the same guard, robots.txt, turns of hosts, proxy, bounds
and back-off as any page, under the same user agent. What is not answered so goes nowhere: the browser is
started with a resolver that knows no name and a proxy that is not there.

Why not scrapy-playwright, which is the usual way: it lets the browser fetch for itself, with its own
connections, cache and certificates, and its interception (Playwright's) never sees the further hops of a
redirect. So a script on the portal that redirects to another host would reach that host, and robots.txt,
turns, private addresses and the bounds on bodies would have to be enforced a second time, in a place where
they can be gone around. It also starts Playwright in every worker; here a worker that renders nothing never
imports it.
"""
