"""Copies that changed a figure of the text that they carry: a slip, a joke, or a later state that was written in.

Such a figure is no second report of the event. Unless another report has it too, it is only told as what the copy
changed: it is no state of a toll, and in no dispute with anybody but the text that was carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

from variorum.compare.facts.asked import asked, kind_of_unit
from variorum.compare.facts.counts import Count, round_of
from variorum.compare.facts.fact import Fact
from variorum.compare.facts.telling import count_value, question, shortened
from variorum.compare.finding import Finding

#: Likeness of two sentences without their figures from which one is the other with figures changed, in percent.
_REST: Final = 94
#: How sure it is that a copy changed what it carries.
_SURE: Final = 0.95
#: Statements whose words without figures are remembered: each copy is held to what stands around its place.
_REMEMBERED: Final = 20_000
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Altered:
    """``carried``: by the index of a copy's statement that of the statement it carries with another figure; ``alone``:
    those of which no other report has the figure."""

    carried: Mapping[int, int] = field(default_factory=dict)
    alone: frozenset[int] = frozenset()


#: Nothing is carried with a change.
UNALTERED: Final = Altered()


@lru_cache(_REMEMBERED)
def without_figures(key: str) -> str:
    """The words of a statement but for its figures."""
    return " ".join(word for word in key.split(" ") if word not in _figure_words() and not _DIGIT.search(word))


@cache
def _figure_words() -> frozenset[str]:
    return frozenset((*asked().numbers, *asked().amounts))


def figures_changed(a: Fact, b: Fact) -> list[tuple[Count, Count]]:
    """The figures that two wordings of one sentence do not share; none if more than figures differ, or if they are
    only put in another way."""
    if len(a.counts) != len(b.counts) or fuzz.ratio(without_figures(a.key), without_figures(b.key)) < _REST:
        return []
    pairs = zip(_in_order(a.counts), _in_order(b.counts), strict=True)
    return [
        (x, y) for x, y in pairs
        if x.slot.unit == y.slot.unit and not x.same_figure(y) and not round_of(x, y)
    ]  # fmt: skip


def _in_order(counts: Sequence[Count]) -> list[Count]:
    return sorted(counts, key=lambda count: count.quantity.span)


def altered_copies(
    pairs: Sequence[tuple[int, int]], facts: Sequence[Fact], outlets: Mapping[str, str], wired: frozenset[str]
) -> Altered:
    """Of ``pairs`` of statements that a copied passage carries over those with another figure; what an outlet changes
    in its own report is its newer state. Articles in ``wired`` credit an agency, so that the change may be the
    agency's own and stand in a version that is not there – but where a later report of other words has the figure that
    was carried, none is newer."""
    pairs = [_older_first(n, m, facts) for n, m in pairs]
    keys: dict[str, set[str]] = {}
    for fact in facts:
        keys.setdefault(fact.statement.article, set()).add(fact.key)
    carried = {
        m: n for n, m in sorted(pairs)
        if figures_changed(facts[n], facts[m]) and not _same_outlet(facts[n], facts[m], outlets)
        and facts[n].key not in keys[facts[m].statement.article]
        and facts[m].key not in keys[facts[n].statement.article]
    }  # fmt: skip
    new = {m: _figures(facts[m]) - _figures(facts[n]) for m, n in carried.items()}
    told = [
        (fact.statement.article, _figures(fact)) for n, fact in enumerate(facts)
        if n not in carried and not fact.withdrawn  # what a notice takes back nobody tells
    ]  # fmt: skip
    copied = {i for pair in pairs for i in pair}
    elsewhere = [fact for i, fact in enumerate(facts) if i not in copied and not fact.corrects]
    alone = frozenset(
        m for m, figures in new.items()
        if (facts[m].statement.article not in wired or _still_told(facts[carried[m]], facts[m], elsewhere))
        and not any(figures & others for article, others in told if article != facts[m].statement.article)
    )  # fmt: skip
    return Altered(carried, alone)


def _still_told(before: Fact, after: Fact, elsewhere: Sequence[Fact]) -> bool:
    """Whether a report of a later day has a figure that a copy changed, in words of its own."""
    changed, day = _figures(before) - _figures(after), (after.reported or "")[:10]
    return bool(day) and any((f.reported or "")[:10] > day and changed & _figures(f) for f in elsewhere)


def _figures(fact: Fact) -> set[tuple[str | None, float]]:
    return {(kind_of_unit(c.slot.unit), c.core) for c in fact.counts}


def _older_first(n: int, m: int, facts: Sequence[Fact]) -> tuple[int, int]:
    """The pair with what was published first in front: nobody carries what is not out yet."""
    first, last = facts[n].reported or "", facts[m].reported or ""
    shared = min(len(first), len(last), 16)
    return (m, n) if last[:shared] < first[:shared] else (n, m)


def _same_outlet(a: Fact, b: Fact, outlets: Mapping[str, str]) -> bool:
    return outlets[a.statement.article] == outlets[b.statement.article]


def find_altered(altered: Altered, facts: Sequence[Fact]) -> Iterator[Finding]:
    """Each changed figure beside the one that was carried."""
    for m, n in sorted(altered.carried.items()):
        if m not in altered.alone:
            continue
        for x, y in figures_changed(facts[n], facts[m]):
            about = question(x) if x.slot.unit or x.slot.role else f"the figure in “{shortened(facts[n].words)}”"
            yield Finding("quantity", "contradiction", about, n, m, count_value(x), count_value(y), _SURE)
