"""Every setting that code reads stands in ``crawler.settings``, and every one of ours that stands there is read."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from scrapy.settings import default_settings
from scrapy_redis.connection import SETTINGS_PARAMS_MAP

from crawler import settings as declared
from tests.source.modules import product

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
READERS = re.compile(r"set|get(bool|int|float|list|dict|priority)?")

# These read settings by names that stand in tables of theirs: every such string there is taken for one.
BY_TABLE = {"crawler/commands/checks.py", "crawler/commands/stack.py", "crawler/frontier/options.py"}

# This one reads scrapy-redis's own, by scrapy-redis's table; what it decodes is ours alone.
OF_SCRAPY_REDIS = {
    "crawler/frontier/redis/connection.py": {*SETTINGS_PARAMS_MAP} - {"REDIS_DECODE_RESPONSES"}
}

PROJECT = {name for name in vars(declared) if name.isupper()}
SCRAPY = {name for name in vars(default_settings) if name.isupper()}


def is_settings(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "configured"
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.lstrip("_") == "settings"


@cache
def names_read(tree: ast.Module) -> tuple[set[str], bool, bool]:
    """The names that are given as they are; whether a variable is one; whether a default is given."""
    names, by_variable, defaults = set(), False, False
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_settings(node.value):
            key = node.slice
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and READERS.fullmatch(node.func.attr)
            and is_settings(node.func.value)
        ):
            key = node.args[0]
            defaults = defaults or (node.func.attr != "set" and len(node.args) + len(node.keywords) > 1)
        else:
            continue
        if isinstance(key, ast.Constant):
            names.add(key.value)
        else:
            by_variable = True
    return names, by_variable, defaults


def words_of(tree: ast.Module) -> set[str]:
    found = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {word for word in found if NAME.fullmatch(word)}


@cache
def modules() -> dict[str, ast.Module]:
    return {
        module.path: module.tree
        for module in product()
        if module.path.startswith("crawler/") and not module.path.startswith("crawler/settings/")
    }


@cache
def all_read() -> set[str]:
    found: set[str] = set()
    for path, tree in modules().items():
        found |= names_read(tree)[0] | OF_SCRAPY_REDIS.get(path, set())
        if path in BY_TABLE:
            found |= words_of(tree)
    return found


def test_every_setting_that_is_read_is_declared():
    assert sorted(all_read() - PROJECT - SCRAPY) == []


def test_every_setting_of_ours_is_read():
    assert sorted(PROJECT - SCRAPY - all_read()) == []


def test_names_in_variables_are_known_here():
    by_variable = {path for path, tree in modules().items() if names_read(tree)[1]}
    assert by_variable == BY_TABLE | {*OF_SCRAPY_REDIS}


def test_no_second_default():
    assert [path for path, tree in modules().items() if names_read(tree)[2]] == []


def test_every_setting_has_its_meaning_beside_it():
    bare = []
    for path in (ROOT / "crawler/settings").glob("*.py"):
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines):
            name = re.match(r"[A-Z][A-Z0-9_]+(?=[ :])", line)
            above = number
            while above and lines[above - 1] and not lines[above - 1].startswith(("#", " ", "}", "]", ")")):
                above -= 1  # a comment is of all the lines below it, up to a blank one
            if name and name[0] not in SCRAPY and not lines[above - 1].startswith("#"):
                bare.append(name[0])
    assert bare == []


def test_every_setting_is_declared_in_one_module():
    found = Counter(
        name
        for path in (ROOT / "crawler/settings").glob("*.py")
        for name in re.findall(r"^([A-Z][A-Z0-9_]+)(?=[ :])", path.read_text("utf-8"), re.MULTILINE)
    )
    assert {*found} == PROJECT
    assert [name for name, times in found.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(PROJECT - SCRAPY))
def test_the_documentation_names_it(name):
    texts = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(re.search(rf"`[^`\n]*\b{name}\b", path.read_text("utf-8")) for path in texts)


def test_the_scan_sees_what_it_is_for():
    tree = ast.parse(
        'a = self._settings.getint("A_B", 1); b = self.configured()["C_D"]; settings.set(name, 1)'
    )
    assert names_read(tree) == ({"A_B", "C_D"}, True, True)
