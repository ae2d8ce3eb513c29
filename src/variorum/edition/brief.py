"""The story told in a few sentences of its own reports.

Which sentences: greedy choice under a budget, for a monotone submodular measure of what they cover together, divided
by a power of their cost (Lin and Bilmes 2011). What is covered are claims, weighed by support and status, and content
words, weighed by how early and in how many articles they stand (as Gillick and Favre 2009 weigh concepts).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from math import sqrt
from typing import Final

from variorum.edition.candidates import Candidate, Reports, read_candidates
from variorum.edition.core import Core
from variorum.edition.doubt import refutes
from variorum.edition.lead import choose_lead, choose_newest
from variorum.edition.likeness import Likeness
from variorum.edition.material import Material, overlap
from variorum.edition.sentences import Sentence, days_meant, is_long_ago, points_back
from variorum.edition.wording import day
from variorum.edition.worth import Worth, claim_weight, is_of_days
from variorum.model import BriefSentence, Location

_END: Final = 0.1  # of the lead's worth: what has less is a matter of its own
_ALL_BUT: Final = 0.85  # shared words: nothing but how it ended can be new
_OF_STORY: Final = 0.66  # of the lead's shared words: what decides another story has fewer
_WORTH: Final = 0.22  # of the best sentence's value: what adds less is left out once there are enough
_WORTH_OF_FEW: Final = 0.08  # the same before
_ENOUGH: Final = 5  # sentences, if there are as many
_ENOUGH_OF_A_DAY: Final = 3  # the same where nothing new can come in later reports
_DISPUTES: Final = 3  # told with all their sides; the page has the others
_FEW: Final = 3  # fewer words in common are no common content
_UPDATES: Final = 2  # whose newest state is told in any case
_DAY: Final = len("2031-05-10")
_ABBREVIATED: Final = re.compile(r"\b(?:\w\.){2,}$")  # "a.m.", "U.S."
_PARTLY: Final = 0.4  # of the terms, where at least half of what a sentence claims has been told


def write_brief(
    material: Material,
    held: frozenset[str],
    most: int,
    words: tuple[int, int],
    same: float,
    likeness: Likeness,
) -> tuple[BriefSentence, ...]:
    """At most ``most`` sentences: what happened, what is confirmed, what is disputed (each reading beside the other),
    what is new, what is next. Plans that were ``held`` are left out; ``words`` bounds a sentence's length; two that
    share ``same`` of their terms are not both told."""
    reports = Reports.of(material)
    candidates = read_candidates(material, reports, held, words)
    choice = _Choice(material, reports.core, candidates, most, same, likeness)
    first = choose_lead(material, reports, candidates)
    choice.take(first)
    newest = choose_newest(material, reports, candidates, first)
    choice.take(newest)
    for conflict in material.updates()[:_UPDATES]:
        choice.take_one_of(frozenset(conflict.readings[-1].claims))
    choice.take_outcome()
    disputes = [c for c in material.contradictions() if not (reports.refuting and c.kind == "denial")]
    for conflict in disputes[:_DISPUTES]:
        choice.take_sides([frozenset(r.statements) - material.altered for r in conflict.readings])
    choice.take_decisive()
    choice.take_next(_next(material, candidates, choice.worth))
    choice.fill()
    choice.prune()
    lead = [*(g for g in choice.groups[1:] if newest in g), *choice.groups[:1]]
    rest = [group for group in choice.groups if group not in lead]
    alone = choice.worth.anew()
    rest.sort(key=lambda g: (not _settles(g[0]), min(_kind(material, c) for c in g), -alone.gain(g[0])))
    return tuple(_told(material, c) for group in _understood(lead + rest, alone) for c in group)


def _settles(one: Candidate) -> bool:
    """Whether it tells how the matter ended, or that what is told is not so."""
    return bool(one.outcomes) or (bool(one.decisive) and _denies(one))


def _understood(groups: list[list[Candidate]], told: Worth) -> Iterator[list[Candidate]]:
    """The groups in their order, but that each waits for what it takes for granted; what waits in vain comes last."""
    waiting = list(groups)
    while waiting:
        ready = (g for g in waiting if all(map(told.understood, g)) and not any(map(told.unmet, g)))
        group = next(ready, None) or next((g for g in waiting if all(map(told.understood, g))), waiting[0])
        waiting.remove(group)
        for one in group:
            told.cover(one)
        yield group


def _next(material: Material, candidates: list[Candidate], worth: Worth) -> Candidate | None:
    """The best sentence on what is dated, planned and yet to come; what several newsrooms tell is more."""
    able = [
        c
        for c in candidates
        if c.fair and _kind(material, c) == _PLANNED and any(s.event_time for s in c.sentence.statements)
    ]
    return max(able, key=lambda c: worth.gain(c) * sqrt(_newsrooms(material, c)), default=None)


def _newsrooms(material: Material, one: Candidate) -> int:
    """How many newsrooms at least stand behind the best borne out of its claims."""
    return max(material.claims[c].support.newsrooms[0] for c in one.claims)


def _gives(one: Candidate, side: frozenset[str], others: frozenset[str]) -> bool:
    """Whether it gives one side of a dispute and not, by denying it, the others too; both are statements."""
    return bool(side & one.said) and not others & one.said


def _says_no(one: Candidate) -> bool:
    """Whether it denies, or calls untrue what others tell: no repetition of that, however near in meaning."""
    return _denies(one) or refutes(one.sentence)


def _denies(one: Candidate) -> bool:
    statements = one.sentence.statements
    return any(s.polarity == "negated" or (s.attribution and s.attribution[-1].stance == "deny") for s in statements)


class _Choice:
    """Sentences chosen so far, in groups that stay together, and what they leave to be told."""

    def __init__(
        self,
        material: Material,
        core: Core,
        candidates: list[Candidate],
        most: int,
        same: float,
        likeness: Likeness,
    ) -> None:
        self.worth = Worth(material, core, candidates)
        self.groups: list[list[Candidate]] = []
        self._material, self._all, self._most, self._same = material, candidates, most, same
        self._told: list[Candidate] = []
        self._likeness = likeness
        self._skipped = 0  # what was left out as told: it had its share of the brief
        self._of_days = is_of_days(material)
        # Of many reports of one day another has the other side in words of its own.
        self._beside = candidates if self._of_days else [c for c in candidates if c.fair]

    def take(self, one: Candidate | None) -> None:
        """Tell ``one``, unless it or its content is told."""
        if one is not None and not self._repeats(one):
            self._add([one])

    def take_one_of(self, claims: frozenset[str]) -> None:
        """Tell one of ``claims`` by its best sentence, unless one is told."""
        if not any(claims & set(c.claims) for c in self._told):
            able = [c for c in self._able() if claims & set(c.claims) and not self._repeats(c)]
            if best := max(able, key=self.worth.gain, default=None):
                self._add(_in_order(self._material, [best, *self._others(best)]))

    def take_outcome(self) -> None:
        """Tell how the matter ended, by the best sentence that does, if it is of the story's and not told."""
        able = [c for c in self._able() if c.outcomes - self.worth.outcomes and not self._repeats(c)]
        best = max(able, key=self.worth.gain, default=None)
        if best and self._is_of_the_story(best):
            self._add([best])

    def take_decisive(self) -> None:
        """Tell of each family of what decides a story what has most of the story's words, if none is told."""
        for family in sorted({n for c in self._all for n in c.decisive}):
            if family not in self.worth.decided:
                able = [c for c in self._able() if family in c.decisive and self._decides(c)]
                if best := max(able, key=lambda c: c.standing * self.worth.density(c), default=None):
                    self._add([best])

    def _decides(self, one: Candidate) -> bool:
        """Whether it is of the story, and not what is told already in nearly the same words."""
        lead = self.worth.density(self.groups[0][0]) if self.groups else 1.0
        of_story = self.worth.density(one) >= _OF_STORY * lead and _kind(self._material, one) != _PLANNED
        of_story = of_story and not self.worth.is_elsewhere(one)
        return of_story and not is_long_ago(one.sentence) and not self._same_words(one, self._told, _ALL_BUT)

    def take_next(self, one: Candidate | None) -> None:
        """Tell what is to come, if it is of the story's."""
        if one and (self._of_days or self._is_of_the_story(one)):
            self.take(one)

    def _is_of_the_story(self, one: Candidate) -> bool:
        return bool(self.groups) and self.worth.gain(one) >= _END * self.worth.anew().gain(self.groups[0][0])

    def take_sides(self, sides: list[frozenset[str]]) -> None:
        """Tell a dispute: for each side that is not told yet its best sentence; nothing if only one could be told and
        it does not, as a denial, tell of the other, or if it points back ("The company denied this")."""
        chosen: list[Candidate] = []
        given = 0
        for side in sides:
            others = frozenset().union(*(other for other in sides if other is not side))
            if any(_gives(c, side, others) for c in (*self._told, *chosen)):
                given += 1
                continue
            able = [c for c in self._beside if side & c.said and c not in chosen and not self._is_told(c)]
            if best := max(able, key=lambda c: (_gives(c, side, others), *self._footing(c)), default=None):
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
        if self._of_days:
            self._fill(self.worth.gain, 0.0, _ENOUGH)
        elif self.groups:
            self._fill(self.worth.news, self.worth.anew().news(self.groups[0][0]), _ENOUGH_OF_A_DAY)

    def _fill(self, value: Callable[[Candidate], float], first: float, enough: int) -> None:
        """What adds most in ``value``, beside ``first`` or the best so far; less is asked of the first sentences, until
        there are ``enough``."""
        pool = [c for c in self._all if c.fair]
        self._skipped = 0
        while len(self._told) < self._most and (best := self._best(pool, value)):
            first = max(first, value(best))
            if value(best) <= (_WORTH_OF_FEW if len(self._told) + self._skipped < enough else _WORTH) * first:
                break
            pool.remove(best)
            self._add(_in_order(self._material, [best, *self._others(best)]))

    def _best(self, pool: list[Candidate], value: Callable[[Candidate], float]) -> Candidate | None:
        """What adds most of what is understood; what repeats what was told leaves the pool when its turn comes."""
        able = sorted(filter(self.worth.understood, pool), key=value, reverse=True)
        for one in able:
            if not self._repeats(one) and not self._likeness.is_far(one.text, (told.text for told in self._told)):
                return one
            self._skipped += self._same_sense(one)
            pool.remove(one)
        return None

    def prune(self) -> None:
        """Leave out, the last first, what all the others together tell already; a newer state is in none of them,
        whatever words they share."""
        for group in self.groups[:0:-1]:
            others = [c for g in self.groups for c in g if g is not group]
            newest = any(c in self._material.newest for one in group for c in one.claims)
            if len(group) == 1 and not newest and self.worth.is_told_by(group[0], others):
                self.groups.remove(group)

    def _add(self, group: list[Candidate]) -> None:
        group = self._with_verdicts(group)
        if group and len(self._told) + len(group) <= self._most:
            self.groups.append(group)
            self._told += group
            for member in group:
                self.worth.cover(member)

    def _with_verdicts(self, group: list[Candidate]) -> list[Candidate]:
        """The group; what a report tells only to call it untrue in the next sentence with that sentence behind it, and
        not at all where it cannot be told."""
        found: list[Candidate] = []
        for one in group:
            if one not in found:
                found.append(one)
            verdicts = _verdicts_on(self._material, one)
            if verdicts and not any(verdicts & c.said for c in (*group, *self._told)):
                behind = next((c for c in self._all if verdicts & c.said), None)
                if behind is None:
                    return []
                found.append(behind)
        return found

    def _able(self) -> list[Candidate]:
        """The sentences that are understood after those told."""
        return list(filter(self._stands, self._all))

    def _footing(self, one: Candidate) -> tuple[bool, bool, float]:
        """How well it stands beside the other side of a dispute."""
        return self._stands(one), one.fair, self.worth.gain(one)

    def _stands(self, one: Candidate) -> bool:
        return one.fair and self.worth.understood(one)

    def _repeats(self, one: Candidate) -> bool:
        if self.worth.known(one):
            return True
        partly = self.worth.share(one) >= 0.5
        return self._same_words(one, self._told, _PARTLY if partly else self._same) or self._same_sense(one)

    def _same_sense(self, one: Candidate) -> bool:
        """Whether a sentence told says it in other words: neither the one nor the other denies, and it brings in no
        person, no end of the matter and no newer state."""
        new = one.introduces - self.worth.introduced or one.outcomes - self.worth.outcomes
        if new or one.decisive - self.worth.decided or self._material.newest.intersection(one.claims):
            return False
        alike = [other.text for other in self._told if _says_no(other) == _says_no(one)]
        return self._likeness.tells_the_same(one.text, alike)

    def _is_told(self, one: Candidate) -> bool:
        """Whether these very words are told, be it from a copy."""
        return any(one.text == other.text for other in self._told)

    def _same_words(self, one: Candidate, others: list[Candidate], same: float | None = None) -> bool:
        need = same or self._same
        return any(len(one.terms & other.terms) >= _FEW and overlap(one.terms, other.terms) >= need for other in others)

    def _others(self, one: Candidate) -> list[Candidate]:
        """For each reading that stands against one of its claims, the best sentence that gives it, unless told."""
        found: list[Candidate] = []
        for reading in _against(self._material, one.claims):
            if any(reading & c.said for c in (one, *self._told, *found)):
                continue
            if able := [c for c in self._beside if reading & c.said and not self._is_told(c)]:
                found.append(max(able, key=self._footing))
        return found


