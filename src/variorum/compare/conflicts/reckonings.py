"""Two reckonings of one thing next to each other in one report: "the police counted 12,000, the organisers spoke of
40,000". The second seldom says again what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Final

from variorum.compare.facts.asked import asked, has_any, kind_of_unit
from variorum.compare.facts.counts import Count, words_before, words_behind
from variorum.compare.facts.fact import Fact, stem
from variorum.compare.facts.order import same_root
from variorum.compare.facts.questions import Question, one_question, question_of
from variorum.compare.facts.told import Told, finding
from variorum.compare.facts.vocabulary import words
from variorum.compare.finding import Finding
from variorum.text.normalise import fold

#: The smallest figures that are reckoned.
_FEW: Final = 10
#: How many times one figure another may be that is set against it.
_TIMES: Final = 5
#: What is said of a figure alone, of what the words before it count: "there were about 2,500", "put the number at 120",
#: "the figure was closer to 120", "only 120 had".
_SOME: Final = r"(?:about |some |around |(?:at least|no more than|fewer than|more than|over|just|only|nearly|almost) )*"
_BARE: Final = re.compile(
    rf"\b(?:there (?:were|was|are)|it was|they were"
    rf"|(?:said|says|counted|estimated|reckoned|tallied|spoke of|spoken of|speaks of|speak of|put (?:it|them) at)"
    rf"|(?:put|puts|estimated|estimates|reckoned) (?:the |their |its )?(?:total |true |real |actual )?"
    rf"(?:number|figure|total|count|turnout|attendance|crowd|participation)(?: of [a-z]+)? (?:at|to be)"
    rf"|(?:the|its|their) (?:total |true |real |actual )?(?:number|figure|total|count) (?:was|is|stood at|had been)"
    rf"(?: (?:closer|nearer|close) to)?) {_SOME}$"
)
_ALONE: Final = re.compile(r"\s*(?:$|[.,;:)–—-]|(?:had|did|were|took part|came|of them|people|participants)\b)")


def find_reckonings(told: Sequence[Told]) -> Iterator[Finding]:
    """Each pair of two sources' figures that stand next to each other."""
    for x, y in combinations(told, 2):
        a, b = x.fact, y.fact
        if a.statement.article != b.statement.article or not 0 <= b.scene.sentence - a.scene.sentence <= 1:
            continue
        if min(x.count.core, y.count.core) < _FEW or not _of_two_sources(a, y):
            continue
        bare, asks = _is_bare(y), one_question(x, y)
        counted = asks is not None and asks.way == "settled"
        if asks is None and bare:
            asks = question_of(x)
            counted = asks is not None and asks.way == "settled"
        if not (counted or bare or b.predicate in estimating() or has_any(b.statement.text, asked().against)):
            continue
        if asks is None and (len(_whole(a)) != 1 if bare else _names_another(a, y)):
            continue
        if _may_be_one(x.count, y.count, bare=bare):
            yield _told(x, y, asks)


@cache
def estimating() -> frozenset[str]:
    """Stems of predicates of those who reckon how many."""
    return frozenset(map(stem, asked().estimating))


def of_one_size(x: Count, y: Count) -> bool:
    """Whether neither figure is many times the other."""
    small, large = sorted((abs(x.core), abs(y.core)))
    return small > 0 and large <= _TIMES * small


def _told(x: Told, y: Told, asks: Question | None) -> Finding:
    found = finding("contradiction", x, y, 0.78)
    return found if asks is None else replace(found, about=asks.about)


def _of_two_sources(a: Fact, y: Told) -> bool:
    """Whether the first figure is put down to somebody, and the second to somebody else."""
    b = y.fact
    if not a.statement.attribution:
        return False
    if same_root(a, b):
        return _is_bare(y) and reckons_against(a, b)
    return bool(b.statement.attribution) or _speaks(b)


def reckons_against(a: Fact, b: Fact) -> bool:
    """Whether the second itself tells who reckons, and it is not whom the first is put down to: "the union said; the
    police counted 120"."""
    named = set(map(stem, fold(a.statement.root.name or "").split()))
    return _speaks(b) and named.isdisjoint(p.head for p in b.parties.get("agent", ()))


def _is_bare(told: Told) -> bool:
    """Whether a figure is told alone, so that it is of what the words before it count."""
    count = told.count
    if not (count.slot.unit in (None, "person") and count.slot.role in (None, "participated")):
        return False
    before, after = fold(words_before(count, told.fact.statement)), words_behind(count, told.fact.statement)
    return _BARE.search(f"{before.strip()} ") is not None and _ALONE.match(after) is not None


def _whole(fact: Fact) -> list[Count]:
    """The counts of a statement of so many that they are reckoned, but ages, shares and measures."""
    return [c for c in fact.counts if c.core >= _FEW and not c.quantity.unit_code and c.slot.role != "age"]


def _names_another(a: Fact, y: Told) -> bool:
    """Whether the second reckoning itself says what it is of, and the first says nothing of that: "will sue for the
    return of 350,000", "put the total damage at 1.2 million"."""
    told = {p.head for p in y.fact.parties.get("patient", ())}
    units = {stem(word) for word in (y.count.slot.unit, y.count.quantity.unit) if word}
    own = {head for head in told - units if not re.search(r"\d", head)} - words().pointing - words().people
    return bool(own) and not own & a.terms and y.count.slot.role is not None


def _speaks(fact: Fact) -> bool:
    """Whether a statement itself tells who reckons: "the union spoke of 9,000"."""
    return fact.predicate in estimating() and bool(fact.parties.get("agent"))


def _may_be_one(x: Count, y: Count, *, bare: bool) -> bool:
    """Whether both figures may count one thing, and differ."""
    roles = {x.slot.role, y.slot.role} - {None}
    countable = _countable(x, y) or (bare and x.quantity.unit_code is None)
    return countable and len(roles) < 2 and of_one_size(x, y) and not x.meets(y)


def _countable(x: Count, y: Count) -> bool:
    """Whether both figures count one kind of thing; people are people however they are called."""
    units = kind_of_unit(x.slot.unit), kind_of_unit(y.slot.unit)
    return (
        (None not in units and units[0] == units[1]) or ("person" in units and None in units) or units == (None, None)
    )
