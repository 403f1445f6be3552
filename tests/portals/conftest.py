"""Profiles made of a few lines of TOML."""

import pytest

from crawler.portals import parse_profile

HEAD = 'title = "测试网"\nhome = "http://www.test-news.cn/"\ndomains = ["test-news.cn"]\n'


@pytest.fixture
def profile_of():
    """A profile from the lines behind title, home and domains."""

    def make(lines: str = "", name: str = "test"):
        return parse_profile(HEAD + lines, name)

    return make