def _verdicts_on(material: Material, one: Candidate) -> frozenset[str]:
    """The statements of its own report that call untrue what a sentence repeats."""
    claims = [material.claims[c] for c in one.claims]
    repeated = [c for c in claims if one.said & set(c.denied_by) & set(c.statements)]
    denials = (material.by_statement.get(s) for c in repeated for s in c.denied_by if s not in c.statements)
    verdicts = frozenset(s.id for s in denials if s is not None and s.article == one.sentence.article.id)
    return verdicts if not verdicts & one.said else frozenset()


def _in_order(material: Material, group: list[Candidate]) -> list[Candidate]:
    """The newest state first; what is denied before its denial, which cannot be understood without it."""

    def place(one: Candidate) -> tuple[bool, bool, bool]:
        denied = any(material.claims[c].status == "denied" for c in one.claims)
        return _kind(material, one) not in {_CONFIRMED, _NEW}, _denies(one), not denied

    return sorted(group, key=place)


def _roots(one: Candidate) -> set[str]:
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


def _kind(material: Material, one: Candidate) -> int:
    """Where it stands in the brief: confirmed, a dated event, disputed, the newest state of what changed, told
    by one, or planned."""
    claims = [material.claims[c] for c in one.claims]
    if all(c.status == "planned" for c in claims):
        return _PLANNED
    if any(c.status == "denied" or (c.status == "disputed" and c.id not in material.newest) for c in claims):
        return _DISPUTED
    if max(claims, key=claim_weight).status == "corroborated":
        return _CONFIRMED
    if any(c.id in material.newest for c in claims) or one.outcomes:
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


def _told(material: Material, one: Candidate) -> BriefSentence:
    article, span = one.sentence.article, one.sentence.span
    text = one.sentence.told(_days(material, one.sentence) | one.sentence.notes)
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
    if sentence.article.id in material.misdated:
        return {}
    year = f" {max(all_days)[:4]}"
    return {end: f" ({day(value).removesuffix(year)})" for end, value in days_meant(sentence).items()}


def _unsaid_source(material: Material, one: Candidate) -> str | None:
    """Whom to name where the words name nobody and only one root stands behind them."""
    if any(s.attribution for s in one.sentence.statements):
        return None
    for statement in one.sentence.statements:
        claim = material.claim_of.get(statement.id)
        if claim and claim.support.roots[1] <= 1:
            return statement.root.name or material.newsroom(statement)
    return None
