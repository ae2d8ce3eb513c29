"""The story told in a few sentences of its own reports.

Which sentences: greedy choice under a budget, for a monotone submodular measure of what they cover together, divided
by a power of their cost (Lin and Bilmes 2011). What is covered are claims, weighed by support and status, and content
words, weighed by how early and in how many articles they stand (as Gillick and Favre 2009 weigh concepts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from math import log, sqrt
from typing import Final

from variorum.edition.material import Material, overlap, terms
from variorum.edition.sentences import (
    Sentence,
    afterthought,
    days_meant,
    is_passing,
    is_seen_from_today,
    points_back,
    sentences,
    stands_alone,
)
from variorum.edition.wording import day
from variorum.model import BriefSentence, Claim, ClaimStatus, Location, Period, Quantity, Statement, TimelineEntry
from variorum.text.normalise import fold

_STATUS_WEIGHT: Final[dict[ClaimStatus, float]] = {
    "corroborated": 1.3, "disputed": 1.2, "denied": 1.1, "planned": 1.0, "single_origin": 0.8, "unclear": 0.6,
    "superseded": 0.0,
}  # fmt: skip
_COST_POWER: Final = 0.3  # 1 favours short sentences too much, 0 long ones
_WORD_SHARE: Final = 2.5  # what all content words together weigh beside one well-supported claim
_NEWEST: Final = 1.7  # the later state of a thing against what was never in doubt
_LEANS: Final = 0.6  # a sentence that is understood better after another one
_NAMELESS: Final = 0.8  # a source that has no name against one that has
_BACKGROUND: Final = 0.35  # what happened long before the story, or what a paper says of itself
_DOUBTED: Final = 0.6  # what is denied or disputed against what is not, at the head
_AGAIN: Final = 0.5  # a sentence that tells anew what has been told, beside what it adds
_LEAST: Final = 5  # sentences, if there are as many
_WORTH: Final = 0.3  # of the best sentence's gain: what adds less is left out once there are enough
_DISPUTES: Final = 3  # told with all their sides; the page has the others
_FEW: Final = 3  # fewer words in common are no common content
_UPDATES: Final = 2  # whose newest state is told in any case
_FRESH: Final = 3  # days after which a plan that nobody repeats may have come to nothing
_DAY: Final = len("2031-05-10")
_ABBREVIATED: Final = re.compile(r"\b(?:\w\.){2,}$")  # "a.m.", "U.S."
_PARTLY: Final = 0.4  # of the terms, where at least half of what a sentence claims has been told


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence with what it covers; ``fair`` says that it can be chosen for its own sake and not only as the other
    reading of a dispute. ``standing`` is what its place and its independence of other sentences make of its worth, per
    power of its length."""

    sentence: Sentence
    text: str
    claims: tuple[str, ...]
    terms: frozenset[str]
    fair: bool
    standing: float
    said: frozenset[str]


def write_brief(
    material: Material,
    timeline: tuple[TimelineEntry, ...],
    held: frozenset[str],
    most: int,
    words: tuple[int, int],
    same: float,
) -> tuple[BriefSentence, ...]:
    """At most ``most`` sentences: what happened, what is confirmed, what is disputed (each reading beside the other),
    what is new, what is next. Plans that were ``held`` are left out; ``words`` bounds a sentence's length; two that
    share ``same`` of their terms are not both told."""
    candidates = _candidates(material, held, words)
    choice = _Choice(material, candidates, most, same)
    choice.take(_lead(material, timeline, candidates, choice.worth))
    for conflict in material.updates()[:_UPDATES]:
        choice.take_one_of(frozenset(conflict.readings[-1].claims))
    for conflict in material.contradictions()[:_DISPUTES]:
        choice.take_sides([frozenset(r.statements) - material.altered for r in conflict.readings])
    choice.take(_next(material, candidates, choice.worth))
    choice.fill()
    lead, rest = choice.groups[:1], choice.groups[1:]
    alone = choice.worth.anew()
    rest.sort(key=lambda group: (min(_kind(material, c) for c in group), -alone.gain(group[0])))
    return tuple(_told(material, c) for group in lead + rest for c in group)


