"""The words that the comparison rests on, from ``data/compare.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from variorum.text.vocabulary import load


@dataclass(frozen=True, slots=True)
class Tolls:
    """Roles whose running totals only grow, those that move both ways, those that any sentence may name in passing,
    those that count people, the predicates that tell a total and those that tell a part, kinds of person that may be a
    whole toll of one, and those of which a lead may tell the whole, roles that count people whatever they are called,
    and which other roles are nought where one is."""

    growing: frozenset[str]
    moving: frozenset[str]
    in_passing: frozenset[str]
    of_people: frozenset[str]
    told_by: tuple[str, ...]
    parts_told_by: tuple[str, ...]
    single_persons: tuple[str, ...]
    whole_persons: tuple[str, ...]
    whoever: frozenset[str]
    none_of: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Parts:
    """How reports say that numbers belong together."""

    exhaustive: tuple[str, ...]
    remainder: frozenset[str]
    total: tuple[str, ...]
    falling: frozenset[str]
    rising: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Phrases next to a number that give its role; ``over`` are roles that they outdo; ``share``: of shares alone;
    ``people``: whatever the unit, people are counted."""

    phrases: tuple[str, ...]
    over: tuple[str, ...] = ()
    share: bool = False
    people: bool = False


@dataclass(frozen=True, slots=True)
class Notices:
    """Of notices of correction: what was published, the outlet of itself, how it told, words for a mistake, and what
    shows that something stands."""

    published: frozenset[str]
    ourselves: frozenset[str]
    told: frozenset[str]
    wrongly: frozenset[str]
    standing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """``data/compare.toml``."""

    pointing: frozenset[str]
    anaphors: frozenset[str]
    empty: frozenset[str]
    people: frozenset[str]
    more: frozenset[str]
    dropped: tuple[str, ...]
    planning: tuple[str, ...]
    steps: tuple[tuple[frozenset[str], ...], ...]
    wide: frozenset[str]
    over: tuple[str, ...]
    apart: tuple[str, ...]
    graded: tuple[str, ...]
    local: frozenset[str]
    speaking: tuple[str, ...]
    relaying: frozenset[str]
    relative: frozenset[str]
    umbrella: frozenset[str]
    callings: tuple[tuple[frozenset[str], frozenset[str]], ...]
    realm: frozenset[str]
    naming: frozenset[str]
    aboard: tuple[str, ...]
    open: frozenset[str]
    taken_back: tuple[str, ...]
    deeds: tuple[tuple[str, ...], ...]
    letters: tuple[str, ...]
    born: frozenset[str]
    built: frozenset[str]
    people_nouns: frozenset[str]
    starting: frozenset[str]
    events: frozenset[str]
    event_names: tuple[tuple[str, ...], ...]
    plurals: dict[str, str]
    not_men: frozenset[str]
    roles: dict[str, str]
    tolls: Tolls
    parts: Parts
    beside: dict[str, Beside]
    number_of: dict[str, frozenset[str]]
    reaching: frozenset[str]
    cases: frozenset[str]
    notices: Notices


@cache
def words() -> Words:
    """The vocabulary, read once."""
    vocabulary: Words = load("compare", Words)
    return vocabulary
