"""Figures of two reports that answer one question, though their sentences share no word.

A report answers a question (how many died, how high was the turnout, what is the damage) where it has one figure for it
and no other. Two such answers are set side by side if nothing says that they are of two things: other places, days,
holders, kinds. What is one figure rounded is told so; a running total has later states; what is measured once is
disputed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.conflicts.figures import counts_more_in
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.asked import asked, kind_of_unit
from variorum.compare.facts.counts import Count, counted_up, digits_named, is_whole, last_digit, of_two_kinds
from variorum.compare.facts.fact import Fact, elsewhere, other_day, stem
from variorum.compare.facts.order import order_of, same_root, tells_newer
from variorum.compare.facts.questions import Question, is_record, names_people, question_of, questions
from variorum.compare.facts.scope import other_scope
from variorum.compare.facts.telling import count_value
from variorum.compare.facts.told import Told, finding
from variorum.compare.facts.tolls import near_in_time, told_by
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.model import Relation

#: How sure: of a later state, of a dispute of two who are named, of one of two reports, of a rounding.
_UPDATE: Final = 0.76
_NAMED: Final = 0.78
_REPORTS: Final = 0.73
_ROUND: Final = 0.8
#: How many times one answer another may be: of a running total, and else.
_TIMES: Final = {"grows": 20.0, "moves": 20.0, "settled": 3.0, "revised": 5.0}
#: How far apart, of the larger, two figures may be that are one, rounded.
_NEAR: Final = 0.1
_CLOSE: Final = 0.05
#: From here on a figure that names three digits is seldom met by chance.
_TELLING: Final = 100
#: From here on so is one that names two.
_MANY: Final = 1000
#: Nearness in meaning that speaks for one thing.
_LIKE: Final = 0.2


def find_answers(
    told: Sequence[Told], alignment: Alignment, reach: Reach, known: Collection[Finding]
) -> Iterator[Finding]:
    """All that is found so, but between reports whose figures for it are set side by side already."""
    asked_of = [(t, q) for t in told if (q := question_of(t)) is not None]
    everywhere, done = _told_already(asked_of, alignment.facts, known)
    for question in questions():
        told_of = [t for t, q in asked_of if q is question]
        answers = _answers(told_of, question, alignment)
        for (holder, x), (other, y) in combinations(answers, 2):
            told_already = question.about in everywhere or (question.about, _articles(x.fact, y.fact)) in done
            if holder == other and not told_already:
                of = f" of {alignment.scale.names.name(holder)}" if holder else ""
                yield from _between(x, y, question, reach, question.about + of)


def _told_already(
    asked_of: Sequence[tuple[Told, Question]], facts: Sequence[Fact], known: Collection[Finding]
) -> tuple[frozenset[str], frozenset[tuple[str, frozenset[str]]]]:
    """Questions that are told already of all reports, as a running total is; others, with the two reports."""
    by_fact: dict[int, set[Question]] = {}
    for told, question in asked_of:
        by_fact.setdefault(told.n, set()).add(question)
    both = [
        (f, question)
        for f in known
        if f.kind == "quantity"
        for question in by_fact.get(f.a, set()) & by_fact.get(f.b, set())
    ]
    everywhere = frozenset(q.about for f, q in both if q.total and f.relation == "update")
    return everywhere, frozenset((q.about, _articles(facts[f.a], facts[f.b])) for f, q in both)


def _articles(a: Fact, b: Fact) -> frozenset[str]:
    return frozenset((a.statement.article, b.statement.article))


# --- what a report answers ------------------------------------------------------------------------------------------


def _answers(told: Sequence[Told], question: Question, alignment: Alignment) -> Iterator[tuple[str | None, Told]]:
    """The one figure of each report, and of each holder where it matters who holds it."""
    by_holder: dict[tuple[str, str | None], list[Told]] = {}
    for t in told:
        holder = _holder(t, alignment) if question.held else None
        whole = is_whole(t.count, t.fact.counts)  # "104 of the 200"
        if (holder or not question.held) and not whole and not t.count.vague:
            counted = counted_up(t.count, t.fact.statement) if question.people and question.total else t.count
            whole_toll = replace(t, count=counted)
            if question.people:
                both = of_two_kinds(whole_toll.count, whole_toll.fact.counts, whole_toll.fact.statement)
                whole_toll = replace(whole_toll, count=both)
            by_holder.setdefault((t.fact.statement.article, holder), []).append(whole_toll)
    for (_, holder), own in sorted(by_holder.items(), key=lambda item: min(t.n for t in item[1])):
        answer = _only(own, question)
        if answer is not None:
            yield holder, answer


def _only(told: Sequence[Told], question: Question) -> Told | None:
    """The answer of figures of one report that are one figure; a count of people beats one of some of them."""
    if question.people and any(t.count.slot.unit in (None, "person") for t in told):
        told = [t for t in told if t.count.slot.unit in (None, "person")]
    first = min(told, key=lambda t: (t.count.quantity.bound != "exact", t.n))
    return first if all(t.count.same_figure(first.count) for t in told) else None


def _holder(told: Told, alignment: Alignment) -> str | None:
    """Who holds what is counted: the last name before the number, or who the sentence before told of: "its own
    count"."""
    statement, place = told.fact.statement, told.count.quantity.span[0]
    doers = {t for t in told.fact.named("agent") if alignment.scale.names.kind(t) in ("organisation", "person")}
    if len(doers) == 1:
        return min(doers)
    before = [m for m in statement.mentions if m.span[1] <= place]
    if before:
        return alignment.scale.names.thing(max(before, key=lambda m: m.span).entity)
    if told.fact.key.split(" ")[0] not in words().pointing:
        return None
    here, scene = statement.article, told.fact.scene.sentence
    back = [f for f in alignment.facts[: told.n] if f.statement.article == here and scene - f.scene.sentence in (1, 2)]
    return next((min(f.named("agent")) for f in reversed(back) if f.named("agent")), None)


