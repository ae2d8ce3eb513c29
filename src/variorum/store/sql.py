"""`ports.Store` over SQLAlchemy Core."""

from __future__ import annotations

import base64
import binascii
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from variorum.errors import NotFoundError, StoreError, UsageError
from variorum.model import (
    Added,
    Article,
    ArticleCard,
    Collection,
    Decision,
    Edition,
    Hit,
    Job,
    Link,
    Outcome,
    Page,
    Problem,
    Raw,
    Span,
    StoryCard,
)
from variorum.ports import ToldStory
from variorum.store import schema
from variorum.store import tables as t
from variorum.store.bulk import Bulk
from variorum.store.codec import expanded, json_text, pack, plain, squeezed, unpack
from variorum.store.engines import connect, dialect_of, word_columns
from variorum.store.publication import Publication, names_in
from variorum.store.query import Query, read_query
from variorum.store.rows import (
    CARDS,
    COLLECTIONS,
    DECISIONS,
    JOBS,
    STORIES,
    batches,
    card_of,
    collection_of,
    decision_of,
    hit_of,
    job_of,
    no_collection,
    now,
    number_of,
    spaced,
    story_card_of,
    sweep_stories,
)
from variorum.store.transfer import backup, refill, safety_copy

Row = TypeVar("Row")
Item = TypeVar("Item")
_MOST_ROWS: Final = 500  # of a page
_NAME_LENGTH: Final = 100
_END: Final = "~"  # sorts after every digit, so that "2031-05-03" + _END is after every time of that day


