"""What was found about a collection takes the place of what was found before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select, update

from variorum.errors import StoreError
from variorum.model import Edition, Outcome, Story
from variorum.store import tables as t
from variorum.store.codec import json_text, pack, plain
from variorum.store.engines import Dialect
from variorum.store.rows import batches, new_number, now, spaced, sweep_stories
from variorum.store.words import words


class Publication:
    """One edition on its way into the tables, inside a transaction. Only stories whose key is new are written."""

    def __init__(
        self, conn: Connection, dialect: Dialect, collection: int, edition: Edition, keys: Mapping[str, str]
    ) -> None:
        self._conn, self._dialect, self._collection = conn, dialect, collection
        self._edition, self._keys = edition, keys
        s = t.stories.c
        held = conn.execute(select(s.id, s.key).where(s.collection == collection)).all()
        self._old: dict[str, str] = dict(held)
        self._changed = {story for story, key in keys.items() if self._old.get(story) != key}

    def publish(self, version: int, outcomes: Sequence[Outcome]) -> None:
        """Write what is otherwise. Raises `StoreError` where a story's part is not among what is kept."""
        used = set(self._keys.values())
        _refuse_missing(self._conn, used - set(self._old.values()))
        self._forget(self._old.keys() - self._keys.keys())
        self._stories()
        self._articles()
        _replace_outcomes(self._conn, self._collection, outcomes)
        rest = replace(self._edition, articles=(), statements=(), stories=())
        mine = t.collections.c.number == self._collection
        self._conn.execute(update(t.collections).where(mine).values(collated=version, rest=pack(rest)))
        sweep_stories(self._conn, [key for key in self._old.values() if key not in used])

    def _forget(self, gone: Iterable[str]) -> None:
        """Remember what became of stories that are no more, and remove those that are otherwise."""
        conn, collection = self._conn, self._collection
        s, a = t.stories.c, t.articles.c
        for story in gone:
            first = conn.execute(
                select(a.id).where(a.collection == collection, a.story == story).order_by(a.stated, a.id).limit(1)
            ).scalar()
            if first is not None:
                row = {"collection": collection, "id": story, "article": first}
                conn.execute(delete(t.former_stories).where(_is(t.former_stories, collection, story)))
                conn.execute(insert(t.former_stories), row)
        for some in batches([*gone, *self._changed]):
            conn.execute(delete(t.stories).where(s.collection == collection, s.id.in_(some)))

    def _stories(self) -> None:
        conn, collection, edition = self._conn, self._collection, self._edition
        known = Known.of(edition)
        for position, story in enumerate(edition.stories):
            if story.id not in self._changed:
                continue
            row = story_row(collection, story, known, self._keys[story.id], position)
            number = new_number(conn.execute(insert(t.stories), row))
            self._dialect.load(conn, t.story_names, story_names(number, story, known))
        for position, story in enumerate(edition.stories):
            if story.id not in self._changed:
                conn.execute(update(t.stories).where(_is(t.stories, collection, story.id)).values(position=position))

    def _articles(self) -> None:
        """What was found about the articles of changed stories: their date, statements, links and names."""
        conn, collection, edition = self._conn, self._collection, self._edition
        touched = {i for story in edition.stories if story.id in self._changed for i in story.articles}
        # Of an article that tells several stories the one that has most of it is its own.
        most: dict[str, tuple[float, str]] = {}
        for story in edition.stories:
            for i in touched.intersection(story.articles):
                most[i] = max(most.get(i, (0.0, "")), (story.shares.get(i, 1.0), story.id))
        story_of = {i: story for i, (_, story) in most.items()}
        a = t.articles.c
        numbers: dict[str, int] = {}
        for some in batches(story_of):
            numbers.update(conn.execute(select(a.id, a.number).where(a.collection == collection, a.id.in_(some))).all())
        dated = [
            {
                "at": numbers[article.id],
                "story": story_of[article.id],
                "published": article.published.value if article.published else "",
            }
            for article in edition.articles
            if article.id in numbers
        ]
        if dated:
            conn.execute(update(t.articles).where(a.number == bindparam("at")), dated)
        for some_numbers in batches(numbers.values()):
            conn.execute(delete(t.statements).where(t.statements.c.article.in_(some_numbers)))
        self._dialect.load(
            conn,
            t.statements,
            [
                {"article": numbers[s.article], "begins": s.span[0], "ends": s.span[1], "id": s.id}
                for s in edition.statements
                if s.article in numbers
            ],
        )
        self._links(numbers)
        if numbers:
            self._dialect.name(conn, {numbers[i]: columns for i, columns in names_in(edition, numbers).items()})

    def _links(self, children: Mapping[str, int]) -> None:
        conn, collection = self._conn, self._collection
        c = t.links.c
        for some in batches(children):
            conn.execute(delete(t.links).where(c.collection == collection, c.child.in_(some)))
        there = select(t.articles.c.id).where(t.articles.c.collection == collection)
        conn.execute(delete(t.links).where(c.collection == collection, c.child.not_in(there)))
        rows = [
            {"collection": collection, "child": link.child, "parent": link.parent, "packed": pack(link)}
            for link in self._edition.lineage.links
            if link.child in children
        ]
        self._dialect.load(conn, t.links, rows)