def _candidates(material: Material, held: frozenset[str], words: tuple[int, int]) -> list[_Candidate]:
    statements: dict[str, list[Statement]] = {}
    for statement in material.statements:
        statements.setdefault(statement.article, []).append(statement)
    by_article = {a.id: sentences(a, statements.get(a.id, ())) for a in material.articles}
    found = []
    for article in sorted(material.articles, key=lambda a: material.published.get(a.id, "9999")):
        for sentence in (_without_old_figures(material, whole) for whole in by_article[article.id]):
            claims = dict.fromkeys(c.id for s in sentence.statements if (c := material.claim_of.get(s.id)))
            altered = not material.altered.isdisjoint(s.id for s in sentence.statements)
            if (
                claims
                and not altered
                and sentence.is_whole
                and not (_outdated(material, sentence, claims, held) or _of_an_unknown_day(material, sentence))
            ):
                covered = frozenset().union(*map(terms, sentence.statements))
                fair, standing = stands_alone(sentence, words), _standing(material, sentence)
                said = frozenset(s.id for s in sentence.statements)
                found.append(_Candidate(sentence, sentence.text, tuple(claims), covered, fair, standing, said))
    return found


def _without_old_figures(material: Material, sentence: Sentence) -> Sentence:
    """Without an end that only dates it by another event, where that has a figure that was revised."""
    end = afterthought(sentence)
    if end and any(material.revised(q) for q in _figures(sentence) if q.span[0] >= end[0]):
        return replace(sentence, span=(sentence.span[0], end[0]), closed=True)
    return sentence


def _figures(sentence: Sentence) -> Iterator[Quantity]:
    return (q for s in sentence.statements for q in s.quantities if q.span[1] <= sentence.span[1])


def _standing(material: Material, sentence: Sentence) -> float:
    """News tells the main thing first, so early sentences count more; those that lean on others count less, and those
    of nameless sources, of times long past and of the newsroom itself."""
    place = 0.7 + 0.6 / (1 + sentence.place / 2)
    length = max(1, len(sentence.text.split()))
    sources = [s.attribution[-1] for s in sentence.statements if s.attribution]
    nameless = bool(sources) and all(a.entity is None and not any(map(str.isupper, a.name)) for a in sources)
    times = [_long_past(material, s.event_time) for s in sentence.statements if s.event_time]
    past = bool(times) and all(times)
    worth = (_LEANS if sentence.leans else 1.0) * (_NAMELESS if nameless else 1.0)
    worth *= _BACKGROUND if past or _of_itself(sentence) else 1.0
    return float(worth * place / length**_COST_POWER)


def _long_past(material: Material, time: Period) -> bool:
    """Whether it lies in a year before the one before the first report."""
    first = min(material.published.values(), default="")
    year = (time.end or time.begin or "9999")[:4]
    return first[:4].isdigit() and year.isdigit() and int(year) < int(first[:4]) - 1


def _of_itself(sentence: Sentence) -> bool:
    """Whether its doer is the paper that it stands in ("the Courier sums up what is known")."""
    publisher = frozenset(fold(sentence.article.publisher or "").split())
    doers = (a.head for s in sentence.statements if s.frame for a in s.frame.arguments if a.role == "agent")
    return any(fold(head) in publisher for head in doers)


def _outdated(material: Material, sentence: Sentence, claims: Iterable[str], held: frozenset[str]) -> bool:
    """Whether an older state is among its ``claims`` without the newer one, a plan that was ``held`` or whose day is
    past, or a figure or name that was revised. A disputed claim can be an older state too, whatever its status says."""
    present = set(claims)
    older = (c for c in present if material.successors.get(c) or material.claims[c].status == "superseded")
    return (
        bool(present & held)
        or any(not material.successors.get(c, frozenset()) & present for c in older)
        or any(material.revised(q) for q in _figures(sentence))
        or any(map(material.misnames, sentence.statements))
        or any(s.reality == "planned" and material.is_past(s.event_time) for s in sentence.statements)
        or _stale(material, sentence, claims)
    )


