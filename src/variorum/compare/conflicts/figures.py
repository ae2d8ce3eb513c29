"""Figures that answer one question though their sentences have little in common: one rounded from the other, one of a
town and one of its region, one that counts more in, steps of one scale, shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.reach import Reach
from variorum.compare.conflicts.reckonings import find_reckonings
from variorum.compare.conflicts.rivals import find_rivals
from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, digits_named, last_digit
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem
from variorum.compare.facts.names import is_country
from variorum.compare.facts.order import order_of, same_root
from variorum.compare.facts.scope import of_others, other_scope
from variorum.compare.facts.told import Told, finding
from variorum.compare.facts.tolls import near_in_time
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: How far a rounded figure may be from the other: of the larger, and of the last digit that it names.
_ROUND: Final = 0.1
_HALF: Final = 0.6
#: Smallest figures that are compared without a common role; and those so large that they are seldom met by chance.
_FEW: Final = 10
_RARE: Final = 1000
#: Figures of one story that are compared each with each at most.
_MOST: Final = 160
#: Nearness in meaning that speaks for one thing.
_NEAR: Final = 0.2
#: How many more a wider count may take in.
_COUNTED_IN: Final = 3
#: Roles of shares that only one figure can have: how many of those called took part.
_SHARES: Final = frozenset({"participated"})


def find_figures(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    told = counts_told(alignment.facts)
    yield from _rounded(told, reach)
    yield from _scopes(told)
    yield from _counted_in(told)
    yield from _grown(told)
    yield from _shares(told)
    yield from _steps(alignment.facts)
    yield from find_reckonings(told)
    yield from find_rivals(told, reach)


def counts_told(facts: Sequence[Fact]) -> list[Told]:
    """The figures of a story, as many as are compared."""
    return [Told(n, f, c) for n, f in enumerate(facts) for c in f.counts if not c.more][:_MOST]


# --- rounded --------------------------------------------------------------------------------------------------------


def _rounded(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """ "Nearly 20 hours" and 19 hours."""
    plain = [
        t for t in told if t.count.slot.role != "age" and abs(t.count.core) >= _FEW and t.count.quantity.of is None
    ]
    for x in plain:
        if x.count.quantity.bound != "about":
            continue
        for y in plain:
            if y.count.quantity.bound == "exact" and _rounds(x.count, y.count) and _signs(x, y, reach) >= 2:
                yield finding("rounding", x, y, 0.8)


def _rounds(rough: Count, exact: Count) -> bool:
    apart, size = abs(rough.core - exact.core), max(abs(rough.core), abs(exact.core))
    last = last_digit(rough.core)
    return 0 < apart <= min(_ROUND * size, max(_HALF * last, 1.0)) and digits_named(rough.core) <= digits_named(
        exact.core
    )


def _signs(x: Told, y: Told, reach: Reach) -> int:
    """How much speaks for one thing counted; -1 if something speaks against it."""
    a, b = x.fact, y.fact
    units = kind_of_unit(x.count.slot.unit), kind_of_unit(y.count.slot.unit)
    roles = x.count.slot.role, y.count.slot.role
    if all(roles) and roles[0] == roles[1] and "person" in units:
        units = ("person", "person")
    apart = a.statement.article == b.statement.article or other_scope(a, b) or other_day(a.days, b.days)
    if (
        apart
        or not near_in_time(a, b)
        or (all(units) and units[0] != units[1])
        or (all(roles) and roles[0] != roles[1])
    ):
        return -1
    signs = bool(all(units)) + (max(abs(x.count.core), abs(y.count.core)) >= _RARE) + bool(all(roles))
    signs += bool({t for t in a.terms & b.terms if not t.startswith("#")} - set(units)) or bool(a.names & b.names)
    signs += y.count.core >= 100 and digits_named(y.count.core) >= 3
    return signs + (reach.near(x.n, y.n) >= _NEAR if signs < 2 else 0)


# --- of other scope -------------------------------------------------------------------------------------------------


def _scopes(told: Sequence[Told]) -> Iterator[Finding]:
    """So many homes in the town, and more in the whole island."""
    wide = [t for t in told if t.count.core >= _FEW and has_any(t.fact.words, asked().whole)]
    towns = [t for t in told if t.count.core >= _FEW and not has_any(t.fact.words, asked().whole) and _local(t.fact)]
    for x in towns:
        for y in wide:
            one = kind_of_unit(x.count.slot.unit) == kind_of_unit(y.count.slot.unit)
            countable = x.count.slot.unit and not x.count.quantity.unit_code
            roles = {x.count.slot.role, y.count.slot.role} - {None}
            apart = elsewhere(x.fact, y.fact) or of_others(x.fact, y.fact) or not near_in_time(x.fact, y.fact)
            if one and countable and len(roles) < 2 and _larger(x.count, y.count) and not apart:
                yield finding("different_scope", x, y, 0.75)


def _larger(x: Count, y: Count) -> bool:
    """Whether the second figure is larger and of one size with the first."""
    return x.core < y.core <= 20 * x.core and not x.same_figure(y)


def _local(fact: Fact) -> bool:
    named = any(not is_country(place) for place in fact.names & fact.scene.places)
    return named or not words().local.isdisjoint(re.findall(r"\w+", fact.key))


def _counted_in(told: Sequence[Told]) -> Iterator[Finding]:
    """ "Counting the driver, 19 people were hurt", where others have 18."""
    people = words().tolls.of_people
    for y in told:
        if y.count.slot.role not in people or not counts_more_in(y):
            continue
        for x in told:
            same = x.count.slot.role == y.count.slot.role and x.count.quantity.of is None and not x.count.aside
            other = x.fact.statement.article != y.fact.statement.article and x.fact.predicate
            fewer = 0 < y.count.core - x.count.core <= _COUNTED_IN and x.count.core > 1
            if same and other and fewer and not counts_more_in(x):
                yield finding("different_scope", x, y, 0.8)


def counts_more_in(told: Told) -> bool:
    """Whether words that take somebody in stand at the head of its sentence, before the figure."""
    return re.match(_counting(), fold(told.fact.words)) is not None


@cache
def _counting() -> str:
    return r"\W*(?:" + "|".join(map(re.escape, asked().counted_in)) + r")\b[^0-9]*,"


def _grown(told: Sequence[Told]) -> Iterator[Finding]:
    """ "The fee could rise to 45 million with bonuses" beside the fee itself, in one report."""
    for y in told:
        rising = y.fact.statement.reality == "conditional" or y.count.quantity.bound == "at_most"
        if y.count.core < _RARE or not rising or not has_any(y.fact.statement.text, asked().may_grow):
            continue
        for x in told:
            near = x.fact.statement.article == y.fact.statement.article
            near = near and 0 <= y.fact.scene.sentence - x.fact.scene.sentence <= 1 and x.n != y.n
            units = {x.count.slot.unit, y.count.slot.unit} - {None}
            if near and len(units) < 2 and y.count.core / 2 <= x.count.core < y.count.core:
                yield finding("different_scope", x, y, 0.75)


# --- shares and steps -----------------------------------------------------------------------------------------------


def _shares(told: Sequence[Told]) -> Iterator[Finding]:
    """Two sources put one share at two figures."""
    shares = [t for t in told if t.count.slot.unit == "percent" and t.count.slot.role in _SHARES and not t.count.aside]
    for x, y in combinations(shares, 2):
        a, b = x.fact, y.fact
        apart = other_scope(a, b) or other_day(a.days, b.days) or not near_in_time(a, b)
        if apart or x.count.slot != y.count.slot or x.count.meets(y.count) or not _one_share(a, b):
            continue
        order = order_of(a, b)
        sources = bool(a.statement.attribution and b.statement.attribution)
        if sources and not same_root(a, b):
            yield finding("contradiction", x, y, 0.78)
        elif order:
            yield finding("update", *((x, y) if order == 1 else (y, x)), 0.78)


def _one_share(a: Fact, b: Fact) -> bool:
    """Whether a word that is no number says that both are shares of one thing: "turnout", and not "voted" and "came to
    work"."""
    return bool({t for t in a.terms & b.terms if not re.search(r"\d|#", t)} - {stem("percent")})


