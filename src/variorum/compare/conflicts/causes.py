"""What somebody died of, where reports name two causes that have no word in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.facts.asked import asked
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.names import Names
from variorum.compare.facts.order import same_root
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: "Died on Thursday of pneumonia at a hospital": the cause ends where a place or a time begins.
_DIED: Final = re.compile(
    r"\b(?:died|dies|die|dead)\b(?: (?!of\b|from\b)[\w'’.-]+){0,4}? (?:of|from) (?:an? |the |his |her )?"
    r"([a-z][\w'’-]*(?: (?!(?:at|in|on|after|before|while|when|during|near|and|due|caused|brought|last|late|early"
    r"|earlier|yesterday|today|this|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)[\w'’-]+){0,3})",
    re.IGNORECASE,
)
#: Statements on causes that are compared each with each at most.
_MOST: Final = 40
_SURE: Final = 0.76


def find_causes(alignment: Alignment) -> Iterator[Finding]:
    """Two reports that put one person's death down to two things; "natural causes" and "an illness" may be any."""
    facts, names = alignment.facts, alignment.scale.names
    told = [(n, cause) for n, fact in enumerate(facts) if _is_told(fact) and (cause := cause_of(fact.words))]
    for (n, one), (m, other) in combinations(told[:_MOST], 2):
        a, b = facts[n], facts[m]
        apart = a.statement.article == b.statement.article or same_root(a, b)
        named = _telling(one) & _telling(b.words) or _telling(other) & _telling(a.words)
        if not apart and not named and _one_person(a, b, names):
            yield Finding("category", "contradiction", "the cause of death", n, m, one, other, _SURE)


def cause_of(text: str) -> str | None:
    """What a text says that somebody died of, unless it says next to nothing.

    >>> cause_of("Ada Holm died on Monday of kidney failure at her home")
    'kidney failure'
    >>> cause_of("Ada Holm died of natural causes") is None
    True
    """
    found = _DIED.search(text)
    return found[1] if found and _telling(found[1]) else None


def _telling(cause: str) -> frozenset[str]:
    """The words of a cause that name it."""
    told = {stem(word) for word in re.findall(r"\w{2,}", fold(cause))}
    return frozenset(told) - {stem(word) for word in (*asked().any_cause, *words().empty)}


def _is_told(fact: Fact) -> bool:
    return fact.statement.polarity == "affirmed" and fact.statement.reality == "happened"


def _one_person(a: Fact, b: Fact, names: Names) -> bool:
    """Whether both tell of one person by name, and of no other."""
    people = [{thing for thing in f.names if names.kind(thing) == "person"} for f in (a, b)]
    return len(people[0]) == len(people[1]) == 1 and people[0] == people[1]
