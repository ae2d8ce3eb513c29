"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.model import Article, Story
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, rarity_here
from variorum.stories.scorer import scorer, signals, sureness
from variorum.stories.spelling import one_spelling
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval

_LEFT_OVER = 2  # a group of so few texts may join a larger one in the end …
_SOME = 3  # … of which so many are sure enough of it
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
    for group in _linkage(likeness, config):
        members = sorted(i for head in group for i in texts[head])
        heads = sorted(group, key=lambda head: (-sum(likeness[head].get(other, 0.0) for other in group), head))
        stories.append((members[0], story_of([articles[i] for i in members], [articles[i] for i in heads])))
    return tuple(story for _, story in sorted(stories, key=lambda pair: pair[0]))


def _likeness(
    profiles: Sequence[Profile], config: StoriesConfig
) -> tuple[dict[int, list[int]], dict[int, dict[int, float]]]:
    """The distinct texts (an article each, with its copies and itself), and for each how sure it is that it tells of
    the same event as another."""
    texts = distinct_texts(profiles)
    pairs = resembling(profiles, texts, config)
    rated = scorer()
    found = sureness(signals(pairs.seen, pairs.ones, pairs.others, len(pairs.heads), rated.signs), rated)
    return texts, _noted(pairs, found)


def _noted(pairs: Pairs, sure: Weights) -> dict[int, dict[int, float]]:
    likeness: dict[int, dict[int, float]] = {i: {} for i in pairs.heads}
    for one, other, value in zip(pairs.ones.tolist(), pairs.others.tolist(), sure.tolist(), strict=True):
        i, j = pairs.heads[one], pairs.heads[other]
        likeness[i][j] = likeness[j][i] = value
    return likeness


def grouped(pairs: Pairs, sure: Weights, config: StoriesConfig) -> list[list[int]]:
    """The texts of each story, given how ``sure`` it is of each pair that it is of one event."""
    return _linkage(_noted(pairs, sure), config)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts that resemble each other at all: ``ones`` and ``others`` number the articles ``heads``, ``seen`` is
    how much they do in each view (views, pairs)."""

    heads: list[int]
    ones: Indices
    others: Indices
    seen: Weights


def resembling(profiles: Sequence[Profile], texts: dict[int, list[int]], config: StoriesConfig) -> Pairs:
    """The pairs among ``texts`` that may be of one event. Texts that are nearly the same are made one in ``texts``."""
    heads = list(texts)
    vectors = _vectors([profiles[i] for i in heads], config)
    number: dict[int, int] = {}  # of each row that is kept
    ones: list[int] = []
    others: list[int] = []
    seen: list[Seen] = []
    for row, dots in enumerate(_dots(vectors, len(heads))):
        near = np.array([j for j in _nearest(dots).tolist() if j in number], np.int64)
        copied = next((j for j in near.tolist() if dots[j] >= config.copy), None)
        if copied is not None:
            texts[heads[copied]] += texts.pop(heads[row])
            continue
        number[row] = len(number)
        ones += [number[row]] * len(near)
        others += [number[j] for j in near.tolist()]
        seen.append(vectors.compared(row, near))
    kept = [heads[row] for row in number]
    first, second = np.array(ones, np.int64), np.array(others, np.int64)
    times = np.array([np.nan if (time := profiles[i].time) is None else time for i in kept], np.float64)
    table = np.concatenate(seen, axis=1) if seen else np.zeros((len(VIEWS), 0))
    return Pairs(kept, first, second, table * nearness(times[first], times[second]))


def _nearest(dots: Weights) -> Indices:
    alike = np.flatnonzero(dots > _FAINT)
    if len(alike) > _NEIGHBOURS:
        alike = np.sort(alike[np.argsort(-dots[alike], kind="stable")[:_NEIGHBOURS]])
    return alike


@dataclass(frozen=True, slots=True)
class _Vectors:
    """All vectors as one table sorted by article: term numbers, articles, weights (a row for each view), and where
    each article's part begins. A term that more than ``crowd`` texts have pairs nobody."""

    terms: Indices
    holders: Indices
    weights: Seen
    begins: Indices
    crowd: int
    desk: Seen  # room for one article's weights by term, all zero between uses

    def compared(self, row: int, near: Indices) -> Seen:
        """How much an article resembles the articles ``near``, in each view (views, articles)."""
        if not len(near):
            return np.zeros((len(VIEWS), 0), np.float32)
        mine = slice(self.begins[row], self.begins[row + 1])
        self.desk[:, self.terms[mine]] = self.weights[:, mine]
        sizes = self.begins[near + 1] - self.begins[near]
        ends = np.cumsum(sizes)
        found = np.repeat(self.begins[near] - ends + sizes, sizes) + np.arange(ends[-1])
        both = self.desk[:, self.terms[found]] * self.weights[:, found]
        self.desk[:, self.terms[mine]] = 0
        return np.asarray(np.add.reduceat(both, ends - sizes, axis=1))


