"""Where profiles come from."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from crawler.errors import ProfileError, UsageError
from crawler.portals import list_profiles, load_profile, load_profiles, parse_profile

ROOT = Path(__file__).parents[2]
MINE = 'title = "我的"\nhome = "https://www.mine.cn/"\ndomains = ["mine.cn"]\n'


def test_bundled_profiles():
    assert {"fjsen", "sample"} <= set(list_profiles())
    sound, broken = load_profiles()
    assert sound.keys() == set(list_profiles())
    assert not broken


def test_a_folder_adds_and_replaces(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    (first / "mine.toml").write_text(MINE, encoding="utf-8")
    (second / "mine.toml").write_text(MINE.replace("我的", "别的"), encoding="utf-8")
    (second / "fjsen.toml").write_text(MINE.replace("我的", "换了"), encoding="utf-8")
    (second / ".#mine.toml").write_text("", encoding="utf-8")
    (second / "mine.toml~").write_text("", encoding="utf-8")
    folders = [str(first), str(second)]
    assert set(list_profiles(folders)) == {*list_profiles(), "mine"}
    mine = load_profile("mine", folders)
    assert (mine.title, mine.file, mine.scheme) == ("我的", str(first / "mine.toml"), "https")
    assert load_profile("fjsen", folders).title == "换了"
    assert load_profile("fjsen").title == "东南网"


@pytest.mark.parametrize(
    ("name", "asked", "reason"),
    [
        ("Fuzhou", "Fuzhou", "'Fuzhou' is no name for a portal: a-z, 0-9, - and _ only"),
        ("Fuzhou", "fuzhou", "'Fuzhou' is no name for a portal"),
        ("Bad Name", "Bad Name", "'Bad Name' is no name"),
        ("a,b", "a,b", "'a,b' is no name"),
        ("福州", "福州", "'福州' is no name"),
        ("all", "all", "'all' means every portal"),
        ("a\nb", "a\nb", "is no name"),
    ],
)
def test_a_file_whose_name_no_portal_can_have_is_told(tmp_path, name, asked, reason):
    (tmp_path / f"{name}.toml").write_text(MINE, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(asked, [tmp_path])
    assert reason in caught.value.reason
    assert "\n" not in str(caught.value)
    sound, broken = load_profiles([tmp_path])
    assert (set(broken), set(sound)) == ({name}, set(list_profiles()))


def test_a_folder_is_no_profile_and_a_bundled_one_is_found_beside_a_misspelt_one(tmp_path):
    (tmp_path / "x.toml").mkdir()
    (tmp_path / "Fjsen.toml").write_text(MINE, encoding="utf-8")
    with pytest.raises(ProfileError, match="a folder, where a profile is expected"):
        load_profile("x", [tmp_path])
    assert load_profile("fjsen", [tmp_path]).title == "东南网"


def test_domains_that_nobody_owns_are_for_single_pages_only():
    text = 'title = "x"\nhome = "http://gov.cn/"\ndomains = ["gov.cn"]\n'
    with pytest.raises(ProfileError, match="nobody's"):
        parse_profile(text, "x")
    assert parse_profile(text, "x", adhoc=True).domains == ("gov.cn",)
    for own in ("www.gov.cn", "zj.gov.cn", "a.test", "test.example", "localhost", "127.0.0.1", "a.nosuchtld"):
        assert parse_profile(text.replace("gov.cn", own), "x").domains == (own,)


def test_unknown_portals():
    with pytest.raises(UsageError, match=r"unknown portal 'fjsem'; did you mean fjsen\?"):
        load_profile("fjsem")
    with pytest.raises(UsageError, match="known are fjsen"):
        load_profile("../portals/fjsen")


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        list_profiles([tmp_path / "none"])


SHEET = """\ufeffid,url,name,tags,every,enabled
1,http://www.mine.cn/a/,甲,province=浙江;city=330100,10m,1

