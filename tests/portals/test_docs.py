"""docs/profiles.md does not lag behind the schema."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from crawler.portals import parse_profile
from crawler.portals.loader import list_profiles
from crawler.portals.schema import LATER, PortalTable, Table
from crawler.portals.sources import parse_source

DOC = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")
TABLE = DOC.partition("<!-- schema:")[2].partition("\n## ")[0]
ROWS = dict(re.findall(r"^\| `([\w.]+)` \|.*?\| (\S[^|]*?) \|", TABLE, re.MULTILINE))


def tables_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return [annotation]
    return [table for part in get_args(annotation) for table in tables_in(part)]


def keys_of(table, path=""):
    """Every dotted key; tables that stand twice are described once."""
    for field in msgspec.structs.fields(table):
        name = f"{path}{field.encode_name}"
        inner = tables_in(field.type)
        if not inner or name in (
            "channels",
            "channels.list",
            "list.pager",
            "article.pages",
            "article.template",
            "channels.render",
            "channels.request",
        ):
            yield name
        if inner and name != "channels.list":
            yield from keys_of(inner[0], f"{name}.")


def test_every_key_is_described():
    assert {*keys_of(PortalTable), *LATER} == set(ROWS)


def test_keys_that_come_later_are_described_as_in_the_schema():
    rows = dict(re.findall(r"^\| `([\w.]+)` \| *\| later \| ([^|]*?) \|", TABLE, re.MULTILINE))
    assert rows == LATER


def test_every_family_is_described():
    folder = Path(__file__).parents[2] / "crawler" / "portals" / "families"
    for path in folder.glob("*.toml"):
        assert f"| `{path.stem}` |" in DOC


@pytest.mark.parametrize("number", range(4))
def test_the_examples_are_good(number):
    example = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)[number]
    head = 'title = "x"\nhome = "http://a.cn/"\ndomains = ["a.cn"]\n'
    if "schema = 1" in example:
        profile = parse_profile(example, "city")
        assert len([line for line in example.splitlines() if line.strip() and not line.startswith("#")]) <= 11
        assert len(profile.channels) == 2
    elif "request =" in example:
        profile = parse_profile(f'title = "x"\ndomains = ["city-news.example"]\n{example}', "x")
        assert profile.channels[0].request
        assert profile.list.items == ("data.list",)
    elif "[[article.template]]" in example:
        assert len(parse_profile(f'{head}family = "trs"\n{example}', "x").article.templates) == 3
    else:
        assert parse_profile(f"{head}[[article.template]]\n{example}", "x").article.templates


def test_the_sources_of_the_table_are_good():
    table = DOC.partition("## Sources and filters")[2].partition("Filters stand")[0]
    rows = [row for row in re.findall(r"^\| `([^`]*)` \|", table, re.MULTILINE) if "…" not in row]
    assert len(rows) == 7
    for row in rows:
        parse_source(row)


def test_the_list_that_is_shown_names_the_bundled_portals():
    for name in list_profiles():
        assert re.search(rf"^{name} ", DOC, re.MULTILINE)
