"""What differs between the databases: how to connect, how the words are indexed and looked for, bulk loads."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, event, insert, text
from sqlalchemy.engine import URL

from variorum.errors import MissingDependencyError, StoreError
from variorum.store.codec import plain
from variorum.store.query import Term
from variorum.store.tables import articles
from variorum.store.words import words

#: Words of an article by index column.
Indexed = Mapping[str, str]
WORDS: Final = ("title", "publisher", "authors", "body")
NAMES: Final = ("people", "places")


class Dialect(Protocol):
    """One kind of database."""

    def index(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """Index the words of articles that are not indexed yet, by their numbers."""
        ...

    def name(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """Index the names in articles anew."""
        ...

    def forget(self, conn: Connection, article: int, columns: Indexed) -> None:
        """Take an article out of the index; ``columns`` as they were given."""
        ...

    def fill(self, conn: Connection, found: Mapping[int, Indexed], names: Mapping[int, Indexed]) -> None:
        """Index words and names of many articles that are not indexed yet."""
        ...

    def holds(self, term: Term, number: int) -> ColumnElement[bool]:
        """The condition that an article holds a term (or, absent, that it does not)."""
        ...

    def few(self, conn: Connection, terms: Sequence[Term]) -> Sequence[int] | None:
        """The articles that hold all of the words of ``terms``, where these are few and the database would not see it
        by itself; else None."""
        ...

    def load(self, conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert many rows."""
        ...


