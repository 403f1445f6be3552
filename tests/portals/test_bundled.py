"""The bundled profiles know what is known of their portals."""

from pathlib import Path

import crawler.portals
from crawler.portals import load_profile
from crawler.portals.addresses import kind_of
from crawler.portals.page_kind import PageKind

FOLDER = Path(crawler.portals.__file__).parent


def test_fjsen():
    profile = load_profile("fjsen")
    assert (profile.title, profile.home, profile.domains) == (
        "东南网",
        "http://www.fjsen.com/",
        ("fjsen.com",),
    )
    assert (profile.family, profile.scheme, profile.timezone) == ("founder", "http", "Asia/Shanghai")
    assert {channel.url: channel.name for channel in profile.channels} == {
        "http://fjnews.fjsen.com/node_94962.htm": "福建要闻",
        "http://fz.fjsen.com/node_176.htm": "福州",
        "http://xm.fjsen.com/node_1056.htm": "厦门",
        "http://news.fjsen.com/node_101.htm": "国内",
        "http://www.fjsen.com/C_Society.htm": "社会",
    }
    (template,) = profile.article.templates
    assert [source.text for source in template.fields["body"]][:5] == [
        "div.cont-news", "div.content > div#zoom", "div.left > div.zw", "div.content > div.big > div#zoom", "td#new_message_id",
    ]  # fmt: skip
    assert any(pattern.search("该稿件为已删除或过期的稿件") for pattern in profile.article.gone)


def test_sample():
    profile = load_profile("sample")
    assert profile.families == ("founder", "trs", "generic")
    assert profile.sitemaps == ("http://www.sample-news.test/sitemap_index.xml",)
    assert profile.feeds == ("http://www.sample-news.test/rss.xml",)
    assert [channel.id for channel in profile.channels] == [
        "node_101", "node_176", "node_177", "node_178", "node_1056", "C_Society", "zwgk", "xwdt",
        "node_190", "node_191",
    ]  # fmt: skip
    assert [channel.id for channel in profile.channels if channel.render] == ["node_190", "node_191"]
    assert profile.rate >= 50
    for channel in profile.channels:
        assert kind_of(channel.url, profile) is PageKind.CHANNEL


def test_bundled_portals_of_a_known_family_are_short():
    for name in ("fjsen", "sample"):
        lines = (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines()
        assert len([line for line in lines if line.strip() and not line.startswith("#")]) <= 24


def test_no_rule_of_the_code_names_a_portal():
    """What is known of one portal stands in its profile, never in code."""
    for folder in ("portals", "discovery", "urls"):
        for path in (FOLDER.parent / folder).rglob("*.py"):
            code = "\n".join(
                line for line in path.read_text(encoding="utf-8").splitlines() if "``" not in line
            )
            for word in ("C_Society", "HotFinance", "cont-left", "displaypagenum", "_baidu", "sample-news"):
                assert word not in code, f"{path.name}: {word}"
