"""The edition as JSON, and the schema that is committed for it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from invented_edition import edition

from variorum.edition import from_json, schema, to_json
from variorum.errors import InputError
from variorum.model import Edition, Producer

COMMITTED = Path(__file__).parents[2] / "docs" / "edition.schema.json"


def test_the_committed_schema_is_the_generated_one() -> None:
    """Whoever changes a record runs ``python -m variorum.edition.schema docs/edition.schema.json``."""
    assert json.loads(COMMITTED.read_text("utf-8")) == schema()


def test_the_command_writes_what_is_committed(tmp_path: Path) -> None:
    """The command in the docs gives the committed bytes."""
    target = tmp_path / "schema.json"
    subprocess.run([sys.executable, "-m", "variorum.edition.schema", str(target)], check=True)
    assert target.read_bytes() == COMMITTED.read_bytes()


@pytest.mark.parametrize("made", [edition(), Edition(Producer("0", {}, {}))], ids=["full", "empty"])
def test_an_edition_is_valid(made: Edition) -> None:
    """Draft 2020-12, checked by the standard's library."""
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(json.loads(to_json(made)))


@pytest.mark.parametrize("key", ["problems", "lineage", "schema"])
def test_a_missing_key_is_invalid(key: str) -> None:
    """All keys are always there."""
    data = json.loads(to_json(edition()))
    del data[key]
    with pytest.raises(jsonschema.ValidationError, match=key):
        jsonschema.Draft202012Validator(schema()).validate(data)


def test_an_unknown_key_is_invalid() -> None:
    """None may be added."""
    data = json.loads(to_json(edition()))
    data["stories"][0]["mood"] = "gloomy"
    with pytest.raises(jsonschema.ValidationError, match="mood"):
        jsonschema.Draft202012Validator(schema()).validate(data)


def test_round_trip() -> None:
    """Decoding gives the same records, encoding them the same bytes."""
    made = edition()
    written = to_json(made)
    assert from_json(written) == made
    assert to_json(from_json(written.encode())) == written


def test_half_a_surrogate_pair_is_written_as_one_character() -> None:
    """A report may hold what no file can; the offsets of everything else stay."""
    made = edition()
    broken = replace(made.articles[0], text="x\ud800" + made.articles[0].text[2:])
    written = to_json(replace(made, articles=(broken, *made.articles[1:])))
    assert from_json(written).articles[0].text == "x?" + made.articles[0].text[2:]
    assert written.replace('"text":"x?', '"text":"' + made.articles[0].text[:2], 1) == to_json(made)


def test_the_schema_name_comes_first() -> None:
    """A reader sees first what the file is."""
    assert to_json(edition()).startswith('{"schema":"variorum.edition/1","producer":')


@pytest.mark.parametrize(
    ("data", "reason"),
    [("{", "not an edition"), ('{"schema": 4}', "not an edition"), (b"\xff\xfe", "not an edition")],
)
def test_what_is_no_edition_is_refused(data: str | bytes, reason: str) -> None:
    """With the file's name and the place."""
    with pytest.raises(InputError, match=f"old.json: {reason}"):
        from_json(data, "old.json")


def test_another_version_is_refused() -> None:
    """With what to do about it."""
    with pytest.raises(InputError, match="collate again"):
        from_json(to_json(edition()).replace("variorum.edition/1", "variorum.edition/9"))
