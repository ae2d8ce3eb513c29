"""How much the texts of a collection resemble each other, and how much something else resembles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.stories.config import StoriesConfig
from variorum.stories.profile import REACH, Profile, Weights, nearness, rarities
from variorum.stories.scorer import Sign, own_usual, signals, usual_of
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.shingle import Mask

_TEXT = VIEWS.index("text")
_FAINT = 0.04  # likenesses below this are taken for none
_NEIGHBOURS = 60  # nearest earlier texts compared with each; more make it slower and no better
# Texts near to one are found by its heaviest terms: 97 % of what all of its terms would find. The others are many, and
# stand in nearly every text.
_PROBES = 80
_LENGTH = 0.98  # of the square of the vector's length: fewer terms do if they have so much of it


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts that resemble each other at all: ``ones`` and ``others`` number the articles ``heads``, ``seen``
    is how much they do in each view (views, pairs)."""

    heads: list[int]
    ones: Indices
    others: Indices
    seen: Weights
    times: Weights  # of each text, in seconds, NaN if unknown
    rows: Indices  # where each text stands in the table
    kept: Mask  # which of the table's texts they are
    table: Table

    def signals(self, usual: Sequence[Weights], signs: tuple[Sign, ...]) -> Weights:
        """(pairs, signs); ``usual`` is that of the texts."""
        return signals(self.seen, self.ones, self.others, usual, signs)

    def usual(self, signs: tuple[Sign, ...]) -> tuple[Weights, ...]:
        """For each sign what each of the texts reaches with those nearest to it."""
        return usual_of(self.seen, self.ones, self.others, len(self.heads), signs)

    def probed(self, one: Profile, usual: Sequence[Weights], signs: tuple[Sign, ...]) -> tuple[Indices, Weights]:
        """The texts, by number, that resemble something which is none of them but whose words they have, and the
        signals of each (texts, signs). ``usual`` is that of the texts."""
        terms, weights = self.table.viewed(one)
        rows = self.table.nearest(terms, weights[0], self.table.around(_seconds(one)), self.kept)
        near = np.searchsorted(self.rows, rows)
        seen = self.table.compared(terms, weights, rows) * nearness(np.full(len(near), _seconds(one)), self.times[near])
        # The texts near and, last, that which they resemble: what each of these is held against.
        me, here = np.full(len(near), len(near)), np.arange(len(near))
        own = own_usual(seen, len(self.heads) + 1, signs)
        both = tuple(np.append(held[near], mine) for held, mine in zip(usual, own, strict=True))
        return near, signals(seen, me, here, both, signs)


def resembling(profiles: Sequence[Profile], texts: dict[int, list[int]], config: StoriesConfig) -> Pairs:
    """The pairs among ``texts``, which stand in order of their dates, that may be of one event. Texts that are nearly
    the same are made one in ``texts``."""
    table = Table([profiles[i] for i in texts], config)
    return settled(profiles, texts, table, met(table, 0, len(texts)), config)


@dataclass(frozen=True, slots=True)
class Met:
    """The earlier texts that one text resembles most: their rows, and how much it resembles them in each view (views,
    texts)."""

    near: Indices
    seen: Weights


def met(table: Table, begin: int, end: int) -> Iterator[Met]:
    """What each of the texts ``[begin, end)`` meets among those before it; so that it can be done anywhere."""
    for row in range(begin, end):
        terms, weights = table.row(row)
        near = table.nearest(terms, weights[0], table.before(row))
        yield Met(near, table.compared(terms, weights, near))


def settled(
    profiles: Sequence[Profile], texts: dict[int, list[int]], table: Table, rows: Iterable[Met], config: StoriesConfig
) -> Pairs:
    """The pairs of ``texts``, given what each has met. Texts that are nearly the same are made one in ``texts``."""
    heads = list(texts)
    number: dict[int, int] = {}  # of each row that is kept
    ones: list[int] = []
    others: list[int] = []
    seen: list[Weights] = []
    for row, found in enumerate(rows):
        there = np.array([j in number for j in found.near.tolist()], np.bool_)
        near, cosines = found.near[there].tolist(), found.seen[_TEXT, there].tolist()
        copied = next((j for j, cosine in zip(near, cosines, strict=True) if cosine >= config.copy), None)
        if copied is not None:
            texts[heads[copied]] += texts.pop(heads[row])
            continue
        number[row] = len(number)
        ones += [number[row]] * len(near)
        others += [number[j] for j in near]
        seen.append(found.seen[:, there])
    kept = [heads[row] for row in number]
    first, second = np.array(ones, np.int64), np.array(others, np.int64)
    times = np.array([_seconds(profiles[i]) for i in kept], np.float64)
    each = np.concatenate(seen, axis=1) if seen else np.zeros((len(VIEWS), 0))
    seen.clear()  # the largest thing that is held of a collection: once is enough
    each *= nearness(times[first], times[second])
    rows = np.array(list(number), np.int64)
    mask = np.zeros(table.count, np.bool_)
    mask[rows] = True
    return Pairs(kept, first, second, each, times, rows, mask, table)


def _seconds(one: Profile) -> float:
    return np.nan if one.time is None else one.time


def _heaviest(dots: Weights) -> Indices:
    """The places of the `_NEIGHBOURS` largest, in order; of equal ones the first."""
    if len(dots) <= _NEIGHBOURS:
        return np.arange(len(dots))
    least = np.partition(dots, len(dots) - _NEIGHBOURS)[len(dots) - _NEIGHBOURS]
    above = np.flatnonzero(dots > least)
    return np.sort(np.concatenate((above, np.flatnonzero(dots == least)[: _NEIGHBOURS - len(above)])))


