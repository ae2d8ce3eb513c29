"""The edition as JSON and back, and the JSON Schema that says what may stand in it."""

from __future__ import annotations

import json
from typing import Any, Final

import msgspec

from variorum.errors import InputError
from variorum.model import SCHEMA, Edition

_FIRST: Final = ("schema", "producer")  # as the design writes them: a reader sees first what the file is


def to_json(edition: Edition) -> str:
    """One line of JSON with every key there, and a line feed; the same edition gives the same bytes. Half a surrogate
    pair, which no file can hold, becomes one question mark, so that offsets stay."""
    names = (*_FIRST, *(f for f in Edition.__slots__ if f not in _FIRST))
    record = {name: getattr(edition, name) for name in names}
    try:
        return msgspec.json.encode(record).decode() + "\n"
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(record), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace").decode() + "\n"


def from_json(data: str | bytes, source: str = "edition") -> Edition:
    """The edition that `to_json` wrote. Raises `InputError` naming ``source`` and the field that is wrong."""
    try:
        edition = msgspec.json.decode(data, type=Edition)
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise InputError(source, f"not an edition: {exc}") from exc
    if edition.schema != SCHEMA:
        raise InputError(source, f"written as {edition.schema!r}; this version reads {SCHEMA!r}, so collate again")
    return edition


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the edition, from `variorum.model`: every key is required, none may be added."""
    (reference,), definitions = msgspec.json.schema_components([Edition], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "properties" in definition:
            definition["required"] = list(definition["properties"])
            definition["additionalProperties"] = False
            for shape in definition["properties"].values():
                shape.pop("default", None)
    definitions["Edition"]["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **reference,
        "$defs": definitions,
    }
