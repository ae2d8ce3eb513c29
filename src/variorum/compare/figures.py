"""Figures that answer one question though their sentences have little in common: one rounded from the other, one of a
town and one of its region, one that counts more in, steps of one scale, shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.align import Alignment
from variorum.compare.asked import asked, has_any, kind_of_unit
from variorum.compare.counts import Count
from variorum.compare.facts import Fact, elsewhere, other_day, stem
from variorum.compare.finding import Finding
from variorum.compare.names import is_country
from variorum.compare.order import order_of, same_root
from variorum.compare.reach import Reach
from variorum.compare.telling import count_value, question
from variorum.compare.tolls import near_in_time
from variorum.compare.vocabulary import words
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
#: How many times one figure another may be that is set against it, and how near in meaning their sentences must be.
_TIMES: Final = 5
_LIKE: Final = 0.3
#: Roles of shares that only one figure can have: how many of those called took part.
_SHARES: Final = frozenset({"participated"})


@dataclass(frozen=True, slots=True)
class Told:
    """A count with the index of its fact."""

    n: int
    fact: Fact
    count: Count


def find_figures(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    told = [Told(n, f, c) for n, f in enumerate(alignment.facts) for c in f.counts if not c.more][:_MOST]
    yield from _rounded(told, reach)
    yield from _scopes(told)
    yield from _counted_in(told)
    yield from _grown(told)
    yield from _shares(told)
    yield from _steps(alignment.facts)
    yield from _replaced(told)
    yield from _lasting(told, reach)
    yield from _estimates(told)
    yield from _rivals(told, alignment, reach)


def _finding(relation: str, x: Told, y: Told, confidence: float) -> Finding:
    about = max(question(x.count), question(y.count), key=len)
    return Finding("quantity", relation, about, x.n, y.n, count_value(x.count), count_value(y.count), confidence)  # type: ignore[arg-type]


# --- rounded --------------------------------------------------------------------------------------------------------


def _rounded(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """ "Nearly 20 hours" and 19 hours."""
    plain = [t for t in told if t.count.slot.role != "age" and abs(t.count.core) >= _FEW and t.count.quantity.of is None]
    for x in plain:
        if x.count.quantity.bound != "about":
            continue
        for y in plain:
            if y.count.quantity.bound == "exact" and _rounds(x.count, y.count) and _signs(x, y, reach) >= 2:
                yield _finding("rounding", x, y, 0.8)


def _rounds(rough: Count, exact: Count) -> bool:
    apart, size = abs(rough.core - exact.core), max(abs(rough.core), abs(exact.core))
    last = 10.0 ** _zeros(rough.core)
    return 0 < apart <= min(_ROUND * size, max(_HALF * last, 1.0)) and _digits(rough.core) <= _digits(exact.core)


def _digits(value: float) -> int:
    """Digits that a figure names: 2 of 3,400, 3 of 38,500,000."""
    return len(f"{value:.10g}".replace(".", "").strip("0")) if value < 1e10 else 1


def _zeros(value: float) -> int:
    digits = f"{value:.0f}"
    return len(digits) - len(digits.rstrip("0"))


def _signs(x: Told, y: Told, reach: Reach) -> int:
    """How much speaks for one thing counted; -1 if something speaks against it."""
    a, b = x.fact, y.fact
    units = kind_of_unit(x.count.slot.unit), kind_of_unit(y.count.slot.unit)
    roles = x.count.slot.role, y.count.slot.role
    if all(roles) and roles[0] == roles[1] and "person" in units:
        units = ("person", "person")
    apart = a.statement.article == b.statement.article or elsewhere(a, b) or other_day(a.days, b.days)
    if apart or not near_in_time(a, b) or (all(units) and units[0] != units[1]) or (all(roles) and roles[0] != roles[1]):
        return -1
    signs = bool(all(units)) + (max(abs(x.count.core), abs(y.count.core)) >= _RARE) + bool(all(roles))
    signs += bool({t for t in a.terms & b.terms if not t.startswith("#")} - set(units)) or bool(a.names & b.names)
    signs += y.count.core >= 100 and _digits(y.count.core) >= 3
    return signs + (reach.near(x.n, y.n) >= _NEAR if signs < 2 else 0)


# --- of other scope -------------------------------------------------------------------------------------------------


def _scopes(told: Sequence[Told]) -> Iterator[Finding]:
    """So many homes in the town, and more in the whole island."""
    wide = [t for t in told if t.count.core >= _FEW and has_any(t.fact.words, asked().whole)]
    towns = [t for t in told if t.count.core >= _FEW and not has_any(t.fact.words, asked().whole) and _local(t.fact)]
    for x in towns:
        for y in wide:
            one = x.count.slot.unit and not x.count.quantity.unit_code and kind_of_unit(x.count.slot.unit) == kind_of_unit(y.count.slot.unit)
            roles = {x.count.slot.role, y.count.slot.role} - {None}
            if one and len(roles) < 2 and _larger(x.count, y.count) and near_in_time(x.fact, y.fact):
                if not elsewhere(x.fact, y.fact) or y.fact.scene.sentence == x.fact.scene.sentence:
                    yield _finding("different_scope", x, y, 0.75)


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
        if y.count.slot.role not in people or not _opens_with_more(y):
            continue
        for x in told:
            same = x.count.slot.role == y.count.slot.role and x.count.quantity.of is None and not x.count.aside
            if same and 0 < y.count.core - x.count.core <= _COUNTED_IN and x.count.core > 1 and not _opens_with_more(x):
                if x.fact.statement.article != y.fact.statement.article and x.fact.predicate:
                    yield _finding("different_scope", x, y, 0.8)


def _opens_with_more(told: Told) -> bool:
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
                yield _finding("different_scope", x, y, 0.75)


# --- shares and steps -----------------------------------------------------------------------------------------------


def _shares(told: Sequence[Told]) -> Iterator[Finding]:
    """Two sources put one share at two figures."""
    shares = [t for t in told if t.count.slot.unit == "percent" and t.count.slot.role in _SHARES and not t.count.aside]
    for x, y in combinations(shares, 2):
        a, b = x.fact, y.fact
        apart = elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b)
        if apart or x.count.slot != y.count.slot or x.count.meets(y.count):
            continue
        order = order_of(a, b)
        sources = bool(a.statement.attribution and b.statement.attribution)
        if sources and not same_root(a, b):
            yield _finding("contradiction", x, y, 0.78)
        elif order:
            yield _finding("update", *((x, y) if order == 1 else (y, x)), 0.78)


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
        for (n, one, left), (m, other, right) in combinations(told, 2):
            a, b = facts[n], facts[m]
            apart = elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b) or same_root(a, b)
            moved = any(not asked().moved.isdisjoint(f.key.split(" ")) for f in (a, b))
            if one != other and not apart and not moved:
                about = f"the {scale}"
                yield Finding("category", "contradiction", about, n, m, left, right, 0.75)


# --- one figure or another ------------------------------------------------------------------------------------------


def _replaced(told: Sequence[Told]) -> Iterator[Finding]:
    """A later report that names the earlier figure beside its own: "to 231 from 214", "not 214"."""
    for y in told:
        for old in y.fact.counts:
            if old is y.count or not _one_unit(old, y.count) or old.core == y.count.core:
                continue
            before = fold(_words_before(old, y.fact))
            if not before.endswith(asked().from_figure):
                continue
            for x in told:
                earlier = order_of(x.fact, y.fact) != -1 and x.fact.statement.article != y.fact.statement.article
                if earlier and x.count.core == old.core and x.count.slot.unit and _one_unit(x.count, y.count):
                    if not any(c.core == y.count.core for c in x.fact.counts) and not elsewhere(x.fact, y.fact):
                        yield _finding("update", x, y, 0.85)


_LASTS: Final = re.compile(r"\b(?:last|lasts|lasted|lasting|takes?|took|run|runs) (?:for )?(?:about |some |at least |up to )?$")


def _lasting(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """Two lengths of one thing: a truce that is to last thirty days, or sixty."""
    lasting = [t for t in told if t.count.slot.unit in asked().lengths and _LASTS.search(fold(_words_before(t.count, t.fact)) + " ")]
    for x, y in combinations(lasting, 2):
        a, b = x.fact, y.fact
        differ = x.count.slot == y.count.slot and not x.count.meets(y.count) and len({t.count.core for t in lasting}) == 2
        if not differ or a.statement.article == b.statement.article or same_root(a, b) or reach.near(x.n, y.n) < _NEAR:
            continue
        if order_of(a, b) == -1:
            x, y = y, x
        changed = order_of(a, b) is not None and has_any(y.fact.statement.text, (*asked().raised, *asked().revised))
        yield _finding("update" if changed else "contradiction", x, y, 0.75)


def _words_before(count: Count, fact: Fact) -> str:
    begin = count.quantity.span[0] - fact.statement.span[0]
    return fact.statement.text[max(0, begin - 24) : max(0, begin)].rstrip()


def _one_unit(x: Count, y: Count) -> bool:
    units = kind_of_unit(x.slot.unit), kind_of_unit(y.slot.unit)
    return units[0] == units[1] or None in units


def _estimates(told: Sequence[Told]) -> Iterator[Finding]:
    """Two sources' figures for one thing next to each other in one report: "the police counted 12,000, the organisers
    spoke of 40,000"."""
    for x, y in combinations(told, 2):
        a, b = x.fact, y.fact
        if a.statement.article != b.statement.article or not 0 <= b.scene.sentence - a.scene.sentence <= 1:
            continue
        sources = bool(a.statement.attribution) and not same_root(a, b) and (bool(b.statement.attribution) or _speaks(b))
        estimated = b.predicate in _estimating() or has_any(b.statement.text, asked().against)
        if not sources or not estimated or x.count.core < _FEW or y.count.core < _FEW:
            continue
        roles = {x.count.slot.role, y.count.slot.role} - {None}
        if _of_one_size(x.count, y.count) and _countable(x.count, y.count) and len(roles) < 2 and not x.count.meets(y.count):
            yield _finding("contradiction", x, y, 0.78)


