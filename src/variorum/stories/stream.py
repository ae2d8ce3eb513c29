"""Stories as articles arrive, in one pass: each joins the story that is surest of it, or begins one. Every so often the
stories that have changed are looked at again as a whole, as `gather` would: a first report cannot know what it will
have in common with the second."""

from __future__ import annotations

from array import array
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from variorum.model import Article
from variorum.ports import Embedder
from variorum.stories.config import StoriesConfig
from variorum.stories.linkage import Outline, noted
from variorum.stories.passages import Telling, tellings
from variorum.stories.profile import Profile, Weights, nearness, profile, rarities
from variorum.stories.scorer import Reaches, own_usual, scorer, signals, sureness
from variorum.stories.sharing import Part, Told, grouped, parts_of
from variorum.stories.tongues import Lead, Tongues, lead_of
from variorum.stories.views import VIEWS, Indices, Seen, views
from variorum.text.ids import content_id
from variorum.text.shingle import Hashes, words

Half = npt.NDArray[np.float16]

_PROBES = 40  # heaviest terms of an article by which texts are looked up
_CROWD = 300  # of the texts with one term only so many, the latest, are looked up by it
_LOOKED_AT = 40  # texts compared in full
_SOME = 10  # texts of a story, those surest of an article, that decide whether it joins at once
_LATEST = 200  # texts of a story that are looked at again, the latest; older ones stay where they are
_KIN = 0.2  # stories with a text so sure of one that is looked at again are looked at too
_ROUNDUPS = 20  # texts that may be round-ups, the latest, that are kept from gluing their stories together
_RECENT = 2000  # texts, the latest, whose stories those in other languages may join
_LEADS = 12  # texts of a story whose languages are looked at
_KINDRED = 2  # … by the texts that are surest of it: where all events are told alike, all are kin
_LEAD = VIEWS.index("lead")
_SIEVE = np.uint64(4095)
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
    """What is kept of an article that is no copy: its terms, ascending, their weights (terms, views), its rare names,
    its time, the texts it was compared with (``near``) with how much it resembles them in each view, how it begins, and
    its tellings if it may be a round-up."""

    terms: Hashes
    weights: Half
    names: Hashes
    time: float
    near: Indices
    seen: Seen
    lead: Lead | None
    told: tuple[Telling, ...]

    def outline(self) -> Outline:
        """What groups of texts are told apart by."""
        return Outline(frozenset(self.names.tolist()), self.terms, self.terms[self.weights[:, _LEAD] > 0])


@dataclass(frozen=True, slots=True)
class _Probe:
    """What texts are looked up by: terms, their weights in each view, and which are the heaviest."""

    terms: Hashes
    weights: Seen
    order: Indices


@dataclass(frozen=True, slots=True)
class _Bond:
    """Two texts that are of one event whatever their words say, or are not; ``moved`` are the texts that went to
    another story when it was made, with the story that they were in."""

    one: int
    other: int
    together: bool
    moved: tuple[tuple[int, int], ...] = ()


def _at_first(text: _Text) -> Weights:
    """How sure it is of each text that ``text`` was compared with, by what both say themselves: what is usual among
    the likes of it is only known when they are there."""
    by = scorer()
    nobody = text.near * 0
    return sureness(signals(text.seen.astype(np.float64), nobody, nobody, (), by.first), by.first, by.first_bias)


def _bound(
    groups: list[list[int]], one: int, other: int, together: bool, likeness: Mapping[int, Mapping[int, float]]
) -> list[list[int]]:
    """The groups with two texts in one, or in two."""
    ours = next(group for group in groups if one in group)
    theirs = next(group for group in groups if other in group)
    rest = [group for group in groups if group is not ours and group is not theirs]
    if together:
        return groups if ours is theirs else [*rest, ours + theirs]
    if ours is not theirs:
        return groups
    leaving = {i for i in ours if likeness[i].get(other, 0.0) > likeness[i].get(one, 0.0)} - {one} | {other}
    return [*rest, [i for i in ours if i not in leaving], sorted(leaving)]