class SqlStore:
    """A library in one database. See `ports.Store` for what each method promises."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._dialect = dialect_of(engine)
        self.url = engine.url.render_as_string(hide_password=True)

    @classmethod
    def open(cls, url: str = "") -> SqlStore:
        """The library at ``url``, made or brought up to date where needed; see `store.open_store`."""
        where = _url(url)
        engine = connect(where)
        name = engine.url.render_as_string(hide_password=True)
        try:
            with engine.connect() as conn:
                found = schema.version(conn)
            schema.refuse_newer(found, name)
            if found != schema.newest():
                if found is not None:
                    safety_copy(engine, found)
                with engine.connect().execution_options(writes=True) as conn, conn.begin():
                    schema.migrate(conn)
        except SQLAlchemyError as exc:
            engine.dispose()
            raise StoreError(f"{name}: cannot open the library: {_said(exc)}") from exc
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as conn:
                yield conn
        except SQLAlchemyError as exc:
            raise StoreError(f"{self.url}: cannot read the library: {_said(exc)}") from exc

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """All that is written inside is on the disk at the end, or none of it."""
        try:
            with self._engine.connect().execution_options(writes=True) as conn, conn.begin():
                yield conn
        except SQLAlchemyError as exc:
            raise StoreError(f"{self.url}: cannot write to the library: {_said(exc)}") from exc

    # --- collections ----------------------------------------------------------------------------------------------

    def collections(self) -> tuple[Collection, ...]:
        """See `ports.Store`."""
        with self._reading() as conn:
            return tuple(
                collection_of(row) for row in conn.execute(COLLECTIONS.order_by(t.collections.c.name)).mappings()
            )

    def collection(self, name: str) -> Collection:
        """See `ports.Store`."""
        with self._reading() as conn:
            row = conn.execute(COLLECTIONS.where(t.collections.c.name == name)).mappings().first()
        if row is None:
            raise no_collection(name)
        return collection_of(row)

    def create(self, name: str) -> Collection:
        """See `ports.Store`."""
        if not name.strip() or len(name) > _NAME_LENGTH or name != plain(name) or not name.isprintable() or "/" in name:
            raise UsageError(f"{name!r} can be no name of a collection: up to {_NAME_LENGTH} visible characters, no /")
        with self._writing() as conn:
            there = conn.execute(select(t.collections.c.number).where(t.collections.c.name == name)).first()
            if there is None:
                row = {"name": name, "created": now(), "version": 0, "collated": 0}
                conn.execute(insert(t.collections), row)
        return self.collection(name)

    def drop(self, name: str) -> None:
        """See `ports.Store`."""
        with self._writing() as conn:
            number = number_of(conn, name, lock=True)
            ids = conn.execute(select(t.articles.c.id).where(t.articles.c.collection == number)).scalars().all()
            self._remove(conn, number, ids)
            keys = conn.execute(select(t.stories.c.key).where(t.stories.c.collection == number)).scalars().all()
            for table in (t.former_stories, t.links, t.decisions, t.outcomes, t.jobs, t.stories):
                conn.execute(delete(table).where(table.c.collection == number))
            conn.execute(delete(t.collections).where(t.collections.c.number == number))
            sweep_stories(conn, keys)

    # --- articles -------------------------------------------------------------------------------------------------

    def add(self, collection: str, articles: Sequence[Article], raw: Mapping[str, Raw] | None = None) -> Added:
        """See `ports.Store`."""
        new: dict[str, Article] = {}
        known: list[str] = []
        problems: list[Problem] = []
        with self._writing() as conn:
            number = number_of(conn, collection, lock=True)
            there = _digests(conn, number, [a.id for a in articles])
            for article in articles:
                digest = _digest(article.text)
                held = there.setdefault(article.id, "")
                if not held:
                    there[article.id] = digest
                    new[article.id] = article
                elif held == digest:
                    known.append(article.id)
                else:
                    problems.append(Problem(article.source, "add", _other_text(article.id, collection)))
            if new:
                self._insert(conn, number, new, there, raw or {})
                _changed(conn, number)
        return Added(tuple(new), tuple(known), tuple(problems))

    def _insert(
        self,
        conn: Connection,
        collection: int,
        articles: Mapping[str, Article],
        digests: Mapping[str, str],
        raw: Mapping[str, Raw],
    ) -> None:
        rows = []
        for article in articles.values():
            stated = plain(article.published.value) if article.published else ""
            rows.append(
                {
                    "collection": collection,
                    "id": article.id,
                    "digest": digests[article.id],
                    "added": now(),
                    "stated": stated,
                    "published": stated,
                    "title": plain(article.title),
                    "publisher": plain(article.publisher),
                    "authors": json_text([plain(a) for a in article.authors]),
                    "url": plain(article.url),
                    "source": plain(article.source),
                    "raw": _kept_raw(conn, raw.get(article.id)),
                    "packed": pack(article),
                }
            )
        a = t.articles.c
        numbers = conn.execute(insert(t.articles).returning(a.id, a.number), rows).all()
        self._dialect.index(conn, {number: _words_of(articles[i]) for i, number in numbers})

    def remove(self, collection: str, ids: Sequence[str]) -> int:
        """See `ports.Store`."""
        with self._writing() as conn:
            number = number_of(conn, collection, lock=True)
            count = self._remove(conn, number, ids)
            if count:
                _changed(conn, number)
        return count

    def _remove(self, conn: Connection, collection: int, ids: Sequence[str]) -> int:
        """Articles with all that was read out of them, unless another collection has them too."""
        a, count = t.articles, 0
        for some in batches(dict.fromkeys(ids)):
            mine = and_(a.c.collection == collection, a.c.id.in_(some))
            for number, raw, packed in conn.execute(select(a.c.number, a.c.raw, a.c.packed).where(mine)).all():
                article = unpack(packed, Article)
                self._dialect.forget(conn, number, _words_of(article))
                conn.execute(delete(a).where(a.c.number == number))
                if not conn.execute(select(a.c.number).where(a.c.id == article.id).limit(1)).first():
                    k = t.kept.c
                    own = and_(k.kind == "annotation", k.key >= f"{article.id}:", k.key < f"{article.id};")
                    conn.execute(delete(t.kept).where(own))
                if raw and not conn.execute(select(a.c.number).where(a.c.raw == raw).limit(1)).first():
                    conn.execute(delete(t.raws).where(t.raws.c.digest == raw))
                count += 1
        return count

    def articles(self, collection: str) -> Iterator[Article]:
        """See `ports.Store`."""
        a = t.articles.c
        with self._reading() as conn:
            number = number_of(conn, collection)
            ordered = select(a.number).where(a.collection == number).order_by(a.stated == "", a.stated, a.id)
            numbers = conn.execute(ordered).scalars().all()
        for some in batches(numbers):
            with self._reading() as conn:
                rows = conn.execute(select(a.number, a.packed).where(a.number.in_(some))).all()
            packed: dict[int, bytes] = {n: p for n, p in rows}  # noqa: C416
            yield from (unpack(packed[n], Article) for n in some if n in packed)

    def article(self, collection: str, article: str) -> Article:
        """See `ports.Store`."""
        return unpack(self._one(collection, article).packed, Article)

    def raw(self, collection: str, article: str) -> Raw:
        """See `ports.Store`."""
        digest = self._one(collection, article).raw
        with self._reading() as conn:
            row = conn.execute(select(t.raws).where(t.raws.c.digest == digest)).first()
        if row is None:
            raise NotFoundError(f"{article}: the bytes it was read from were not kept (add with --keep-raw)")
        return Raw(expanded(row.packed), row.media)

    def keeps_raw(self, collection: str, article: str) -> bool:
        """See `ports.Store`."""
        digest = self._one(collection, article).raw
        with self._reading() as conn:
            return conn.execute(select(t.raws.c.digest).where(t.raws.c.digest == digest)).first() is not None

    def _one(self, collection: str, article: str) -> Any:
        with self._reading() as conn:
            number = number_of(conn, collection)
            found = select(t.articles).where(t.articles.c.collection == number, t.articles.c.id == article)
            row = conn.execute(found).first()
        if row is None:
            raise NotFoundError(f"{article}: no article of this id in the collection {collection!r}")
        return row

    def cards(
        self, collection: str | None = None, story: str | None = None, *, cursor: str | None = None, limit: int = 50
    ) -> Page[ArticleCard]:
        """See `ports.Store`."""
        wanted = CARDS
        if collection is not None:
            wanted = wanted.where(t.articles.c.collection == self._number(collection))
        if story is not None:
            wanted = wanted.where(t.articles.c.story == story)
        rows, after = self._page(wanted, t.articles.c.published, t.articles.c.number, cursor, limit)
        return Page(tuple(map(card_of, rows)), after)

    def card(self, collection: str, article: str) -> ArticleCard:
        """See `ports.Store`."""
        number = self._one(collection, article).number
        with self._reading() as conn:
            return card_of(conn.execute(CARDS.where(t.articles.c.number == number)).mappings().one())

    def _number(self, collection: str) -> int:
        with self._reading() as conn:
            return number_of(conn, collection)

    def _page(
        self, wanted: Select[Any], value: Column[Any], number: Column[Any], cursor: str | None, limit: int
    ) -> tuple[Sequence[RowMapping], str | None]:
        """The rows after the cursor, greatest value first, and the cursor of the next page."""
        limit = max(1, min(limit, _MOST_ROWS))
        if cursor is not None:
            last, last_number = _read_cursor(cursor, value.type.python_type)
            wanted = wanted.where(or_(value < last, and_(value == last, number < last_number)))
        with self._reading() as conn:
            ordered = wanted.order_by(value.desc(), number.desc()).limit(limit + 1)
            rows = conn.execute(ordered).mappings().all()
        if len(rows) <= limit:
            return rows, None
        end = rows[limit - 1]
        return rows[:limit], _cursor(end[value], end[number])

    # --- kept findings --------------------------------------------------------------------------------------------

    def fetch(self, kind: str, keys: Sequence[str]) -> dict[str, bytes]:
        """See `ports.Kept`."""
        k, found = t.kept.c, {}
        with self._reading() as conn:
            for some in batches(keys):
                for key, packed in conn.execute(select(k.key, k.packed).where(k.kind == kind, k.key.in_(some))).all():
                    found[key] = expanded(packed)
        return found

    def keep(self, kind: str, found: Mapping[str, bytes]) -> None:
        """See `ports.Kept`."""
        rows = [{"kind": kind, "key": key, "packed": squeezed(data)} for key, data in found.items()]
        with self._writing() as conn:
            for some in batches(rows):
                _insert_missing(conn, t.kept, some)

    # --- what was found -------------------------------------------------------------------------------------------

    def publish(
        self, version: int, collection: str, edition: Edition, keys: Mapping[str, str], outcomes: Sequence[Outcome]
    ) -> None:
        """See `ports.Store`."""
        with self._writing() as conn:
            number = number_of(conn, collection, lock=True)
            held: int = conn.execute(
                select(t.collections.c.collated).where(t.collections.c.number == number)
            ).scalar_one()
            if held <= version:  # else somebody has published what is newer
                Publication(conn, self._dialect, number, edition, keys).publish(version, outcomes)

    def load(self, collection: str, told: Iterable[ToldStory]) -> Iterator[int]:
        """See `ports.Store`."""
        self.create(collection)
        with self._writing() as conn:
            yield from Bulk(conn, self._dialect, number_of(conn, collection, lock=True)).load(told)

    def stories(
        self,
        collection: str | None = None,
        *,
        words: str = "",
        place: str | None = None,
        person: str | None = None,
        begin: str | None = None,
        end: str | None = None,
        disputed: bool | None = None,
        order: Literal["newest", "disputed"] = "newest",
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[StoryCard]:
        """See `ports.Store`."""
        s = t.stories.c
        wanted = STORIES
        if collection is not None:
            wanted = wanted.where(s.collection == self._number(collection))
        for word in spaced(words).split():
            wanted = wanted.where(s.words.contains(f" {word} ", autoescape=True))
        for kind, name in (("place", place), ("person", person)):
            if name is not None:
                n = t.story_names.c
                called = n.name.contains(spaced(name), autoescape=True)
                wanted = wanted.where(exists().where(n.story == s.number, n.kind == kind, called))
        if begin is not None:
            wanted = wanted.where(s.ends >= begin)
        if end is not None:
            wanted = wanted.where(s.begins <= end + _END)
        if disputed is not None:
            wanted = wanted.where(s.disputed > 0 if disputed else s.disputed == 0)
        rows, after = self._page(wanted, s.newest if order == "newest" else s.disputed, s.number, cursor, limit)
        return Page(tuple(map(story_card_of, rows)), after)

    def story_id(self, collection: str, story: str) -> str:
        """See `ports.Store`."""
        with self._reading() as conn:
            return _story_row(conn, number_of(conn, collection), collection, story)[0]

    def story(self, collection: str, story: str) -> bytes:
        """See `ports.Store`."""
        with self._reading() as conn:
            _, key = _story_row(conn, number_of(conn, collection), collection, story)
            k = t.kept.c
            packed = conn.execute(select(k.packed).where(k.kind == "story", k.key == key)).scalar_one()
        return expanded(packed)

    def edition(self, collection: str) -> Edition:
        """See `ports.Store`."""
        c, s, k, a = t.collections.c, t.stories.c, t.kept.c, t.articles.c
        with self._reading() as conn:
            number = number_of(conn, collection)
            rest = conn.execute(select(c.rest).where(c.number == number)).scalar_one()
            if rest is None:
                raise NotFoundError(f"the collection {collection!r} has not been collated yet: variorum add")
            joined = select(k.packed).join(t.stories, and_(k.kind == "story", k.key == s.key))
            packed = conn.execute(joined.where(s.collection == number).order_by(s.position)).scalars().all()
            ordered = select(a.id).where(a.collection == number).order_by(a.stated == "", a.stated, a.id)
            ids = conn.execute(ordered).scalars().all()
        parts = [msgspec.json.decode(expanded(data), type=Edition) for data in packed]
        articles = {article.id: article for part in parts for article in part.articles}
        said = defaultdict(list)
        for statement in chain.from_iterable(part.statements for part in parts):
            said[statement.article].append(statement)
        there = [i for i in ids if i in articles]
        for rows in said.values():  # an article that tells several stories has some in the part of each
            rows.sort(key=lambda statement: statement.span[0])
        return replace(
            unpack(rest, Edition),
            articles=tuple(articles[i] for i in there),
            statements=tuple(chain.from_iterable(said[i] for i in there)),
            stories=tuple(chain.from_iterable(part.stories for part in parts)),
        )

    def statements(self, collection: str, article: str, span: Span | None = None) -> tuple[str, ...]:
        """See `ports.Store`."""
        s = t.statements.c
        wanted = select(s.id).where(s.article == self._one(collection, article).number)
        if span is not None:
            wanted = wanted.where(s.begins < max(span[1], span[0] + 1), s.ends > span[0])
        with self._reading() as conn:
            return tuple(conn.execute(wanted.order_by(s.begins, s.ends, s.id)).scalars())

    def links(self, collection: str, article: str) -> tuple[Link, ...]:
        """See `ports.Store`."""
        c = t.links.c
        with self._reading() as conn:
            mine = and_(c.collection == number_of(conn, collection), or_(c.child == article, c.parent == article))
            rows = conn.execute(select(c.packed).where(mine).order_by(c.child, c.parent)).scalars().all()
        return tuple(unpack(packed, Link) for packed in rows)

    def search(
        self, query: str, collection: str | None = None, *, cursor: str | None = None, limit: int = 20
    ) -> Page[Hit]:
        """See `ports.Store`."""
        asked = read_query(query)
        a = t.articles.c
        wanted = CARDS.add_columns(a.packed)
        if collection is not None:
            wanted = wanted.where(a.collection == self._number(collection))
        wanted = wanted.where(*self._conditions(asked))
        with self._reading() as conn:
            few = self._dialect.few(conn, asked.terms)
        if few is not None:
            wanted = wanted.where(a.number.in_(few))
        rows, after = self._page(wanted, a.published, a.number, cursor, limit)
        return Page(tuple(hit_of(row, asked.terms) for row in rows), after)

    def _conditions(self, asked: Query) -> list[ColumnElement[bool]]:
        a = t.articles.c
        found = [self._dialect.holds(term, n) for n, term in enumerate(asked.terms)]
        if asked.begin is not None:
            found.append(a.published >= asked.begin)
        if asked.end is not None:
            found += [a.published < asked.end + _END, a.published != ""]
        return found

    # --- decisions ------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision) -> None:
        """See `ports.Store`."""
        with self._writing() as conn:
            number = number_of(conn, decision.collection, lock=True)
            row = asdict(decision) | {
                "collection": number,
                "subjects": json_text(decision.subjects),
                "others": json_text(decision.others),
            }
            conn.execute(insert(t.decisions), {name: plain(v) if isinstance(v, str) else v for name, v in row.items()})
            _changed(conn, number)

    def undo(self, decision: str, when: str, author: str, reason: str) -> Decision:
        """See `ports.Store`."""
        d = t.decisions.c
        with self._writing() as conn:
            collection = conn.execute(select(d.collection).where(d.id == decision)).scalar()
            if collection is None:
                raise NotFoundError(f"{decision}: no decision of this id is in the library")
            # The collection first, like every writer: who publishes holds it and writes to its decisions.
            _changed(conn, collection)
            undone = conn.execute(select(d.undone).where(d.id == decision)).scalar()
            if undone is not None:
                raise UsageError(f"{decision}: was undone already, at {undone}")
            values = {"undone": when, "undone_by": plain(author), "undone_reason": plain(reason)}
            conn.execute(update(t.decisions).where(d.id == decision).values(values))
            return decision_of(conn.execute(DECISIONS.where(d.id == decision)).mappings().one())

    def decisions(self, collection: str | None = None, *, undone: bool = True) -> tuple[Decision, ...]:
        """See `ports.Store`."""
        wanted = DECISIONS.order_by(t.decisions.c.number)
        with self._reading() as conn:
            if collection is not None:
                wanted = wanted.where(t.decisions.c.collection == number_of(conn, collection))
            if not undone:
                wanted = wanted.where(t.decisions.c.undone.is_(None))
            return tuple(decision_of(row) for row in conn.execute(wanted).mappings())

    def outcomes(self, collection: str) -> tuple[Outcome, ...]:
        """See `ports.Store`."""
        o = t.outcomes.c
        with self._reading() as conn:
            mine = o.collection == number_of(conn, collection)
            rows = conn.execute(select(o.decision, o.state, o.found).where(mine).order_by(o.decision)).all()
        return tuple(Outcome(*row) for row in rows)

    # --- jobs -----------------------------------------------------------------------------------------------------

    def start(self, job: Job) -> None:
        """See `ports.Store`."""
        with self._writing() as conn:
            row = asdict(job) | {"collection": number_of(conn, job.collection), "problems": json_text(job.problems)}
            conn.execute(insert(t.jobs), row)

    def progress(self, job: Job) -> None:
        """See `ports.Store`."""
        values = {
            "state": job.state,
            "stage": job.stage,
            "done": job.done,
            "total": job.total,
            "updated": now(),
            "problems": json_text(job.problems),
        }
        with self._writing() as conn:
            if not conn.execute(update(t.jobs).where(t.jobs.c.id == job.id).values(values)).rowcount:
                raise NotFoundError(f"{job.id}: no job of this id is in the library")

    def job(self, job: str) -> Job:
        """See `ports.Store`."""
        with self._reading() as conn:
            row = conn.execute(JOBS.where(t.jobs.c.id == job)).mappings().first()
        if row is None:
            raise NotFoundError(f"{job}: no job of this id is in the library")
        return job_of(row)

    def jobs(self, collection: str | None = None) -> tuple[Job, ...]:
        """See `ports.Store`."""
        wanted = JOBS.order_by(t.jobs.c.number.desc()).limit(_MOST_ROWS)
        with self._reading() as conn:
            if collection is not None:
                wanted = wanted.where(t.jobs.c.collection == number_of(conn, collection))
            return tuple(job_of(row) for row in conn.execute(wanted).mappings())

    # --- upkeep ---------------------------------------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """See `ports.Store`."""
        try:
            backup(self._engine, path)
        except SQLAlchemyError as exc:
            raise StoreError(f"{path}: cannot write the backup: {_said(exc)}") from exc

    def restore(self, path: Path) -> None:
        """See `ports.Store`."""
        if self.collections():
            raise UsageError(f"{self.url}: a backup goes into an empty library, and this one is not; name another")
        try:
            refill(
                self._engine,
                path,
                lambda conn, articles: self._dialect.index(conn, {n: _words_of(a) for n, a in articles.items()}),
                self._renamed,
            )
        except SQLAlchemyError as exc:
            raise StoreError(f"{path}: cannot restore this backup: {_said(exc)}") from exc

    def _renamed(self, conn: Connection) -> None:
        """Index the names again, from the stories."""
        s, k, a = t.stories.c, t.kept.c, t.articles.c
        joined = select(s.collection, k.packed).join(t.stories, and_(k.kind == "story", k.key == s.key))
        for collection, packed in conn.execute(joined).all():
            part = msgspec.json.decode(expanded(packed), type=Edition)
            ids = [article.id for article in part.articles]
            numbers: dict[str, int] = {}
            for some in batches(ids):
                mine = and_(a.collection == collection, a.id.in_(some))
                numbers.update(conn.execute(select(a.id, a.number).where(mine)).all())
            if numbers:
                self._dialect.name(conn, {numbers[i]: columns for i, columns in names_in(part, numbers).items()})


# --- inside a transaction ------------------------------------------------------------------------------------------


def _changed(conn: Connection, collection: int) -> None:
    c = t.collections.c
    conn.execute(update(t.collections).where(c.number == collection).values(version=c.version + 1))


def _digests(conn: Connection, collection: int, ids: Sequence[str]) -> dict[str, str]:
    a, found = t.articles.c, dict[str, str]()
    for some in batches(ids):
        found.update(conn.execute(select(a.id, a.digest).where(a.collection == collection, a.id.in_(some))).all())
    return found


def _kept_raw(conn: Connection, raw: Raw | None) -> str | None:
    if raw is None:
        return None
    digest = sha256(raw.data).hexdigest()
    _insert_missing(conn, t.raws, [{"digest": digest, "media": raw.media, "packed": squeezed(raw.data)}])
    return digest


def _insert_missing(conn: Connection, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there."""
    if not rows:
        return
    if conn.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    conn.execute(upsert(table).on_conflict_do_nothing(), list(rows))


