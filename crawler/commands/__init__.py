"""The ``scrapy`` sub-commands of the project, a module each, named as they are called."""