class StoryStream:
    """One pass over arriving articles. Order of arrival need not be that of publication; times are not needed.

    `add` tells what is known at once, `story` what is known by now; `settle` looks again at what has changed, which
    also happens by itself every ``config.settle`` articles. Where stories become one, the older id survives, and
    `current` leads there from the other. ``changes`` lists every article that was moved, in order. Of ``config.window``
    texts the words are held; older ones are forgotten, but for the last of each story, by which it can go on.
    With an ``embedder`` reports in other languages join when it is looked again.

    What a human says by `together` and `apart` holds until it is taken back by `undo`.
    """

    def __init__(self, config: StoriesConfig | None = None, embedder: Embedder | None = None) -> None:
        self.changes: list[Change] = []
        self._config = config or StoriesConfig()
        self._tongues = Tongues(embedder, self._config) if embedder is not None else None
        self._across: list[_Bond] = []  # found between languages
        self._ruled: dict[str, _Bond] = {}
        self._number: dict[str, int] = {}  # of each story, by its id
        self._went: dict[int, int] = {}  # where the last text of a story went that has none any more
        self._seen = 0
        self._articles_with: Counter[int] = Counter()
        self._text_of: dict[str, int] = {}  # of each article, a copy's that which it copies
        self._articles: list[list[str]] = []  # of each text
        self._texts: list[_Text | None] = []  # none where it is forgotten
        self._oldest = 0  # the first text that has not been thought of being forgotten
        self._held = 0
        self._story: list[int] = []  # of each text
        self._members: list[list[int]] = []  # of each story
        self._ids: list[str] = []  # of each story
        self._touched: set[int] = set()
        self._reaches = Reaches(scorer().signs)
        self._index: defaultdict[int, tuple[array[int], array[float]]] = defaultdict(lambda: (array("q"), array("d")))
        self._sieve = np.zeros(int(_SIEVE) + 1, np.bool_)  # all false between uses, as the score is all zero
        self._score = np.zeros(1024)
        self._place = np.zeros(1024, np.int64)

    def add(self, article: Article) -> str:
        """The id of the story that ``article`` belongs to, for all that is known so far: that of a story known before,
        or a new one made of the article's own id. An article that was added before is where it is."""
        if article.id in self._text_of:
            return self.story(article.id)
        found = words(article.text)
        one = profile(article, found)
        self._seen += 1
        self._articles_with.update(one.terms.tolist())
        probe = self._probe(one)
        terms, weights, order = probe.terms, probe.weights, probe.order
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
        lead = lead_of(article) if self._tongues is not None else None
        noted_seen = np.asarray(seen, np.float32)
        text = _Text(
            terms, weights.T.astype(np.float16), one.names, time, near, noted_seen, lead, tellings(article, found)
        )
        self._begun(article.id, text, order)
        if len(self._texts) % self._config.settle == 0:
            self.settle()
        self._forget()
        return self.story(article.id)

    def story(self, article: str) -> str:
        """The id of the story that an article added before belongs to by now."""
        return self._ids[self._story[self._text_of[article]]]

    def current(self, story: str) -> str:
        """The id that a story of this, perhaps older, id has by now."""
        number = self._number[story]
        while not self._members[number] and number in self._went:
            number = self._went[number]
        return self._ids[number]

    def is_mixed(self, article: str) -> bool:
        """Whether an article added before may tell several events; whether it does, `shares` says."""
        held = self._texts[self._text_of[article]]
        return held is not None and bool(held.told)

    def shares(self, article: str) -> dict[str, Part]:
        """What each story has of an article added before: all, but for a round-up, which may have a story of its own
        for what nobody else tells."""
        number = self._text_of[article]
        held = self._texts[number]
        own = len(self._ids)
        if held is None or not held.told:
            return {self.story(article): Part(1.0, ())}
        found = [(t, self._sure_of(t.profile, held.time) if t.profile else {}) for t in held.told]
        home = dict(enumerate(self._story))
        sizes = [len(members) for members in self._members]
        parts = parts_of(number, found, home, sizes, self._config, own)
        named = {content_id("story", "round-up", article) if n == own else self._ids[n]: p for n, p in parts.items()}
        return named or {self.story(article): Part(1.0, ())}

    def together(self, one: str, other: str) -> str:
        """A human rules that two articles are of one story; the id of the ruling."""
        return self._rule(one, other, True)

    def apart(self, one: str, other: str) -> str:
        """A human rules that two articles are not of one story; ``other`` leaves with what is more like it. The id of
        the ruling."""
        return self._rule(one, other, False)

    def undo(self, ruling: str) -> None:
        """Take a ruling back: what moved for it goes back where it was, and is looked at again."""
        bond = self._ruled.pop(ruling)
        for text, before in bond.moved:
            self._move([text], before)
        for text in (bond.one, bond.other, *(text for text, _ in bond.moved)):
            if self._texts[text] is not None:
                self._touched.add(text)

    def _rule(self, one: str, other: str, together: bool) -> str:
        bond = _Bond(self._text_of[one], self._text_of[other], together)
        name = content_id("ruling", *sorted((one, other)), "together" if together else "apart")
        before = list(self._story)
        self._ruled.pop(name, None)
        self._hold(bond)
        moved = tuple((text, was) for text, was in enumerate(before) if self._story[text] != was)
        self._ruled[name] = replace(bond, moved=moved)
        return name

    def settle(self) -> None:
        """Look again at the stories that have changed and those near to them, all their texts at once."""
        touched = sorted(self._touched)
        region = self._region()
        self._touched.clear()
        for group, story in self._named(self._regrouped(region)):
            self._place_in(group, story)
        if self._tongues is not None:
            self._join_languages(self._tongues, touched)
        for bond in (*self._across, *self._ruled.values()):
            self._hold(bond)

    def _regrouped(self, region: list[int]) -> list[list[int]]:
        """The texts of ``region`` as they fall into stories, bonds kept."""
        if not region:
            return []
        local = {number: i for i, number in enumerate(region)}
        numbers = np.array(region, np.int64)
        near = np.concatenate([self._of(n).near for n in region])
        place = np.minimum(np.searchsorted(numbers, near), len(numbers) - 1)
        here = numbers[place] == near
        ones = np.repeat(np.arange(len(region)), [len(self._of(n).near) for n in region])[here]
        others = place[here]
        seen = np.concatenate([self._of(n).seen for n in region], axis=1)[:, here].astype(np.float64)
        by = scorer()
        sure = sureness(signals(seen, ones, others, self._reaches.usual(numbers), by.signs), by.signs, by.bias)
        likeness = noted(range(len(region)), ones, others, sure, self._config)
        outlines = {i: self._of(n).outline() for i, n in enumerate(region)}
        groups, _ = grouped(likeness, outlines, self._mixed(region, local), self._config)
        for bond in (*self._across, *self._ruled.values()):
            if bond.one in local and bond.other in local:
                groups = _bound(groups, local[bond.one], local[bond.other], bond.together, likeness)
        return [sorted(region[i] for i in group) for group in groups]

    def _mixed(self, region: list[int], local: Mapping[int, int]) -> dict[int, Told]:
        """What the last of the texts to look at again say that may be round-ups, by their places in ``region``."""
        last = [n for n in region if self._of(n).told][-_ROUNDUPS:]
        found: dict[int, Told] = {}
        for n in last:
            time = self._of(n).time
            sure = [(t, self._sure_of(t.profile, time) if t.profile else {}) for t in self._of(n).told]
            found[local[n]] = [(t, {local[j]: v for j, v in row.items() if j in local}) for t, row in sure]
        return found

    def _join_languages(self, tongues: Tongues, touched: list[int]) -> None:
        """Let stories of the last texts and of what has changed join such as are in other languages."""
        recent = {self._story[text] for text in range(max(0, len(self._texts) - _RECENT), len(self._texts))}
        stories = sorted(recent | {self._story[text] for text in touched})
        members = [[t for t in self._members[s] if self._texts[t] is not None][-_LEADS:] for s in stories]
        leads = [[lead for t in texts if (lead := self._of(t).lead) is not None] for texts in members]
        for g, h in tongues.joined(leads):
            if members[g] and members[h]:
                self._across.append(_Bond(members[h][0], members[g][0], True))

    def _hold(self, bond: _Bond) -> None:
        """See to it that the stories are as a bond says."""
        one, other = self._story[bond.one], self._story[bond.other]
        if bond.together and one != other:
            self._move(list(self._members[max(one, other)]), min(one, other))
        elif not bond.together and one == other and bond.one != bond.other:
            leaving = [bond.other, *(t for t in self._members[one] if self._nearer(t, bond.other, bond.one))]
            articles = (self._articles[text][0] for text in leaving)
            self._move(leaving, self._new(content_id("story", "apart", self._ids[one], *articles)))

    def _nearer(self, text: int, other: int, one: int) -> bool:
        """Whether a text is more like ``other`` than like ``one``."""
        return text not in (one, other) and self._alike(text, other) > self._alike(text, one)

    def _alike(self, text: int, other: int) -> float:
        late = self._texts[max(text, other)]
        if late is None:
            return 0.0
        return float(late.seen[0, late.near == min(text, other)].sum())

    def _region(self) -> list[int]:
        """The texts to look at again, ascending."""
        stories = {self._story[text] for text in self._touched}
        for text in sorted(self._touched):
            held = self._texts[text]
            if held is not None and len(held.near):
                sure = _at_first(held)
                kin = np.flatnonzero(sure >= _KIN)
                stories |= {
                    self._story[j] for j in held.near[kin[np.argsort(-sure[kin], kind="stable")]][:_KINDRED].tolist()
                }
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
        if leaving:
            if story is None:
                was = self._ids[self._story[group[0]]]
                story = self._new(content_id("story", was, *(self._articles[text][0] for text in group)))
            self._move(leaving, story)

    def _move(self, texts: list[int], story: int) -> None:
        """Move texts to a story, on record."""
        for text in texts:
            before = self._story[text]
            if before == story:
                continue
            moved = (Change(a, self._ids[before], self._ids[story], self._seen) for a in self._articles[text])
            self.changes += moved
            self._members[before].remove(text)
            if not self._members[before]:
                self._went[before] = story
            self._story[text] = story
            insort(self._members[story], text)

    def _new(self, name: str) -> int:
        number = len(self._ids)
        self._ids.append(name)
        self._number[name] = number
        self._members.append([])
        return number

    def _of(self, number: int) -> _Text:
        text = self._texts[number]
        assert text is not None  # forgotten texts are taken out of every list of texts to compare
        return text

    def _probe(self, one: Profile) -> _Probe:
        """What texts like ``one`` are looked up by, its terms as rare as they are by now."""
        here = np.array([self._articles_with[t] for t in one.terms.tolist()], np.float64)
        rare, local = rarities(one.terms, here, self._seen)
        kept, weights = views(one, rare, local, self._config.terms)
        return _Probe(one.terms[kept], weights, np.argsort(-weights[0], kind="stable")[:_PROBES])

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
        # Most terms are not shared: told by a few of their bits, before the others are looked up.
        self._sieve[terms & _SIEVE] = True
        maybe = np.flatnonzero(self._sieve[every & _SIEVE])
        self._sieve[terms & _SIEVE] = False
        place = np.minimum(np.searchsorted(terms, every[maybe]), len(terms) - 1)
        shared = terms[place] == every[maybe]
        both, place = maybe[shared], place[shared]
        holder = np.repeat(np.arange(len(held)), [len(text.terms) for text in held])[both]
        product = np.concatenate([text.weights for text in held])[both] * weights.T[place]
        return np.stack([np.bincount(holder, column, len(held)) for column in product.T])

    def _sure_of(self, one: Profile, time: float) -> dict[int, float]:
        """How sure it is of each text that something which is none of them is of the same event."""
        probe = self._probe(one)
        near = self._candidates(probe.terms, probe.weights, probe.order)
        seen = self._compared(probe.terms, probe.weights, near)
        times = np.array([self._of(j).time for j in near.tolist()], np.float64)
        seen = seen * nearness(np.full(len(near), time), times)
        by = scorer()
        me, here = np.full(len(near), len(near)), np.arange(len(near))
        own = own_usual(seen, len(self._texts) + 1, by.signs)
        usual = tuple(np.append(held, mine) for held, mine in zip(self._reaches.usual(near), own, strict=True))
        sure = sureness(signals(seen, me, here, usual, by.signs), by.signs, by.bias)
        return dict(zip(near.tolist(), sure.tolist(), strict=True))

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
        for term, weight in zip(text.terms[order].tolist(), text.weights[order, 0].tolist(), strict=True):
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
            if self._oldest % self._config.window == 0:
                self._tidy()

    def _tidy(self) -> None:
        """Let go of what only forgotten texts had, so that the index does not outgrow the window."""
        for term in list(self._index):
            numbers, heavy = self._index[term]
            kept = [k for k, number in enumerate(numbers) if self._texts[number] is not None]
            if not kept:
                del self._index[term]
                if self._articles_with[term] == 1:
                    del self._articles_with[term]
            elif len(kept) < len(numbers):
                self._index[term] = (array("q", [numbers[k] for k in kept]), array("d", [heavy[k] for k in kept]))
