"""Average linkage over how sure it is of pairs of texts that they are of one event."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile, Weights
from variorum.stories.views import Indices
from variorum.text.components import components
from variorum.text.shingle import Hashes

_COMMON_NAMES = 2  # one name, of a country say, is shared by events that have nothing else in common
_MANY_NAMES = 4  # who has fewer names than this cannot be told apart by them
_MANY_TEXTS = 5  # of fewer texts it does not show what is said by all of them …
_HALF = 0.5  # … or by so many
_HARDLY = 0.2  # of the texts of another group, at most
_OWN_WORDS = 3  # that only its own leads have, from which a group may be another event
_LEFT_OVER = 2  # a group of so few texts may join a larger one in the end …
_SOME = 3  # … of which so many are sure enough of it


@dataclass(frozen=True, slots=True)
class Outline:
    """What groups are told apart by besides likeness: the rare names of a text, its terms, and those in its lead."""

    names: frozenset[int]
    terms: Hashes
    lead: Hashes


def outline(one: Profile) -> Outline:
    """That of a profile."""
    return Outline(frozenset(one.names.tolist()), one.terms, one.terms[one.lead])


def noted(
    heads: Sequence[int], ones: Indices, others: Indices, sure: Weights, config: StoriesConfig
) -> dict[int, dict[int, float]]:
    """Pairs as a table: for each of ``heads`` how sure it is of others; ``ones`` and ``others`` are places in it. Pairs
    between texts that no chain of likely pairs connects are left out: no story comes of them."""
    likely = sure >= config.alike
    part = components(len(heads), np.stack((ones[likely], others[likely]), axis=1))
    kept = part[ones] == part[others]
    likeness: dict[int, dict[int, float]] = {i: {} for i in heads}
    for one, other, value in zip(ones[kept].tolist(), others[kept].tolist(), sure[kept].tolist(), strict=True):
        i, j = heads[one], heads[other]
        likeness[i][j] = likeness[j][i] = value
    return likeness


def within_reach(
    texts: Iterable[int], likeness: Mapping[int, Mapping[int, float]], config: StoriesConfig
) -> dict[int, None]:
    """The texts and all others whose story may depend on them: a group has no likeness that its nearest pair has not,
    so only such as a chain of likely pairs connects become one."""
    found = dict.fromkeys(texts)
    ahead = list(found)
    while ahead:
        for j, value in likeness[ahead.pop()].items():
            if value >= config.alike and j not in found:
                found[j] = None
                ahead.append(j)
    return found


def groups_of(
    texts: Sequence[Outline], ones: Indices, others: Indices, sure: Weights, config: StoriesConfig
) -> list[list[int]]:
    """The texts of each story."""
    return linked(noted(range(len(texts)), ones, others, sure, config), dict(enumerate(texts)), config)


def linked(
    likeness: dict[int, dict[int, float]], texts: Mapping[int, Outline], config: StoriesConfig
) -> list[list[int]]:
    """Groups of texts: the two groups with the greatest mean likeness between their texts become one, until none
    reaches ``config.alike`` (average linkage; a likeness not noted counts as none). Groups whose names differ, or whose
    leads tell different things, need more, ``config.unnamed``."""
    groups = _Groups(likeness, texts)
    # One entry a group. A mean never grows by a merge of two others, so an outdated entry is a bound: looked up again.
    heap = [groups.nearest(g) for g in likeness]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= config.alike:
        value, g, h = heapq.heappop(heap)
        if g not in groups.members:
            continue
        if -value == groups.mean(g, h):
            if -value >= config.unnamed or (groups.share_names(g, h) and not groups.rival(g, h)):
                groups.merge(g, h)
            else:
                groups.part(g, h)
        heapq.heappush(heap, groups.nearest(g))
    _take_in(groups, likeness, config)
    return list(groups.members.values())


def _take_in(groups: _Groups, likeness: dict[int, dict[int, float]], config: StoriesConfig) -> None:
    """Texts left over join the story where a few texts are sure of them, though most of a large one are not: it has
    grown over days, and they tell of one side of it."""
    small = [g for g, members in groups.members.items() if len(members) <= _LEFT_OVER]
    large = {i: g for g, members in groups.members.items() if len(members) > _LEFT_OVER for i in members}
    chosen: list[tuple[int, int]] = []
    for g in small:
        sure: defaultdict[int, float] = defaultdict(float)
        for i in groups.members[g]:
            near: defaultdict[int, list[float]] = defaultdict(list)
            for j, value in likeness[i].items():
                if j in large:
                    near[large[j]].append(value)
            for h, values in near.items():
                sure[h] += sum(sorted(values)[-_SOME:]) / _SOME / len(groups.members[g])
        best = max(sure, key=lambda h: (sure[h], -h), default=None)
        if best is not None and sure[best] >= config.certain:
            chosen.append((best, g))
    for h, g in chosen:
        groups.members[h] += groups.members.pop(g)


class _Groups:
    """Groups of texts by the number of one of them: their members, the sums of the likenesses between two groups, the
    names in each. Pairs that were looked at and kept apart stay so until one of them grows."""

    def __init__(self, likeness: dict[int, dict[int, float]], texts: Mapping[int, Outline]) -> None:
        self._texts = texts
        self.members = {g: [g] for g in likeness}
        self._sums = {g: dict(row) for g, row in likeness.items()}
        self._names = {g: set(texts[g].names) for g in likeness}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)

    def mean(self, g: int, h: int) -> float | None:
        """The mean likeness of two groups; None if there is none any more."""
        total = self._sums[g].get(h)
        if total is None or h in self._apart[g]:
            return None
        return total / (len(self.members[g]) * len(self.members[h]))

    def nearest(self, g: int) -> tuple[float, int, int]:
        """The negative mean likeness of ``g`` with the group nearest to it, ``g``, and that group."""
        size, members, apart = len(self.members[g]), self.members, self._apart.get(g, ())
        best, nearest = 0.0, 0
        for h, total in self._sums[g].items():
            mean = total / (size * len(members[h]))
            if (mean > best or (mean == best and h < nearest)) and h not in apart:
                best, nearest = mean, h
        return -best, g, nearest

    def share_names(self, g: int, h: int) -> bool:
        """Whether both may be one event for all that names tell: they share several rare ones, or one has few."""
        one, other = self._names[g], self._names[h]
        return min(len(one), len(other)) < _MANY_NAMES or len(one & other) >= _COMMON_NAMES

    def rival(self, g: int, h: int) -> bool:
        """Whether both are events of one kind: each has several words that half of its reports begin with and hardly a
        report of the other has. A story that has grown has new words on one side; two arrests, two elections, two
        earthquakes have their own on both."""
        one, other = self.members[g], self.members[h]
        return min(len(one), len(other)) >= _MANY_TEXTS and self._own(one, other) and self._own(other, one)

    def _own(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        leads, counts = np.unique(np.concatenate([self._texts[i].lead for i in ours]), return_counts=True)
        leads = leads[counts >= _HALF * len(ours)]
        others = np.sort(np.concatenate([self._texts[i].terms for i in theirs]))
        there = np.searchsorted(others, leads, "right") - np.searchsorted(others, leads)
        return int((there <= _HARDLY * len(theirs)).sum()) >= _OWN_WORDS

    def part(self, g: int, h: int) -> None:
        """Keep two groups apart for now."""
        self._apart[g].add(h)
        self._apart[h].add(g)

    def merge(self, g: int, h: int) -> None:
        """Make ``h`` part of ``g``."""
        for k in (g, h):
            for other in self._apart.pop(k, ()):
                self._apart[other].discard(k)
        self.members[g] += self.members.pop(h)
        self._names[g] |= self._names.pop(h)
        del self._sums[g][h]
        for k, total in self._sums.pop(h).items():
            if k != g:
                del self._sums[k][h]
                self._sums[g][k] = self._sums[k][g] = self._sums[g].get(k, 0.0) + total
