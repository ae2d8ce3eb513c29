"""Which stretches of two texts are the same words: seeds, chains of seeds, and a close look into the gaps.

The pattern of large text-reuse studies (passim: Smith, Cordell and Mullen 2015) and of sequence search. Texts come
as arrays of word ids; stretches may stand in another order in the other text. Time is linear in the lengths but for
the sort of the seeds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from variorum.text.shingle import Hashes, Positions, grams


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``[start, end)`` of either text that go together, and how many of them are the same in both."""

    a: tuple[int, int]
    b: tuple[int, int]
    matched: int

    @property
    def similarity(self) -> float:
        """Same words over the words of the longer side, in (0, 1]."""
        return self.matched / max(self.a[1] - self.a[0], self.b[1] - self.b[0])


def align(
    a: Hashes,
    b: Hashes,
    sections: tuple[Positions, Positions] | None = None,
    seed: int = 5,
    gap: int = 24,
    least: int = 12,
) -> tuple[Stretch, ...]:
    """The stretches that ``a`` and ``b`` share, in the order of ``a``, overlapping in neither.

    ``sections`` numbers the section each word stands in; no stretch crosses from one into the next. ``seed`` is the
    run of words that starts a match, ``gap`` how many words may be changed, added or lost between two seeds of one
    stretch, ``least`` the fewest same words of a stretch.
    """
    part_a, part_b = sections or (np.zeros(len(a), np.int64), np.zeros(len(b), np.int64))
    at, bt = _seeds(a, b, seed)
    whole = (part_a[at] == part_a[at + seed - 1]) & (part_b[bt] == part_b[bt + seed - 1])
    at, bt = at[whole], bt[whole]
    # Strays go first: one between two long chains would cut what belongs together.
    cuts = _breaks(at, bt, part_a, part_b, seed + gap)
    lengths = np.diff(np.append(cuts, len(at)))
    kept = np.repeat(lengths + seed - 1 >= min(least, seed + 2), lengths)
    at, bt = at[kept], bt[kept]
    cuts = _breaks(at, bt, part_a, part_b, seed + gap)[1:]
    chains = zip(np.split(at, cuts), np.split(bt, cuts), strict=True) if len(at) else ()
    stretches = [_stretch(a, b, x, y, seed) for x, y in chains]
    return _disjoint([s for s in stretches if s.matched >= least], len(a), len(b))


def _seeds(a: Hashes, b: Hashes, size: int) -> tuple[Positions, Positions]:
    """Positions in ``a`` (ascending) and ``b`` where the same run of ``size`` words begins; repeats pair off in order:
    the k-th in ``a`` with the k-th in ``b``."""
    if len(a) < size or len(b) < size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first = len(a) - size + 1
    both = np.concatenate((grams(a, size), grams(b, size)))
    order = np.argsort(both, kind="stable")
    ranked = both[order]
    begins = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1]))
    ends = np.append(begins[1:], len(ranked))
    # A group of equal hashes is those of `a` in order, then those of `b`.
    of_b = np.concatenate(([0], np.cumsum(order >= first)))
    in_b = of_b[ends] - of_b[begins]
    in_a = ends - begins - in_b
    pairs = np.minimum(in_a, in_b)
    places = np.repeat(begins - np.cumsum(pairs) + pairs, pairs) + np.arange(int(pairs.sum()))
    at, bt = order[places], order[places + np.repeat(in_a, pairs)] - first
    order = np.argsort(at, kind="stable")
    return at[order], bt[order]


def _breaks(at: Positions, bt: Positions, part_a: Positions, part_b: Positions, reach: int) -> Positions:
    """Indices of the seeds that begin a chain."""
    if not len(at):
        return np.zeros(0, np.int64)
    da, db = np.diff(at), np.diff(bt)
    new = (db <= 0) | (db > reach) | (da > reach)
    new |= (np.diff(part_a[at]) != 0) | (np.diff(part_b[bt]) != 0)
    return np.flatnonzero(np.append(True, new))


def _stretch(a: Hashes, b: Hashes, at: Positions, bt: Positions, size: int) -> Stretch:
    """One chain as a stretch: its seeds, and in each gap the longest common subsequence."""
    steps = np.minimum(np.minimum(np.diff(at), np.diff(bt)), size)
    matched = int(steps.sum()) + size
    for k in np.flatnonzero((np.diff(at) > size) & (np.diff(bt) > size)):
        left = a[at[k] + size : at[k + 1]].tolist()
        right = b[bt[k] + size : bt[k + 1]].tolist()
        matched += int(LCSseq.similarity(left, right))
    span_a, span_b = (int(at[0]), int(at[-1]) + size), (int(bt[0]), int(bt[-1]) + size)
    return Stretch(span_a, span_b, min(matched, span_a[1] - span_a[0], span_b[1] - span_b[0]))


def _disjoint(stretches: list[Stretch], length_a: int, length_b: int) -> tuple[Stretch, ...]:
    """The longest first, leaving out those that overlap one already taken in either text by more than a few words,
    as repeated phrases do."""
    used_a, used_b = np.zeros(length_a, np.bool_), np.zeros(length_b, np.bool_)
    taken: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (-s.matched, s.a, s.b)):
        side_a, side_b = used_a[slice(*stretch.a)], used_b[slice(*stretch.b)]
        if max(int(side_a.sum()), int(side_b.sum())) <= 4:
            side_a[:] = side_b[:] = True
            taken.append(stretch)
    return tuple(sorted(taken, key=lambda s: s.a))