# --- two answers ----------------------------------------------------------------------------------------------------


def _between(x: Told, y: Told, question: Question, reach: Reach, about: str) -> Iterator[Finding]:
    if order_of(x.fact, y.fact) == -1:
        x, y = y, x
    if not _of_one(x, y, question, reach):
        return
    found = _relation(x, y, question)
    if found is not None:
        relation, sure, turned = found
        first, last = (y, x) if turned else (x, y)
        values = count_value(first.count), count_value(last.count)
        passing = first.fact.predicate not in told_by()
        yield Finding("quantity", relation, about, first.n, last.n, *values, sure, passing=passing)


def _of_one(x: Told, y: Told, question: Question, reach: Reach) -> bool:
    """Whether both may be of one thing, and of the whole of it."""
    a, b = x.fact, y.fact
    if a.statement.article == b.statement.article or other_scope(a, b) or counts_more_in(x) != counts_more_in(y):
        return False
    dated = not (is_record(a) or is_record(b))  # "the highest since 2009" is not of 2009
    if dated and (not near_in_time(a, b) or (not question.total and other_day(a.days, b.days))):
        return False
    return _one_kind(x.count, y.count, question) and (not question.loose or _linked(x, y, reach))


def _one_kind(x: Count, y: Count, question: Question) -> bool:
    """Whether both count one kind of thing; of people, one of the words may be for some of them."""
    units = kind_of_unit(x.slot.unit), kind_of_unit(y.slot.unit)
    if not (x.core and y.core):
        return question.people  # nobody at all
    if question.units or None in units or units[0] == units[1]:
        return True
    return question.people and "person" in units


def _linked(x: Told, y: Told, reach: Reach) -> bool:
    """Whether something else says that both are of one thing: a name or word of both, or what they mean."""
    return _shared(x, y) or rounds(x.count, y.count) or reach.near(x.n, y.n) >= _LIKE


def _shared(x: Told, y: Told) -> bool:
    """Whether both name one thing or share a word that is neither the unit nor a number."""
    units = {stem(word) for t in (x, y) for word in (t.count.slot.unit, t.count.quantity.unit) if word}
    shared = {t for t in x.fact.terms & y.fact.terms if not re.search(r"\d|#", t)} - units
    return bool(shared or x.fact.names & y.fact.names)


def _relation(x: Told, y: Told, question: Question) -> tuple[Relation, float, bool] | None:
    """How the answers stand to each other, how sure that is, and whether the second is told first; ``x`` is not the
    later report."""
    a, b = x.count, y.count
    if a.core == b.core:
        return None
    if rounds(a, b):
        return "rounding", _ROUND, False
    small, large = sorted((a.core, b.core))
    if not small:
        return _nobody(x, y)
    if large > (question.times or _TIMES[question.way]) * small:
        return None
    order, named = order_of(x.fact, y.fact), _two_named(x.fact, y.fact)
    if question.total:
        # Of reports that nobody dated each may tell an earlier state.
        return _states(a, b, question, order, named=named and bool(x.fact.reported and y.fact.reported))
    if a.meets(b):
        return None
    changed = order is not None and (same_root(x.fact, y.fact) or tells_newer(x.fact, y.fact))
    if changed or (order and question.way == "revised" and not named):
        return "update", _UPDATE, False
    if named:
        return "contradiction", _NAMED, False
    return ("contradiction", _REPORTS, False) if question.way == "settled" else None


def _states(
    a: Count, b: Count, question: Question, order: int | None, *, named: bool
) -> tuple[Relation, float, bool] | None:
    """Two states of a running total; one that can only grow and is lower later is disputed by two who are named."""
    if order and (question.way == "moves" or b.core > a.core):
        return "update", _UPDATE, False
    exact = {a.quantity.bound, b.quantity.bound} <= {"exact", "about"} and min(a.core, b.core) > 1
    some_of = _is_some_of(*sorted((a, b), key=lambda c: c.core))
    if named and exact and not a.meets(b) and not some_of:  # "several patients" and "one patient" are no dispute
        return "contradiction", _REPORTS, False
    return None


