"""Figures of which only one can hold at a time, whatever their sentences: one that took another's place, two lengths of
one thing, and figures that one word and their meaning say to be of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.claims.clashes import steps_differ
from variorum.compare.conflicts.reach import Reach
from variorum.compare.conflicts.reckonings import estimating, of_one_size
from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, is_whole, whole_of, words_before
from variorum.compare.facts.fact import Fact, elsewhere, empty_stems, other_day, stem
from variorum.compare.facts.order import order_of, same_root, tells_newer
from variorum.compare.facts.questions import names_people, one_question
from variorum.compare.facts.scope import of_others, other_scope
from variorum.compare.facts.told import Told, finding
from variorum.compare.facts.tolls import near_in_time, told_by
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: Nearness in meaning that speaks for one thing.
_NEAR: Final = 0.2
#: Figures this near to each other are perhaps one, rounded.
_ROUND: Final = 0.05
#: How many times one figure another may be that is set against it, and how near in meaning their sentences must be.
_TIMES: Final = 5
_LIKE: Final = 0.3
#: Before a figure that is a change and no level: "slipped by seven percent".
_BY: Final = re.compile(r"\bby(?: (?:about|some|almost|nearly|around|roughly|more than|over))?$")


def find_rivals(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    yield from _replaced(told)
    yield from _lasting(told, reach)
    yield from _said_of_one(told, reach)


def _replaced(told: Sequence[Told]) -> Iterator[Finding]:
    """A later report that names the earlier figure beside its own: "to 231 from 214", "not 214"."""
    for y in told:
        for old in y.fact.counts:
            before = fold(_words_before(old, y.fact))
            other = old is not y.count and _one_unit(old, y.count) and old.core != y.count.core
            whole = is_whole(y.count, y.fact.counts) or is_whole(old, y.fact.counts)  # "missing from five of the eight"
            of_a_kind = _of_a_kind(old, y.count) or not before.endswith("after")
            if other and not whole and old.core != 1 and before.endswith(asked().from_figure) and of_a_kind:
                yield from (finding("update", x, y, 0.85) for x in told if _had(x, old, y))


def _of_a_kind(old: Count, new: Count) -> bool:
    """Whether it is said of one of the two what it counts: "killed on Oct 21 after 2 p.m." has two bare numbers."""
    return any(c.slot.unit or c.slot.role for c in (old, new))


def _had(x: Told, old: Count, y: Told) -> bool:
    """Whether an earlier report has the figure that another takes the place of."""
    earlier = order_of(x.fact, y.fact) != -1 and x.fact.statement.article != y.fact.statement.article
    same = x.count.core == old.core and bool(x.count.slot.unit) and _one_unit(x.count, y.count)
    both = any(c.core == y.count.core for c in x.fact.counts)
    return earlier and same and not both and not elsewhere(x.fact, y.fact)


_LASTS: Final = re.compile(
    r"\b(?:last|lasts|lasted|lasting|takes?|took|run|runs) (?:for )?(?:about |some |at least |up to )?$"
)


def _lasting(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """Two lengths of one thing: a truce that is to last thirty days, or sixty."""
    lasting = [
        t
        for t in told
        if t.count.slot.unit in asked().lengths and _LASTS.search(fold(_words_before(t.count, t.fact)) + " ")
    ]
    if len({t.count.core for t in lasting}) != 2:
        return
    for x, y in combinations(lasting, 2):
        a, b = x.fact, y.fact
        differ = x.count.slot == y.count.slot and not x.count.meets(y.count)
        apart = a.statement.article == b.statement.article or same_root(a, b)
        if differ and not apart and reach.near(x.n, y.n) >= _NEAR:
            first, last = (y, x) if order_of(a, b) == -1 else (x, y)
            words_of_change = (*asked().raised, *asked().by_now, *asked().revised)
            changed = order_of(a, b) is not None and has_any(last.fact.statement.text, words_of_change)
            yield finding("update" if changed else "contradiction", first, last, 0.75)


def _words_before(count: Count, fact: Fact) -> str:
    return words_before(count, fact.statement)[-24:].rstrip()


def _one_unit(x: Count, y: Count) -> bool:
    """Whether both may count one kind of thing; people are people however they are called."""
    units = {"person" if unit and names_people(unit) else kind_of_unit(unit) for unit in (x.slot.unit, y.slot.unit)}
    return len(units) == 1 or None in units


def _said_of_one(told: Sequence[Told], reach: Reach) -> Iterator[Finding]:
    """Figures that are no running totals, in one unit, said of one thing by its own word or of one whole, and near in
    meaning."""
    for x, y in combinations([t for t in told if _may_rival(t)], 2):
        if _may_differ(x, y) and (_one_word(x, y) or _whole(x) is not None):
            near = reach.near(x.n, y.n)
            if near >= _LIKE:
                yield from _rival(x, y, min(0.9, 0.55 + 0.5 * near))


def _may_differ(x: Told, y: Told) -> bool:
    """Whether two figures may answer one question and do not agree."""
    a, b = x.fact, y.fact
    if x.count.slot != y.count.slot or _whole(x) != _whole(y) or not of_one_size(x.count, y.count):
        return False
    if x.count.meets(y.count) or _near_round(x.count, y.count) or a.statement.article == b.statement.article:
        return False
    if any(z.slot == w.slot and z.same_figure(w) for z in a.counts for w in b.counts):
        return False  # "870 metres", "870 metres down a shaft of 2,100": one figure of both, and another thing's
    realities = {a.statement.reality, b.statement.reality}
    planned = "planned" in realities and len(realities) > 1
    wanted = steps_differ(a, b) or (_asks(a) != _asks(b))  # what is asked for, and what was got
    return not (
        planned
        or wanted
        or _is_change(x) != _is_change(y)
        or of_others(a, b)
        or other_scope(a, b)
        or other_day(a.days, b.days)
        or not near_in_time(a, b)
    )


def _is_change(told: Told) -> bool:
    """Whether a figure is a change and no level: "slipped by seven percent", "rose seven percent"."""
    before = fold(_words_before(told.count, told.fact))
    last, parts = before.rpartition(" ")[2], words().parts
    moved = told.count.slot.unit == "percent" and (last in parts.rising or last in parts.falling)
    return moved or _BY.search(before) is not None


def _asks(fact: Fact) -> bool:
    """Whether somebody only asks for it, or promises it."""
    return any(row.stance in ("ask", "promise") for row in fact.statement.attribution[-1:])


def _rival(x: Told, y: Told, sure: float) -> Iterator[Finding]:
    """Two sources disagree; where one speaks, or nobody is named, the later report has the later state, but for two
    reports of one day."""
    order = order_of(x.fact, y.fact)
    first, last = (y, x) if order == -1 else (x, y)
    a, b = first.fact, last.fact
    same_day = bool(a.reported and b.reported) and a.reported[:10] == b.reported[:10]  # type: ignore[index]
    unnamed = not (a.statement.attribution and b.statement.attribution)
    one_source = same_root(a, b) or (unnamed and not same_day)
    if (same_root(a, b) or unnamed) and order is None:
        return
    changed = order is not None and (one_source or tells_newer(a, b))
    asks = one_question(x, y)
    if asks is not None and asks.way == "settled" and not same_root(a, b):
        changed = False  # what is measured once has no later state
    if changed and _other_deed(a, b):
        return
    found = finding("update" if changed else "contradiction", first, last, sure)
    yield found if asks is None else replace(found, about=asks.about)


def _other_deed(a: Fact, b: Fact) -> bool:
    """Whether something else was done to what is counted, so that it need not be the same ones: 48 were stolen, and 40
    found later."""
    deeds = {fact.predicate for fact in (a, b)}
    telling = told_by() | estimating() | empty_stems() | {""}
    return len(deeds) > 1 and not deeds & telling and not tells_newer(a, b)


def _may_rival(told: Told) -> bool:
    count, tolls = told.count, words().tolls
    plain = count.quantity.bound in ("exact", "about") and not count.aside and not told.fact.corrects
    counted = bool(count.slot.unit) and count.slot.unit not in asked().lengths
    return (
        plain
        and counted
        and not is_whole(count, told.fact.counts)
        and count.slot.role not in tolls.growing | tolls.moving | {"age"}
    )


def _whole(told: Told) -> float | None:
    """The figure that a count is a part of: 70 of "33 of the 70 seats"."""
    whole = whole_of(told.count, told.fact.counts)
    return whole.core if whole else (-1.0 if told.count.quantity.of else None)


def _near_round(x: Count, y: Count) -> bool:
    return abs(x.core - y.core) <= _ROUND * max(abs(x.core), abs(y.core))


def _one_word(x: Told, y: Told) -> bool:
    """Whether both sentences share a word of content that is neither the unit nor a number nor a name."""
    unit = {stem(w) for t in (x, y) for w in (t.count.slot.unit or "", t.count.quantity.unit or "") if w}
    shared = {t for t in x.fact.terms & y.fact.terms if not re.search(r"\d|#", t)} - unit - _amounts()
    called = {
        w
        for f in (x.fact, y.fact)
        for r in ("agent", "patient")
        for p in f.parties.get(r, ())
        if p.thing
        for w in (p.head, *p.modifiers)
    }
    return bool(shared - called)


@cache
def _amounts() -> frozenset[str]:
    return frozenset(map(stem, asked().amounts))
