"""A whole collection loaded at once from what a batch found: rows by COPY, indexes after."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Index, func, select, text, update

from variorum.cycles import unsearched
from variorum.errors import UsageError
from variorum.model import Article, Edition, Entity, Lineage, Link, Location, Origin, Problem
from variorum.ports import ToldStory
from variorum.store import tables as t
from variorum.store.codec import json_text, pack, plain, squeezed
from variorum.store.engines import Dialect, Indexed, word_columns
from variorum.store.publication import Known, names_in, story_names, story_row
from variorum.store.rows import now
from variorum.store.transfer import renumber

_WORDS: Final = ("words", "names")  # columns of the index of words
_QUICK: Final = 1  # compression: half of all work would be a better one
_CHUNK: Final = 500  # articles whose rows are sent at once


class Bulk:
    """Loads stories into an empty collection, inside a transaction."""

    def __init__(self, conn: Connection, dialect: Dialect, collection: int) -> None:
        self._conn, self._dialect, self._collection = conn, dialect, collection
        if conn.execute(select(t.articles.c.number).where(t.articles.c.collection == collection).limit(1)).first():
            raise UsageError("the collection has articles already; import into a new one (-c NAME)")
        self._article = conn.execute(select(func.max(t.articles.c.number))).scalar() or 0
        self._story = conn.execute(select(func.max(t.stories.c.number))).scalar() or 0
        self._fresh = not self._article and conn.dialect.name == "postgresql"
        self._rest = _Rest()
        self._several: dict[str, int] = {}  # articles of several stories that are there, with their numbers
        self._said: set[str] = set()  # statements of those

    def load(self, told: Iterable[ToldStory]) -> Iterator[int]:
        """Write all rows; yields how many articles there are so far."""
        before = self._article
        with unsearched(), self._without_indexes():
            for some in _chunks(told):
                self._write(some)
                yield self._article - before
        mine = t.collections.c.number == self._collection
        rest = pack(self._rest.edition())
        self._conn.execute(update(t.collections).where(mine).values(version=1, collated=1, rest=rest))
        renumber(self._conn)

    @contextmanager
    def _without_indexes(self) -> Iterator[None]:
        """A library without an article has its indexes made afterwards, over all rows at once."""
        tables = (t.articles, t.stories, t.story_names, t.links)
        indexes: list[Index] = [index for table in tables for index in table.indexes] if self._fresh else []
        for index in indexes:
            index.drop(self._conn)
        for column in _WORDS if self._fresh else ():
            self._conn.execute(text(f"DROP INDEX article_words_{column}"))
        yield
        for index in indexes:
            index.create(self._conn)
        for column in _WORDS if self._fresh else ():
            self._conn.execute(text(f"CREATE INDEX article_words_{column} ON article_words USING gin ({column})"))

    def _write(self, some: Sequence[tuple[ToldStory, Edition]]) -> None:
        conn, load = self._conn, self._dialect.load
        rows: dict[Any, list[dict[str, Any]]] = {
            table: [] for table in (t.articles, t.kept, t.stories, t.story_names, t.statements, t.links)
        }
        words: dict[int, Indexed] = {}
        names: dict[int, Indexed] = {}
        for told, part in some:
            (story,) = part.stories
            fresh = [a for a in part.articles if a.id not in self._several]
            numbers = {a.id: self._article + n for n, a in enumerate(fresh, 1)}
            self._article += len(fresh)
            self._story += 1
            rows[t.articles] += [
                self._row(a, numbers[a.id], told.several.get(a.id, story.id), told.dated) for a in fresh
            ]
            self._rest.add(part, numbers)
            self._several |= {i: numbers[i] for i in told.several if i in numbers}
            everywhere = {a.id: numbers.get(a.id) or self._several[a.id] for a in part.articles}
            rows[t.kept].append({"kind": "story", "key": told.key, "packed": squeezed(told.record, _QUICK)})
            known = Known.of(part)
            row = story_row(self._collection, story, known, told.key, told.position)
            rows[t.stories].append({"number": self._story, **row})
            rows[t.story_names] += story_names(self._story, story, known)
            rows[t.statements] += [
                {"article": everywhere[s.article], "begins": s.span[0], "ends": s.span[1], "id": s.id}
                for s in part.statements
                if s.article not in told.several or self._first_time(s.id)
            ]
            rows[t.links] += [
                {"collection": self._collection, "child": x.child, "parent": x.parent, "packed": pack(x, _QUICK)}
                for x in part.lineage.links
                if x.child in numbers
            ]
            for a in fresh:
                words[numbers[a.id]] = word_columns(a.title, a.publisher, a.authors, a.text)
            names |= {numbers[i]: columns for i, columns in names_in(part, numbers).items()}
        kept = {row["key"]: row for row in rows[t.kept]}
        there = set(
            conn.execute(select(t.kept.c.key).where(t.kept.c.kind == "story", t.kept.c.key.in_(kept))).scalars()
        )
        rows[t.kept] = [row for key, row in kept.items() if key not in there]
        for table, found in rows.items():
            load(conn, table, found)
        self._dialect.fill(conn, words, names)

    def _first_time(self, statement: str) -> bool:
        new = statement not in self._said
        self._said.add(statement)
        return new

    def _row(self, article: Article, number: int, story: str, dated: frozenset[str]) -> dict[str, Any]:
        read = replace(article, published=None) if article.id in dated else article
        stated = plain(read.published.value) if read.published else ""
        return {
            "number": number,
            "collection": self._collection,
            "id": article.id,
            "digest": sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
            "added": now(),
            "stated": stated,
            "published": plain(article.published.value) if article.published else "",
            "title": plain(article.title),
            "publisher": plain(article.publisher),
            "authors": json_text([plain(a) for a in article.authors]),
            "url": plain(article.url),
            "source": plain(article.source),
            "story": story,
            "raw": None,
            "packed": pack(read, _QUICK),
        }


class _Rest:
    """What an edition has beside articles, statements and stories, put together from its parts."""

    def __init__(self) -> None:
        self._producer: Any = None
        self._links: list[Link] = []
        self._origins: dict[str, list[Origin]] = {}
        self._entities: dict[str, list[Entity]] = {}
        self._problems: dict[Problem, None] = {}

    def add(self, part: Edition, fresh: Container[str]) -> None:
        """One story with what concerns those of its articles that no story before it has."""
        self._producer = part.producer
        self._links += (link for link in part.lineage.links if link.child in fresh)
        for origin in part.lineage.origins:
            here = tuple(i for i in origin.articles if i in fresh)
            passages = tuple(p for p in origin.passages if p.article in fresh)
            self._origins.setdefault(origin.id, []).append(replace(origin, articles=here, passages=passages))
        for entity in part.entities:
            roles = tuple(replace(r, mentions=_among(r.mentions, fresh)) for r in entity.roles)
            mended = replace(entity, mentions=_among(entity.mentions, fresh), roles=roles)
            self._entities.setdefault(entity.id, []).append(mended)
        self._problems |= dict.fromkeys(part.problems)

    def edition(self) -> Edition:
        """All of it."""
        links = sorted(
            self._links, key=lambda x: (x.child, x.kind == "credit", -x.share_of_child, -x.confidence, x.parent)
        )
        origins = tuple(_origin(self._origins[key]) for key in sorted(self._origins))
        entities = tuple(_entity(found) for found in self._entities.values())
        return Edition(self._producer, (), entities, (), Lineage(tuple(links), origins), (), tuple(self._problems))


def _link_order(link: Link) -> tuple[str, bool, float, float, str]:
    """As lineage gives them."""
    return link.child, link.kind == "credit", -link.share_of_child, -link.confidence, link.parent


def _among(places: Sequence[Location], articles: Container[str]) -> tuple[Location, ...]:
    return tuple(place for place in places if place.article in articles)


def _origin(parts: Sequence[Origin]) -> Origin:
    return replace(
        parts[0],
        articles=tuple(chain.from_iterable(p.articles for p in parts)),
        passages=tuple(chain.from_iterable(p.passages for p in parts)),
    )


def _entity(parts: Sequence[Entity]) -> Entity:
    """One entity from its parts in several stories, which differ in nothing but their mentions."""
    roles = tuple(
        replace(role, mentions=tuple(chain.from_iterable(p.roles[n].mentions for p in parts)))
        for n, role in enumerate(parts[0].roles)
    )
    return replace(parts[0], mentions=tuple(chain.from_iterable(p.mentions for p in parts)), roles=roles)


def _chunks(told: Iterable[ToldStory]) -> Iterator[list[tuple[ToldStory, Edition]]]:
    some: list[tuple[ToldStory, Edition]] = []
    size = 0
    decoder = msgspec.json.Decoder(Edition)
    for one in told:
        part = decoder.decode(one.record)
        some.append((one, part))
        size += len(part.articles)
        if size >= _CHUNK:
            yield some
            some, size = [], 0
    if some:
        yield some
