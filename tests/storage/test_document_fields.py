"""The article's fields are written once: what is stored, exported, printed and documented follows from the dataclass."""

from __future__ import annotations

import io
import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import bson
import pytest
from pyarrow import parquet

from crawler.extraction import to_json
from crawler.items import Article, as_dict
from crawler.storage.export.formats import COLUMNS, JsonLines
from crawler.storage.export.parquet import Parquet
from crawler.storage.fields import BODY, FIELDS, MERGED
from crawler.storage.write.documents import make_draft
from crawler.storage.write.operations import insert

NOW = datetime(2022, 11, 3, 8, 30, 15, 123456, tzinfo=UTC)
ARTICLE = [field.name for field in fields(Article)]
OF_THE_WITHDRAWN = {"gone_at", "gone_reason"}


@pytest.fixture
def article(make_article):
    return make_article(1, published_at=NOW, fetched_at=NOW)


@pytest.fixture
def document(article):
    return bson.decode(insert(make_draft(article, now=NOW), NOW)._doc.raw)


@pytest.mark.parametrize("name", FIELDS)
def test_the_data_model_names_it(name):
    text = (Path(__file__).resolve().parents[2] / "docs/data-model.md").read_text("utf-8")
    table = text.partition("\n## articles\n")[2].partition("\n### ")[0]
    rows = "".join(row for row in table.splitlines() if row.startswith("|"))
    assert f"`{name}`" in rows


def test_the_data_model_names_no_other():
    text = (Path(__file__).resolve().parents[2] / "docs/data-model.md").read_text("utf-8")
    table = text.partition("\n## articles\n")[2].partition("\n### ")[0]
    first = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    assert {name for cell in first for name in re.findall(r"`(\w+)`", cell)} <= {*FIELDS}


def test_json_has_every_field(article):
    assert list(to_json(article)) == ARTICLE
    json.dumps(to_json(article))
    assert to_json(article)["extraction"] == {
        "version": 1,
        "profile": "0123456789abcdef",
        "from": {"title": "profile:h1"},
    }


def test_a_document_has_every_field(article, document):
    assert {*document} == {*FIELDS} - OF_THE_WITHDRAWN
    same = {
        name: value for name, value in json.loads(json.dumps(to_json(article))).items() if name not in MERGED
    }
    stored = json.loads(json.dumps(document, default=lambda moment: moment.isoformat()))
    times = {"published_at", "fetched_at"}
    assert {name: stored[name] for name in same.keys() - times} == {
        name: same[name] for name in same.keys() - times
    }


def test_a_string_of_lxml_is_a_string(make_article):
    class Smart(str):
        __slots__ = ("parent",)

    found = as_dict(make_article(1, title=Smart("题"), editors=(Smart("李四"),)))
    assert (type(found["title"]), type(found["editors"][0])) == (str, str)
    with pytest.raises(TypeError, match="object has no place"):
        as_dict(make_article(1, title=object()))


def test_json_lines_have_every_field_in_the_order_of_the_model(document):
    file = io.BytesIO()
    JsonLines(file).write(document)
    assert list(json.loads(file.getvalue())) == [name for name in FIELDS if name not in OF_THE_WITHDRAWN]


def test_the_columns_of_csv():
    """A further field may bring a column of its own; these stay, in this order."""
    columns = [
        *("_id", "url", "portal", "tags", "channels", "breadcrumb", "type", "title", "subtitle", "summary"),
        *("keywords", "published", "source", "source_url", "authors", "editors", "text", "images", "videos"),
        *("content_hash", "cluster_id", "leader", "revision", "status"),
        *("first_seen_at", "last_seen_at", "fetched_at", "stored_at"),
    ]
    assert [name for name in COLUMNS if name in columns] == columns
    assert {*COLUMNS} <= {*FIELDS} - {"published_at", "related", "found_on", "extraction"}


@pytest.mark.parametrize("text", [True, False])
def test_the_columns_of_parquet(document, text):
    file = io.BytesIO()
    writer = Parquet(file, text=text)
    writer.write(document)
    writer.close()
    schema = parquet.read_schema(io.BytesIO(file.getvalue()))
    assert schema.names == [name for name in FIELDS if name != "extraction" and (text or name not in BODY)]
    assert {str(schema.field(name).type) for name in ("title", "type", "published", "gone_reason")} == {
        "string"
    }
    assert {str(schema.field(name).type) for name in ("published_at", "gone_at")} == {"timestamp[ms, tz=UTC]"}
    assert str(schema.field("tags").type).startswith("map<string, string")
    assert (str(schema.field("revision").type), str(schema.field("comment_count").type)) == ("int32", "int64")
    assert [(part.name, str(part.type)) for part in schema.field("images").type.value_type] == [
        ("url", "string"), ("caption", "string"), ("after", "int32"),
    ]  # fmt: skip
    (row,) = parquet.read_table(io.BytesIO(file.getvalue())).to_pylist()
    assert row["published_at"] == document["published_at"].replace(tzinfo=UTC)
    assert dict(row["tags"]) == document["tags"]
