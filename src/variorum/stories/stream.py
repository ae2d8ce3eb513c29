"""Stories as articles arrive, in one pass: each joins the story that is surest of it, or begins one; stories that turn
out to be one are made one."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np

from variorum.model import Article
from variorum.stories.config import StoriesConfig
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, rarity_here
from variorum.stories.scorer import Reaches, scorer, sureness
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.ids import content_id
from variorum.text.shingle import Hashes

_PROBES = 40  # heaviest terms of an article by which texts are looked up
_CROWD = 300  # of the texts with one term only so many, the latest, are looked up by it
_LOOKED_AT = 40  # texts compared in full
_MEMORY = 25  # texts of a story that count when it is held against another: older ones fade
_FAINT = 0.04  # cosines below this are taken for none


@dataclass(frozen=True, slots=True)
class Joined:
    """Two stories found to be one: ``was`` is now ``into``, on average ``sure`` of it, after so many articles."""

    into: str
    was: str
    sure: float
    after: int


@dataclass(slots=True)
class _Story:
    """A story as the stream holds it: how many of its texts count, and how sure they are of each other story's, summed
    over pairs, by that story's number."""

    id: str
    size: float = 1.0
    sums: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of an article that is no copy: its terms, ascending, their weights in each view, its time."""

    terms: Hashes
    seen: Seen
    time: float
    story: int


class StoryStream:
    """One pass over arriving articles. Order of arrival need not be that of publication; times are not needed.

    ``joined`` lists, in order, the stories that later articles showed to be one; the older id survives, and `now` tells
    what has become of an id.
    """

    def __init__(self, config: StoriesConfig | None = None) -> None:
        self.joined: list[Joined] = []
        self._config = config or StoriesConfig()
        self._seen = 0
        self._articles_with: Counter[int] = Counter()
        self._texts: list[_Text] = []
        self._reaches = Reaches(scorer().signs)
        self._index: defaultdict[int, tuple[array[int], array[float]]] = defaultdict(lambda: (array("q"), array("d")))
        self._stories: list[_Story] = []
        self._into: list[int] = []  # of each story, that which it is part of now, or itself
        self._number: dict[str, int] = {}
        self._score = np.zeros(1024)
        self._place = np.zeros(1024, np.int64)

    def add(self, article: Article) -> str:
        """The id of the story that ``article`` belongs to: that of a story known before, or a new one made of the
        article's own id."""
        one = profile(article)
        terms, seen, order = self._views(one)
        time = np.nan if one.time is None else one.time
        near = self._candidates(terms, seen, order)
        found = self._compared(terms, seen, near)
        copied = np.flatnonzero(found[0] >= self._config.copy)
        if len(copied):
            return self._stories[self._root(self._texts[int(near[copied[0]])].story)].id
        near, found = near[found[0] > _FAINT], found[:, found[0] > _FAINT]
        times = np.array([self._texts[j].time for j in near.tolist()], np.float64)
        found = found * nearness(np.full(len(near), time), times)
        sure = sureness(self._reaches.arrived(found, near), scorer())
        story = self._begun(content_id("story", article.id), near, sure)
        self._keep(_Text(terms, seen, time, story), order)
        return self._stories[self._settled(story)].id

    def now(self, story: str) -> str:
        """The id that a story's articles go by now."""
        return self._stories[self._root(self._number[story])].id

    def _views(self, one: Profile) -> tuple[Hashes, Seen, Indices]:
        """The article's terms, their weights, as rare as they are by now, and which are the heaviest, these first."""
        self._seen += 1
        terms = one.terms.tolist()
        self._articles_with.update(terms)
        here = np.array([self._articles_with[t] for t in terms], np.float64)
        rare, local = rarity(one.terms, here, self._seen), rarity_here(one.terms, here, self._seen)
        kept, seen = views(one, rare, local, self._config.terms)
        return one.terms[kept], seen, np.argsort(-seen[0], kind="stable")[:_PROBES]

    def _candidates(self, terms: Hashes, seen: Seen, order: Indices) -> Indices:
        """The texts nearest by the heaviest terms, by number."""
        texts, weights = [], []
        for position in order.tolist():
            entry = self._index.get(int(terms[position]))
            if entry:
                texts.append(np.array(entry[0][-_CROWD:]))
                weights.append(np.array(entry[1][-_CROWD:]) * seen[0, position])
        if not texts:
            return np.zeros(0, np.int64)
        numbers = np.concatenate(texts)
        # A desk as long as the texts, cleaned after use, costs only the entries that are touched.
        np.add.at(self._score, numbers, np.concatenate(weights))
        self._place[numbers] = np.arange(len(numbers))
        numbers = numbers[self._place[numbers] == np.arange(len(numbers))]
        scores = self._score[numbers]
        self._score[numbers] = 0
        return np.asarray(np.sort(numbers[np.lexsort((numbers, -scores))[:_LOOKED_AT]]))

    def _compared(self, terms: Hashes, seen: Seen, near: Indices) -> Weights:
        """How much an article resembles the texts ``near``, in each view (views, texts)."""
        if not len(near) or not len(terms):
            return np.zeros((len(VIEWS), len(near)))
        held = [self._texts[j] for j in near.tolist()]
        every = np.concatenate([text.terms for text in held])
        place = np.minimum(np.searchsorted(terms, every), len(terms) - 1)
        both = np.flatnonzero(terms[place] == every)
        holder = np.repeat(np.arange(len(held)), [len(text.terms) for text in held])[both]
        product = np.concatenate([text.seen for text in held], axis=1)[:, both] * seen[:, place[both]]
        return np.stack([np.bincount(holder, row, len(held)) for row in product])

    def _begun(self, name: str, near: Indices, sure: Weights) -> int:
        """A story of one article, with how sure it is of each story held before."""
        number = len(self._stories)
        begun = _Story(name)
        values: defaultdict[int, list[float]] = defaultdict(list)
        for j, value in zip(near.tolist(), sure.tolist(), strict=True):
            values[self._root(self._texts[j].story)].append(value)
        for other, each in values.items():
            begun.sums[other] = sum(sorted(each)[-_MEMORY:])
            self._stories[other].sums[number] = begun.sums[other]
        self._stories.append(begun)
        self._into.append(number)
        self._number[name] = number
        return number

    def _settled(self, number: int) -> int:
        """Make a story one with others as long as it is sure enough of one."""
        fresh = number
        while True:
            other, sure = self._surest(number)
            if sure < self._config.alike:
                return number
            older, younger = min(number, other), max(number, other)
            if younger != fresh:
                into, was = self._stories[older].id, self._stories[younger].id
                self.joined.append(Joined(into, was, sure, self._seen))
            self._merge(older, younger)
            number = older

    def _surest(self, number: int) -> tuple[int, float]:
        mine = self._stories[number]
        means = ((total / (mine.size * self._stories[k].size), -k) for k, total in mine.sums.items())
        mean, other = max(means, default=(0.0, 0))
        return -other, mean

    def _merge(self, older: int, younger: int) -> None:
        """Make one story part of another; beyond `_MEMORY` texts the sums shrink, as if the oldest were forgotten."""
        into, was = self._stories[older], self._stories[younger]
        del into.sums[younger]
        for k, total in was.sums.items():
            if k != older:
                into.sums[k] = into.sums.get(k, 0.0) + total
                del self._stories[k].sums[younger]
        was.sums = {}
        size = into.size + was.size
        shrunk = min(1.0, _MEMORY / size)
        into.size = size * shrunk
        for k in into.sums:
            into.sums[k] *= shrunk
            self._stories[k].sums[older] = into.sums[k]
        self._into[younger] = older

    def _root(self, number: int) -> int:
        while self._into[number] != number:
            self._into[number] = number = self._into[self._into[number]]
        return number

    def _keep(self, text: _Text, order: Indices) -> None:
        number = len(self._texts)
        self._texts.append(text)
        if number >= len(self._score):
            self._score = np.zeros(2 * number)
            self._place = np.zeros(2 * number, np.int64)
        for term, weight in zip(text.terms[order].tolist(), text.seen[0, order].tolist(), strict=True):
            numbers, weights = self._index[term]
            numbers.append(number)
            weights.append(weight)
            if len(numbers) > 2 * _CROWD:
                del numbers[:-_CROWD], weights[:-_CROWD]