def _speaks(fact: Fact) -> bool:
    """Whether a statement itself tells who reckons: "the union spoke of 9,000"."""
    return fact.predicate in _estimating() and bool(fact.named("agent"))


@cache
def _estimating() -> frozenset[str]:
    return frozenset(map(stem, asked().estimating))


def _countable(x: Count, y: Count) -> bool:
    """Whether both figures count one kind of thing; people are people however they are called."""
    units = kind_of_unit(x.slot.unit), kind_of_unit(y.slot.unit)
    return None not in units and units[0] == units[1] or ("person" in units and None in units) or units == (None, None)


def _of_one_size(x: Count, y: Count) -> bool:
    small, large = sorted((abs(x.core), abs(y.core)))
    return small > 0 and large <= _TIMES * small


def _rivals(told: Sequence[Told], alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """Figures without a role of their own, in one unit, said of one thing by its own word, and near in meaning."""
    people = words().tolls
    plain = [t for t in told if _may_rival(t, people.growing | people.moving)]
    for x, y in combinations(plain, 2):
        a, b = x.fact, y.fact
        differ = x.count.slot == y.count.slot and _whole(x) == _whole(y) and not x.count.meets(y.count) and not _near_round(x.count, y.count)
        if not differ or not _of_one_size(x.count, y.count) or a.statement.article == b.statement.article:
            continue
        if elsewhere(a, b) or other_day(a.days, b.days) or not near_in_time(a, b):
            continue
        if not (_one_word(x, y) or _whole(x) is not None) or a.statement.reality != b.statement.reality and "planned" in (a.statement.reality, b.statement.reality):
            continue
        near = reach.near(x.n, y.n)
        if near < _LIKE:
            continue
        order = order_of(a, b)
        if order == -1:
            x, y, a, b = y, x, b, a
        one_source = same_root(a, b) or not (a.statement.attribution and b.statement.attribution)
        if one_source and order is None:
            continue
        changed = order is not None and (one_source or has_any(b.statement.text, asked().raised))
        yield _finding("update" if changed else "contradiction", x, y, min(0.9, 0.55 + 0.5 * near))


def _may_rival(told: Told, tolls: frozenset[str]) -> bool:
    count = told.count
    if told.fact.corrects:
        return False
    plain = count.quantity.bound in ("exact", "about") and not count.aside
    return plain and bool(count.slot.unit) and count.slot.unit not in asked().lengths and count.slot.role not in tolls | {"age"}


def _whole(told: Told) -> float | None:
    """The figure that a count is a part of: 70 of "33 of the 70 seats"."""
    of = told.count.quantity.of
    return next((c.core for c in told.fact.counts if c.quantity.span == of), -1.0) if of else None


def _near_round(x: Count, y: Count) -> bool:
    return abs(x.core - y.core) <= _ROUND / 2 * max(abs(x.core), abs(y.core))


def _one_word(x: Told, y: Told) -> bool:
    """Whether both sentences share a word of content that is neither the unit nor a number nor a name."""
    unit = {stem(w) for t in (x, y) for w in (t.count.slot.unit or "", t.count.quantity.unit or "") if w}
    shared = {t for t in x.fact.terms & y.fact.terms if not re.search(r"\d|#", t)} - unit - _amounts()
    called = {w for f in (x.fact, y.fact) for r in ("agent", "patient") for p in f.parties.get(r, ()) if p.thing for w in (p.head, *p.modifiers)}  # type: ignore[arg-type]
    return bool(shared - called)


@cache
def _amounts() -> frozenset[str]:
    return frozenset(map(stem, asked().amounts))
