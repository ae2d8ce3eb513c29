"""Statements as the comparison sees them: asserted words, terms, names, days and counts in one normal form, and the
clashes that keep two of them from being one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from variorum.compare.contrast import Side, lexicon
from variorum.compare.organs import Governments
from variorum.model import Article, Entity, EntityKind, Quantity, Statement
from variorum.text.normalise import fold, squeeze
from variorum.text.vocabulary import load

Clash = Literal["quantity", "polarity", "reality", "date", "agent", "patient", "category"]
#: Realities of something that is not (yet) so, against those of something that is.
_OPEN: Final = frozenset({"planned", "conditional"})
_REAL: Final = frozenset({"happened", "ongoing"})
_WORD: Final = re.compile(r"\w+(?:[-'.]\w+)*")


@dataclass(frozen=True, slots=True)
class Sum:
    """A role that counts what several other roles count together."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tolls:
    """Roles whose running totals only grow, and those that move both ways."""

    growing: frozenset[str]
    moving: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """How reports say that numbers belong together."""

    exhaustive: tuple[str, ...]
    remainder: tuple[str, ...]
    total: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """``data/compare.toml``."""

    pointing: frozenset[str]
    empty: frozenset[str]
    people: frozenset[str]
    parts_of_people: frozenset[str]
    roles: dict[str, str]
    tolls: Tolls
    sums: tuple[Sum, ...]
    parts: Parts


def words() -> Words:
    """The vocabulary of the comparison, read once."""
    vocabulary: Words = load("compare", Words)
    return vocabulary


@dataclass(frozen=True, slots=True)
class Slot:
    """What a number counts: the role and the kind of thing; "person" stands for all words for people."""

    role: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity in its slot, as an interval with open ends as infinities."""

    slot: Slot
    low: float
    high: float
    quantity: Quantity

    @property
    def core(self) -> float:
        """The figure that is named: 5 of "at least 5", the middle of a range."""
        ends = [v for v in (self.quantity.low, self.quantity.high) if v is not None]
        return sum(ends) / len(ends) if ends else 0.0

    def meets(self, other: Count) -> bool:
        """Whether one number can be both: intervals that meet; "about" gives a tenth on either side."""
        room = (
            0.1 * max(abs(self.core), abs(other.core)) if "about" in (self.quantity.bound, other.quantity.bound) else 0
        )
        return self.low <= other.high + room and other.low <= self.high + room

    def same_figure(self, other: Count) -> bool:
        """Whether both name one figure: "at least 5" and "5", not "at least 5" and "7", though both may be true."""
        room = (
            0.1 * max(abs(self.core), abs(other.core)) if "about" in (self.quantity.bound, other.quantity.bound) else 0
        )
        return abs(self.core - other.core) <= room


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement, normalised. ``rank`` orders facts by article and place; ``days`` is the event's first and last
    day; ``party`` the agents and patients as resolved names."""

    statement: Statement
    rank: tuple[int, int, int]
    reported: str | None
    words: str
    key: str
    terms: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    agents: frozenset[str]
    patients: frozenset[str]
    counts: tuple[Count, ...]
    sides: Mapping[str, Side]
    days: tuple[str, str] | None
    dated: bool

    @property
    def id(self) -> str:
        return self.statement.id


class Names:
    """Which thing an entity id stands for. Entities that share a spelling and fit in kind are one thing, for the
    statements of two articles may still name it by two ids."""

    def __init__(self, entities: Sequence[Entity], governments: Governments) -> None:
        self.by_id: dict[str, Entity] = {entity.id: entity for entity in entities}
        self._governments = governments
        self._same: dict[str, str] = {}
        seen: dict[tuple[str, str], str] = {}
        for entity in sorted(entities, key=lambda e: e.id):
            spellings = [(_family(entity.kind), fold(name)) for name in (entity.name, *entity.aliases)]
            known = [seen[spelling] for spelling in spellings if spelling in seen]
            self._same[entity.id] = known[0] if known else entity.id
            for spelling in spellings:
                seen.setdefault(spelling, self._same[entity.id])

    def thing(self, entity: str) -> str:
        """The id that all ids of one thing share; a country's capital and government stand for the country."""
        record = self.by_id.get(entity)
        if record is None:
            return entity
        country = self._governments.country(record.name) if record.kind in ("place", "organisation", "other") else None
        return f"country:{country}" if country else self._same.get(entity, entity)

    def kind(self, entity: str) -> EntityKind | None:
        record = self.by_id.get(entity)
        return record.kind if record else None

    def name(self, entity: str | None, otherwise: str = "") -> str:
        record = self.by_id.get(entity) if entity else None
        return record.name if record else otherwise


def _family(kind: EntityKind) -> str:
    return "body" if kind in ("organisation", "outlet", "agency") else kind


def read_facts(articles: Sequence[Article], statements: Iterable[Statement], names: Names) -> list[Fact]:
    """The statements of ``articles`` in order of article and place."""
    order = {article.id: n for n, article in enumerate(articles)}
    by_id = {article.id: article for article in articles}
    facts = [_fact(s, by_id[s.article], order[s.article], names) for s in statements if s.article in by_id]
    return sorted(facts, key=lambda fact: (fact.rank, fact.id))


