"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.model import Article, Story
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, weigh
from variorum.stories.spelling import one_spelling
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval

Indices = npt.NDArray[np.int64]
_COMMON_NAMES = 2  # one name, of a country say, is shared by events that have nothing else in common
_MANY_NAMES = 4  # who has fewer names than this cannot be told apart by them
_FAINT = 0.04  # likenesses below this are taken for none
_NEIGHBOURS = 300  # nearest earlier texts noted of each; a flood of one topic would have them all
_CROWD = 5000  # a term of more texts than this, and of a quarter of them all, pairs nobody


def gather(articles: Sequence[Article], config: StoriesConfig | None = None) -> tuple[Story, ...]:
    """The stories of ``articles``, each article in one, by their first article.

    Works without dates, parsing or blocks. A story's id is made of its articles', its title is that of the article
    nearest to its centre; claims and what follows are left empty.
    """
    config = config or StoriesConfig()
    profiles = one_spelling([profile(article) for article in articles])
    texts, likeness = _likeness(profiles, config)
    stories = []
    names = {head: frozenset(profiles[head].names.tolist()) for head in likeness}
    for group in _linkage(likeness, names, config):
        members = sorted(i for head in group for i in texts[head])
        heads = sorted(group, key=lambda head: (-sum(likeness[head].get(other, 0.0) for other in group), head))
        stories.append((members[0], story_of([articles[i] for i in members], [articles[i] for i in heads])))
    return tuple(story for _, story in sorted(stories, key=lambda pair: pair[0]))


def _likeness(
    profiles: Sequence[Profile], config: StoriesConfig
) -> tuple[dict[int, list[int]], dict[int, dict[int, float]]]:
    """The distinct texts (an article each, with its copies and itself), and for each how much it resembles others."""
    texts = distinct_texts(profiles)
    heads = list(texts)
    vectors = _vectors([profiles[i] for i in heads], config)
    likeness: dict[int, dict[int, float]] = {}
    for row, dots in enumerate(_dots(vectors, len(heads))):
        i = heads[row]
        alike = np.flatnonzero(dots > _FAINT)
        if len(alike) > _NEIGHBOURS:
            alike = alike[np.argsort(-dots[alike], kind="stable")[:_NEIGHBOURS]]
        near = {heads[other]: float(dots[other]) for other in alike.tolist()}
        copied = next((j for j, value in near.items() if value >= config.copy and j in likeness), None)
        if copied is not None:
            texts[copied] += texts.pop(i)
            continue
        likeness[i] = {}
        for j, value in near.items():
            if j in likeness:
                likeness[i][j] = likeness[j][i] = value * nearness(profiles[i].time, profiles[j].time)
    return texts, likeness


@dataclass(frozen=True, slots=True)
class _Vectors:
    """All vectors as one table sorted by article: term numbers, articles, weights."""

    terms: Indices
    holders: Indices
    weights: Weights
    crowd: int


def _dots(vectors: _Vectors, count: int) -> Iterator[Weights]:
    """For each article in turn the dot products with the articles before it; terms of too many articles are left
    out, they say too little to be worth the time."""
    order = np.argsort(vectors.terms, kind="stable")
    terms, holders, weights = vectors.terms[order], vectors.holders[order], vectors.weights[order]
    begins = np.searchsorted(terms, vectors.terms)
    sizes = np.searchsorted(terms, vectors.terms, side="right") - begins
    sizes[sizes > vectors.crowd] = 0
    rows = np.searchsorted(vectors.holders, np.arange(count + 1))
    for i in range(count):
        part = slice(rows[i], rows[i + 1])
        size = sizes[part]
        found = np.repeat(begins[part] - np.cumsum(size) + size, size) + np.arange(size.sum())
        dots = np.bincount(holders[found], np.repeat(vectors.weights[part], size) * weights[found], count)
        yield dots[:i].astype(np.float64)


