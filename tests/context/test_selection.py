"""Whom ``portal=`` names."""

from __future__ import annotations

import pytest

from crawler.context import PortalSelection
from crawler.errors import ProfileError


def portals(words, *folders):
    return list(PortalSelection.read({"portal": words}, folders).profiles)


def test_all_leaves_out_the_sample_portal_for_which_nobody_answers():
    assert portals("all") == ["fjsen"]
    assert portals("all,sample") == ["fjsen", "sample"]
    assert portals("sample") == ["sample"]


def test_all_has_the_portals_of_ones_own(tmp_path):
    (tmp_path / "city.toml").write_text(
        'schema = 1\ntitle = "城市"\nhome = "http://www.city-news.cn/"\ndomains = ["city-news.cn"]\n'
    )
    assert portals("all", tmp_path) == ["city", "fjsen"]


BROKEN = 'schema = 1\ntitle = "坏"\n'
SOUND = 'schema = 1\ntitle = "城市"\nhome = "http://www.city-news.cn/"\ndomains = ["city-news.cn"]\ntags = {level = "city"}\n'


@pytest.mark.parametrize("words", ["all", "@level=city", "city,@level=city"])
def test_a_broken_profile_stops_no_portal_but_its_own(tmp_path, words):
    (tmp_path / "broken.toml").write_text(BROKEN)
    (tmp_path / "city.toml").write_text(SOUND)
    selection = PortalSelection.read({"portal": words}, [tmp_path])
    assert "city" in selection.profiles
    assert "broken" not in selection.profiles
    assert [error.file for error in selection.left_out] == [str(tmp_path / "broken.toml")]


def test_a_broken_profile_that_is_asked_for_by_its_name(tmp_path):
    (tmp_path / "broken.toml").write_text(BROKEN)
    with pytest.raises(ProfileError, match="domains: missing"):
        portals("broken", tmp_path)
    with pytest.raises(ProfileError, match="domains: missing"):
        portals("@level=city", tmp_path)


def test_a_sound_portal_by_its_name_does_not_ask_for_the_others(tmp_path):
    (tmp_path / "broken.toml").write_text(BROKEN)
    assert not PortalSelection.read({"portal": "fjsen"}, [tmp_path]).left_out
