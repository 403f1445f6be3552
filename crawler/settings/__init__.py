"""Every setting of the project, each with its default and its consequence; a module a theme.

:mod:`crawler.settings.environment` reads the environment, and nothing else in the project does: code takes what
it needs from the settings, and has no default of its own. Any of them can be replaced for one command with
``-s NAME=VALUE``.

There is deliberately no ``SCHEDULER`` here. The shared frontier is set by the spiders that use it (in their
``update_settings``): set for the whole project it would make ``scrapy shell`` take requests of a running
crawl off the shared queue.
"""

from crawler.settings.components import *
from crawler.settings.downloads import *
from crawler.settings.frontier import *
from crawler.settings.politeness import *
from crawler.settings.rendering import *
from crawler.settings.reporting import *
from crawler.settings.servers import *