def _stale(material: Material, sentence: Sentence, claims: Iterable[str]) -> bool:
    """Whether it only tells plans without a day, or what is asked for or so for the time being, and nobody told it
    again in the last days of the story."""
    asked = any(row.stance == "ask" for s in sentence.statements for row in s.attribution[-1:])
    plans = all(s.reality == "planned" and s.event_time is None for s in sentence.statements)
    if not (plans or asked or is_passing(sentence)):
        return False
    told = max((material.claims[c].last_reported or "" for c in claims), default="")[:10]
    last = max(material.published.values(), default="")[:10]
    if not len(told) == len(last) == _DAY:
        return False
    return (date.fromisoformat(last) - date.fromisoformat(told)).days > _FRESH


def _of_an_unknown_day(material: Material, sentence: Sentence) -> bool:
    """Whether it says "this morning" in a report whose day is not stated, of a story that is told on several days."""
    stamp, days = sentence.article.published, {told[:_DAY] for told in material.published.values()}
    return (stamp is None or stamp.basis == "inferred") and len(days) > 1 and is_seen_from_today(sentence)


def _lead(
    material: Material, timeline: tuple[TimelineEntry, ...], candidates: list[_Candidate], worth: _Worth
) -> _Candidate | None:
    """The sentence that tells the event: what the reports' words share most, done and not disputed, with its day, its
    place and the newest figures; never one that reports a denial."""
    headlines = material.headlines
    main = _main_events(material, timeline)
    places = frozenset(e.id for e in material.entities if e.kind == "place")

    def weight(one: _Candidate) -> float:
        statements = one.sentence.statements
        done = [s for s in statements if s.reality == "happened" and s.polarity == "affirmed"]
        if not done or any(a.stance == "deny" for s in statements for a in s.attribution):
            return 0.0
        stated = [s.event_time for s in done if s.event_time and s.event_time.basis == "stated"]
        known = 1.0 + 0.6 * any(not _long_past(material, time) and time.end for time in stated)
        known += 0.3 * any(m.entity in places for s in statements for m in s.mentions)
        known += 0.5 * any(material.newest.intersection(one.claims))
        doubted = any(material.claims[c].status in {"denied", "disputed"} for c in one.claims)
        known -= 0.5 * doubted
        shared = len(one.terms & headlines) / max(4, len(headlines))
        known += max(material.claims[c].support.articles for c in one.claims) / len(material.articles)
        dated = [material.claim_of[s.id].id for s in done if s.event_time and s.id in material.claim_of]
        known += 2.0 * max((main.get(c, 0.0) for c in dated), default=0.0)
        doers = [a.entity for s in done if s.frame for a in s.frame.arguments if a.role in {"agent", "patient"}]
        known += 1.5 * max((material.shares.get(e, 0.0) for e in doers if e), default=0.0)
        return one.standing * worth.best(one) * max(0.2, known) * (1.0 + shared) * (_DOUBTED if doubted else 1.0)

    able = [c for c in candidates if c.fair]
    best = max(able, key=weight, default=None)
    return best if best and weight(best) > 0 else max(able, key=worth.gain, default=None)


def _main_events(material: Material, timeline: tuple[TimelineEntry, ...]) -> dict[str, float]:
    """For each claim that tells an event the share of the articles that tell that event or another of its day."""
    days: dict[str, set[str]] = {}
    happened = [e for e in timeline if e.status == "happened" and e.precision not in {"year", "month"}]
    for entry in happened:
        articles = {s.article for c in entry.claims for s in material.said(material.claims[c])}
        days.setdefault(entry.begin[:10], set()).update(articles)
    told: dict[str, float] = {}
    for entry in happened:
        for claim in entry.claims:
            told[claim] = max(told.get(claim, 0.0), len(days[entry.begin[:10]]) / len(material.articles))
    return told


