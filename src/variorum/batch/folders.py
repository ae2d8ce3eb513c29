"""Tables on a disk: folders of Parquet parts, each part there as a whole or not at all.

A folder's name ends in a digest of all that its content depends on, so a part that is there is right: what was done
before a run was cut off need not be done again, and what other settings would make otherwise stands elsewhere.
"""

from __future__ import annotations

import errno
import os
import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import VariorumError

_ROWS: Final = 256  # of a batch, at most
_BYTES: Final = 8_000_000  # of what is binary or text in one
_DONE: Final = "_done"


def shape(**columns: str) -> pa.Schema:
    """A schema from the names of types; "list:TYPE" is a list."""
    return pa.schema([(name, _type(kind)) for name, kind in columns.items()])


def _type(kind: str) -> pa.DataType:
    if kind.startswith("list:"):
        return pa.list_(_type(kind.removeprefix("list:")))
    return pa.type_for_alias(kind)


@dataclass(frozen=True, slots=True)
class Folder:
    """A table: ``path/PART.parquet`` for each of its ``parts``, in their order; ``key`` is the digest that its content
    follows from."""

    path: Path
    schema: pa.Schema
    parts: tuple[str, ...]
    key: str

    def file(self, part: str) -> Path:
        """Where a part is, or will be."""
        return self.path / f"{part}.parquet"

    def missing(self) -> list[str]:
        """Parts that are not there yet."""
        if (self.path / _DONE).exists():
            return []
        there = {entry.name for entry in os.scandir(self.path)} if self.path.is_dir() else set()
        return [part for part in self.parts if f"{part}.parquet" not in there]

    def finish(self) -> None:
        """Mark it: all parts are there."""
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / _DONE).touch()

    def batches(self, part: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """One part, as it was written."""
        with pq.ParquetFile(self.file(part), memory_map=True) as file:
            for group in range(file.num_row_groups):
                yield from file.read_row_group(group, columns, use_threads=False).to_batches()

    def rows(self, columns: Sequence[str], parts: Iterable[str] | None = None) -> Iterator[tuple[Any, ...]]:
        """Some columns of all parts, or of some, row by row."""
        for part in self.parts if parts is None else parts:
            for batch in self.batches(part, columns):
                yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)

    def table(self, columns: Sequence[str]) -> pa.Table:
        """Some columns of all parts."""
        shape = pa.schema([self.schema.field(name) for name in columns])
        return pa.Table.from_batches(
            (b.select(columns) for part in self.parts for b in self.batches(part, columns)), schema=shape
        )

    def write(self, part: str, batches: Iterable[pa.RecordBatch]) -> int:
        """Write a part: at once, or not at all. How many rows it has. Raises `VariorumError` where the disk is full."""
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.file(part)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
        rows = 0
        try:
            with unfinished.open("wb") as stream:
                with pq.ParquetWriter(stream, self.schema, compression="zstd") as writer:
                    for batch in batches:
                        rows += batch.num_rows
                        writer.write_batch(batch)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
        except OSError as exc:
            raise full(self.path, exc) from exc
        finally:
            unfinished.unlink(missing_ok=True)
        return rows


def full(path: Path, exc: OSError) -> VariorumError:
    """What to say of a disk that took no more."""
    if exc.errno == errno.ENOSPC:
        return VariorumError(
            f"{path}: no space left on the disk; make room and give the same command again: it goes on where it was"
        )
    return VariorumError(f"{path}: cannot be written or read: {exc.strerror or exc}")


def batched(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> Iterator[pa.RecordBatch]:
    """Rows as batches of bounded size, cut the same way whoever makes them."""
    held: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
        if len(held) == _ROWS or size >= _BYTES:
            yield _batch(schema, held)
            held, size = [], 0
    if held:
        yield _batch(schema, held)


def _batch(schema: pa.Schema, rows: Sequence[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    return pa.record_batch(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def digest(*basis: object) -> str:
    """Of things whose representation says all about them."""
    return sha256(repr(basis).encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Side:
    """Something small that all parts of a phase need, in a file. Its large arrays stand in another as they are in
    memory, which the processes of a machine have in common."""

    path: Path

    @classmethod
    def put(cls, folder: Path, thing: object) -> Side:
        """Write it."""
        folder.mkdir(parents=True, exist_ok=True)
        path, arrays = folder / "side.pickle", folder / _ARRAYS
        places: list[tuple[int, int]] = []
        try:
            with arrays.with_suffix(".part").open("wb") as file:

                def keep(array: pickle.PickleBuffer) -> None:
                    file.write(bytes(-file.tell() % _ALIGNED))
                    begin = file.tell()
                    file.write(array.raw())
                    places.append((begin, file.tell()))

                packed = pickle.dumps(thing, 5, buffer_callback=keep)
            path.with_suffix(".part").write_bytes(pickle.dumps((places, packed)))
            arrays.with_suffix(".part").replace(arrays)
            path.with_suffix(".part").replace(path)
        except OSError as exc:
            raise full(folder, exc) from exc
        return cls(path)

    def get(self) -> Any:
        """What is in it; read once in each process."""
        held = _SIDES.get(self.path)
        if held is None:
            if len(_SIDES) >= 4:
                _SIDES.clear()
            held = _SIDES[self.path] = self._read()
        return held

    def _read(self) -> Any:
        places, packed = pickle.loads(self.path.read_bytes())  # our own file
        arrays = memoryview(b"")
        if places and places[-1][1]:
            with self.path.with_name(_ARRAYS).open("rb") as file:
                # What one process writes into an array is its own.
                arrays = memoryview(mmap(file.fileno(), 0, access=ACCESS_COPY))
        return pickle.loads(packed, buffers=[arrays[begin:end] for begin, end in places])


_ARRAYS: Final = "arrays.raw"
_ALIGNED: Final = 64  # bytes: arrays begin at multiples of it
_SIDES: dict[Path, Any] = {}


def flat(lists: Iterable[Sequence[Any]]) -> list[Any]:
    """All items of some lists."""
    return list(chain.from_iterable(lists))
