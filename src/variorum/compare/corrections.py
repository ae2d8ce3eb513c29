"""Figures that a correction notice withdraws, and the reports that still carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from variorum.compare.counts import Count
from variorum.compare.facts import Fact
from variorum.compare.vocabulary import words
from variorum.text.normalise import fold

#: Characters before a number in which "not" or "instead of" makes it the withdrawn one.
_BEFORE: Final = 16


@dataclass(frozen=True, slots=True)
class Correction:
    """A withdrawn count and the one that stands instead; ``old`` and ``new``: the facts, by index, that have them."""

    withdrawn: Count
    stands: Count
    old: tuple[int, ...]
    new: tuple[int, ...]


def find_corrections(
    facts: Sequence[Fact], texts: Callable[[Fact], str], alike: Callable[[int, int], bool]
) -> Iterator[Correction]:
    """Each notice that gives two figures of one unit; ``texts`` gives a fact's words, ``alike`` says whether two facts
    speak of one thing. Reports with the withdrawn figure count only where they speak of what the notice or the
    corrected report does."""
    notices = ((n, fact) for n, fact in enumerate(facts) if fact.corrects)
    for article, told in groupby(notices, key=lambda pair: pair[1].statement.article):
        found = _two_figures([(n, fact, count) for n, fact in told for count in fact.counts], texts)
        if found is None:
            continue
        (n, x), (m, y) = found
        new = [i for i, f in enumerate(facts) if f.statement.article == article and _has(f, y)]
        still = [i for i, f in enumerate(facts) if not f.corrects and _has(f, x)]
        old = [i for i in still if any(alike(i, j) for j in (n, *new))]
        if old:
            # The corrected report itself says it best; the notice only where the report no longer has the figure.
            yield Correction(x, y, tuple(old), tuple(i for i in new if not facts[i].corrects) or (m,))


def _two_figures(
    counted: Sequence[tuple[int, Fact, Count]], texts: Callable[[Fact], str]
) -> tuple[tuple[int, Count], tuple[int, Count]] | None:
    """The withdrawn figure of a notice and the one that stands: the first two of one unit."""
    for place, (n, _, x) in enumerate(counted):
        later = (c for c in counted[place + 1 :] if c[2].slot.unit == x.slot.unit and c[2].core != x.core)
        found = next(later, None)
        if found is not None and x.slot.unit:
            m, other, y = found
            return ((m, y), (n, x)) if _taken_back(other, y, texts) else ((n, x), (m, y))
    return None


def _has(fact: Fact, figure: Count) -> bool:
    return any(c.slot.unit == figure.slot.unit and c.core == figure.core for c in fact.counts)


def _taken_back(fact: Fact, count: Count, texts: Callable[[Fact], str]) -> bool:
    """ "It was 1.4 metres, not 3.4": the second figure is the withdrawn one."""
    begin = count.quantity.span[0] - fact.statement.span[0]
    before = f" {fold(texts(fact)[max(0, begin - _BEFORE) : begin])} "
    return any(f" {cue} " in before for cue in words().taken_back)