class Sqlite:
    """FTS5 over words that are cut already, so its simplest tokenizer does. The index keeps no text of its own."""

    def index(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """See `Dialect`."""
        conn.execute(
            text("INSERT INTO article_words(rowid, title, publisher, authors, body) VALUES (:n, :t, :p, :a, :b)"),
            [self._row(article, columns) for article, columns in found.items()],
        )

    def name(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """See `Dialect`."""
        conn.execute(text("DELETE FROM article_names WHERE rowid = :n"), [{"n": article} for article in found])
        conn.execute(
            text("INSERT INTO article_names(rowid, people, places) VALUES (:n, :people, :places)"),
            [{"n": article, **{name: columns.get(name, "") for name in NAMES}} for article, columns in found.items()],
        )

    def fill(self, conn: Connection, found: Mapping[int, Indexed], names: Mapping[int, Indexed]) -> None:
        """See `Dialect`."""
        self.index(conn, found)
        self.name(conn, names)

    def forget(self, conn: Connection, article: int, columns: Indexed) -> None:
        """See `Dialect`."""
        conn.execute(
            text(
                "INSERT INTO article_words(article_words, rowid, title, publisher, authors, body)"
                " VALUES ('delete', :n, :t, :p, :a, :b)"
            ),
            self._row(article, columns),
        )
        conn.execute(text("DELETE FROM article_names WHERE rowid = :n"), {"n": article})

    @staticmethod
    def _row(article: int, columns: Indexed) -> dict[str, Any]:
        return {"n": article, **{name[0]: columns.get(name, "") for name in WORDS}}

    def holds(self, term: Term, number: int) -> ColumnElement[bool]:
        """See `Dialect`."""
        table = "article_names" if term.columns[0] in NAMES else "article_words"
        phrase = f'{{{" ".join(term.columns)}}} : "{" ".join(term.words)}"' + (" *" if term.prefix else "")
        name = f"m{number}"
        found = text(f"SELECT rowid FROM {table} WHERE {table} MATCH :{name}").bindparams(**{name: phrase})
        there = articles.c.number.in_(found.columns(articles.c.number))
        return ~there if term.absent else there

    def few(self, conn: Connection, terms: Sequence[Term]) -> Sequence[int] | None:
        """See `Dialect`. Its index gives the articles of a word without being told."""
        return None

    def load(self, conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """See `Dialect`."""
        if rows:
            conn.execute(insert(table), list(rows))


class Postgres:
    """A tsvector built word by word, so that no parser and no dictionary has a say; weights are the columns."""

    _WEIGHT: Final = {"title": "A", "publisher": "B", "authors": "C", "body": "D", "people": "A", "places": "B"}
    _LAST: Final = 16_383  # positions beyond this, and more than 256 of one word, are not kept
    _OF_ONE: Final = 255
    _GAP: Final = 8  # between columns, so that no phrase runs from one into the next
    _MOST: Final = 900_000  # bytes of a vector; 1 MB is the limit
    _FEW: Final = 1000  # articles that are better looked at one by one

    def index(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """See `Dialect`."""
        conn.execute(
            text("INSERT INTO article_words(article, words) VALUES (:n, CAST(:v AS tsvector))"),
            [{"n": article, "v": self._vector(columns, WORDS)} for article, columns in found.items()],
        )

    def name(self, conn: Connection, found: Mapping[int, Indexed]) -> None:
        """See `Dialect`."""
        conn.execute(
            text("UPDATE article_words SET names = CAST(:v AS tsvector) WHERE article = :n"),
            [{"n": article, "v": self._vector(columns, NAMES)} for article, columns in found.items()],
        )

    def fill(self, conn: Connection, found: Mapping[int, Indexed], names: Mapping[int, Indexed]) -> None:
        """See `Dialect`. By COPY."""
        cursor = conn.connection.cursor()
        with cursor.copy("COPY article_words (article, words, names) FROM STDIN") as copy:
            for article, columns in found.items():
                words, called = self._vector(columns, WORDS), self._vector(names.get(article, {}), NAMES)
                copy.write_row([article, words, called])

    def forget(self, conn: Connection, article: int, columns: Indexed) -> None:
        """See `Dialect`. The row goes with its article."""

    def _vector(self, columns: Indexed, names: Sequence[str]) -> str:
        places: dict[str, list[str]] = defaultdict(list)
        at, size = 1, 0
        for name in names:
            for word in columns.get(name, "").split():
                held = places[word]
                if len(held) < self._OF_ONE and size < self._MOST:
                    held.append(f"{min(at, self._LAST)}{self._WEIGHT[name]}")
                    size += 4 + (len(word) if len(held) == 1 else 0)
                at += 1
            at += self._GAP
        return " ".join(f"'{word}':{','.join(held)}" for word, held in places.items() if held)

    def holds(self, term: Term, number: int) -> ColumnElement[bool]:
        """See `Dialect`."""
        column, ways, name = self._column(term), self._ways(term), f"m{number}"
        if term.absent:  # row by row: few are looked at, where a list of all that hold it may be most of the library
            held = f"SELECT {column} @@ CAST(:{name} AS tsquery) FROM article_words WHERE article = articles.number"
            return text(f"NOT ({held})").bindparams(**{name: ways})  # type: ignore[return-value]
        found = text(f"SELECT article FROM article_words WHERE {column} @@ CAST(:{name} AS tsquery)")
        return articles.c.number.in_(found.bindparams(**{name: ways}).columns(articles.c.number))

    def few(self, conn: Connection, terms: Sequence[Term]) -> Sequence[int] | None:
        """See `Dialect`. It guesses that a word it has no figures of stands in one article of two hundred, and goes
        through all articles, the newest first, until it has met enough of those that do not exist."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            if not term.absent:
                wanted[self._column(term)].append(f"({self._ways(term)})")
        if not wanted:
            return None
        holding = " AND ".join(f"{column} @@ CAST(:{column} AS tsquery)" for column in wanted)
        conn.execute(text("SET LOCAL enable_seqscan TO off"))  # by the index of words
        found = (
            conn.execute(
                text(f"SELECT article FROM article_words WHERE {holding} LIMIT {self._FEW + 1}"),
                {column: " & ".join(ways) for column, ways in wanted.items()},
            )
            .scalars()
            .all()
        )
        conn.execute(text("SET LOCAL enable_seqscan TO on"))
        return found if len(found) <= self._FEW else None

    @staticmethod
    def _column(term: Term) -> str:
        return "names" if term.columns[0] in NAMES else "words"

    def _ways(self, term: Term) -> str:
        return " | ".join(f"({self._phrase(term, self._WEIGHT[name])})" for name in term.columns)

    @staticmethod
    def _phrase(term: Term, weight: str) -> str:
        last = len(term.words) - 1
        return " <-> ".join(
            f"'{w}':{'*' if term.prefix and i == last else ''}{weight}" for i, w in enumerate(term.words)
        )

    def load(self, conn: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """See `Dialect`. By COPY."""
        if not rows:
            return
        names = list(rows[0])
        cursor = conn.connection.cursor()
        with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])


def dialect_of(engine: Engine) -> Sqlite | Postgres:
    """The dialect that an engine speaks."""
    return Postgres() if engine.dialect.name == "postgresql" else Sqlite()


def connect(url: URL) -> Engine:
    """An engine; what was acknowledged is on the disk. Raises `StoreError`, `MissingDependencyError`."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    try:
        return _postgres(url)
    except ModuleNotFoundError as exc:
        raise MissingDependencyError("PostgreSQL needs psycopg: pip install 'variorum[postgres]'") from exc


def _postgres(url: URL) -> Engine:
    from psycopg.adapt import Dumper

    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_size=16, max_overflow=48, pool_pre_ping=True)

    class Plain(Dumper):
        """Whatever somebody asks for can be asked: a name with a NUL is one that is not there, not a failure."""

        def dump(self, obj: str) -> bytes:
            return (plain(obj) or "").encode()

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _: object) -> None:
        connection.adapters.register_dumper(str, Plain)

    return engine


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise StoreError(f"{folder}: cannot make the folder of the library: {exc.strerror}") from exc
    engine = create_engine(url, connect_args={"timeout": 60}, pool_size=16, max_overflow=48)

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver's guess
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16384"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A write that begins as a read could not wait for its turn.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def word_columns(title: str | None, publisher: str | None, authors: Sequence[str], body: str) -> Indexed:
    """The words of an article by index column."""
    given = {"title": title or "", "publisher": publisher or "", "authors": " , ".join(authors), "body": body}
    return {name: " ".join(words(value)) for name, value in given.items()}