def _next(material: Material, candidates: list[_Candidate], worth: _Worth) -> _Candidate | None:
    """The best sentence on what is dated, planned and yet to come."""
    able = [
        c
        for c in candidates
        if c.fair and _kind(material, c) == _PLANNED and any(s.event_time for s in c.sentence.statements)
    ]
    return max(able, key=worth.gain, default=None)


def _gives(one: _Candidate, side: frozenset[str], others: frozenset[str]) -> bool:
    """Whether it gives one side of a dispute and not, by denying it, the others too; both are statements."""
    return bool(side & one.said) and not others & one.said


def _denies(one: _Candidate) -> bool:
    statements = one.sentence.statements
    return any(s.polarity == "negated" or (s.attribution and s.attribution[-1].stance == "deny") for s in statements)


class _Choice:
    """Sentences chosen so far, in groups that stay together, and what they leave to be told."""

    def __init__(self, material: Material, candidates: list[_Candidate], most: int, same: float) -> None:
        self.worth = _Worth(material, candidates)
        self.groups: list[list[_Candidate]] = []
        self._material, self._all, self._most, self._same = material, candidates, most, same
        self._told: list[_Candidate] = []

    def take(self, one: _Candidate | None) -> None:
        """Tell ``one``, unless it or its content is told."""
        if one is not None and not self._repeats(one):
            self._add([one])

    def take_one_of(self, claims: frozenset[str]) -> None:
        """Tell one of ``claims`` by its best sentence, unless one is told."""
        if not any(claims & set(c.claims) for c in self._told):
            able = [c for c in self._all if c.fair and claims & set(c.claims) and not self._repeats(c)]
            if best := max(able, key=self.worth.gain, default=None):
                self._add(_in_order(self._material, [best, *self._others(best)]))

    def take_sides(self, sides: list[frozenset[str]]) -> None:
        """Tell a dispute: for each side that is not told yet its best sentence; nothing if only one could be told and
        it does not, as a denial, tell of the other, or if it points back ("The company denied this")."""
        chosen: list[_Candidate] = []
        given = 0
        for side in sides:
            others = frozenset().union(*(other for other in sides if other is not side))
            if any(_gives(c, side, others) for c in (*self._told, *chosen)):
                given += 1
                continue
            able = [c for c in self._all if side & c.said and c not in chosen and not self._is_told(c)]
            if best := max(able, key=lambda c: (_gives(c, side, others), c.fair, self.worth.gain(c)), default=None):
                chosen.append(best)
                given += 1
        told = {c.text: {n for n, side in enumerate(sides) if side & c.said} for c in chosen}
        chosen = [c for c in chosen if not any(told[c.text] < more for more in told.values())]
        if given < len(sides) and len({r for c in chosen for r in _roots(c)}) == 1:
            chosen = chosen[:1]  # one speaker, who is contradicted by somebody that cannot be told
        if all(points_back(c.text) for c in chosen):
            return
        if chosen and (given > 1 or (_denies(chosen[0]) and not any(map(_denies, self._told)))):
            self._add(_in_order(self._material, chosen))

    def fill(self) -> None:
        """Greedily what adds most, until too little is added."""
        first = 0.0
        pool = [c for c in self._all if c.fair and not self._repeats(c)]
        while pool and len(self._told) < self._most:
            best = max(pool, key=self.worth.gain)
            gain = self.worth.gain(best)
            first = first or gain
            if gain <= 0 or (gain < _WORTH * first and len(self._told) >= _LEAST):
                break
            pool.remove(best)
            self._add(_in_order(self._material, [best, *self._others(best)]))
            pool = [c for c in pool if not self._repeats(c)]

    def _add(self, group: list[_Candidate]) -> None:
        if group and len(self._told) + len(group) <= self._most:
            self.groups.append(group)
            self._told += group
            for member in group:
                self.worth.cover(member)

    def _repeats(self, one: _Candidate) -> bool:
        if self.worth.known(one):
            return True
        partly = self.worth.share(one) >= 0.5
        return self._same_words(one, self._told, _PARTLY if partly else self._same)

    def _is_told(self, one: _Candidate) -> bool:
        """Whether these very words are told, be it from a copy."""
        return any(one.text == other.text for other in self._told)

    def _same_words(self, one: _Candidate, others: list[_Candidate], same: float | None = None) -> bool:
        need = same or self._same
        return any(len(one.terms & other.terms) >= _FEW and overlap(one.terms, other.terms) >= need for other in others)

    def _others(self, one: _Candidate) -> list[_Candidate]:
        """For each reading that stands against one of its claims, the best sentence that gives it, unless told."""
        found: list[_Candidate] = []
        for reading in _against(self._material, one.claims):
            if any(reading & c.said for c in (one, *self._told, *found)):
                continue
            if able := [c for c in self._all if reading & c.said and not self._is_told(c)]:
                found.append(max(able, key=lambda c: (c.fair, self.worth.gain(c))))
        return found


