"""A library that grows: a batch of new articles against all that came before, at the cost of the batch.

Kept of each article are its fingerprints (in sorted tables, as a search engine keeps its segments) and the family it is
of. A batch looks up its own fingerprints; the families that it touches are traced again, whole, with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.lineage.candidates import Indices
from variorum.lineage.config import LineageConfig
from variorum.lineage.fingerprint import fingerprint
from variorum.lineage.trace import traced
from variorum.model import Article, Lineage, Ruling
from variorum.text.shingle import Hashes, among

_HELD = 64  # older articles looked up for one fingerprint; their families bring the others
_LEAST = 3  # fingerprints shared with an older article from which its family is traced again


@dataclass(frozen=True, slots=True)
class _Segment:
    """Fingerprints sorted, and the article of each."""

    hashes: Hashes
    holders: Indices


class Archive:
    """Articles by number, in order of arrival. ``read`` gets one back by its number: from a store, from a list."""

    def __init__(self, read: Callable[[int], Article], config: LineageConfig | None = None) -> None:
        self._read, self._config = read, config or LineageConfig()
        self._segments: list[_Segment] = []
        self._family = np.zeros(0, np.int64)
        self._members: dict[int, list[int]] = defaultdict(list)
        self._chrome = np.zeros(0, np.uint64)

    def __len__(self) -> int:
        return len(self._family)

    def add(self, articles: Sequence[Article], rulings: Iterable[Ruling] = ()) -> Lineage:
        """Take ``articles`` in, numbered from ``len(self)`` on, and give the links and origins of every family that one
        of them is in: they stand for those given before."""
        prints = fingerprint(articles, self._config)
        first, new = len(self), np.arange(len(articles)) + len(self)
        holders = np.repeat(new, np.diff(prints.bounds))
        touched = self._touched(prints.hashes, holders)
        older = sorted({m for number in touched for m in self._of_family(number)})
        numbers = [*older, *new.tolist()]
        given = [*(self._read(number) for number in older), *articles]
        lineage, families, chrome = traced(given, self._config, rulings, self._chrome)
        self._chrome = np.union1d(self._chrome, chrome)
        self._family = np.concatenate((self._family, new))
        number_of = {id(article): number for article, number in zip(given, numbers, strict=True)}
        for members in families:
            self._join([number_of[id(article)] for article in members])
        self._keep(prints.hashes, holders)
        mine = self._with_the_new(families, number_of, first)
        mine |= {article.id for article in articles}
        return Lineage(
            tuple(link for link in lineage.links if link.child in mine),
            tuple(origin for origin in lineage.origins if not mine.isdisjoint(origin.articles)),
        )

    @staticmethod
    def _with_the_new(families: Iterable[Sequence[Article]], number_of: dict[int, int], first: int) -> set[str]:
        return {
            article.id for members in families if any(number_of[id(m)] >= first for m in members) for article in members
        }

    def _touched(self, hashes: Hashes, holders: Indices) -> list[int]:
        """The older articles that share enough fingerprints with one of the new ones."""
        open_ = ~among(hashes, self._chrome)
        hashes, holders = hashes[open_], holders[open_]
        pairs = []
        for segment in self._segments:
            begin = np.searchsorted(segment.hashes, hashes)
            length = np.minimum(np.searchsorted(segment.hashes, hashes, side="right") - begin, _HELD)
            row = np.repeat(np.arange(len(hashes)), length)
            place = begin[row] + np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
            pairs.append(np.stack((holders[row], segment.holders[place]), axis=1))
        if not pairs:
            return []
        mine, older = np.concatenate(pairs).T
        keys, shared = np.unique(mine * np.int64(len(self)) + older, return_counts=True)
        found: list[int] = np.unique(keys[shared >= _LEAST] % len(self)).tolist()
        return found

    def _of_family(self, number: int) -> list[int]:
        return self._members.get(int(self._family[number]), [number])

    def _join(self, numbers: Sequence[int]) -> None:
        label = min(numbers)
        for number in numbers:
            self._family[number] = label
        self._members[label] = sorted(numbers)

    def _keep(self, hashes: Hashes, holders: Indices) -> None:
        """A table of the batch, merged with those before it that are no larger: so there are few, and each row is
        sorted anew as often as its table doubles, not with every batch."""
        while self._segments and len(self._segments[-1].hashes) <= len(hashes):
            before = self._segments.pop()
            hashes = np.concatenate((before.hashes, hashes))
            holders = np.concatenate((before.holders, holders))
        order = np.argsort(hashes, kind="stable")
        self._segments.append(_Segment(hashes[order], holders[order]))
