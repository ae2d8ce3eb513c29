"""What a batch found, into a library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import InputError, UsageError
from variorum.ports import Progress, Store, ToldStory

_ROWS = 64  # stories read at once


def load(folder: Path, store: Store, collection: str, progress: Progress | None = None) -> int:
    """Load the tables of a finished batch into a new collection; how many articles it has. All or nothing. Raises
    `UsageError` where ``folder`` holds none, or the collection has articles, `InputError` for a damaged table."""
    total = 0
    for total in store.load(collection, told(folder)):
        if progress is not None:
            progress("import", total, 0)
    return total


def told(folder: Path) -> Iterator[ToldStory]:
    """The stories of a finished batch, in their order."""
    files = sorted((folder / "told").glob("*.parquet"))
    if not files:
        raise UsageError(f"{folder}: holds no finished batch; run variorum batch … -o {folder} first")
    for path in files:
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, use_threads=False):
                    for row in batch.to_pylist():
                        several = dict(zip(row["several"][::2], row["several"][1::2], strict=True))
                        dated = frozenset(row["dated"])
                        yield ToldStory(row["key"], row["position"], row["record"], dated, several)
        except (pa.ArrowException, OSError, KeyError) as exc:
            raise InputError(str(path), f"no table of a batch, or damaged ({exc}); run the batch again") from exc
