"""Whom ``portal=`` names."""

from __future__ import annotations

from crawler.spiders.orders import PortalOrders


def portals(words, *folders):
    return list(PortalOrders.read({"portal": words}, folders).profiles)


def test_all_leaves_out_the_sample_portal_for_which_nobody_answers():
    assert portals("all") == ["fjsen"]
    assert portals("all,sample") == ["fjsen", "sample"]
    assert portals("sample") == ["sample"]


def test_all_has_the_portals_of_ones_own(tmp_path):
    (tmp_path / "city.toml").write_text(
        'schema = 1\ntitle = "城市"\nhome = "http://www.city-news.cn/"\ndomains = ["city-news.cn"]\n'
    )
    assert portals("all", tmp_path) == ["city", "fjsen"]
