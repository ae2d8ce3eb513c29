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
    links to them and their origins, the problems with them."""
    home = {i: n for n, story in enumerate(edition.stories) for i in story.articles}
    saying: dict[str, set[int]] = defaultdict(set)
    for statement in edition.statements:
        for entity in _named(statement):
            if entity is not None and statement.article in home:
                saying[entity].add(home[statement.article])

    def sorted_out(rows: Iterable[Record], articles: Callable[[Record], Iterable[str]]) -> list[list[Record]]:
        found: list[list[Record]] = [[] for _ in edition.stories]
        for row in rows:
            for n in {home[i] for i in articles(row) if i in home}:
                found[n].append(row)
        return found

    articles = sorted_out(edition.articles, lambda a: [a.id])
    statements = sorted_out(edition.statements, lambda s: [s.article])
    links = sorted_out(edition.lineage.links, lambda link: [link.child])
    origins = sorted_out(edition.lineage.origins, lambda origin: origin.articles)
    entities: list[list[Entity]] = [[] for _ in edition.stories]
    for thing in edition.entities:
        for n in {home[m.article] for m in thing.mentions if m.article in home} | saying[thing.id]:
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
            problems=tuple(p for p in edition.problems if p.source in sources),
        )


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
