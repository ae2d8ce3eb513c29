"""Reports that tell one story in other words: of the shorter one most statements stand in claims that the other makes
too, and in the same order.

Who saw an event by himself begins elsewhere, and has things of his own; who rewrites a report keeps its order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Final

from variorum.compare.facts.fact import Fact

#: The share of the claims of the shorter report that both make, how many they are, and how many of them stand in one
#: order, from which the one may be the other in other words.
_SHARE: Final = 0.5
_ENOUGH: Final = 4
_IN_ORDER: Final = 0.75


def retold(groups: Sequence[Sequence[Fact]], nobodys: Collection[str]) -> frozenset[frozenset[str]]:
    """The pairs of articles of which one may be the other in other words; ``groups`` are the claims. It is asked of
    those of which nobody says whose they are (``nobodys``): an outlet answers for what it tells under its name."""
    told = {article: claims for article, claims in _claims_in_order(groups).items() if article in nobodys}
    pairs = combinations(sorted(article for article, claims in told.items() if len(claims) >= _ENOUGH), 2)
    return frozenset(frozenset((a, b)) for a, b in pairs if _one_story(told[a], told[b]))


def _claims_in_order(groups: Sequence[Sequence[Fact]]) -> dict[str, dict[int, int]]:
    """By article the numbers of the claims that it makes, as it tells them first, each with its place."""
    places = sorted((fact.rank, fact.statement.article, n) for n, group in enumerate(groups) for fact in group)
    told: dict[str, dict[int, int]] = {}
    for _, article, claim in places:
        own = told.setdefault(article, {})
        own.setdefault(claim, len(own))
    return told


def _one_story(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    shared = [other[claim] for claim in one if claim in other]
    if len(shared) < max(_ENOUGH, _SHARE * min(len(one), len(other))):
        return False
    return _rising(shared) >= _IN_ORDER * len(shared)


def _rising(places: Sequence[int]) -> int:
    """How many of some places rise at most, others left out (patience sorting: Fredman 1975)."""
    ends: list[int] = []
    for place in places:
        n = bisect_left(ends, place)
        ends[n : n + 1] = [place]
    return len(ends)
