"""Columns of tables and keys of records under our names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import msgspec

from variorum.text import vocabulary

_SEPARATORS: Final = re.compile(r"[\s.-]+")
_NAME: Final = re.compile(r'"?[\w .-]{1,40}"?')
_DELIMITERS: Final = "\t;,|"


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each field is called elsewhere, the likeliest first."""

    text: tuple[str, ...]
    html: tuple[str, ...]
    title: tuple[str, ...]
    id: tuple[str, ...]
    url: tuple[str, ...]
    published: tuple[str, ...]
    publisher: tuple[str, ...]
    language: tuple[str, ...]
    authors: tuple[str, ...]


FIELDS: Final = Columns.__struct_fields__


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return msgspec.structs.asdict(vocabulary.load("columns", Columns))


def _folded(name: str) -> str:
    return _SEPARATORS.sub("_", name.strip().strip('"').lower())


def columns_of(given: Iterable[str], chosen: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Which of the ``given`` columns holds each field; ``chosen`` ones come first. Columns that are not there are
    left out."""
    there = {_folded(name): name for name in reversed(list(given))}
    mapped = {field: there[_folded(name)] for field, name in chosen if _folded(name) in there}
    for field, names in _names().items():
        if field not in mapped and (found := next((there[n] for n in names if n in there), None)) is not None:
            mapped[field] = found
    return mapped


def renamed(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The fields of ``row`` under our names."""
    return {field: row[name] for field, name in columns.items() if row.get(name) is not None}


def delimiter_of(header: str) -> str:
    """What parts the cells of a table's first line."""
    return max(_DELIMITERS, key=header.count)


def looks_like_header(head: bytes) -> bool:
    """Whether a file begins with the names of columns, among them a text and one more that we know."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].rstrip(b"\r")
    if len(first) > 2000 or not first.isascii():
        return False
    line = first.decode("ascii")
    cells = line.split(delimiter_of(line))
    if len(cells) < 2 or not all(_NAME.fullmatch(cell) for cell in cells):
        return False
    known = columns_of(_folded(cell) for cell in cells if cell == cell.lower())
    return len(known) > 1 and bool({"text", "html"} & known.keys())
