"""A distributed crawler for regional news portals."""

import sys

from crawler.terminal import is_command, prepare

__all__ = ["__version__"]

__version__ = "0.1.0"

# Of all that Scrapy imports for a command of the project this comes first: libraries take a second or two.
if sys.argv and is_command(sys.argv[0]):
    prepare()