def _is_some_of(small: Count, large: Count) -> bool:
    """Whether the smaller number is of one kind of people and the larger of people: "two constables were held", "three
    were held". They may be some of them, or others."""
    return large.slot.unit in (None, "person") and small.slot.unit not in (None, "person")


def _nobody(x: Told, y: Told) -> tuple[Relation, float, bool] | None:
    """One says that there was nobody: the earlier one, whom the later outdoes; or both on one day, or by two who are
    named."""
    if not (x.fact.reported and y.fact.reported) or max(x.count.core, y.count.core) == 1:
        return None  # "a guard was tied up": one is easily misread
    if order_of(x.fact, y.fact) == 1 and y.count.core:
        return "update", _UPDATE, False
    if order_of(x.fact, y.fact) is None or _two_named(x.fact, y.fact):
        return "contradiction", _REPORTS, False
    return None


def _two_named(a: Fact, b: Fact) -> bool:
    return bool(a.statement.attribution and b.statement.attribution) and not same_root(a, b)


# --- rounded --------------------------------------------------------------------------------------------------------


def rounds(x: Count, y: Count) -> bool:
    """Whether one figure is the other, rounded: "more than 11,000" and 11,400, "two million" and 1.9 million; a word
    for many ("dozens") rounds nothing."""
    if any(c.quantity.low != c.quantity.high and None not in (c.quantity.low, c.quantity.high) for c in (x, y)):
        return False
    return _explained(x, y) or _explained(y, x)


def find_rounded(
    told: Sequence[Told], alignment: Alignment, reach: Reach, known: Collection[Finding]
) -> Iterator[Finding]:
    """One figure of two reports, rounded in one of them, where each has no other of that unit and size."""
    done = {frozenset((f.a, f.b)) for f in known}
    by_unit: dict[str, list[Told]] = {}
    for t in told:
        unit = _rounding_unit(t)
        if unit is not None and t.count.core and not t.fact.corrects:
            by_unit.setdefault(unit, []).append(t)
    for _, own in sorted(by_unit.items()):
        for x, y in combinations(own, 2):
            if not rounds(x.count, y.count) or frozenset((x.n, y.n)) in done:
                continue
            if _one_place(x, y) and _alone(x, y, own) and _one_thing(x, y, reach):
                yield finding("rounding", x, y, _ROUND)


def _rounding_unit(told: Told) -> str | None:
    """The kind of what is counted, if it is of one that figures are told by; people are people."""
    slot = told.count.slot
    if slot.unit is None or slot.unit in asked().lengths or slot.role == "age" or slot.unit == "percent":
        return None
    return "person" if names_people(slot.unit) else kind_of_unit(slot.unit)


def _alone(x: Told, y: Told, own: Sequence[Told]) -> bool:
    """Whether neither report has another figure of the unit and size."""
    return all(
        t.count.same_figure(z.count) or not 0.5 <= t.count.core / z.count.core <= 2
        for z in (x, y)
        for t in own
        if t.fact.statement.article == z.fact.statement.article
    )


def _one_place(x: Told, y: Told) -> bool:
    a, b = x.fact, y.fact
    return a.statement.article != b.statement.article and not elsewhere(a, b) and near_in_time(a, b)


def _one_thing(x: Told, y: Told, reach: Reach) -> bool:
    """Whether no roles are against it and a word, a name, the size or what they mean speaks for it."""
    fine = max((x.count, y.count), key=lambda c: digits_named(c.core))
    digits = digits_named(fine.core)
    telling = fine.core >= _TELLING and digits >= 3
    roles = {x.count.slot.role, y.count.slot.role} - {None}
    if len(roles) == 2 or digits < 2:
        return False
    if kind_of_unit(x.count.slot.unit) != kind_of_unit(y.count.slot.unit) and not (telling or fine.core >= _MANY):
        return False  # a hundred members and ninety people may be any
    return telling or _shared(x, y) or reach.near(x.n, y.n) >= _LIKE


def _explained(rough: Count, fine: Count) -> bool:
    """Whether the bound or the fewer digits of the first say how it differs from the second."""
    apart, size = fine.core - rough.core, max(abs(rough.core), abs(fine.core))
    if not 0 < abs(apart) <= _NEAR * size:
        return False
    bound, other = rough.quantity.bound, fine.quantity.bound
    if bound == "about":
        return abs(apart) <= _CLOSE * size or digits_named(rough.core) <= digits_named(fine.core)
    if bound != "exact":
        beyond = apart if bound == "at_least" else -apart
        # "At least 31" of 34 is no round figure.
        return other in ("exact", "about") and 0 < beyond <= last_digit(rough.core)
    coarser = digits_named(rough.core) < digits_named(fine.core)
    return coarser and size >= 100 and -0.5 <= apart / last_digit(rough.core) < 0.5
