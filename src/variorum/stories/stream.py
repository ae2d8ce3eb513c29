"""Stories as articles arrive, in one pass: each joins the story that is surest of it, or begins one. Every so often the
stories that have changed are looked at again as a whole, as `gather` would: a first report cannot know what it will
have in common with the second."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from variorum.model import Article
from variorum.stories.config import StoriesConfig
from variorum.stories.linkage import groups_of
from variorum.stories.profile import Profile, Weights, nearness, profile, rarity, rarity_here
from variorum.stories.scorer import Reaches, scorer, signals, sureness
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.ids import content_id
from variorum.text.shingle import Hashes

_PROBES = 40  # heaviest terms of an article by which texts are looked up
_CROWD = 300  # of the texts with one term only so many, the latest, are looked up by it
_LOOKED_AT = 40  # texts compared in full
_SOME = 10  # texts of a story, those surest of an article, that decide whether it joins at once
_LATEST = 200  # texts of a story that are looked at again, the latest; older ones stay where they are
_KIN = 0.2  # stories with a text so sure of one that is looked at again are looked at too
_FAINT = 0.04  # cosines below this are taken for none


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was moved from the story ``was`` to the story ``now`` when so many articles had arrived."""

    article: str
    was: str
    now: str
    after: int


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of an article that is no copy: its terms, ascending, their weights in each view, its rare names, its
    time, and the texts it was compared with (``near``): how much it resembles them in each view."""

    terms: Hashes
    weights: Seen
    names: frozenset[int]
    time: float
    near: Indices
    seen: Weights


def _at_first(text: _Text) -> Weights:
    """How sure it is of each text that ``text`` was compared with, by what both say themselves: what is usual among
    the likes of it is only known when they are there."""
    by = scorer()
    nobody = text.near * 0
    return sureness(signals(text.seen, nobody, nobody, (), by.first), by.first, by.first_bias)


class StoryStream:
    """One pass over arriving articles. Order of arrival need not be that of publication; times are not needed.

    `add` tells what is known at once, `story` what is known by now; `settle` looks again at what has changed, which
    also happens by itself every ``config.settle`` articles. Where stories become one, the older id survives.
    ``changes`` lists every article that was moved, in order. Of ``config.window`` texts the words are held; older ones
    are forgotten, but for the last of each story, by which it can go on.
    """

    def __init__(self, config: StoriesConfig | None = None) -> None:
        self.changes: list[Change] = []
        self._config = config or StoriesConfig()
        self._seen = 0
        self._articles_with: Counter[int] = Counter()
        self._text_of: dict[str, int] = {}  # of each article, a copy's that which it copies
        self._articles: list[list[str]] = []  # of each text
        self._texts: list[_Text | None] = []
        self._oldest = 0  # the first text that has not been thought of being forgotten
        self._held = 0
        self._story: list[int] = []  # of each text
        self._members: list[list[int]] = []  # of each story
        self._ids: list[str] = []  # of each story
        self._touched: set[int] = set()
        self._reaches = Reaches(scorer().signs)
        self._index: defaultdict[int, tuple[array[int], array[float]]] = defaultdict(lambda: (array("q"), array("d")))
        self._score = np.zeros(1024)
        self._place = np.zeros(1024, np.int64)

    def add(self, article: Article) -> str:
        """The id of the story that ``article`` belongs to, for all that is known so far: that of a story known before,
        or a new one made of the article's own id. An article that was added before is where it is."""
        if article.id in self._text_of:
            return self.story(article.id)
        one = profile(article)
        terms, weights, order = self._views(one)
        near = self._candidates(terms, weights, order)
        seen = self._compared(terms, weights, near)
        copied = np.flatnonzero(seen[0] >= self._config.copy)
        if len(copied):
            number = int(near[copied[0]])
            self._text_of[article.id] = number
            self._articles[number].append(article.id)
            return self.story(article.id)
        kept = seen[0] > _FAINT
        near, seen = near[kept], seen[:, kept]
        time = np.nan if one.time is None else one.time
        seen = seen * nearness(
            np.full(len(near), time), np.array([self._of(j).time for j in near.tolist()], np.float64)
        )
        self._reaches.arrived(seen, near)
        self._begun(article.id, _Text(terms, weights, frozenset(one.names.tolist()), time, near, seen), order)
        if len(self._texts) % self._config.settle == 0:
            self.settle()
        self._forget()
        return self.story(article.id)

    def story(self, article: str) -> str:
        """The id of the story that an article added before belongs to by now."""
        return self._ids[self._story[self._text_of[article]]]

    def settle(self) -> None:
        """Look again at the stories that have changed and those near to them, all their texts at once."""
        region = self._region()
        local = {number: i for i, number in enumerate(region)}
        rows = [
            (i, local[j], k)
            for i, n in enumerate(region)
            for k, j in enumerate(self._of(n).near.tolist())
            if j in local
        ]
        self._touched.clear()
        if not rows:
            return
        ones, others, places = (np.array(column, np.int64) for column in zip(*rows, strict=True))
        seen = np.concatenate([self._of(n).seen for n in region], axis=1)
        begins = np.cumsum([0, *(len(self._of(n).near) for n in region)])
        usual = self._reaches.usual(np.array(region, np.int64))
        by = scorer()
        sure = sureness(signals(seen[:, begins[ones] + places], ones, others, usual, by.signs), by.signs, by.bias)
        for names in self._named(
            [
                sorted(region[i] for i in group)
                for group in groups_of([self._of(n).names for n in region], ones, others, sure, self._config)
            ]
        ):
            self._place_in(*names)

    def _region(self) -> list[int]:
        """The texts to look at again, ascending."""
        stories = {self._story[text] for text in self._touched}
        for text in sorted(self._touched):
            held = self._texts[text]
            if held is not None and len(held.near):
                stories |= {self._story[j] for j in held.near[_at_first(held) >= _KIN].tolist()}
        texts = (text for story in stories for text in self._members[story][-_LATEST:])
        return sorted(text for text in texts if self._texts[text] is not None)

    def _named(self, groups: list[list[int]]) -> list[tuple[list[int], int | None]]:
        """For each group of texts the story that it goes on: the oldest of those with most of their texts in it."""
        votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for number, group in enumerate(groups):
            for text in group:
                votes[self._story[text]][number] += 1
        goes_on: dict[int, int] = {}
        for story in sorted(votes):
            most = max(votes[story], key=lambda g: (votes[story][g], -groups[g][0]))
            goes_on.setdefault(most, story)
        return [(group, goes_on.get(number)) for number, group in enumerate(groups)]

    def _place_in(self, group: list[int], story: int | None) -> None:
        leaving = [text for text in group if self._story[text] != story]
        if not leaving:
            return
        if story is None:
            was = self._ids[self._story[group[0]]]
            story = self._new(content_id("story", was, *(self._articles[text][0] for text in group)))
        for text in leaving:
            before = self._story[text]
            moved = (Change(a, self._ids[before], self._ids[story], self._seen) for a in self._articles[text])
            self.changes += moved
            self._members[before].remove(text)
            self._story[text] = story
        self._members[story] = sorted({*self._members[story], *leaving})

    def _new(self, name: str) -> int:
        self._ids.append(name)
        self._members.append([])
        return len(self._ids) - 1

    def _of(self, number: int) -> _Text:
        text = self._texts[number]
        assert text is not None  # forgotten texts are taken out of every list of texts to compare
        return text

    def _views(self, one: Profile) -> tuple[Hashes, Seen, Indices]:
        """The article's terms, their weights, as rare as they are by now, and which are the heaviest, these first."""
        self._seen += 1
        terms = one.terms.tolist()
        self._articles_with.update(terms)
        here = np.array([self._articles_with[t] for t in terms], np.float64)
        rare, local = rarity(one.terms, here, self._seen), rarity_here(one.terms, here, self._seen)
        kept, weights = views(one, rare, local, self._config.terms)
        return one.terms[kept], weights, np.argsort(-weights[0], kind="stable")[:_PROBES]

    def _candidates(self, terms: Hashes, weights: Seen, order: Indices) -> Indices:
        """The texts nearest by the heaviest terms, by number."""
        texts, scores = [], []
        for term, weight in zip(terms[order].tolist(), weights[0, order].tolist(), strict=True):
            entry = self._index.get(term)
            if entry:
                texts.append(np.array(entry[0][-_CROWD:]))
                scores.append(np.array(entry[1][-_CROWD:]) * weight)
        if not texts:
            return np.zeros(0, np.int64)
        numbers = np.concatenate(texts)
        # A desk as long as the texts, cleaned after use, costs only the entries that are touched.
        np.add.at(self._score, numbers, np.concatenate(scores))
        self._place[numbers] = np.arange(len(numbers))
        numbers = numbers[self._place[numbers] == np.arange(len(numbers))]
        total = self._score[numbers]
        self._score[numbers] = 0
        nearest = numbers[np.lexsort((numbers, -total))]
        if self._oldest:
            nearest = np.array([j for j in nearest.tolist() if self._texts[j] is not None], np.int64)
        return np.asarray(np.sort(nearest[:_LOOKED_AT]))

    def _compared(self, terms: Hashes, weights: Seen, near: Indices) -> Weights:
        """How much an article resembles the texts ``near``, in each view (views, texts)."""
        if not len(near) or not len(terms):
            return np.zeros((len(VIEWS), len(near)))
        held = [self._of(j) for j in near.tolist()]
        every = np.concatenate([text.terms for text in held])
        place = np.minimum(np.searchsorted(terms, every), len(terms) - 1)
        both = np.flatnonzero(terms[place] == every)
        holder = np.repeat(np.arange(len(held)), [len(text.terms) for text in held])[both]
        product = np.concatenate([text.weights for text in held], axis=1)[:, both] * weights[:, place[both]]
        return np.stack([np.bincount(holder, row, len(held)) for row in product])

    def _begun(self, article: str, text: _Text, order: Indices) -> None:
        """Keep a text that is no copy, in the story that is surest of it or one of its own."""
        number = len(self._texts)
        story = self._surest(text)
        if story is None:
            story = self._new(content_id("story", article))
        self._text_of[article] = number
        self._articles.append([article])
        self._texts.append(text)
        self._held += 1
        self._story.append(story)
        self._members[story].append(number)
        self._touched.add(number)
        if number >= len(self._score):
            self._score = np.zeros(2 * number)
            self._place = np.zeros(2 * number, np.int64)
        for term, weight in zip(text.terms[order].tolist(), text.weights[0, order].tolist(), strict=True):
            numbers, heavy = self._index[term]
            numbers.append(number)
            heavy.append(weight)
            if len(numbers) > 2 * _CROWD:
                del numbers[:-_CROWD], heavy[:-_CROWD]

    def _surest(self, text: _Text) -> int | None:
        """The story whose texts are surest of ``text`` at first."""
        values: defaultdict[int, list[float]] = defaultdict(list)
        for j, value in zip(text.near.tolist(), _at_first(text).tolist(), strict=True):
            values[self._story[j]].append(value)
        means = {k: sum(sorted(each)[-_SOME:]) / min(_SOME, len(self._members[k])) for k, each in values.items()}
        best = max(means, key=lambda k: (means[k], -k), default=None)
        return best if best is not None and means[best] >= self._config.join else None

    def _forget(self) -> None:
        while self._held > self._config.window and self._oldest < len(self._texts):
            members = self._members[self._story[self._oldest]]
            if self._texts[self._oldest] is not None and members[-1] != self._oldest:
                self._texts[self._oldest] = None
                self._touched.discard(self._oldest)
                self._held -= 1
            self._oldest += 1
