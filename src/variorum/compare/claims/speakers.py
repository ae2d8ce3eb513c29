"""Who speaks in a report: its chief source, who is named and speaks in most of what it puts down to anybody, and where
"he said" may be another than we read it.

A report names its one source and goes on in its own words: "Ada Holm told us that … The stone was cut in May. Holm
opened it with a saw." So what it tells as its own may be that source's word too; that lowers the least of what may be
distinct, and never the most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from variorum.compare.facts.vocabulary import words
from variorum.model import Root, Statement
from variorum.text.normalise import fold

#: The share of what is put down to anybody, and how many statements they are, from which one is the chief source.
_MOST: Final = 0.55
_ENOUGH: Final = 2
#: Who speaks; a medium passes on what others say.
_SPEAKERS: Final = ("person", "organisation")
_WHOSE: Final = ("its", "their")


def chief_sources(statements: Iterable[Statement]) -> Mapping[str, Root]:
    """The chief source of each report that has one, by article."""
    told: dict[str, Counter[str]] = {}
    roots: dict[tuple[str, str], Root] = {}
    for statement in statements:
        root = statement.root
        if statement.attribution and root.kind in _SPEAKERS:
            who = root.entity or fold(root.name or "")
            told.setdefault(statement.article, Counter())[who] += 1
            roots.setdefault((statement.article, who), root)
    found = {}
    for article, speakers in told.items():
        who, times = max(speakers.items(), key=lambda one: (one[1], one[0]))
        if roots[article, who].entity and times >= _ENOUGH and times >= _MOST * speakers.total():
            found[article] = roots[article, who]
    return found


def unsure_speakers(statements: Iterable[Statement]) -> frozenset[str]:
    """The statements, by their ids, whose source is a pronoun, where another has just spoken: "a spokesman for the mill
    denied it. He said" may be read as of the miller."""
    named: dict[str, Root] = {}
    unsure: dict[str, Root] = {}
    found = set()
    for statement in sorted(statements, key=lambda one: (one.article, one.span)):
        article, called = statement.article, called_here(statement)
        if not statement.attribution:
            continue
        if called and called not in words().pointing:
            named[article] = statement.root
            unsure.pop(article, None)
        elif len(statement.attribution) == 1 and (
            unsure.get(article) == statement.root or (called and named.get(article, statement.root) != statement.root)
        ):
            unsure[article] = statement.root
            found.add(statement.id)
    return frozenset(found)


def called_here(statement: Statement) -> str:
    """What the innermost source goes by in its sentence."""
    span, begin = statement.attribution[-1].span if statement.attribution else None, statement.span[0]
    return fold(statement.text[max(0, span[0] - begin) : max(0, span[1] - begin)]).strip() if span else ""


def passes_on(statement: Statement) -> bool:
    """Whether it is put down to the report of a medium that is named elsewhere: "its dispatch says"."""
    whose, _, what = fold(statement.root.name or "").partition(" ")
    return bool(statement.attribution) and whose in _WHOSE and what in words().notices.published