def _story_row(conn: Connection, number: int, collection: str, story: str) -> tuple[str, str]:
    """The id and key of a story by its id, or by one that it had before."""
    s, a, f = t.stories.c, t.articles.c, t.former_stories.c
    row = conn.execute(select(s.id, s.key).where(s.collection == number, s.id == story)).first()
    if row is None:
        first = select(f.article).where(f.collection == number, f.id == story).scalar_subquery()
        now = select(a.story).where(a.collection == number, a.id == first).scalar_subquery()
        row = conn.execute(select(s.id, s.key).where(s.collection == number, s.id == now)).first()
    if row is None:
        raise NotFoundError(f"{story}: no story of this id in the collection {collection!r}")
    return row[0], row[1]


def _words_of(article: Article) -> Mapping[str, str]:
    return word_columns(article.title, article.publisher, article.authors, article.text)


# --- small things -------------------------------------------------------------------------------------------------


def _url(url: str) -> URL:
    if not url:
        from platformdirs import user_data_path

        return URL.create("sqlite", database=str(user_data_path("variorum", appauthor=False) / "library.db"))
    if "://" not in url:
        path = Path(url).expanduser()
        return URL.create("sqlite", database=str(path / "library.db" if path.is_dir() else path))
    try:
        made = make_url(url)
        backend = made.get_backend_name()
    except (ArgumentError, ValueError) as exc:
        raise UsageError("--library: no address of a library; give a path or postgresql://USER@HOST/NAME") from exc
    if backend not in ("sqlite", "postgresql", "postgres"):
        raise UsageError(f"--library: {backend} is no database that a library can be in; sqlite or postgresql")
    return made.set(drivername="postgresql" if backend.startswith("postgres") else "sqlite")


def _said(exc: SQLAlchemyError) -> str:
    """What the database said, without the values that were bound: they may be text of an article."""
    said = str(getattr(exc, "orig", None) or type(exc).__name__).strip()
    return said.splitlines()[0][:300] if said else type(exc).__name__


def _other_text(article: str, collection: str) -> str:
    return (
        f"another text has this id ({article}) in the collection {collection!r}; remove that first, or give this one"
        " another id; left out"
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _cursor(value: str | int, number: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, number]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, kind: type) -> tuple[Any, int]:
    try:
        value, number = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError) as exc:
        raise UsageError("cursor: not one that a page gave") from exc
    if type(value) is not kind or type(number) is not int or abs(number) >= 2**63:
        raise UsageError("cursor: not one that this list gave")
    return value, number
