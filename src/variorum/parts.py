"""An edition cut into its stories, so that what is found about one depends on nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from variorum.model import Edition, Entity, Lineage, Location, Origin, Statement

Record = TypeVar("Record")


def parts(edition: Edition) -> Iterator[Edition]:
    """For each story an edition of what concerns it: its articles with what was said in them, the things they name, the
    links to them and their origins, its affairs, the problems with them."""
    homes = _homes(edition)
    telling = {s.id: _told_in(edition, s, homes.get(s.article, set())) for s in edition.statements}
    saying: dict[str, set[int]] = defaultdict(set)
    for statement in edition.statements:
        for entity in _named(statement):
            if entity is not None:
                saying[entity] |= telling[statement.id]

    def sorted_out(rows: Iterable[Record], where: Callable[[Record], set[int]]) -> list[list[Record]]:
        found: list[list[Record]] = [[] for _ in edition.stories]
        for row in rows:
            for n in where(row):
                found[n].append(row)
        return found

    def of(articles: Iterable[str]) -> set[int]:
        return set().union(*(homes.get(i, set()) for i in articles))

    articles = sorted_out(edition.articles, lambda a: of([a.id]))
    statements = sorted_out(edition.statements, lambda s: telling[s.id])
    links = sorted_out(edition.lineage.links, lambda link: of([link.child]))
    origins = sorted_out(edition.lineage.origins, lambda origin: of(origin.articles))
    entities: list[list[Entity]] = [[] for _ in edition.stories]
    for thing in edition.entities:
        for n in of(m.article for m in thing.mentions) | saying[thing.id]:
            entities[n].append(thing)
    for n, story in enumerate(edition.stories):
        here = {article.id for article in articles[n]}
        sources = {article.source for article in articles[n]}
        yield replace(
            edition,
            articles=tuple(articles[n]),
            entities=tuple(_entity_here(e, here) for e in entities[n]),
            statements=tuple(statements[n]),
            lineage=Lineage(tuple(links[n]), tuple(_origin_here(o, here) for o in origins[n])),
            stories=(story,),
            affairs=tuple(pair for pair in edition.affairs if story.id in pair.stories),
            problems=tuple(p for p in edition.problems if p.source in sources),
        )


def _homes(edition: Edition) -> dict[str, set[int]]:
    """The stories that each article belongs to."""
    homes: dict[str, set[int]] = defaultdict(set)
    for n, story in enumerate(edition.stories):
        for i in story.articles:
            homes[i].add(n)
    return homes


def _told_in(edition: Edition, statement: Statement, homes: set[int]) -> set[int]:
    """In which of the stories that its article belongs to a statement is told: of an article that tells several, in
    that whose passages it begins in, else in that which has most of it."""
    if len(homes) < 2:
        return homes
    article, (begin, _) = statement.article, statement.span
    stories = {n: edition.stories[n] for n in homes}
    there = {n for n, s in stories.items() if any(a <= begin < b for a, b in s.passages.get(article, ()))}
    return there or {max(homes, key=lambda n: (stories[n].shares[article], -n))}


def _named(statement: Statement) -> Iterator[str | None]:
    """The entities of a statement."""
    yield statement.root.entity
    yield from (row.entity for row in statement.attribution)
    yield from (mention.entity for mention in statement.mentions)
    if statement.frame is not None:
        yield from (argument.entity for argument in statement.frame.arguments)


def _entity_here(entity: Entity, here: set[str]) -> Entity:
    """The entity with its mentions in some articles."""

    def within(places: Iterable[Location]) -> tuple[Location, ...]:
        return tuple(place for place in places if place.article in here)

    roles = tuple(replace(role, mentions=within(role.mentions)) for role in entity.roles)
    return replace(entity, mentions=within(entity.mentions), roles=roles)


def _origin_here(origin: Origin, here: set[str]) -> Origin:
    members = tuple(i for i in origin.articles if i in here)
    return replace(origin, articles=members, passages=tuple(p for p in origin.passages if p.article in here))
