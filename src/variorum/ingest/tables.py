"""JSONL, JSON, CSV and Parquet: each row is a record. Streams are read row by row, Parquet batch by batch."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from typing import IO, Any, Final

from variorum.errors import InputError, MissingDependencyError
from variorum.ingest.article import Hints
from variorum.ingest.columns import columns_of, delimiter_of, renamed
from variorum.ingest.decode import decode, encoding_of
from variorum.ingest.records import Found, IngestConfig, Record, problem, said, too_large
from variorum.ingest.unpack import BoundedLines

_SAMPLE: Final = 65_536  # bytes that decide a table's encoding
_BATCH: Final = 64  # rows of Parquet held at once


def read_jsonl(stream: IO[bytes], name: str, config: IngestConfig) -> Found:
    """A record a line; ``source`` is ``name:line``."""
    offset = 0
    for number, line, size in BoundedLines(stream, config.max_bytes):
        place = f"{name}:{number}"
        if line is None:
            yield problem(place, too_large("this line", config.max_bytes))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield Record(line, Hints(place), "row", at=(offset, offset + size))
        offset += size


def read_json(data: bytes, name: str) -> Found:
    """One object, or a list of them; ``source`` of one in a list is ``name:number``."""
    decoded = decode(data)
    if isinstance(decoded, str):
        raise InputError(name, decoded)
    try:
        loaded = json.loads(decoded.text)
    except (ValueError, RecursionError) as exc:
        raise InputError(name, f"not JSON ({said(exc)}); pass one object, a list of them, or one a line") from exc
    rows = loaded if isinstance(loaded, list) else [loaded]
    if not rows:
        yield problem(name, "an empty list; nothing to read")
    for number, row in enumerate(rows, 1):
        place = f"{name}:{number}" if isinstance(loaded, list) else name
        yield Record(_line(row), Hints(place), "row")


def _line(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


# --- tables with named columns ------------------------------------------------------------------------------------


def _named(given: list[str], name: str, config: IngestConfig) -> dict[str, str]:
    """Which column holds what; raises `InputError` where none holds a text."""
    columns = columns_of(given, config.columns)
    if missing := [column for field, column in config.columns if field not in columns]:
        raise InputError(name, f"no column {missing[0]!r}; there are {', '.join(given[:20])}")
    if not {"text", "html"} & columns.keys():
        raise InputError(name, f"no column holds the text; name it with --column text=NAME ({', '.join(given[:20])})")
    return columns


def read_csv(stream: IO[bytes], name: str, config: IngestConfig) -> Found:
    """A record a row under the names of the first line; ``source`` is ``name:line`` of the row's last line."""
    lines = _Decoded(stream, name, config.max_bytes)
    header = next(iter(lines), "")
    csv.field_size_limit(config.max_bytes)
    delimiter = delimiter_of(header)
    try:
        given = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error as exc:
        raise InputError(
            name, f"a first line that names no columns ({said(exc)}); write one, each name a cell"
        ) from exc
    columns = _named(given, name, config)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as exc:
            reason = f"no row of a table ({said(exc)}); a quotation mark may be open; what came before it was kept"
            yield problem(f"{name}:{lines.number}", reason)
            return
        if row is None:
            break
        if any(row):
            cells = dict(zip(given, row, strict=False))
            yield Record(_line(renamed(cells, columns)), Hints(f"{name}:{lines.number}"), "row")
    if lines.damaged:
        reason = f"bytes that are not valid {lines.encoding} (first in line {lines.damaged}) were read as U+FFFD"
        yield problem(name, f"{reason}; save the table as UTF-8 to keep every letter")


class _Decoded:
    """The lines of a table as text, never longer than ``limit``; the encoding is decided by the first of it."""

    def __init__(self, stream: IO[bytes], name: str, limit: int) -> None:
        head = stream.peek(_SAMPLE)[:_SAMPLE] if hasattr(stream, "peek") else b""
        encoding = encoding_of(head)
        if encoding is None or encoding.startswith(("utf-16", "utf-32")):
            raise InputError(name, "no table in an encoding that can be read row by row; save it as UTF-8")
        self.encoding = encoding
        self.number = 0
        self.damaged = 0
        self._name, self._limit = name, limit
        self._lines = iter(BoundedLines(stream, limit))

    def __iter__(self) -> Iterator[str]:
        for number, line, _ in self._lines:
            self.number = number
            if line is None:
                raise InputError(f"{self._name}:{self.number}", too_large("this line", self._limit))
            text = line.removeprefix(codecs.BOM_UTF8 if self.number == 1 else b"").decode(self.encoding, "replace")
            if "\ufffd" in text and not self.damaged:
                self.damaged = self.number
            yield text


def read_parquet(stream: IO[bytes], name: str, config: IngestConfig) -> Found:
    """A record a row; ``source`` is ``name:row``. Only the columns that hold something of ours are read."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as exc:
        raise MissingDependencyError("Parquet needs pyarrow: pip install 'variorum[parquet]'") from exc
    if not stream.seekable():
        raise InputError(name, "Parquet cannot be read from a pipe; save it as a file")
    number = 0
    try:
        table = parquet.ParquetFile(stream, pre_buffer=False)
        columns = _named(table.schema_arrow.names, name, config)
        for batch in table.iter_batches(_BATCH, columns=list(columns.values()), use_threads=False):
            for row in batch.to_pylist():
                number += 1
                line = json.dumps(renamed(row, columns), ensure_ascii=False, default=str)
                yield Record(line.encode("utf-8", "surrogatepass"), Hints(f"{name}:{number}"), "row")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as exc:
        yield problem(name, f"a Parquet file that cannot be read after row {number} ({said(exc)})")
