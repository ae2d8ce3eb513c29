"""One deed told twice, with another doer, another day, another number or a "not": pairs of few like words, which
alignment keeps apart just because of what they differ in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.plans import is_plan
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, counted_up
from variorum.compare.facts.fact import Fact, Party, elsewhere, other_day, stem
from variorum.compare.facts.order import order_of, same_root, tells_newer
from variorum.compare.facts.questions import Question, question_of
from variorum.compare.facts.remembered import of_fact, of_pair
from variorum.compare.facts.scope import of_others, other_scope
from variorum.compare.facts.telling import count_value, question, shortened
from variorum.compare.facts.told import Told
from variorum.compare.facts.tolls import near_in_time, states_total
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import ArgumentRole, Relation
from variorum.text.normalise import fold

#: Statements of one deed that are compared each with each at most.
_MOST: Final = 40
#: Nearness in meaning that two tellings of one deed have: with other doers or days, and with other numbers.
_NEAR: Final = 0.3
_COUNTED: Final = 0.25
_SAME: Final = 0.45
_ROLES: Final[tuple[ArgumentRole, ...]] = ("agent", "patient")
#: Words of other times: a deed done again, or before.
_AGAIN: Final = (
    "again",
    "another",
    "second",
    "third",
    "once more",
    "previous",
    "previously",
    "earlier",
    "every",
    "each year",
    "last year",
)


def find_deeds(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    facts = alignment.facts
    things = Things(facts)
    yield from _none(facts, reach)
    told: dict[str, list[int]] = {}
    for n, fact in enumerate(facts):
        if fact.predicate and fact.predicate not in _light() and not fact.corrects:
            told.setdefault(fact.predicate, []).append(n)
    for _, same in sorted(told.items()):
        once = [n for n in same[:_MOST] if not has_any(facts[n].words, _AGAIN)] if len(same) > 1 else []
        planned = {n: is_plan(facts[n]) for n in once}
        for n, m in combinations(once, 2):
            if planned[n] != planned[m] or not things.common(n, m):
                continue
            a, b = facts[n], facts[m]
            if not (a.statement.article == b.statement.article and same_root(a, b)):
                yield from _differ(n, m, facts, things, reach)


@cache
def _light() -> frozenset[str]:
    """Stems of predicates that many deeds have."""
    return frozenset(map(stem, (*words().empty, *asked().light)))


def _none(facts: Sequence[Fact], reach: Reach) -> Iterator[Finding]:
    """ "Not one job will be cut", "800 jobs will be lost"."""
    counted: dict[str | None, list[int]] = {}
    for n, fact in enumerate(facts):
        if fact.statement.polarity == "affirmed" and not fact.corrects:
            for unit in {kind_of_unit(c.slot.unit) for c in fact.counts if c.core >= 1 and not c.aside} - {None}:
                counted.setdefault(unit, []).append(n)
    for m, no in enumerate(facts):
        if no.statement.polarity != "negated" or no.corrects:
            continue
        units = {kind_of_unit(unit) for noun in _NO.findall(fold(no.words)) for unit in _singulars(noun)} - {None}
        for n in sorted({n for unit in units for n in counted.get(unit, ())[:_MOST]}):
            yes = facts[n]
            apart = same_root(yes, no) or other_scope(yes, no) or other_day(yes.days, no.days)
            if not apart and is_plan(yes) == is_plan(no) and reach.near(n, m) >= _NEAR:
                about = shortened(yes.words)
                yield Finding("denial", "contradiction", about, n, m, about, shortened(no.words), 0.76, denial=True)


#: "No jobs", "not one job": what is said to be none.
_NO: Final = re.compile(r"\b(?:no|not one|not a single|none of the) (?:[a-z]+ )??([a-z]{3,})\b")


def _singulars(noun: str) -> tuple[str, ...]:
    return (noun, noun.removesuffix("s"), noun.removesuffix("es"))


class Things:
    """What each statement speaks of, a pronoun resolved to what the sentence before it speaks of."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self._heads: list[Mapping[ArgumentRole, frozenset[str]]] = []
        self._pronouns: set[int] = set()
        pointing = words().pointing
        for n, fact in enumerate(facts):
            before = self._before(n, facts)
            own: dict[ArgumentRole, frozenset[str]] = {}
            for role in _ROLES:
                heads = {p.thing or p.head for p in fact.parties.get(role, ())}
                named = frozenset(h for h in heads if h not in pointing)
                if heads & pointing & _PRONOUNS:
                    self._pronouns.add(n)
                own[role] = named | (before if heads & pointing & _PRONOUNS else frozenset())
            self._heads.append(own)
        self._cast = [frozenset((role, head) for role, heads in own.items() for head in heads) for own in self._heads]

    def _before(self, n: int, facts: Sequence[Fact]) -> frozenset[str]:
        """What the nearest statement before it speaks of, in its sentence or the one before."""
        here = facts[n]
        for m in range(n - 1, -1, -1):
            same = facts[m].statement.article == here.statement.article
            if not same or here.scene.sentence - facts[m].scene.sentence > 1:
                return frozenset()
            if facts[m].scene.sentence < here.scene.sentence or self._heads[m]["agent"] | self._heads[m]["patient"]:
                return facts[m].terms.union(*self._heads[m].values())
        return frozenset()

    def of(self, n: int, role: ArgumentRole) -> frozenset[str]:
        """Stems of heads, or things, in a role."""
        return self._heads[n][role]

    def common(self, n: int, m: int) -> bool:
        """Whether two statements may be of one thing: a doer or what it was done to, or both count people."""
        return not self._cast[n].isdisjoint(self._cast[m]) or _people(self.facts[n], self.facts[m])

    def pronoun(self, n: int) -> bool:
        """Whether a statement names by a pronoun what it speaks of: its meaning cannot be told from its words."""
        return n in self._pronouns


