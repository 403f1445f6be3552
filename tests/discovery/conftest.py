"""Pages and profiles made of a few lines."""

import pytest

from crawler.discovery import read_links
from crawler.parsing import Document
from crawler.portals import load_profile, parse_profile
from crawler.portals.page_kind import PageKind

HEAD = 'title = "测试网"\nhome = "http://www.test-news.cn/"\ndomains = ["test-news.cn"]\n'
PAGE = "http://www.test-news.cn/node_1.htm"


@pytest.fixture(scope="session")
def founder():
    return parse_profile(HEAD + 'family = "founder"\n', "test")


@pytest.fixture(scope="session")
def generic():
    return parse_profile(HEAD, "test")


@pytest.fixture(scope="session")
def trs():
    return parse_profile(HEAD + 'family = "trs"\n', "test")


@pytest.fixture(scope="session")
def fjsen():
    return load_profile("fjsen")


@pytest.fixture
def links_of(founder):
    """The links of a page's body."""

    def read(body, *, url=PAGE, page=PageKind.CHANNEL, profile=founder, channel=None, content_type=None):
        if isinstance(body, bytes):
            doc = Document.from_bytes(body, url, content_type)
        else:
            doc = Document.from_text(f"<html><body>{body}</body></html>", url)
        return read_links(doc, profile, page=page, channel=channel)

    return read