def _vectors(profiles: Sequence[Profile], config: StoriesConfig) -> _Vectors:
    sizes = [len(p.terms) for p in profiles]
    every = np.concatenate([p.terms for p in profiles]) if profiles else np.zeros(0, np.uint64)
    known, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
    rare = rarity(known, counts.astype(np.float64), len(profiles))
    terms: list[Indices] = []
    holders: list[Indices] = []
    weights: list[Weights] = []
    begin = 0
    for i, (one, size) in enumerate(zip(profiles, sizes, strict=True)):
        mine = numbers[begin : begin + size]
        begin += size
        kept, weight = weigh(one.prominence, rare[mine], config.terms)
        terms.append(mine[kept])
        weights.append(weight)
        holders.append(np.full(len(kept), i))
    if not profiles:
        return _Vectors(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), _CROWD)
    crowd = max(_CROWD, len(profiles) // 4)
    return _Vectors(np.concatenate(terms), np.concatenate(holders), np.concatenate(weights), crowd)


def _linkage(
    likeness: dict[int, dict[int, float]], names: dict[int, frozenset[int]], config: StoriesConfig
) -> list[list[int]]:
    """Groups of texts: the two groups with the greatest mean likeness between their texts become one, until none
    reaches ``config.alike`` (average linkage; a likeness not noted counts as none). Groups whose names differ need
    more."""
    groups = _Groups(likeness, names)
    # One entry a group. A mean never grows by a merge of two others, so an outdated entry is a bound: looked up again.
    heap = [groups.nearest(g) for g in likeness]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= config.alike:
        value, g, h = heapq.heappop(heap)
        if g not in groups.members:
            continue
        if -value == groups.mean(g, h):
            if -value >= config.certain or groups.share_names(g, h):
                groups.merge(g, h)
            else:
                groups.part(g, h)
        heapq.heappush(heap, groups.nearest(g))
    return list(groups.members.values())


class _Groups:
    """Groups of texts by the number of one of them: their members, the sums of the likenesses between two groups, the
    names in each. Pairs that were looked at and kept apart stay so until one of them grows."""

    def __init__(self, likeness: dict[int, dict[int, float]], names: dict[int, frozenset[int]]) -> None:
        self.members = {g: [g] for g in likeness}
        self._sums = {g: dict(row) for g, row in likeness.items()}
        self._names = {g: set(names[g]) for g in likeness}
        self._apart: dict[int, set[int]] = defaultdict(set)

    def mean(self, g: int, h: int) -> float | None:
        """The mean likeness of two groups; None if there is none any more."""
        total = self._sums[g].get(h)
        if total is None or h in self._apart[g]:
            return None
        return total / (len(self.members[g]) * len(self.members[h]))

    def nearest(self, g: int) -> tuple[float, int, int]:
        """The negative mean likeness of ``g`` with the group nearest to it, ``g``, and that group."""
        size, apart = len(self.members[g]), self._apart[g]
        means = ((t / (size * len(self.members[h])), -h) for h, t in self._sums[g].items() if h not in apart)
        mean, h = max(means, default=(0.0, 0))
        return -mean, g, -h

    def share_names(self, g: int, h: int) -> bool:
        """Whether both may be one event for all that names tell: they share several rare ones, or one has few."""
        one, other = self._names[g], self._names[h]
        return min(len(one), len(other)) < _MANY_NAMES or len(one & other) >= _COMMON_NAMES

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


def story_of(articles: Sequence[Article], central: Sequence[Article]) -> Story:
    """A story of ``articles``; ``central`` are its texts, the one most like the others first."""
    ids = tuple(article.id for article in articles)
    dates = sorted((span, a.published.value) for a in articles if a.published and (span := interval(a.published)))
    return Story(
        id=content_id("story", *sorted(ids)),
        title=next(_titles(central), ""),
        articles=ids,
        shares=dict.fromkeys(ids, 1.0),
        begin=dates[0][1][:10] if dates else None,
        end=dates[-1][1][:10] if dates else None,
    )


def _titles(central: Sequence[Article]) -> Iterator[str]:
    """Titles in the articles' own words: the headline of each text, else its first line."""
    for article in central:
        if article.title and article.title.strip():
            yield squeeze(article.title)
        line = squeeze(next((part for part in article.text[:5000].splitlines() if part.strip()), ""))
        if line:
            yield line if len(line) <= 120 else line[:119].rsplit(" ", 1)[0] + "…"