,http://www.mine.cn/b/list_7.htm,"乙,丙",,,否
"""


def test_channels_from_a_spreadsheet(tmp_path):
    (tmp_path / "mine.toml").write_text(
        MINE + 'channels_from = "mine.csv"\n[[channels]]\nurl = "http://www.mine.cn/c/"\n', encoding="utf-8"
    )
    (tmp_path / "mine.csv").write_text(SHEET, encoding="utf-8")
    own, first, second = load_profile("mine", [tmp_path]).channels
    assert own.id == "c"
    assert (first.id, first.url, first.name, first.every) == ("1", "https://www.mine.cn/a/", "甲", 600)
    assert first.tags == {"province": "浙江", "city": "330100"}
    assert first.enabled
    assert (second.id, second.name, second.enabled) == ("list_7", "乙,丙", False)


@pytest.mark.parametrize(
    ("sheet", "key", "reason"),
    [
        ("id,name\n1,x\n", "line 1", "no column url"),
        ("url,nmae\n", "line 1", "did you mean name?"),
        ("url,url\n", "line 1", "twice"),
        ("", "line 1", "no column url"),
        ("url,name\nhttp://www.mine.cn/a/\n", "line 2", "1 cells, but the header has 2"),
        ("url,enabled\nhttp://www.mine.cn/a/,maybe\n", "line 2", "neither 1 nor 0"),
        ("url,tags\nhttp://www.mine.cn/a/,浙江\n", "line 2", "key=value"),
        ("url,tags\nhttp://www.mine.cn/a/,a.b=c\n", "line 2.tags.a.b", "no name for a tag"),
        ("url,every\nhttp://www.mine.cn/a/,soon\n", "line 2.every", "no interval"),
        ("url\nhttp://www.mine.cn/a/\nhttp://other.cn/\n", "line 3.url", "outside of domains"),
        (
            "id,url\nx,http://www.mine.cn/a/\nx,http://www.mine.cn/b/\n",
            "line 3.id",
            "is the id of line 2 too",
        ),
        ('url\n"http://www.mine.cn/a/\n', "line 2", "bad CSV"),
    ],
)
def test_a_bad_row_is_named(tmp_path, sheet, key, reason):
    (tmp_path / "mine.toml").write_text(MINE + 'channels_from = "mine.csv"\n', encoding="utf-8")
    (tmp_path / "mine.csv").write_text(sheet, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile("mine", [tmp_path])
    assert caught.value.file.endswith("mine.csv")
    assert caught.value.key == key
    assert reason in caught.value.reason


def test_a_spreadsheet_stays_in_its_folder(tmp_path):
    for name in ("../mine.csv", "/etc/passwd", "none.csv"):
        (tmp_path / "mine.toml").write_text(MINE + f'channels_from = "{name}"\n', encoding="utf-8")
        with pytest.raises(ProfileError) as caught:
            load_profile("mine", [tmp_path])
        assert caught.value.key == "channels_from"


def test_the_hash_follows_the_rules_only():
    base = parse_profile(MINE, "mine").hash
    assert len(base) == 16
    assert parse_profile(MINE + "rate = 9\n", "mine").hash == base
    assert parse_profile(MINE.replace("我的", "新的"), "mine").hash == base
    assert parse_profile(MINE + '[[channels]]\nurl = "http://mine.cn/x/"\n', "mine").hash == base
    assert parse_profile(MINE + "[article]\nurls = ['x']\n", "mine").hash != base
    assert parse_profile(MINE + 'timezone = "UTC"\n', "mine").hash != base


@pytest.mark.slow
def test_profiles_are_found_in_a_zipped_egg(tmp_path):
    egg = tmp_path / "project.egg"
    with zipfile.ZipFile(egg, "w") as archive:
        for path in (ROOT / "crawler").rglob("*"):
            if path.suffix in {".py", ".toml"}:
                archive.write(path, path.relative_to(ROOT))
    code = (
        f"import sys; sys.path.insert(0, {str(egg)!r})\n"
        "from crawler.portals import load_profiles\n"
        "import crawler; assert '.egg' in crawler.__file__\n"
        "print({name: (profile.families, profile.file) for name, profile in load_profiles()[0].items()})\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "'fjsen': (('founder', 'generic'), 'portals/fjsen.toml')" in result.stdout