_PRONOUNS: Final = frozenset({"it", "they", "them", "he", "she", "him", "her"})


def _differ(n: int, m: int, facts: Sequence[Fact], things: Things, reach: Reach) -> Iterator[Finding]:
    a, b = facts[n], facts[m]
    if a.statement.polarity == b.statement.polarity == "negated":
        return
    done, doers = things.of(n, "patient") & things.of(m, "patient"), things.of(n, "agent") & things.of(m, "agent")
    one_time, one_place = _when_and_where(a, b)
    counted = _figures(a, b)
    if a.statement.polarity != b.statement.polarity:
        fits = (done or doers) and not counted and one_time and one_place and not same_root(a, b)
        if fits and _both_sides(n, m, things, done, doers):
            yield from _denied(n, m, a, b, reach)
    elif counted:
        if one_time and one_place and (done or doers or _people(a, b)):
            yield from _numbered(n, m, a, b, reach)
    elif not same_root(a, b):
        sourced = bool(a.statement.attribution and b.statement.attribution)
        counts = any(x.slot.unit == y.slot.unit for x in a.counts for y in b.counts)  # five men, eight men: two deeds
        if done and _other_doers(n, m, things) and not counts:
            if one_time and sourced and (reach.near(n, m) >= _NEAR or things.pronoun(n) or things.pronoun(m)):
                pair = shortened(a.words), shortened(b.words)
                yield Finding("agent", "contradiction", pair[0], n, m, *pair, 0.76)
        elif (
            (done or doers) and one_place and _other_days(a, b) and not _other_thing(a, b) and reach.near(n, m) >= _SAME
        ):
            pair = shortened(a.words), shortened(b.words)
            yield Finding("date", "contradiction", pair[0], n, m, *pair, 0.75)


@of_pair
def _when_and_where(a: Fact, b: Fact) -> tuple[bool, bool]:
    """Whether two deeds may be of one time, and of one place."""
    return near_in_time(a, b) and not other_day(a.days, b.days), not elsewhere(a, b)


# --- a "not" --------------------------------------------------------------------------------------------------------


def _both_sides(n: int, m: int, things: Things, done: frozenset[str], doers: frozenset[str]) -> bool:
    """Whether nothing that both name differs: another doer, or another thing done to."""
    for role, common in (("agent", doers), ("patient", done)):
        if things.of(n, role) and things.of(m, role) and not common:  # type: ignore[arg-type]
            return False
    return True


def _denied(n: int, m: int, a: Fact, b: Fact, reach: Reach) -> Iterator[Finding]:
    yes, no = (n, m) if a.statement.polarity == "affirmed" else (m, n)
    open_words = not words().open.isdisjoint((a if yes == n else b).key.split(" "))
    if not open_words and not other_day(a.days, b.days) and reach.near(n, m) >= _NEAR:
        about = shortened((a if yes == n else b).words)
        yield Finding("denial", "contradiction", about, yes, no, "affirmed", "denied", 0.76, denial=True)


# --- other numbers --------------------------------------------------------------------------------------------------


@of_pair
def _figures(a: Fact, b: Fact) -> Sequence[tuple[Count, Count]]:
    """Pairs of figures of one kind of thing in two tellings."""
    left, right = ([c for c in f.counts if not (c.aside or c.more)] for f in (a, b))
    return [(x, y) for x in left for y in right if x.slot.role != "age" and _one_kind_of_thing(x, y)]


def _one_kind_of_thing(x: Count, y: Count) -> bool:
    one_role = x.slot.role == y.slot.role or None in (x.slot.role, y.slot.role)
    parts = (x.quantity.of is None) != (y.quantity.of is None)
    return one_role and not parts and _one_kind(x, y)


