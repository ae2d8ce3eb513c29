"""Stories as articles arrive, in one pass: each joins the story whose centre it resembles most, or begins one."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

import numpy as np

from variorum.model import Article
from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile, nearness, profile, rarity, weigh
from variorum.text.ids import content_id

_PROBES = 40  # heaviest terms of an article by which stories are looked up
_CROWD = 300  # of the stories with one term only so many, the latest, are looked up by it
_REMEMBERED = 30  # latest texts of a story against which copies are recognised
_LOOKED_AT = 12  # stories compared in full


@dataclass(slots=True)
class _Centre:
    """A story as the stream holds it: the sum of the vectors of its texts, its last time."""

    id: str
    weights: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))
    square: float = 0.0
    time: float | None = None
    texts: deque[dict[int, float]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))


class StoryStream:
    """One pass over arriving articles. Order of arrival need not be that of publication; times are not needed."""

    def __init__(self, config: StoriesConfig | None = None) -> None:
        self._config = config or StoriesConfig()
        self._seen = 0
        self._articles_with: Counter[int] = Counter()
        self._stories: list[_Centre] = []
        self._stories_with: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, article: Article) -> str:
        """The id of the story that ``article`` belongs to: that of a story known before, or a new one made of the
        article's own id."""
        one = profile(article)
        vector = self._vector(one)
        place, likeness = self._nearest(vector, one.time)
        if likeness < self._config.join:
            place = len(self._stories)
            self._stories.append(_Centre(content_id("story", article.id)))
        self._extend(place, vector, one.time)
        return self._stories[place].id

    def _vector(self, one: Profile) -> dict[int, float]:
        """The article's terms by weight, heaviest first, as rare as they are by now."""
        self._seen += 1
        terms = one.terms.tolist()
        self._articles_with.update(terms)
        here = np.array([self._articles_with[t] for t in terms], np.float64)
        kept, weights = weigh(one.prominence, rarity(one.terms, here, self._seen), self._config.terms)
        order = np.argsort(-weights, kind="stable")
        return dict(zip(one.terms[kept][order].tolist(), weights[order].tolist(), strict=True))

    def _nearest(self, vector: dict[int, float], time: float | None) -> tuple[int, float]:
        """The story whose centre is nearest, and the cosine with it."""
        found: defaultdict[int, float] = defaultdict(float)
        for term in list(vector)[:_PROBES]:
            weight = vector[term]
            for place in self._stories_with[term][-_CROWD:]:
                centre = self._stories[place]
                found[place] += weight * centre.weights[term] / math.sqrt(centre.square)
        best, most = -1, 0.0
        for place in heapq.nlargest(_LOOKED_AT, found, key=lambda p: (found[p], -p)):
            centre = self._stories[place]
            dot = sum(weight * centre.weights[term] for term, weight in vector.items() if term in centre.weights)
            likeness = dot / math.sqrt(centre.square) * nearness(time, centre.time)
            if likeness > most:
                best, most = place, likeness
        return best, most

    def _extend(self, place: int, vector: dict[int, float], time: float | None) -> None:
        """Add an article to a story; a copy of a text that the story has moves neither centre nor index."""
        centre = self._stories[place]
        if time is not None:
            centre.time = time if centre.time is None else max(centre.time, time)
        if any(_cosine(vector, text) >= self._config.copy for text in centre.texts):
            return
        centre.texts.append(vector)
        for term, weight in vector.items():
            before = centre.weights[term]
            if not before:
                self._stories_with[term].append(place)
            centre.weights[term] = before + weight
            centre.square += weight * (2 * before + weight)


def _cosine(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)
