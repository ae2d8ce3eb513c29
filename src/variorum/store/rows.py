"""Rows of the tables to records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy import Connection, CursorResult, RowMapping, delete, func, select

from variorum.errors import NotFoundError
from variorum.model import Article, ArticleCard, Collection, Decision, Hit, Job, Problem, Span, StoryCard
from variorum.store import tables as t
from variorum.store.codec import texts, unpack
from variorum.store.query import Term, found_in
from variorum.store.words import words

Item = TypeVar("Item")
_BATCH: Final = 500  # values bound in one statement
_SNIPPET: Final = 240  # characters


def _held(table: Any, name: str) -> Any:
    counted = select(func.count()).select_from(table).where(table.c.collection == t.collections.c.number)
    return counted.scalar_subquery().label(name)


COLLECTIONS: Final = select(
    t.collections.c.name,
    t.collections.c.created,
    _held(t.articles, "articles"),
    _held(t.stories, "stories"),
    t.collections.c.version,
    t.collections.c.collated,
)
_WITH_NAME: Final = t.collections.c.name.label("collection_name")
CARDS: Final = select(
    *(c for c in t.articles.c if c.name not in ("packed", "digest", "stated", "raw")), _WITH_NAME
).join(t.collections)
STORIES: Final = select(t.stories, _WITH_NAME).join(t.collections)
DECISIONS: Final = select(t.decisions, _WITH_NAME).join(t.collections)
JOBS: Final = select(t.jobs, _WITH_NAME).join(t.collections)


def collection_of(row: RowMapping) -> Collection:
    return Collection(**row)


def card_of(row: RowMapping) -> ArticleCard:
    return ArticleCard(
        id=row["id"],
        collection=row["collection_name"],
        title=row["title"],
        publisher=row["publisher"],
        authors=texts(row["authors"]),
        published=row["published"] or None,
        url=row["url"],
        source=row["source"],
        added=row["added"],
        story=row["story"],
    )


def story_card_of(row: RowMapping) -> StoryCard:
    same = ("id", "title", "articles", "origins", "claims", "disputed", "conflicts", "updated")
    return StoryCard(
        collection=row["collection_name"],
        begin=row["begins"],
        end=row["ends"],
        places=texts(row["places"]),
        people=texts(row["people"]),
        **{name: row[name] for name in same},
    )


def hit_of(row: RowMapping, terms: Sequence[Term]) -> Hit:
    text = unpack(row["packed"], Article).text
    marks = found_in(text, terms)
    begin, end = _snippet(text, marks)
    inside = tuple((b - begin, e - begin) for b, e in marks if begin <= b and e <= end)
    return Hit(card_of(row), text[begin:end], (begin, end), inside, marks)


def _snippet(text: str, marks: Sequence[Span]) -> Span:
    """The stretch that shows most marks, the first of equals, from the beginning of a word to the end of one."""
    if not marks:
        begin = len(text) - len(text.lstrip())
    else:
        best = max(marks, key=lambda m: (sum(m[0] <= b and e <= m[0] + _SNIPPET - 60 for b, e in marks), -m[0]))
        begin = max(0, best[0] - 40)
        line = text.rfind("\n", begin, best[0])
        begin = line + 1 if line >= 0 else begin
        while begin > 0 and not text[begin - 1].isspace() and best[0] - begin < 60:
            begin -= 1
    end = min(len(text), begin + _SNIPPET)
    while begin + _SNIPPET // 2 < end < len(text) and not text[end].isspace():
        end -= 1
    return begin, end


def decision_of(row: RowMapping) -> Decision:
    values = {name: row[name] for name in Decision.__slots__}
    values |= {"collection": row["collection_name"], "subjects": texts(row["subjects"]), "others": texts(row["others"])}
    return Decision(**values)


def job_of(row: RowMapping) -> Job:
    values = {name: row[name] for name in Job.__slots__}
    problems = msgspec.json.decode(row["problems"], type=tuple[Problem, ...])
    return Job(**(values | {"collection": row["collection_name"], "problems": problems}))


# --- what several statements share ---------------------------------------------------------------------------------


def number_of(conn: Connection, name: str, *, lock: bool = False) -> int:
    """The number of a collection; with ``lock`` nobody else writes to it until the transaction ends."""
    wanted = select(t.collections.c.number).where(t.collections.c.name == name)
    number: int | None = conn.execute(wanted.with_for_update() if lock else wanted).scalar()
    if number is None:
        raise no_collection(name)
    return number


def no_collection(name: str) -> NotFoundError:
    return NotFoundError(f"there is no collection {name!r} in this library; `variorum list` names those there are")


def new_number(done: CursorResult[Any]) -> int:
    """The number that the database gave a new row."""
    key = done.inserted_primary_key
    assert key is not None
    return int(key[0])


def spaced(text: str) -> str:
    """The words of a text with a space around each, so that whole words can be looked for inside."""
    return f" {' '.join(words(text))} "


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, _BATCH)):
        yield some


def sweep_stories(conn: Connection, keys: Iterable[str]) -> None:
    """Remove kept stories that nothing refers to any more."""
    k = t.kept.c
    for some in batches(keys):
        used = select(t.stories.c.key)
        conn.execute(delete(t.kept).where(k.kind != "annotation", k.key.in_(some), k.key.not_in(used)))
