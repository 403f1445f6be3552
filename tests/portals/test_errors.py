"""Every mistake in a profile is one line: file, key, reason."""

import pytest

from crawler.errors import ProfileError
from crawler.portals import load_profile, parse_profile
from tests.portals.mistakes import MISTAKES


@pytest.mark.parametrize(("text", "key", "reason"), MISTAKES)
def test_a_mistake_is_named(text, key, reason):
    with pytest.raises(ProfileError) as caught:
        parse_profile(text, "test", "portals/test.toml")
    assert caught.value.key == key
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2
    line = str(caught.value)
    assert line.startswith("portals/test.toml: " + (f"{key}: " if key else ""))
    assert "\n" not in line


def test_a_name_that_is_none():
    with pytest.raises(ProfileError, match="no name for a portal"):
        parse_profile("", "../etc/passwd")


def test_a_mistake_in_a_family_names_its_file(tmp_path):
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "mine.toml").write_text("[article]\nurls = ['(']\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        'title = "a"\nfamily = "mine"\nhome = "http://a.cn/"\ndomains = ["a.cn"]\n', encoding="utf-8"
    )
    with pytest.raises(ProfileError) as caught:
        load_profile("a", [tmp_path])
    assert caught.value.file.endswith("families/mine.toml")
    assert caught.value.key == "article.urls"


@pytest.mark.parametrize("key", ["title", "home", "domains"])
def test_a_family_is_no_portal(tmp_path, key):
    (tmp_path / "families").mkdir()
    value = '["a.cn"]' if key == "domains" else '"x"'
    (tmp_path / "families" / "mine.toml").write_text(f"{key} = {value}\n", encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        'title = "a"\nfamily = "mine"\nhome = "http://a.cn/"\ndomains = ["a.cn"]\n', encoding="utf-8"
    )
    with pytest.raises(ProfileError, match="not to a family"):
        load_profile("a", [tmp_path])


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / "a.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(ProfileError, match="not UTF-8"):
        load_profile("a", [tmp_path])