def _dots(vectors: _Vectors, count: int) -> Iterator[Weights]:
    """For each article in turn the dot products with the articles before it; terms of too many articles are left
    out, they say too little to be worth the time."""
    order = np.argsort(vectors.terms, kind="stable")
    terms, holders, weights = vectors.terms[order], vectors.holders[order], vectors.weights[0, order]
    begins = np.searchsorted(terms, vectors.terms)
    sizes = np.searchsorted(terms, vectors.terms, side="right") - begins
    sizes[sizes > vectors.crowd] = 0
    for i in range(count):
        part = slice(vectors.begins[i], vectors.begins[i + 1])
        size = sizes[part]
        found = np.repeat(begins[part] - np.cumsum(size) + size, size) + np.arange(size.sum())
        dots = np.bincount(holders[found], np.repeat(vectors.weights[0, part], size) * weights[found], count)
        yield dots[:i].astype(np.float64)


def _vectors(profiles: Sequence[Profile], config: StoriesConfig) -> _Vectors:
    every = np.concatenate([p.terms for p in profiles]) if profiles else np.zeros(0, np.uint64)
    known, numbers, counts = np.unique(every, return_inverse=True, return_counts=True)
    rare = rarity(known, counts.astype(np.float64), len(profiles))
    here = rarity_here(known, counts.astype(np.float64), len(profiles))
    terms: list[Indices] = [np.zeros(0, np.int64)]
    weights: list[Seen] = [np.zeros((len(VIEWS), 0), np.float32)]
    begin = 0
    for one in profiles:
        mine = numbers[begin : begin + len(one.terms)]
        begin += len(one.terms)
        kept, seen = views(one, rare[mine], here[mine], config.terms)
        terms.append(mine[kept])
        weights.append(seen)
    sizes = np.array([len(part) for part in terms])
    holders = np.repeat(np.arange(len(profiles)), sizes[1:])
    desk = np.zeros((len(VIEWS), len(known)), np.float32)
    crowd = max(_CROWD, len(profiles) // 4)
    return _Vectors(np.concatenate(terms), holders, np.concatenate(weights, axis=1), np.cumsum(sizes), crowd, desk)


def _linkage(likeness: dict[int, dict[int, float]], config: StoriesConfig) -> list[list[int]]:
    """Groups of texts: the two groups with the greatest mean likeness between their texts become one, until none
    reaches ``config.alike`` (average linkage; a likeness not noted counts as none)."""
    groups = _Groups(likeness)
    # One entry a group. A mean never grows by a merge of two others, so an outdated entry is a bound: looked up again.
    heap = [groups.nearest(g) for g in likeness]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= config.alike:
        value, g, h = heapq.heappop(heap)
        if g not in groups.members:
            continue
        if -value == groups.mean(g, h):
            groups.merge(g, h)
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
    """Groups of texts by the number of one of them: their members and the sums of the likenesses between groups."""

    def __init__(self, likeness: dict[int, dict[int, float]]) -> None:
        self.members = {g: [g] for g in likeness}
        self._sums = {g: dict(row) for g, row in likeness.items()}

    def mean(self, g: int, h: int) -> float | None:
        """The mean likeness of two groups; None if there is none any more."""
        total = self._sums[g].get(h)
        return None if total is None else total / (len(self.members[g]) * len(self.members[h]))

    def nearest(self, g: int) -> tuple[float, int, int]:
        """The negative mean likeness of ``g`` with the group nearest to it, ``g``, and that group."""
        size = len(self.members[g])
        means = ((t / (size * len(self.members[h])), -h) for h, t in self._sums[g].items())
        mean, h = max(means, default=(0.0, 0))
        return -mean, g, -h

    def merge(self, g: int, h: int) -> None:
        """Make ``h`` part of ``g``."""
        self.members[g] += self.members.pop(h)
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