def _fact(statement: Statement, article: Article, order: int, names: Names) -> Fact:
    text = squeeze(" ".join(article.text[begin:end] for begin, end in statement.content)) or squeeze(statement.text)
    inside = [m.entity for m in statement.mentions if _within(m.span, statement.content)]
    arguments = statement.frame.arguments if statement.frame else ()
    named = [(a.role, a.entity) for a in arguments if a.entity]
    places = [e for e in inside if names.kind(e) == "place"]
    return Fact(
        statement=statement,
        rank=(order, *statement.span),
        reported=article.published.value if article.published else None,
        words=text,
        key=" ".join(_WORD.findall(fold(text))),
        terms=_terms(statement, text),
        names=frozenset(names.thing(e) for e in inside),
        places=frozenset(names.thing(e) for e in places),
        agents=frozenset(names.thing(e) for role, e in named if role == "agent"),
        patients=frozenset(names.thing(e) for role, e in named if role == "patient"),
        counts=tuple(_count(q) for q in statement.quantities if _within(q.span, statement.content)),
        sides=lexicon().sides(text),
        days=_days(statement),
        dated=statement.event_time is not None and statement.event_time.basis == "stated",
    )


def _within(span: tuple[int, int], content: Sequence[tuple[int, int]]) -> bool:
    return not content or any(begin <= span[0] and span[1] <= end for begin, end in content)


def _terms(statement: Statement, text: str) -> frozenset[str]:
    raw = statement.frame.terms if statement.frame and statement.frame.terms else _WORD.findall(fold(text))
    empty = words().empty
    return frozenset(stem(fold(term)) for term in raw if fold(term) not in empty)


def stem(word: str) -> str:
    """A crude common form of a word's inflections and derivations ("launched", "launching", "launches"); it only has
    to be equal for both sides of a comparison. After the suffix rules of Porter (1980), without their conditions."""
    for suffix, replacement in (
        ("ically", "ic"),
        ("ations", ""),
        ("ation", ""),
        ("ments", ""),
        ("ment", ""),
        ("ies", "y"),
        ("ings", ""),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("ions", ""),
        ("ion", ""),
        ("ly", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: len(word) - len(suffix)] + replacement
    return word


def _days(statement: Statement) -> tuple[str, str] | None:
    period = statement.event_time
    if period is None or (period.begin is None and period.end is None):
        return None
    begin = (period.begin or "0001-01-01")[:10]
    end = (period.end or "9999-12-31")[:10]
    return (begin + "-01-01"[len(begin) - 4 :] if len(begin) < 10 else begin), _last_day(end)


def _last_day(day: str) -> str:
    return day + "-12-31"[len(day) - 4 :] if len(day) < 10 else day


def _count(quantity: Quantity) -> Count:
    low = float("-inf") if quantity.low is None else quantity.low
    high = float("inf") if quantity.high is None else quantity.high
    return Count(slot_of(quantity), low, high, quantity)


def slot_of(quantity: Quantity) -> Slot:
    """The role and unit in their common words."""
    vocabulary = words()
    role = fold(quantity.role) if quantity.role else None
    unit = fold(quantity.unit) if quantity.unit else None
    if unit in vocabulary.people:
        unit = "person"
    return Slot(vocabulary.roles.get(role, role) if role else None, quantity.unit_code or unit)


def same_slot(a: Count, b: Count, *, same_predicate: bool) -> bool:
    """Whether two numbers count the same: one unit and one role; without roles, under one predicate."""
    if a.slot.unit != b.slot.unit:
        return False
    if a.slot.role and b.slot.role:
        return a.slot.role == b.slot.role
    return same_predicate


def clashes(a: Fact, b: Fact, names: Names) -> frozenset[Clash]:
    """Why the two cannot be one claim; empty if they can."""
    found: list[Clash] = []
    if a.statement.polarity != b.statement.polarity:
        found.append("polarity")
    if _realities_differ(a, b):
        found.append("reality")
    if a.dated and b.dated and a.days and b.days and (a.days[1] < b.days[0] or b.days[1] < a.days[0]):
        found.append("date")
    if _counts_differ(a, b):
        found.append("quantity")
    if _parties_differ(a.agents, b.agents, names):
        found.append("agent")
    if _parties_differ(a.patients, b.patients, names):
        found.append("patient")
    if any(a.sides[about].side != b.sides[about].side for about in a.sides.keys() & b.sides.keys()):
        found.append("category")
    return frozenset(found)


def _realities_differ(a: Fact, b: Fact) -> bool:
    left, right = a.statement.reality, b.statement.reality
    return (left in _OPEN and right in _REAL) or (left in _REAL and right in _OPEN)


def differing_counts(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    """Pairs of numbers in one slot that are not one figure, if none of that slot agree."""
    pairs = _in_one_slot(a, b)
    agreed = {count.slot for pair in pairs if pair[0].same_figure(pair[1]) for count in pair}
    return [(x, y) for x, y in pairs if x.slot not in agreed and y.slot not in agreed]


def rounded_counts(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    """Pairs of numbers in one slot that are one figure, but not to the last digit."""
    return [(x, y) for x, y in _in_one_slot(a, b) if x.same_figure(y) and x.core != y.core]


def _in_one_slot(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    left, right = a.statement.frame, b.statement.frame
    predicate = bool(left and right and left.predicate == right.predicate)
    return [(x, y) for x in a.counts for y in b.counts if same_slot(x, y, same_predicate=predicate)]


def _counts_differ(a: Fact, b: Fact) -> bool:
    return bool(a.counts and b.counts and differing_counts(a, b))


def _parties_differ(left: frozenset[str], right: frozenset[str], names: Names) -> bool:
    """Two parties of one kind with no thing in common; a country's people and bodies may act for it."""
    if not left or not right or left & right:
        return False
    kinds = {names.kind(e) for e in left}, {names.kind(e) for e in right}
    return bool(kinds[0] & kinds[1]) and None not in kinds[0] | kinds[1]


def by_article(facts: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    """Facts of each article, in their order."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.statement.article, []).append(fact)
    return groups
