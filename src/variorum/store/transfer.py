"""Backups. A backup is always an SQLite file with the same tables, so that a library can move from one kind of
database to the other, and be opened as it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection, Engine, MetaData, Table, func, insert, select, text
from sqlalchemy.engine import URL

from variorum.errors import StoreError, UsageError
from variorum.model import Article
from variorum.store import schema
from variorum.store.codec import unpack
from variorum.store.engines import connect
from variorum.store.tables import articles, metadata

_ROWS: Final = 500


def backup(engine: Engine, path: Path) -> None:
    """Everything as it stands at one moment into the new file ``path``, which appears whole or not at all."""
    if path.exists():
        raise UsageError(f"{path}: is there already; a backup never overwrites")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        unfinished.unlink(missing_ok=True)
        if engine.dialect.name == "sqlite":
            _copy_file(engine, unfinished)
        else:
            _copy_rows(engine, unfinished)
        unfinished.replace(path)
    except OSError as exc:
        raise StoreError(f"{path}: cannot write the backup: {exc.strerror}") from exc


def safety_copy(engine: Engine, version: str) -> Path:
    """A backup beside the library before its schema changes."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or "library.db")
        path = file.with_name(f"{file.name}.schema-{version}-{stamp}.backup")
    else:
        from platformdirs import user_data_path

        name = f"{engine.url.database or 'library'}.schema-{version}-{stamp}.backup"
        path = user_data_path("variorum", appauthor=False) / name
    backup(engine, path)
    return path


def refill(
    engine: Engine,
    path: Path,
    index: Callable[[Connection, Mapping[int, Article]], None],
    name: Callable[[Connection], None],
) -> None:
    """All rows of a backup into the empty library of ``engine``, in one transaction; an older backup is brought up to
    date in a copy first. The words are indexed again by ``index`` and ``name``."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; `variorum backup FILE` writes one")
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            raise UsageError(f"{path}: no backup of a library")
    with TemporaryDirectory(prefix="variorum-restore-") as folder:
        copy = Path(folder) / "library.db"
        shutil.copyfile(path, copy)
        source = connect(URL.create("sqlite", database=str(copy)))
        try:
            with source.connect().execution_options(writes=True) as conn, conn.begin():
                found = schema.version(conn)
                if found is None:
                    raise UsageError(f"{path}: no backup of a library")
                schema.refuse_newer(found, str(path))
                schema.migrate(conn)
            with (
                source.connect() as old,
                engine.connect().execution_options(writes=True) as new,
                new.begin(),
            ):
                for table in metadata.sorted_tables:
                    _copy_table(old, new, table)
                renumber(new)
                rows = old.execution_options(yield_per=_ROWS).execute(select(articles.c.number, articles.c.packed))
                for some in rows.partitions(_ROWS):
                    index(new, {number: unpack(packed, Article) for number, packed in some})
                name(new)
        finally:
            source.dispose()


def _copy_file(engine: Engine, path: Path) -> None:
    """By SQLite's own online backup: a consistent copy while others write."""
    with engine.connect() as conn:
        target = sqlite3.connect(path)
        try:
            driver = conn.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.backup(target)
        finally:
            target.close()


def _copy_rows(engine: Engine, path: Path) -> None:
    """Row by row into a new SQLite file of the same schema version, from one snapshot."""
    target = connect(URL.create("sqlite", database=str(path)))
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as old:
            version = schema.version(old)
            held = MetaData()
            held.reflect(old, only=lambda name, _: name in metadata.tables)
            with target.connect().execution_options(writes=True) as new, new.begin():
                schema.migrate(new, version or "head")
                for table in held.sorted_tables:
                    _copy_table(old, new, table)
        with target.connect() as conn:
            conn.exec_driver_sql("ROLLBACK")
            conn.exec_driver_sql("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            conn.exec_driver_sql("BEGIN")
    finally:
        target.dispose()


def _copy_table(old: Connection, new: Connection, table: Table) -> None:
    rows = old.execution_options(yield_per=_ROWS).execute(select(table))
    for some in rows.mappings().partitions(_ROWS):
        new.execute(insert(table), [dict(row) for row in some])


def renumber(conn: Connection) -> None:
    """Let PostgreSQL count on from the highest number of each table."""
    if conn.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "number" in table.c:
            last = conn.execute(select(func.max(table.c.number))).scalar() or 0
            counter = text("SELECT setval(pg_get_serial_sequence(:t, 'number'), :n, :called)")
            conn.execute(counter, {"t": table.name, "n": max(1, last), "called": last > 0})