class _Worth:
    """What a sentence would add to those already told."""

    def __init__(self, material: Material, candidates: list[_Candidate]) -> None:
        self._claims = {
            c.id: _claim_weight(c) * (_NEWEST if c.id in material.newest else 1.0) for c in material.story.claims
        }
        self._terms = _term_weights(material, candidates)
        self._covered_claims: set[str] = set()
        self._covered_terms: set[str] = set()

    def anew(self) -> _Worth:
        """The same where nothing is told yet."""
        worth = copy(self)
        worth._covered_claims, worth._covered_terms = set(), set()
        return worth

    def gain(self, one: _Candidate) -> float:
        """Weight of the claims and words that are new, times its standing. Each further claim of one sentence counts
        less, so that a sentence is not worth more for being read in smaller pieces."""
        claims = sorted((self._claims[c] for c in one.claims if c not in self._covered_claims), reverse=True)
        words = sum(self._terms.get(t, 0.0) for t in sorted(one.terms - self._covered_terms))
        again = _AGAIN if self.share(one) > 0 else 1.0
        return again * one.standing * (sum(w / (i + 1) for i, w in enumerate(claims)) + words)

    def best(self, one: _Candidate) -> float:
        """The weight of its best claim, and of its words beside it."""
        return max(self._claims[c] for c in one.claims) + sum(self._terms.get(t, 0.0) for t in sorted(one.terms))

    def known(self, one: _Candidate) -> bool:
        """Whether all its claims have been told."""
        return self._covered_claims.issuperset(one.claims)

    def share(self, one: _Candidate) -> float:
        """How many of its claims have been told, by weight, in [0, 1]."""
        whole = sum(self._claims[c] for c in one.claims)
        return sum(self._claims[c] for c in one.claims if c in self._covered_claims) / whole if whole else 0.0

    def cover(self, one: _Candidate) -> None:
        """Count it as told."""
        self._covered_claims.update(one.claims)
        self._covered_terms.update(one.terms)


def _term_weights(material: Material, candidates: list[_Candidate]) -> dict[str, float]:
    """Content words by how early each article has them, those of headlines twice; a story's words together weigh the
    same however many they are, but for a root of their number."""
    total: dict[str, float] = {}
    seen: set[tuple[str, str]] = set()
    for candidate in candidates:
        article = candidate.sentence.article.id
        for term in candidate.terms:
            if (article, term) not in seen:
                seen.add((article, term))
                total[term] = total.get(term, 0.0) + 1 / (1 + candidate.sentence.place / 5)
    headlines = material.headlines
    weighed = {term: value * (2.0 if term in headlines else 1.0) for term, value in sorted(total.items())}
    whole = sum(weighed.values()) or 1.0
    return {term: _WORD_SHARE * value * sqrt(len(weighed)) / whole for term, value in weighed.items()}


def _claim_weight(claim: Claim) -> float:
    support = claim.support
    # Whom a claim may have besides counts by half: a low end is low where it cannot be told, not where nobody is.
    roots = (support.roots[0] + min(support.roots[1], support.roots[0] + 1)) / 2
    size = 0.6 + log(1 + support.articles) + 0.8 * (support.newsrooms[0] - 1) + 0.8 * (roots - 1)
    return float(_STATUS_WEIGHT[claim.status] * max(size, 0.1))


