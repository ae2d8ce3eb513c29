"""Where something began, where two reports name two places of which it can only have been one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem
from variorum.compare.facts.opposites import opposites_of
from variorum.compare.facts.order import same_root
from variorum.compare.facts.scope import other_scope
from variorum.compare.facts.tolls import near_in_time
from variorum.compare.finding import Finding
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

#: Statements on where something began that are compared each with each at most.
_MOST: Final = 40
_SURE: Final = 0.76


@dataclass(frozen=True, slots=True)
class Place:
    """What something began in: the noun, and the one word before it, if any."""

    kind: str
    room: str

    def __str__(self) -> str:
        return f"{self.kind} {self.room}".strip()


def find_beginnings(alignment: Alignment) -> Iterator[Finding]:
    """ "The fire started in the packing hall", "it began in the storage hall", by two who are named: two of one kind of
    place, or two rooms. "The main hall" may be either, and so may "the factory"."""
    facts = alignment.facts
    told = [(n, place) for n, fact in enumerate(facts) if _is_told(fact) and (place := begun_in(fact.words))]
    for (n, one), (m, other) in combinations(told[:_MOST], 2):
        a, b = facts[n], facts[m]
        what = sorted(_begun(a) & _begun(b))
        if what and _excluded(one, other) and not _apart(a, b):
            about = f"where the {_called(what, a)} began"
            yield Finding("place", "contradiction", about, n, m, str(one), str(other), _SURE)


def begun_in(text: str) -> Place | None:
    """The place in which a text says that something began, if it does."""
    found = _pattern().search(fold(text))
    return Place((found["kind"] or "").strip(), found["room"]) if found else None


@cache
def _pattern() -> re.Pattern[str]:
    verbs = longest_first(asked().beginning)
    return re.compile(
        rf"\b(?:{verbs})\b(?: [\w'-]+){{0,3}}? (?:in|inside|at) (?:the|a|an|its|their) "
        r"(?P<kind>[a-z-]+ )??(?P<room>[a-z-]+)"
        r"(?=\W*$|[,.;:]| (?:of|at|in|on|when|after|before|around|shortly|late|early|during|where|which)\b)"
    )


def _excluded(one: Place, other: Place) -> bool:
    """Whether one thing cannot have begun in both."""
    if one.room == other.room:
        kinds = {one.kind, other.kind}
        loose = kinds & asked().loosely_placed
        opposed = stem(one.kind) in opposites_of(stem(other.kind))
        return len(kinds) == 2 and "" not in kinds and (opposed or not loose)
    return {one.room, other.room} <= asked().rooms


def _begun(fact: Fact) -> frozenset[str]:
    """What is said to have begun, a blaze as a fire."""
    heads = {p.head for p in fact.parties.get("agent", ())}
    fires = {stem(word) for word in asked().fires}
    return frozenset({"fire"} if heads & fires else heads)


def _called(what: Sequence[str], fact: Fact) -> str:
    """A word of the report for the stem of what began."""
    told = (word for word in fold(fact.words).split() if stem(word) in what)
    return next(told, what[0])


def _is_told(fact: Fact) -> bool:
    """Whether somebody who is named says that it was so."""
    said = fact.statement
    return said.polarity == "affirmed" and said.certainty == "certain" and bool(said.attribution)


def _apart(a: Fact, b: Fact) -> bool:
    other = elsewhere(a, b) or other_day(a.days, b.days) or other_scope(a, b)
    return other or same_root(a, b) or not near_in_time(a, b)
