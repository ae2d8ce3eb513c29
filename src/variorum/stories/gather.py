"""Stories of a whole collection, looked at at once: average linkage over the likeness of articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from variorum.model import Article, Story
from variorum.stories.config import StoriesConfig
from variorum.stories.copies import distinct_texts
from variorum.stories.linkage import linked, noted
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, rarity_here
from variorum.stories.scorer import Sign, scorer, signals, sureness, usual_of
from variorum.stories.spelling import one_spelling
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.ids import content_id
from variorum.text.normalise import squeeze
from variorum.text.stamps import interval

_FAINT = 0.04  # likenesses below this are taken for none
_NEIGHBOURS = 60  # nearest earlier texts compared with each; more make it slower and no better
_CROWD = 5000  # a term of more texts than this, and of a quarter of them all, pairs nobody


def gather(articles: Sequence[Article], config: StoriesConfig | None = None) -> tuple[Story, ...]:
    """The stories of ``articles``, each article in one, by their first article.

    Works without dates, parsing or blocks. A story's id is made of its articles', its title is that of the article
    nearest to its centre; claims and what follows are left empty.
    """
    config = config or StoriesConfig()
    profiles = one_spelling([profile(article) for article in articles])
    texts, likeness = _likeness(profiles, config)
    names = {head: frozenset(profiles[head].names.tolist()) for head in likeness}
    stories = []
    for group in linked(likeness, names, config):
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
    by = scorer()
    return texts, noted(pairs.heads, pairs.ones, pairs.others, sureness(pairs.signals(by.signs), by.signs, by.bias))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of texts that resemble each other at all: ``ones`` and ``others`` number the articles ``heads``, ``seen``
    is how much they do in each view (views, pairs)."""

    heads: list[int]
    ones: Indices
    others: Indices
    seen: Weights

    def signals(self, signs: tuple[Sign, ...]) -> Weights:
        """(pairs, signs)"""
        usual = usual_of(self.seen, self.ones, self.others, len(self.heads), signs)
        return signals(self.seen, self.ones, self.others, usual, signs)


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
