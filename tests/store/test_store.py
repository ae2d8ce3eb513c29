"""The store keeps what it is given, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text, update

from variorum.errors import NotFoundError, StoreError, UsageError
from variorum.model import Article, Decision, Job, Problem, Raw, Stamp
from variorum.ports import Store
from variorum.store import open_store
from variorum.store.rows import number_of
from variorum.store.sql import SqlStore
from variorum.store.tables import decisions


def article(number: int, words: str = "", **known: object) -> Article:
    """An invented report."""
    body = words or f"The quay at Lodra was closed on day {number} after the crane fell."
    stamp = Stamp(f"2031-05-{number:02d}", "day", "stated")
    given = {"title": f"Crane falls, day {number}", "publisher": "Lodra Post", "published": stamp, **known}
    return Article(id=f"art-{number:03d}", source=f"{number}.txt", text=body, **given)  # type: ignore[arg-type]


def test_adding_twice_adds_once(store: Store) -> None:
    """What is there already changes nothing, not even the version."""
    store.create("quay")
    first = store.add("quay", [article(1), article(2)])
    assert first.new == ("art-001", "art-002")
    before = store.collection("quay")
    again = store.add("quay", [article(2), article(1)])
    assert (again.new, again.known, again.problems) == ((), ("art-002", "art-001"), ())
    assert store.collection("quay") == before
    assert before.articles == 2
    assert before.version > before.collated


def test_another_text_under_an_id_is_refused(store: Store) -> None:
    """Two texts of one id would share their spans: the second is a problem, and the first stays."""
    store.create("quay")
    store.add("quay", [article(1)])
    refused = store.add("quay", [article(1, "Other words."), article(2)])
    assert refused.new == ("art-002",)
    assert "another text has this id" in refused.problems[0].reason
    assert store.article("quay", "art-001").text == article(1).text


def test_articles_come_back_as_they_went_in(store: Store) -> None:
    """Every field, odd characters too, in an order that is not that of arrival."""
    store.create("quay")
    odd = replace(article(1, "NUL \x00, bidi \u202e, 𝔘𝔫𝔦, é and e\u0301"), title="T\x00", authors=("A. Öz", "B"))
    undated = replace(article(9), published=None)
    store.add("quay", [undated, article(3), odd])
    assert list(store.articles("quay")) == [odd, article(3), undated]


def test_raw_bytes(store: Store) -> None:
    """Raw bytes are kept once and go with the last article that came from them."""
    store.create("quay")
    raw = Raw(b"<p>\x00\xff" * 1000, "text/html")
    store.add("quay", [article(1), article(2), article(3)], {"art-001": raw, "art-002": raw})
    assert store.raw("quay", "art-002") == raw
    store.remove("quay", ["art-001"])
    assert store.raw("quay", "art-002") == raw
    with pytest.raises(NotFoundError, match="--keep-raw"):
        store.raw("quay", "art-003")


def test_what_is_not_there_is_said(store: Store) -> None:
    """A name, an article, a story, a job, a decision that is not there."""
    store.create("quay")
    for ask in (
        lambda: store.collection("pier"),
        lambda: store.article("quay", "art-9"),
        lambda: store.story("quay", "story-9"),
        lambda: store.edition("quay"),
        lambda: store.job("job-9"),
        lambda: store.undo("dec-9", "2031", "A", "B"),
        lambda: store.add("pier", [article(1)]),
    ):
        with pytest.raises(NotFoundError):
            ask()  # type: ignore[no-untyped-call]
    for name in ("", " ", "a/b", "a\nb", "x" * 101, "\x00"):
        with pytest.raises(UsageError, match="no name of a collection"):
            store.create(name)


def test_odd_characters_are_not_there_rather_than_a_failure(store: Store) -> None:
    """A NUL can stand in no column of PostgreSQL; asked for, it is a name that is not there on both."""
    store.create("quay")
    for name in ("\x00", "quay\x00"):
        with pytest.raises(NotFoundError):
            store.search("crane", name)
        with pytest.raises(NotFoundError):
            store.article("quay", name)
    assert store.stories(words="\x00").rows == store.stories(place="a\x00b").rows == ()


def test_pages_hold_each_article_once(store: Store) -> None:
    """Cursors walk a list to its end, newest first, undated last, whatever is added meanwhile."""
    store.create("quay")
    store.add("quay", [replace(article(n), published=None) if n == 5 else article(n) for n in range(1, 10)])
    seen, cursor = [], None
    for _ in range(20):
        page = store.cards("quay", cursor=cursor, limit=2)
        seen += [card.id for card in page.rows]
        cursor = page.next
        store.add("quay", [article(20)])  # newer than all: before the pages still to come
        if cursor is None:
            break
    assert seen == [f"art-{n:03d}" for n in (9, 8, 7, 6, 4, 3, 2, 1, 5)]
    for nonsense in ("x", "W10", "WzEsMV0", "e30", "é" * 9):
        with pytest.raises(UsageError, match="cursor"):
            store.cards("quay", cursor=nonsense)


def test_kept_findings(store: Store) -> None:
    """Findings come back under their keys, and go with the last collection that has their article."""
    store.create("quay")
    store.create("pier")
    store.add("quay", [article(1)])
    store.add("pier", [article(1)])
    store.keep("annotation", {"art-001:a": b"one", "art-0010:b": b"two"})
    store.keep("annotation", {"art-001:a": b"again"})
    assert store.fetch("annotation", ["art-001:a", "art-0010:b", "none"]) == {"art-001:a": b"one", "art-0010:b": b"two"}
    store.remove("quay", ["art-001"])
    assert store.fetch("annotation", ["art-001:a"])
    store.drop("pier")
    assert store.fetch("annotation", ["art-001:a", "art-0010:b"]) == {"art-0010:b": b"two"}


def test_decisions_stay_on_record(store: Store) -> None:
    """A decision that is undone is still there, with who, when and why."""
    store.create("quay")
    made = Decision("dec-1", "quay", "claim_status", ("s1", "s2"), (), "disputed", "Ana", "phoned", "2031-05-03T10:00Z")
    store.decide(made)
    assert store.decisions("quay") == (made,)
    undone = store.undo("dec-1", "2031-05-04T09:00Z", "Ben", "misheard")
    assert undone == replace(made, undone="2031-05-04T09:00Z", undone_by="Ben", undone_reason="misheard")
    assert store.decisions() == (undone,)
    assert store.decisions("quay", undone=False) == ()
    with pytest.raises(UsageError, match="undone already"):
        store.undo("dec-1", "2031", "Ben", "again")


def test_who_undoes_waits_for_who_publishes(store: Store) -> None:
    """Both write to the collection and to its decisions: in one order, or each would wait for the other for ever."""
    assert isinstance(store, SqlStore)
    store.create("quay")
    made = Decision("dec-1", "quay", "claim_status", ("s1",), (), "disputed", "Ana", "phoned", "2031-05-03T10:00Z")
    store.decide(made)
    with ThreadPoolExecutor(1) as other:
        with store._writing() as conn:
            number_of(conn, "quay", lock=True)
            undoing = other.submit(store.undo, "dec-1", "2031-05-04T09:00Z", "Ben", "misheard")
            with pytest.raises(TimeoutError):
                undoing.result(timeout=0.5)
            conn.execute(update(decisions).values(found="agreed"))
        assert undoing.result(timeout=30).undone_by == "Ben"
    assert store.decisions()[0].found == "agreed"


def test_jobs(store: Store) -> None:
    """A job's progress is on record."""
    store.create("quay")
    job = Job("job-1", "quay", "add", "running", "ingest", 0, 0, "2031-05-03", "2031-05-03")
    store.start(job)
    store.progress(replace(job, state="failed", done=3, total=9, problems=(Problem("a", "ingest", "empty"),)))
    held = store.job("job-1")
    assert (held.state, held.done, held.total, held.problems[0].reason) == ("failed", 3, 9, "empty")
    assert store.jobs("quay") == (held,)