@dataclass(frozen=True, slots=True)
class Known:
    """What of an edition the rows of its stories need: dates by article, names by entity, origins by article."""

    dates: dict[str, str]
    names: dict[str, tuple[str, ...]]
    origins: dict[str, set[str]]

    @classmethod
    def of(cls, edition: Edition) -> Known:
        """Of all of it."""
        return cls(
            {x.id: x.published.value for x in edition.articles if x.published},
            {e.id: (e.name, *e.aliases) for e in edition.entities},
            _origins_of(edition),
        )


def story_row(collection: int, story: Story, known: Known, key: str, position: int) -> dict[str, Any]:
    """The row of a story, but for its number."""
    return {
        "collection": collection,
        "id": story.id,
        "key": key,
        "position": position,
        "title": plain(story.title),
        "words": spaced(story.title),
        "begins": story.begin,
        "ends": story.end,
        "newest": max((known.dates[i] for i in story.articles if i in known.dates), default=""),
        "places": json_text(story.places),
        "people": json_text([known.names[p][0] for p in story.people if p in known.names]),
        "articles": len(story.articles),
        "origins": len(set(chain.from_iterable(known.origins.get(i, ()) for i in story.articles))),
        "claims": len(story.claims),
        "disputed": sum(claim.status in ("disputed", "denied") for claim in story.claims),
        "conflicts": sum(conflict.relation == "contradiction" for conflict in story.conflicts),
        "updated": now(),
    }


def story_names(number: int, story: Story, known: Known) -> list[dict[str, Any]]:
    """The names that a story is found by."""
    called = {("place", spaced(name)) for name in story.places}
    called |= {("person", spaced(name)) for p in story.people for name in known.names.get(p, ())}
    return [{"story": number, "kind": kind, "name": name} for kind, name in sorted(called) if name.strip()]


def _refuse_missing(conn: Connection, keys: set[str]) -> None:
    k, there = t.kept.c, set[str]()
    for some in batches(keys):
        there.update(conn.execute(select(k.key).where(k.kind == "story", k.key.in_(some))).scalars())
    if missing := keys - there:
        raise StoreError(f"{len(missing)} stories were swept away while they were published; collate again")


def _replace_outcomes(conn: Connection, collection: int, outcomes: Sequence[Outcome]) -> None:
    conn.execute(delete(t.outcomes).where(t.outcomes.c.collection == collection))
    d = t.decisions.c
    for outcome in outcomes:
        conn.execute(insert(t.outcomes), {"collection": collection} | asdict(outcome))
        if outcome.state == "lost":
            continue
        first = and_(d.id == outcome.decision, d.found.is_(None))
        conn.execute(update(t.decisions).where(first).values(found=outcome.found))


def _origins_of(edition: Edition) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for origin in edition.lineage.origins:
        for article in origin.articles:
            found[article].add(origin.id)
    return found


def names_in(edition: Edition, articles: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words of the names of people and places in each article, those of different things apart."""
    wanted = set(articles)
    found: dict[str, dict[str, list[str]]] = {i: {"people": [], "places": []} for i in wanted}
    column = {"person": "people", "place": "places"}
    for entity in edition.entities:
        if entity.kind in column:
            named = " ".join(" ".join(words(name)) + " 0" for name in (entity.name, *entity.aliases))
            for article in {m.article for m in entity.mentions} & wanted:
                found[article][column[entity.kind]].append(named)
    return {i: {name: " ".join(rows) for name, rows in columns.items()} for i, columns in found.items()}


def _is(table: Any, collection: int, key: str) -> ColumnElement[bool]:
    return and_(table.c.collection == collection, table.c.id == key)
