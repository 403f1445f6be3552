"""Every documented key of a profile has an effect: each is set, and what it changes is seen."""

from __future__ import annotations

import pytest
from key_effects import EFFECTS, HEAD
from test_docs import ROWS

from crawler.errors import ProfileError
from crawler.portals import load_profile, parse_profile
from crawler.portals.schema import LATER

ELSEWHERE = {
    "schema": "test_the_version_of_the_schema_counts",
    "channels_from": "test_channels_come_from_the_sheet_beside_it",
    "article.type": "test_a_type_of_article_that_comes_later_is_refused",
    # tables, of which each key has its own line
    "list.pager": "",
    "article.pages": "",
}


def profile_of(toml, head=()):
    lines = HEAD | dict(head)
    return parse_profile(
        "\n".join(f"{key} = {value}" for key, value in lines.items() if value) + "\n" + toml, "a"
    )


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.key)
def test_what_the_key_changes_is_seen(effect):
    assert effect.probe(profile_of(effect.without)) == effect.without_it
    assert effect.probe(profile_of(effect.toml, effect.head)) == effect.with_it
    assert effect.with_it != effect.without_it


def test_every_documented_key_has_its_test():
    tested = {effect.key for effect in EFFECTS}
    assert tested | set(ELSEWHERE) == set(ROWS) - set(LATER)
    assert all(not name or name in globals() for name in ELSEWHERE.values())


def test_the_version_of_the_schema_counts():
    assert profile_of("schema = 1").name == "a"
    with pytest.raises(ProfileError, match="schema"):
        profile_of("schema = 99")


def test_channels_come_from_the_sheet_beside_it(tmp_path):
    text = "\n".join(f"{key} = {value}" for key, value in HEAD.items())
    (tmp_path / "a.toml").write_text(f'{text}\nchannels_from = "a.csv"\n')
    (tmp_path / "a.csv").write_text("id,url\neins,http://www.a.cn/l/\n")
    assert [channel.id for channel in load_profile("a", [tmp_path]).channels] == ["eins"]


def test_a_type_of_article_that_comes_later_is_refused():
    assert profile_of('[article]\ntype = "html"').name == "a"
    with pytest.raises(ProfileError, match=r"article\.type"):
        profile_of('[article]\ntype = "json"')
