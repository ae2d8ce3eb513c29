"""Whose figure it is: what looks like a later state of a figure and is another side's, and what looks like a dispute
and is one source's newer figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import words_before
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.told import Told, finding
from variorum.compare.finding import Finding
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

#: How sure it is that a recalled figure is an earlier state, and how many times the other it may be.
_RECALLED: Final = 0.8
_TIMES: Final = 10
#: Before what is no object of telling: "counted votes from 60 percent of stations".
_ELSE: Final = "from|in|for|after|by|on|within|among|since|with|to"


def with_sides(findings: Sequence[Finding], facts: Sequence[Fact]) -> list[Finding]:
    """The findings, those about figures by who stands behind them."""
    return [_of_one_report(f, facts) for f in _back_and_forth(findings)]


def find_recalled(told: Sequence[Told]) -> Iterator[Finding]:
    """A figure, and the one that its report recalls beside it: "it now says 8,500 tonnes were lost; on Friday it had
    reported 6,000"."""
    recalled = [t for t in told if t.count.slot.unit and _is_recalled(t)]
    for old in recalled:
        for new in told:
            if new not in recalled and _beside(old, new) and _of_one_thing(old, new):
                yield finding("update", old, new, _RECALLED)


def _is_recalled(told: Told) -> bool:
    """Whether a figure is what was given before: "had reported that 6,000", and not "had counted votes from 60"."""
    return _recalling().search(f"{fold(words_before(told.count, told.fact.statement))} ") is not None


@cache
def _recalling() -> re.Pattern[str]:
    """One of the words for it, then at most four, none of which leads to something else."""
    return re.compile(rf"\b(?:{longest_first(asked().told_before)})(?: of)?(?: (?!(?:{_ELSE})\b)[\w'’-]+){{0,4}} $")


def _beside(old: Told, new: Told) -> bool:
    """Whether both stand in one report, in one sentence or in two that follow each other."""
    a, b = old.fact, new.fact
    return a.statement.article == b.statement.article and abs(a.scene.sentence - b.scene.sentence) <= 1


def _of_one_thing(old: Told, new: Told) -> bool:
    """Whether two figures may be of one thing: one unit, one role as far as both have one, a word of both."""
    x, y = old.count, new.count
    roles = {x.slot.role, y.slot.role} - {None}
    parts = x.quantity.of or y.quantity.of or x.aside or y.aside or min(x.core, y.core) <= 0
    if parts or len(roles) > 1 or kind_of_unit(x.slot.unit) != kind_of_unit(y.slot.unit) or x.meets(y):
        return False
    alike = max(x.core, y.core) <= _TIMES * min(x.core, y.core)
    return alike and (len(roles) == 1 or bool(old.fact.terms & new.fact.terms))


def _back_and_forth(findings: Sequence[Finding]) -> list[Finding]:
    """A figure that gives way to another and comes back is disputed: the fire service's 1,200, the company's 800 that
    evening, the fire service's 1,200 two days later."""
    changes = {(f.about, f.value_a, f.value_b) for f in findings if f.kind == "quantity" and f.relation == "update"}
    back = {(about, a, b) for about, a, b in changes if (about, b, a) in changes}
    return [
        replace(f, relation="contradiction", places=(0, 0))
        if f.relation == "update" and (f.about, f.value_a, f.value_b) in back else f
        for f in findings
    ]  # fmt: skip


def _of_one_report(found: Finding, facts: Sequence[Fact]) -> Finding:
    """One report that recalls a figure beside another tells two states: "it now says 8,500 tonnes; on Friday it had
    reported 6,000"."""
    a, b = facts[found.a], facts[found.b]
    held = (found.kind, found.relation) == ("quantity", "contradiction")
    recalls = [has_any(f.statement.text, asked().told_before) for f in (a, b)]
    if not held or a.statement.article != b.statement.article or recalls[0] == recalls[1]:
        return found
    return replace(found if recalls[0] else found.turned(), relation="update", places=(0, 1))
