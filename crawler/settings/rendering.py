"""Lists that a script fills (docs/rendering.md)."""

from __future__ import annotations

from typing import Final

from crawler.settings.environment import inherited, variable

# The browser: a path or a name on PATH; "none" renders nothing. Empty: what `playwright install` has
# downloaded, else chromium-headless-shell, chromium or google-chrome on PATH, else such lists fail with a line
# that says so, and the rest of the crawl goes on.
PLAYWRIGHT_EXECUTABLE = variable("PLAYWRIGHT_EXECUTABLE")
PLAYWRIGHT_BROWSERS_PATH = variable("PLAYWRIGHT_BROWSERS_PATH")

# All that the browser sees of this process's environment: the servers' addresses are none of its business.
RENDER_ENVIRONMENT: Final = inherited(
    "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "XDG_RUNTIME_DIR"
)

# Pages open at a time in the one browser of a worker: each is some 100 MB.
RENDER_PAGES = 2

# Seconds for one list: opening, all clicks and scrolls, the turns of their requests. What is there then is
# read, and the list is not taken for walked to its end.
RENDER_TIMEOUT = 120

# Pages of one portal that one worker renders: then the portal's further ones are given up (render-budget).
RENDER_BUDGET = 200

# Of lists that no profile marks and that were found to be empty, so many are rendered: this share of the
# portal's pages, and a few to begin with. A column (a channel, the home page, what these link to) is tried once anyway.
RENDER_SHARE = 0.05

# The browser is started anew after so many pages, so that what it leaks is bounded.
RENDER_LIFETIME = 100
