"""Plans for another day: "has been put off to 4 May", "had planned to reopen on Monday. It will now open on the 25th";
and plans that are dropped by another word than they were made with: "was to visit", "cancelled his trip".

The later report seldom says which day was set before. That both are of one undertaking is told by what is planned or
who plans it, and by a name or by nearness in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from variorum.compare.claims.align import Alignment
from variorum.compare.claims.clashes import stopping
from variorum.compare.conflicts.plans import (
    called_off,
    deed,
    is_plan,
    is_to_end,
    kinds,
    may_follow,
    moved_to,
    taking_part,
    undertakings,
)
from variorum.compare.conflicts.reach import Reach
from variorum.compare.facts.doers import two_doers
from variorum.compare.facts.fact import Fact, other_day, stem
from variorum.compare.facts.telling import shortened
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

_SURE: Final = 0.8
#: Plans of one story that are followed at most.
_MOST: Final = 60
#: Nearness in meaning of a plan and what is told of it later, where no name is in both.
_NEAR: Final = 0.25
#: Sentences from a former plan to what takes its place.
_NEXT: Final = 1
_NOW: Final = re.compile(r"\b(?:now|instead)\b")


def find_moved(alignment: Alignment, reach: Reach) -> Iterator[Finding]:
    """All that is found so."""
    facts = alignment.facts
    plans = [n for n, fact in enumerate(facts) if _may_be_moved(fact)][:_MOST]
    for m, after in enumerate(facts):
        day = _new_day(after)
        for n in plans if day else ():
            if facts[n].dated and facts[n].days != day and _of_one_undertaking(n, m, facts, reach):
                yield _finding("date", n, m, facts)
        dropped = _dropped(after)
        for n in plans if dropped else ():
            if dropped & kinds(deed(facts[n])) and _is_his(facts[n], after) and _of_one(n, m, facts, reach):
                yield _finding("status", n, m, facts)
    yield from _replaced(facts)


def _may_be_moved(fact: Fact) -> bool:
    """Whether it is planned, or goes on until a day: "the order applies until 6 June"."""
    return fact.statement.polarity == "affirmed" and (is_plan(fact) or is_to_end(fact))


def _finding(kind: str, n: int, m: int, facts: Sequence[Fact]) -> Finding:
    values = shortened(facts[n].words), shortened(facts[m].words)
    return Finding(kind, "update", values[0], n, m, *values, _SURE, places=(0, 1))  # type: ignore[arg-type]


# --- another day ----------------------------------------------------------------------------------------------------


def _new_day(fact: Fact) -> tuple[str, str] | None:
    """The day to which a statement says that something was moved, from the first to the last moment of it."""
    if fact.statement.polarity != "affirmed":
        return None
    named = [t for t in fact.statement.times if t.begin and t.end and moved_to(fact, t)]
    return (named[0].begin or "", named[0].end or "") if len(named) == 1 else None


def _of_one_undertaking(n: int, m: int, facts: Sequence[Fact], reach: Reach) -> bool:
    """Whether what was moved is what was planned: one thing takes part in both, or is the deed of the one."""
    before, after = facts[n], facts[m]
    moved = taking_part(after)
    same = moved & deed(before) or taking_part(before) & after.terms or kinds(moved) & kinds(deed(before))
    return bool(same) and may_follow(before, after) and _of_one(n, m, facts, reach)


def _of_one(n: int, m: int, facts: Sequence[Fact], reach: Reach) -> bool:
    return bool(facts[n].scene.names & facts[m].scene.names) or reach.near(n, m) >= _NEAR


def _is_his(before: Fact, after: Fact) -> bool:
    """Whether who drops something may be who planned it; of what "will not" be done the doer or the thing is the same:
    another's deed may have the same word."""
    if not may_follow(before, after):
        return False
    if after.statement.polarity == "affirmed":
        return not two_doers(before, after)
    doers = before.named("agent"), after.named("agent")
    other = all(doers) and doers[0].isdisjoint(doers[1])
    return not other and not taking_part(after).isdisjoint(before.terms | taking_part(before))


# --- dropped --------------------------------------------------------------------------------------------------------


def _dropped(fact: Fact) -> frozenset[int]:
    """The kinds of undertaking that a statement says will not be: "called off his trip", "will not contest it"."""
    if fact.statement.polarity == "negated" and fact.statement.reality == "planned":
        return kinds(frozenset({fact.predicate}))
    if is_plan(fact) or fact.statement.polarity != "affirmed" or not _dropping().search(fact.folded):
        return frozenset()
    return kinds(called_off(fact) | _behind_dropped(fact))


def _behind_dropped(fact: Fact) -> frozenset[str]:
    found = _dropping().search(fold(fact.words))
    behind = fold(fact.words)[found.end() :].split()[:3] if found else []
    return frozenset(map(stem, behind)) - words().empty


@cache
def _dropping() -> re.Pattern[str]:
    return re.compile(rf"{stopping().pattern}|\b(?:dropped|drops|withdrew|withdrawn|gave up|given up|pulled out of)\b")


# --- formerly -------------------------------------------------------------------------------------------------------


def _replaced(facts: Sequence[Fact]) -> Iterator[Finding]:
    """A former plan that a report itself sets against the present one."""
    for n, before in enumerate(facts):
        if not (before.dated and before.days and _formerly().search(before.folded)):
            continue
        for m in range(n + 1, min(n + 4, len(facts))):
            after = facts[m]
            near = after.statement.article == before.statement.article and _is_next(before, after)
            day = _new_day(after) or (after.days if is_plan(after) and after.dated else None)
            if near and day and other_day(before.days, day) and _goes_on(before, after):
                yield _finding("date", n, m, facts)
                break


def _is_next(before: Fact, after: Fact) -> bool:
    same = after.statement.article == before.statement.article
    return same and after.scene.sentence - before.scene.sentence <= _NEXT


def _goes_on(before: Fact, after: Fact) -> bool:
    """Whether the second speaks of what the first does: by a pronoun, its doer, or its deed."""
    doers = {p.head for p in after.parties.get("agent", ())} | {p.head for p in after.parties.get("patient", ())}
    same = doers & taking_part(before) or doers & words().pointing
    one_deed = kinds(deed(before)) & kinds(deed(after)) or before.predicate == after.predicate
    return bool(same) and bool(one_deed or _NOW.search(after.folded))


@cache
def _formerly() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(undertakings().formerly)})\b")
