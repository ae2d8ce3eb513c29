"""How much the texts of a collection resemble each other, and how much something else resembles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile, Weights, nearness, rarity, rarity_here
from variorum.stories.scorer import Sign, signals, usual_of
from variorum.stories.views import VIEWS, Indices, Seen, views

_FAINT = 0.04  # likenesses below this are taken for none
_NEIGHBOURS = 60  # nearest earlier texts compared with each; more make it slower and no better
_CROWD = 5000  # a term of more texts than this, and of a quarter of them all, pairs nobody
_COMMON = 16  # a term of more than one in so many texts, and of more than …
_FEW = 64  # … so many, is looked at in a full table: there a product of matrices is far quicker than lists
_AT_ONCE = 256  # vectors whose products are looked for at once, or fewer …
_CELLS = 16_000_000  # … so that there are no more products than this
_ROUNDING = 2.0**-23  # of a number of four bytes, at most, twice


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
    table: Table

    def signals(self, signs: tuple[Sign, ...]) -> Weights:
        """(pairs, signs)"""
        return signals(self.seen, self.ones, self.others, self.usual(signs), signs)

    def usual(self, signs: tuple[Sign, ...]) -> tuple[Weights, ...]:
        """For each sign what each of the texts reaches with those nearest to it."""
        return usual_of(self.seen, self.ones, self.others, len(self.heads), signs)

    def probed(
        self, several: Sequence[Profile], usual: Sequence[Weights], signs: tuple[Sign, ...]
    ) -> Iterator[tuple[Indices, Weights]]:
        """For each of ``several`` things, none of them a text but all in words that texts have: the texts, by number,
        that resemble it, and the signals of each (texts, signs). ``usual`` is that of the texts."""
        asked = [self.table.viewed(one) for one in several]
        found = self.table.closest(asked, [self.rows] * len(asked))
        for one, (terms, weights), (near, _) in zip(several, asked, found, strict=True):
            seen = self.table.compared(terms, weights, self.rows[near])
            yield near, self._signalled(one, near, seen, usual, signs)

    def _signalled(
        self, one: Profile, near: Indices, alike: Seen, usual: Sequence[Weights], signs: tuple[Sign, ...]
    ) -> Weights:
        seen = alike * nearness(np.full(len(near), _seconds(one)), self.times[near])
        # The texts near and, last, that which they resemble: what each of these is held against.
        me, here = np.full(len(near), len(near)), np.arange(len(near))
        own = usual_of(seen, me, here, len(near) + 1, signs, len(self.heads) + 1)
        both = tuple(np.append(held[near], mine[len(near)]) for held, mine in zip(usual, own, strict=True))
        return signals(seen, me, here, both, signs)


def resembling(profiles: Sequence[Profile], texts: dict[int, list[int]], config: StoriesConfig) -> Pairs:
    """The pairs among ``texts`` that may be of one event. Texts that are nearly the same are made one in ``texts``."""
    table = Table([profiles[i] for i in texts], config)
    return settled(profiles, texts, table, met(table, 0, len(texts)), config)


@dataclass(frozen=True, slots=True)
class Met:
    """The earlier texts that one text resembles most: their rows, the cosines with them, and how much it resembles them
    in each view (views, texts)."""

    near: Indices
    cosines: Weights
    seen: Seen


def met(table: Table, begin: int, end: int) -> Iterator[Met]:
    """What each of the texts ``[begin, end)`` meets among all before it; so that it can be done anywhere."""
    asked = [table.row(row) for row in range(begin, end)]
    found = table.closest(asked, [slice(0, row) for row in range(begin, end)])
    for (terms, weights), (near, cosines) in zip(asked, found, strict=True):
        yield Met(near, cosines, table.compared(terms, weights, near))


def settled(
    profiles: Sequence[Profile], texts: dict[int, list[int]], table: Table, rows: Iterable[Met], config: StoriesConfig
) -> Pairs:
    """The pairs of ``texts``, given what each has met. Texts that are nearly the same are made one in ``texts``."""
    heads = list(texts)
    number: dict[int, int] = {}  # of each row that is kept
    ones: list[int] = []
    others: list[int] = []
    seen: list[Seen] = []
    for row, found in enumerate(rows):
        there = np.array([j in number for j in found.near.tolist()], np.bool_)
        near, cosines = found.near[there].tolist(), found.cosines[there].tolist()
        copied = next((j for j, dot in zip(near, cosines, strict=True) if dot >= config.copy), None)
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
    apart = nearness(times[first], times[second])
    return Pairs(kept, first, second, each * apart, times, np.array(list(number), np.int64), table)


def _seconds(one: Profile) -> float:
    return np.nan if one.time is None else one.time


def _nearest(dots: Weights) -> Indices:
    alike = np.flatnonzero(dots > _FAINT)
    if len(alike) > _NEIGHBOURS:
        alike = np.sort(alike[np.argsort(-dots[alike], kind="stable")[:_NEIGHBOURS]])
    return alike


def _likely(rough: Weights, error: float) -> Indices:
    """Those among which the nearest are for certain, by products that may be wrong by so much."""
    alike = np.flatnonzero(rough > _FAINT - error)
    if len(alike) > _NEIGHBOURS:
        values = rough[alike]
        least = np.partition(values, len(values) - _NEIGHBOURS)[len(values) - _NEIGHBOURS]
        alike = alike[values >= least - 2 * error]
    return alike


class Table:
    """The vectors of all texts, by text and by term. A term of too many texts pairs nobody: it says too little to be
    worth the time."""

    def __init__(self, profiles: Sequence[Profile], config: StoriesConfig) -> None:
        every = np.concatenate([p.terms for p in profiles]) if profiles else np.zeros(0, np.uint64)
        self._known, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
        self._rare = rarity(self._known, counts.astype(np.float64), len(profiles))
        self._here = rarity_here(self._known, counts.astype(np.float64), len(profiles))
        self._keep = config.terms
        self._count = len(profiles)
        terms: list[Indices] = [np.zeros(0, np.int64)]
        weights: list[Seen] = [np.zeros((len(VIEWS), 0), np.float32)]
        begin = 0
        for one in profiles:
            mine, seen = self._viewed(one, numbers[begin : begin + len(one.terms)])
            begin += len(one.terms)
            terms.append(mine)
            weights.append(seen)
        sizes = np.array([len(part) for part in terms])
        self._begins = np.cumsum(sizes)
        self._terms, self._weights = np.concatenate(terms), np.concatenate(weights, axis=1)
        # The same by term: who has it, and how heavy it is there.
        order = np.argsort(self._terms, kind="stable")
        self._holders = np.repeat(np.arange(self._count), sizes[1:])[order]
        self._heavy = self._weights[0, order]
        self._first = np.searchsorted(self._terms[order], np.arange(len(self._known) + 1))
        self._crowd = max(_CROWD, self._count // 4)
        self._desk = np.zeros((len(VIEWS), len(self._known)), np.float32)  # all zero between uses
        self._full: _Common | None = None  # made where it is needed, and not sent along

    def _viewed(self, one: Profile, numbers: Indices) -> tuple[Indices, Seen]:
        kept, seen = views(one, self._rare[numbers], self._here[numbers], self._keep)
        return numbers[kept], seen

    def viewed(self, one: Profile) -> tuple[Indices, Seen]:
        """The terms and weights of a profile all of whose terms are in the table, seen as the texts in it are."""
        return self._viewed(one, np.searchsorted(self._known, one.terms))

    def row(self, text: int) -> tuple[Indices, Seen]:
        """The terms and weights of one of the texts."""
        mine = slice(self._begins[text], self._begins[text + 1])
        return self._terms[mine], self._weights[:, mine]

    def closest(
        self, asked: Sequence[tuple[Indices, Seen]], within: Sequence[Indices | slice]
    ) -> Iterator[tuple[Indices, Weights]]:
        """For each vector (terms, weights) the texts nearest to it of those ``within``, by their places there, and the
        cosines. The products are found roughly, of common terms by matrices; exactly, for the few that count."""
        common = self._common()
        size = max(1, min(_AT_ONCE, _CELLS // max(1, self._count)))
        error = (len(common.rows) + 4) * _ROUNDING
        every = np.arange(self._count)
        for begin in range(0, len(asked), size):
            some, parts = asked[begin : begin + size], within[begin : begin + size]
            rough = common.dots(some)
            for number, ((terms, weights), part) in enumerate(zip(some, parts, strict=True)):
                near = _likely((rough[number] + self._dots(terms, weights[0]))[part], error)
                dots = self._exactly(terms, weights[0], every[part][near])
                kept = _nearest(dots)
                yield near[kept], dots[kept]

    def _common(self) -> _Common:
        if self._full is None:
            counts = np.diff(self._first)
            terms = np.flatnonzero((counts > max(_FEW, self._count // _COMMON)) & (counts <= self._crowd))
            place = np.full(len(counts), -1)
            place[terms] = np.arange(len(terms))
            rows = np.zeros((len(terms), self._count), np.float32)
            for row, term in zip(rows, terms.tolist(), strict=True):
                mine = slice(self._first[term], self._first[term + 1])
                row[self._holders[mine]] = self._heavy[mine]
            self._full = _Common(place, rows)
        return self._full

    def _dots(self, terms: Indices, weights: Seen) -> Weights:
        """The dot products of a vector with all texts, but for what common terms bring."""
        begins = self._first[terms]
        sizes = self._first[terms + 1] - begins
        sizes[(sizes > self._crowd) | (self._common().place[terms] >= 0)] = 0
        found = np.repeat(begins - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        dots = np.bincount(self._holders[found], np.repeat(weights, sizes) * self._heavy[found], self._count)
        return np.asarray(dots, np.float64)

    def _exactly(self, terms: Indices, weights: Seen, near: Indices) -> Weights:
        """The dot products of a vector with the texts ``near``, summed up term by term."""
        crowded = self._first[terms + 1] - self._first[terms] > self._crowd
        self._desk[0, terms] = np.where(crowded, np.float32(0), weights)
        found, sizes = self._cells(near)
        products = self._desk[0, self._terms[found]] * self._weights[0, found]
        self._desk[0, terms] = 0
        return np.asarray(np.bincount(np.repeat(np.arange(len(near)), sizes), products, len(near)), np.float64)

    def _cells(self, near: Indices) -> tuple[Indices, Indices]:
        """Where the terms of some texts stand, and how many each has."""
        sizes = self._begins[near + 1] - self._begins[near]
        return np.repeat(self._begins[near] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum()), sizes

    def compared(self, terms: Indices, weights: Seen, near: Indices) -> Seen:
        """How much something resembles the texts ``near``, in each view (views, texts)."""
        if not len(near):
            return np.zeros((len(VIEWS), 0), np.float32)
        self._desk[:, terms] = weights
        found, sizes = self._cells(near)
        both = self._desk[:, self._terms[found]] * self._weights[:, found]
        self._desk[:, terms] = 0
        return np.asarray(np.add.reduceat(both, np.cumsum(sizes) - sizes, axis=1))


@dataclass(frozen=True, slots=True)
class _Common:
    """The common terms in a full table: the ``place`` of each term (-1: not here), how heavy it is in each text
    (``rows``: terms, texts)."""

    place: Indices
    rows: Seen

    def dots(self, asked: Sequence[tuple[Indices, Seen]]) -> Seen:
        """The dot products of vectors with all texts (vectors, texts), but for rounding."""
        desk = np.zeros((len(asked), len(self.rows)), np.float32)
        for row, (terms, weights) in zip(desk, asked, strict=True):
            place = self.place[terms]
            row[place[place >= 0]] = weights[0, place >= 0]
        return np.asarray(desk @ self.rows, np.float32)