def test_a_newer_schema_is_refused(url: str) -> None:
    """A library of a newer Variorum is left as it is, with a word on what to do."""
    open_store(url).close()
    _execute(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer Variorum .schema 9999.*upgrade"):
        open_store(url)
    assert _execute(url, "SELECT version_num FROM alembic_version") == "9999"


def test_an_older_schema_is_migrated_after_a_backup(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library as the first schema wrote it opens with everything in it, and a copy of the old one is kept."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    opened = open_store(url)
    opened.create("quay")
    opened.add("quay", [article(1)])
    opened.close()
    for table in ("decisions", "outcomes", "jobs"):
        _execute(url, f"DROP TABLE {table}")
    _execute(url, "UPDATE alembic_version SET version_num = '0001'")
    opened = open_store(url)
    assert list(opened.articles("quay")) == [article(1)]
    assert opened.decisions() == ()
    opened.close()
    (kept,) = tmp_path.rglob("*.backup")
    held = sqlite3.connect(kept)
    assert held.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    assert held.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_the_tables_are_those_that_migrations_make(url: str) -> None:
    """No table, column or index differs between the code and a migrated library."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from variorum.store.tables import metadata

    open_store(url).close()
    with _engine(url).connect() as conn:
        own = {"include_object": lambda o, name, kind, *_: kind != "table" or not name.startswith("article_")}
        assert compare_metadata(MigrationContext.configure(conn, opts=own), metadata) == []


@pytest.mark.parametrize("target", ["sqlite", "same"])
def test_backup_and_restore(store: Store, new_url: Callable[[], str], tmp_path: Path, target: str) -> None:
    """A backup holds everything, and restores into either kind of database; searching works there."""
    store.create("quay")
    store.add("quay", [article(1), article(2)], {"art-001": Raw(b"x", "text/plain")})
    store.keep("annotation", {"art-001:a": b"one"})
    store.decide(Decision("dec-1", "quay", "copy", ("a",), ("b",), None, "Ana", "saw it", "2031"))
    path = tmp_path / "kept.backup"
    store.backup(path)
    with pytest.raises(UsageError, match="never overwrites"):
        store.backup(path)
    store.add("quay", [article(3)])
    other = open_store(new_url() if target == "same" else str(tmp_path / "other.db"))
    other.restore(path)
    assert list(other.articles("quay")) == [article(1), article(2)]
    assert other.raw("quay", "art-001").data == b"x"
    assert other.fetch("annotation", ["art-001:a"]) == {"art-001:a": b"one"}
    assert other.decisions() == store.decisions()
    assert len(other.search("crane").rows) == 2
    assert other.add("quay", [article(4)]).new == ("art-004",)  # numbers go on where they were
    with pytest.raises(UsageError, match="empty library"):
        other.restore(path)
    other.close()


def test_only_a_backup_is_restored(store: Store, tmp_path: Path) -> None:
    """A file that is no backup is refused, and nothing has happened."""
    for content in (b"", b"hello", b"SQLite format 3\x00"):
        (tmp_path / "x").write_bytes(content)
        with pytest.raises((UsageError, StoreError)):
            store.restore(tmp_path / "x")
    assert store.collections() == ()


def _engine(url: str):  # type: ignore[no-untyped-def]
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:") if "://" in url else f"sqlite:///{url}")


def _execute(url: str, statement: str) -> object:
    with _engine(url).begin() as conn:
        done = conn.execute(text(statement))
        return done.scalar() if done.returns_rows else None