def _one_kind(x: Count, y: Count) -> bool:
    one, other = kind_of_unit(x.slot.unit), kind_of_unit(y.slot.unit)
    return one is not None and (
        one == other or ("person" in (one, other) and x.slot.role is not None and x.slot.role == y.slot.role)
    )


def _people(a: Fact, b: Fact) -> bool:
    """Whether both count, and one of the two people whatever they are called."""
    return bool(a.counts and b.counts) and any(c.slot.unit == "person" for f in (a, b) for c in f.counts)


def _numbered(n: int, m: int, a: Fact, b: Fact, reach: Reach) -> Iterator[Finding]:
    if not _are_comparable(a, b) or reach.near(n, m) < _COUNTED:
        return
    told = _told_otherwise(a, b)
    if told is not None:
        n, m = (m, n) if order_of(a, b) == -1 else (n, m)
        yield replace(told, a=n, b=m)


@of_pair
def _counted(a: Fact, b: Fact) -> Sequence[tuple[Count, Count]]:
    """Their figures with what they are counted up to."""
    return [(counted_up(x, a.statement), counted_up(y, b.statement)) for x, y in _figures(a, b)]


@of_pair
def _are_comparable(a: Fact, b: Fact) -> bool:
    """Whether the figures of two tellings are of one thing and cannot be one."""
    counted = _counted(a, b)
    if any(x.same_figure(y) for x, y in counted) or other_day(a.days, b.days) or of_others(a, b):
        return False
    x, y = counted[0]
    return x.core != 0 and y.core != 0 and max(x.core, y.core) <= 5 * min(x.core, y.core)


@of_pair
def _told_otherwise(a: Fact, b: Fact) -> Finding | None:
    """What stands between the first figures of two tellings, the later one last, without their places; None where
    nobody can tell."""
    order = order_of(a, b)
    x, y = _counted(a, b)[0]
    if order == -1:
        a, b, x, y = b, a, y, x
    sources = bool(a.statement.attribution and b.statement.attribution) and not same_root(a, b)
    toll = bool(states_total(x, a) and states_total(y, b))
    same_day = bool(a.reported and b.reported) and (a.reported or "")[:10] == (b.reported or "")[:10]
    if toll and not same_day:
        return None  # told as a running total
    changed = order is not None and not same_day and (not sources or tells_newer(a, b))
    asks = _question(a, x)
    if asks is not None and asks is not _question(b, y):
        asks = None
    if asks is not None and asks.way == "settled" and not same_root(a, b):
        changed = False  # what is measured once has no later state
    if not changed and ((order is None and not sources) or x.meets(y)):
        return None
    about = asks.about if asks is not None else max(question(x), question(y), key=len)
    relation: Relation = "update" if changed else "contradiction"
    return Finding("quantity", relation, about, 0, 0, count_value(x), count_value(y), 0.75)


@of_fact
def _question(fact: Fact, count: Count) -> Question | None:
    """The question that a figure of a statement answers."""
    return question_of(Told(0, fact, count))


# --- other doers and days -------------------------------------------------------------------------------------------


@cache
def _each_may() -> frozenset[str]:
    return frozenset(map(stem, asked().each_may))


def _other_doers(n: int, m: int, things: Things) -> bool:
    """Whether two are said to have done what only one did."""
    if things.facts[n].predicate in _each_may():
        return False
    one, other = things.of(n, "agent"), things.of(m, "agent")
    vague = words().people | words().pointing | {"somebody", "someone", "one"}
    if any(p.head in _PRONOUNS for i in (n, m) for p in things.facts[i].parties.get("agent", ())):
        return False  # nobody can tell who it was
    return bool(one and other) and not one & other and not (one | other) & vague


def _other_days(a: Fact, b: Fact) -> bool:
    happened = all(f.statement.reality == "happened" for f in (a, b))
    return (
        happened
        and a.dated
        and b.dated
        and other_day(a.days, b.days)
        and min((a.days or ("",))[0], (b.days or ("",))[0]) > "0002"
    )


def _other_thing(a: Fact, b: Fact) -> bool:
    """One deed was done to two things of one kind: "received the harbour prize", "received the Holm medal"."""
    done = [f.parties.get("patient", ()) for f in (a, b)]
    return bool(done[0] and done[1]) and not any(_may_be_one(x, y) for x in done[0] for y in done[1])


def _may_be_one(x: Party, y: Party) -> bool:
    if x.thing and y.thing:
        return x.thing == y.thing
    return x.head == y.head and (not (x.modifiers and y.modifiers) or bool(x.modifiers & y.modifiers))