def _in_order(material: Material, group: list[_Candidate]) -> list[_Candidate]:
    """The newest state first; what is denied before its denial, which cannot be understood without it."""

    def place(one: _Candidate) -> tuple[bool, bool, bool]:
        denied = any(material.claims[c].status == "denied" for c in one.claims)
        return _kind(material, one) not in {_CONFIRMED, _NEW}, _denies(one), not denied

    return sorted(group, key=place)


def _roots(one: _Candidate) -> set[str]:
    return {s.root.entity or s.root.name or s.article for s in one.sentence.statements}


def _against(material: Material, claims: Iterable[str]) -> list[frozenset[str]]:
    """The statements of each reading that stands against one of the claims."""
    mine = set(claims)
    against = [
        frozenset(reading.statements)
        for conflict in material.conflicts
        if conflict.relation == "contradiction" and any(mine & set(r.claims) for r in conflict.readings)
        for reading in conflict.readings
        if not mine & set(reading.claims)
    ]
    for claim in (material.claims[c] for c in claims):
        denials = {c.id for s in claim.denied_by if (c := material.claim_of.get(s))}
        said = frozenset(s for c in sorted(denials) for s in material.claims[c].statements)
        against += [said] if denials and not denials & mine else []
    return against


_CONFIRMED, _HAPPENED, _DISPUTED, _NEW, _ALONE, _PLANNED = range(6)


def _kind(material: Material, one: _Candidate) -> int:
    """Where it stands in the brief: confirmed, a dated event, disputed, the newest state of what changed, told
    by one, or planned."""
    claims = [material.claims[c] for c in one.claims]
    if all(c.status == "planned" for c in claims):
        return _PLANNED
    if any(c.status == "denied" or (c.status == "disputed" and c.id not in material.newest) for c in claims):
        return _DISPUTED
    if max(claims, key=_claim_weight).status == "corroborated":
        return _CONFIRMED
    if any(c.id in material.newest for c in claims):
        return _NEW
    happened = (s.event_time for s in one.sentence.statements if s.reality == "happened")
    return _HAPPENED if any(time and time.basis == "stated" for time in happened) else _ALONE


def with_source(text: str, name: str) -> str:
    """A sentence with whom it comes from before its full stop; an abbreviation at its end keeps its own.

    >>> with_source("It broke at 11 a.m.", "Velm Post")
    'It broke at 11 a.m. (Velm Post).'
    """
    if not text.endswith("."):
        return f"{text} ({name})"
    return f"{text if _ABBREVIATED.search(text) else text[:-1]} ({name})."


def _told(material: Material, one: _Candidate) -> BriefSentence:
    article, span = one.sentence.article, one.sentence.span
    text = one.sentence.told(_days(material, one.sentence))
    citations = [Location(article.id, span)]
    name = _unsaid_source(material, one)
    if name and name.casefold() not in text.casefold():
        text = with_source(text, name)
        credit = next((c for c in article.credits if c.agency == name), None)
        citations += [Location(article.id, credit.span)] if credit else []
    return BriefSentence(text, tuple(citations), one.claims)


def _days(material: Material, sentence: Sentence) -> dict[int, str]:
    """The dates to set behind "on Monday" and "this morning", where the reports are of several days and the sentence's
    own says which day it is of."""
    stamp, all_days = sentence.article.published, {told[:_DAY] for told in material.published.values()}
    if stamp is None or stamp.basis == "inferred" or len(stamp.value) < _DAY or len(all_days) < 2:
        return {}
    year = f" {max(all_days)[:4]}"
    return {end: f" ({day(value).removesuffix(year)})" for end, value in days_meant(sentence).items()}


def _unsaid_source(material: Material, one: _Candidate) -> str | None:
    """Whom to name where the words name nobody and only one root stands behind them."""
    if any(s.attribution for s in one.sentence.statements):
        return None
    for statement in one.sentence.statements:
        claim = material.claim_of.get(statement.id)
        if claim and claim.support.roots[1] <= 1:
            return statement.root.name or material.newsroom(statement)
    return None
