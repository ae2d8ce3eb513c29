"""How sure it is that two articles tell of one event, from how they resemble each other and others.

A likeness by itself says little: reports of a murder trial resemble each other more than reports of a sports fixture,
and where all articles are of one subject, all resemble each other. So a likeness is held against what each of the two
reaches with those nearest to it (local scaling: Zelnik-Manor and Perona 2004), in each view of `stories.views`. That is
what lets one setting do for collections of every kind. A logistic regression weighs the views; its numbers are in
``data/stories.toml``, made by ``train/stories.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from variorum.errors import VocabularyError
from variorum.stories.profile import Weights
from variorum.stories.views import VIEWS, Indices
from variorum.text import vocabulary

_FEW: Final = 60.0  # articles of which half shows what is usual
_ROOM: Final = 1 << 20  # values that are looked at at once
_MOST: Final = 2.0  # a likeness counts at most as this many times what both reach with their nearest


@dataclass(frozen=True, slots=True)
class Sign:
    """One signal: ``view`` of `VIEWS`, held against the mean of so many ``nearest`` others, no less than ``floor``
    (nothing to hold against if 0 are asked for), and what it weighs; ``says`` is for readers. In a
    collection of a few articles it is no more than ``typical``: they may all be of one affair, and what is usual among
    the likes of them does not show."""

    says: str
    view: str
    nearest: int
    floor: float
    typical: float
    weight: float

    def usual(self, reached: Weights, articles: int) -> Weights:
        """What articles that ``reached`` so much in a collection of so many ``articles`` are held against."""
        known = articles**2 / (articles**2 + _FEW**2)
        mixed = known * reached + (1 - known) * np.minimum(reached, self.typical)
        return np.asarray(np.maximum(mixed, self.floor))


@dataclass(frozen=True, slots=True)
class Scorer:
    """What ``data/stories.toml`` holds: ``signs`` where all texts are known, ``first`` for one that has just arrived,
    of which nobody knows yet what is usual among the likes of it."""

    made: str
    bias: float
    first_bias: float
    signs: tuple[Sign, ...]
    first: tuple[Sign, ...]


@cache
def scorer() -> Scorer:
    """The shipped numbers; raises `VocabularyError` if they name a view that there is not."""
    found: Scorer = vocabulary.load("stories", Scorer)
    unknown = sorted({sign.view for sign in (*found.signs, *found.first)}.difference(VIEWS))
    if unknown:
        raise VocabularyError(f"data/stories.toml: no such view: {', '.join(unknown)}; there are {', '.join(VIEWS)}")
    return found


def signals(
    seen: Weights, ones: Indices, others: Indices, usual: Sequence[Weights], signs: tuple[Sign, ...]
) -> Weights:
    """The signals of pairs of articles: ``seen`` (views, pairs) → (pairs, signs). ``usual`` is, for each sign that asks
    for it, what each article reaches with its nearest."""
    columns = np.zeros((len(signs), len(ones)))
    for place, sign in enumerate(signs):
        value = seen[VIEWS.index(sign.view)]
        if sign.nearest:
            value = value / np.sqrt(usual[place][ones] * usual[place][others])
        columns[place] = np.sqrt(np.clip(value, 0, _MOST))
    return columns.T.copy()


def sureness(found: Weights, signs: tuple[Sign, ...], bias: float) -> Weights:
    """Signals (pairs, signs) → how sure, in (0, 1)."""
    return np.asarray(1 / (1 + np.exp(-(found @ np.array([sign.weight for sign in signs]) + bias))))


def usual_of(
    seen: Weights, ones: Indices, others: Indices, count: int, signs: tuple[Sign, ...], among: int | None = None
) -> tuple[Weights, ...]:
    """For each sign and article the mean likeness with those nearest to it, at least the sign's floor; pairs not given
    count as none. ``count`` of the articles are given, of all there are ``among`` (no more unless given)."""
    among = count if among is None else among
    asked = [min(sign.nearest, among - 1) for sign in signs]
    held = _Held(ones, others, count)
    return tuple(
        sign.usual(held.reach(seen[VIEWS.index(sign.view)], nearest), among) if sign.nearest else np.ones(count)
        for sign, nearest in zip(signs, asked, strict=True)
    )


def own_usual(seen: Weights, among: int, signs: tuple[Sign, ...]) -> list[float]:
    """For each sign the same of one article, which resembles those of a collection as ``seen`` (views, texts); with it
    there are so many, ``among``."""
    best = -np.sort(-seen, axis=1)
    found = []
    for sign in signs:
        asked = min(sign.nearest, among - 1)
        reached = best[VIEWS.index(sign.view), :asked].sum() / max(1, asked)
        found.append(float(sign.usual(np.asarray(reached), among)) if sign.nearest else 1.0)
    return found


class _Held:
    """Which pairs each of ``count`` articles is in, those in about as many together."""

    def __init__(self, ones: Indices, others: Indices, count: int) -> None:
        holders = np.concatenate((ones, others))
        self._order = np.argsort(holders, kind="stable") % max(1, len(ones))  # pairs, by who is in them
        sizes = np.bincount(holders, minlength=count)
        self._ends = np.cumsum(sizes)
        self._sizes = sizes
        widths = np.frexp(np.maximum(sizes, 1) - 0.5)[1]
        self._rooms = [(1 << int(width), np.flatnonzero(widths == width)) for width in np.unique(widths)]

    def reach(self, value: Weights, nearest: int) -> Weights:
        """The mean of the ``nearest`` greatest values of each article's pairs."""
        total = np.zeros(len(self._sizes))
        for width, every in self._rooms:
            for begin in range(0, len(every), step := max(1, _ROOM // width)):
                some = every[begin : begin + step]
                total[some] = self._most(value, some, width, nearest)
        return total / max(1, nearest)

    def _most(self, value: Weights, some: Indices, width: int, nearest: int) -> Weights:
        """The sum of the ``nearest`` greatest values of some articles, that are in no more than ``width`` pairs."""
        sizes, place = self._sizes[some], np.arange(width)
        there = place < sizes[:, None]
        table = np.zeros((len(some), width))
        table[there] = value[self._order[((self._ends[some] - sizes)[:, None] + place)[there]]]
        table.sort(axis=1)
        total = np.zeros(len(some))
        for column in range(width - 1, max(width - 1 - nearest, -1), -1):
            total += table[:, column]  # the greatest first
        return total


class Reaches:
    """`usual_of` for articles that arrive one by one."""

    def __init__(self, signs: tuple[Sign, ...]) -> None:
        self._signs = signs
        self._depth = max((sign.nearest for sign in signs), default=0)
        self._most = np.zeros((256, len(VIEWS), self._depth), np.float32)  # of each text, ascending
        self._count = 0

    def arrived(self, seen: Weights, near: Indices) -> None:
        """Note the next text, which resembles the texts ``near`` as ``seen`` (views, texts)."""
        if self._count == len(self._most):
            self._most = np.concatenate((self._most, np.zeros_like(self._most)))
        if len(near) and self._depth:
            both = np.concatenate((self._most[near], seen.T[:, :, None]), axis=2)
            self._most[near] = np.sort(both, axis=2)[:, :, 1:]
            nearest = np.sort(seen, axis=1)[:, -self._depth :]
            self._most[self._count, :, self._depth - nearest.shape[1] :] = nearest
        self._count += 1

    def usual(self, texts: Indices) -> tuple[Weights, ...]:
        """For each sign what each of ``texts`` has reached with its nearest so far, at least the sign's floor."""
        found = []
        for sign in self._signs:
            asked = max(1, min(sign.nearest, self._count - 1))
            most = self._most[texts, VIEWS.index(sign.view), -asked:].astype(np.float64)
            found.append(sign.usual(most.mean(axis=1), self._count))
        return tuple(found)