_STEP: Final = r"(?<![\w-])({scales})[ -](\d+(?:\.\d+)?|{numbers})(?![\w.]\d|\w)"


@cache
def _step() -> re.Pattern[str]:
    scales, numbers = ("|".join(map(re.escape, known)) for known in (asked().scales, asked().numbers))
    return re.compile(_STEP.format(scales=scales, numbers=numbers))


def _steps(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Two steps of one scale, where the story knows no third and nobody says that it moved."""
    known: dict[str, list[tuple[int, float, str]]] = {}
    for n, fact in enumerate(facts):
        found = {(m[1], asked().numbers.get(m[2]) or float(m[2]), m[0]) for m in _step().finditer(fold(fact.words))}
        if len(found) == 1:
            ((scale, value, said),) = found
            known.setdefault(scale, []).append((n, value, said))
    for scale, told in sorted(known.items()):
        if len({value for _, value, _ in told}) != 2:
            continue
        for (n, one, left), (m, other, right) in combinations(told[:_MOST], 2):
            a, b = facts[n], facts[m]
            apart = elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b) or same_root(a, b)
            moved = any(not asked().moved.isdisjoint(f.key.split(" ")) for f in (a, b))
            if one != other and not apart and not moved:
                about = f"the {scale}"
                yield Finding("category", "contradiction", about, n, m, left, right, 0.75)