class Table:
    """The vectors of all texts, by text and by term. The texts stand in order of their dates, undated ones last: only
    those that are not too far apart in time are held against each other, so that what a text costs depends on how much
    is written in such a time and not on how many years an archive has."""

    def __init__(self, profiles: Sequence[Profile], config: StoriesConfig) -> None:
        every = np.concatenate([p.terms for p in profiles]) if profiles else np.zeros(0, np.uint64)
        self._known, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
        self._rare, self._here = rarities(self._known, counts.astype(np.float64), len(profiles))
        self._keep = config.terms
        self.count = len(profiles)
        times = np.array([_seconds(p) for p in profiles], np.float64)
        self._times = times[~np.isnan(times)]
        terms: list[Indices] = [np.zeros(0, np.int64)]
        weights: list[Seen] = [np.zeros((0, len(VIEWS)), np.float32)]
        begin = 0
        for one in profiles:
            mine, seen = self._viewed(one, numbers[begin : begin + len(one.terms)])
            begin += len(one.terms)
            terms.append(mine)
            weights.append(seen.T)
        sizes = np.array([len(part) for part in terms])
        self._begins = np.cumsum(sizes)
        self._terms, self._weights = np.concatenate(terms), np.concatenate(weights)  # a row of weights for each term
        # The same by term: who has it, and how heavy it is there.
        order = np.argsort(self._terms, kind="stable")
        self._holders = np.repeat(np.arange(self.count, dtype=np.int32), sizes[1:])[order]
        self._keys = self._terms[order] * self.count + self._holders
        self._heavy = self._weights[order, _TEXT].astype(np.float64)
        self._place = np.zeros(len(self._known), np.int64)  # all zero between uses

    def _viewed(self, one: Profile, numbers: Indices) -> tuple[Indices, Seen]:
        kept, seen = views(one, self._rare[numbers], self._here[numbers], self._keep)
        return numbers[kept], seen

    def viewed(self, one: Profile) -> tuple[Indices, Seen]:
        """The terms and weights of a profile all of whose terms are in the table, seen as the texts in it are."""
        return self._viewed(one, np.searchsorted(self._known, one.terms))

    def row(self, text: int) -> tuple[Indices, Seen]:
        """The terms and weights of one of the texts."""
        mine = slice(self._begins[text], self._begins[text + 1])
        return self._terms[mine], self._weights[mine].T

    def before(self, row: int) -> list[tuple[int, int]]:
        """The rows that this one is held against: those before it, as far back as its date reaches."""
        dated = row < len(self._times)
        return [(int(np.searchsorted(self._times, self._times[row] - REACH * 86400)) if dated else 0, row)]

    def around(self, time: float) -> list[tuple[int, int]]:
        """The rows that something of this time, in seconds, is held against."""
        if np.isnan(time):
            return [(0, self.count)]
        begin, end = np.searchsorted(self._times, (time - REACH * 86400, time + REACH * 86400))
        return [(int(begin), int(end)), (len(self._times), self.count)]

    def nearest(
        self, terms: Indices, weights: Seen, ranges: Sequence[tuple[int, int]], kept: Mask | None = None
    ) -> Indices:
        """The rows in some ranges, and of them those ``kept``, that a vector of length one resembles most, in order. It
        looks at the vector's heaviest terms only."""
        heaviest = np.argsort(-weights, kind="stable")[:_PROBES]
        heaviest = heaviest[: 1 + np.searchsorted(np.cumsum(weights[heaviest] ** 2), _LENGTH)]
        rows, dots = [np.zeros(0, np.int64)], [np.zeros(0)]
        for begin, end in ranges:
            found = self._dots(terms[heaviest], weights[heaviest], begin, end)
            alike = found > _FAINT if kept is None else (found > _FAINT) & kept[begin:end]
            near = np.flatnonzero(alike)
            rows.append(near + begin)
            dots.append(found[near])
        return np.concatenate(rows)[_heaviest(np.concatenate(dots))]

    def _dots(self, terms: Indices, weights: Seen, begin: int, end: int) -> Weights:
        """The dot products of a vector with the texts ``[begin, end)``."""
        lows = np.searchsorted(self._keys, terms * self.count + begin)
        sizes = np.searchsorted(self._keys, terms * self.count + end) - lows
        # Each term's holders stand together: whole stretches are copied, not one number after the other.
        ends = (lows + sizes).tolist()
        stretches = [slice(0), *(slice(low, high) for low, high in zip(lows.tolist(), ends, strict=True))]
        holders = np.concatenate([self._holders[one] for one in stretches])
        heavy = np.concatenate([self._heavy[one] for one in stretches])
        heavy *= np.repeat(weights, sizes)
        holders -= begin
        dots = np.bincount(holders, heavy, end - begin)
        return np.asarray(dots, np.float64)  # of no weights at all it counts

    def compared(self, terms: Indices, weights: Seen, near: Indices) -> Weights:
        """How much something resembles the texts ``near``, in each view (views, texts)."""
        self._place[terms] = np.arange(1, len(terms) + 1)
        sizes = self._begins[near + 1] - self._begins[near]
        found = np.repeat(self._begins[near] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        place = self._place[self._terms[found]]
        self._place[terms] = 0
        both = np.flatnonzero(place)
        holder = np.repeat(np.arange(len(near)), sizes)[both]
        product = self._weights[found[both]] * weights.T[place[both] - 1]
        sums = [np.bincount(holder, column, len(near)) for column in product.T]
        return np.stack(sums, dtype=np.float64)  # of no weights at all it counts
