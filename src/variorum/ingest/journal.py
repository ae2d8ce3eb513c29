"""What a run has read, so that nothing counts twice – and, kept in a file, so that a stopped run can go on.

A SQLite database holds it, because it has to hold for archives: in memory it stays small however much was read, and
what is committed is committed together. Without a path it is a temporary one that nobody sees.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from variorum.errors import UsageError

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS seen (key BLOB PRIMARY KEY, source TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    key TEXT PRIMARY KEY, records INTEGER NOT NULL, finished INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
_EVERY: Final = 1.0  # seconds between two checkpoints


class Journal:
    """``flushed`` is called before each checkpoint; it brings to disk what was made so far and says how long each
    output is. Whatever is longer when a run goes on was not committed and is cut off."""

    def __init__(self, path: Path | None = None, flushed: Callable[[], Mapping[str, int]] | None = None) -> None:
        self._flushed = flushed
        self._next = time.monotonic() + _EVERY
        try:
            self._base = sqlite3.connect(str(path) if path else "", isolation_level=None)
            self._base.executescript(_TABLES)
        except sqlite3.Error as exc:
            raise UsageError(f"{path}: no journal of ours ({exc}); give another folder") from exc
        self._base.execute("BEGIN")

    def first(self, key: bytes, source: str) -> str | None:
        """The source that had ``key`` before; None if nobody had, and then it is remembered."""
        if self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, source)).rowcount:
            return None
        found = self._base.execute("SELECT source FROM seen WHERE key = ?", (key,)).fetchone()
        return str(found[0])

    def records(self, file: str) -> int:
        """How many records of a file are done."""
        found = self._base.execute("SELECT records FROM files WHERE key = ?", (file,)).fetchone()
        return int(found[0]) if found else 0

    def finished(self, file: str) -> bool:
        """Whether all of a file is done."""
        found = self._base.execute("SELECT finished FROM files WHERE key = ?", (file,)).fetchone()
        return bool(found and found[0])

    def advance(self, file: str, records: int, *, finished: bool = False) -> None:
        """So many records of a file are done, and what came of them is written."""
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (file, records, finished))
        if self._flushed is not None and time.monotonic() > self._next:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Commit what was done, with what it led to."""
        for name, value in (self._flushed() if self._flushed else {}).items():
            self.note(name, value)
        self.commit()
        self._next = time.monotonic() + _EVERY

    def commit(self) -> None:
        """Commit what was noted."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN")

    def note(self, name: str, value: int) -> None:
        """Remember a number."""
        self._base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def fact(self, name: str) -> int | None:
        """A number that was remembered."""
        found = self._base.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else None

    def close(self) -> None:
        """Give up what was not committed."""
        self._base.close()
