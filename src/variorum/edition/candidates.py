"""The sentences that could be told in a brief, each with what it covers and what it is worth by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from variorum.edition.context import Needs, full_names, introduced, needs, with_speakers
from variorum.edition.core import Core, kin
from variorum.edition.doubt import quotes_it, refutes, refuting
from variorum.edition.material import Material, terms
from variorum.edition.quoted import Quotations
from variorum.edition.sentences import (
    Sentence,
    afterthought,
    is_long_ago,
    is_passing,
    is_seen_from_today,
    leans_on,
    of_sentence,
    sentences,
    stands_alone,
)
from variorum.edition.stages import Stages, decisive, outcomes
from variorum.model import Period, Statement
from variorum.text.normalise import fold

_COST_POWER: Final = 0.3  # 1 favours short sentences too much, 0 long ones
_LEANS: Final = 0.6  # a sentence that is understood better after another one
_NAMELESS: Final = 0.8  # a source that has no name against one that has
_BACKGROUND: Final = 0.35  # what happened long before the story, or what a paper says of itself
_PASSING: Final = 0.6  # what is so only for the time being
_LONGER: Final = 12  # words that the sentence which opens a brief may be longer
_BARE: Final = 1.0  # a sentence whose words no other report has, beside one whose words all have
_RASH: Final = 0.4  # what most tell as a charge, told as a fact
_OUTCOME: Final = 1.6  # how a matter ended
_BEGINNING: Final = 4  # letters of a word that its forms share
_FRESH: Final = 3  # days after which a plan that nobody repeats may have come to nothing
_DAY: Final = len("2031-05-10")
_WORDS: Final = re.compile(r"[\w.,]*\w")
_ENDS: Final = frozenset(".!?…")
_COLON: Final = re.compile(r":\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with what it covers; ``fair`` says that it can be chosen for its own sake and not only as the other
    reading of a dispute. ``standing`` is what its place and its independence of other sentences make of its worth, per
    power of its length. ``kin`` are its ``terms`` by what they have in common with others, ``introduces`` the persons
    whom it names in full, ``outcomes`` the ends of a matter that it tells, ``decisive`` what it tells of that decides
    a story. ``opens``: it can open the brief, be it long."""

    sentence: Sentence
    text: str
    claims: tuple[str, ...]
    terms: frozenset[str]
    kin: frozenset[str]
    fair: bool
    standing: float
    said: frozenset[str]
    needs: Needs
    introduces: frozenset[str]
    outcomes: frozenset[int]
    decisive: frozenset[int]
    opens: bool


@of_sentence
def _words_of(sentence: Sentence) -> frozenset[str]:
    """The content words of its statements; of what was trimmed off its end none."""
    covered = frozenset().union(*map(terms, sentence.statements))
    return frozenset(t for t in covered if t[:_BEGINNING] in sentence.flat) if sentence.closed else covered


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of a story as its brief reads them: their sentences, what they share (``core``), those that refute
    what the others repeat, what has ended or is only charged, and what somebody is quoted with."""

    sentences: dict[str, list[Sentence]]
    core: Core
    refuting: frozenset[str]
    stages: Stages
    quotations: Quotations

    @staticmethod
    def of(material: Material) -> Reports:
        """Those of ``material``."""
        statements: dict[str, list[Statement]] = {}
        for statement in material.statements:
            statements.setdefault(statement.article, []).append(statement)
        read = {a.id: sentences(a, statements.get(a.id, ())) for a in material.articles}
        people = frozenset(e.id for e in material.entities if e.kind == "person")
        stages, quotations = Stages.of(read, people), Quotations(material.articles)
        return Reports(read, Core.of(read.values()), refuting(read), stages, quotations)

    def is_overtaken(self, sentence: Sentence) -> bool:
        """Whether it repeats what others refute, or tells a state that has ended."""
        own = sentence.article.id in self.refuting and not quotes_it(sentence)
        return (bool(self.refuting) and not own and not refutes(sentence)) or self.stages.has_ended(sentence)


def read_candidates(
    material: Material, reports: Reports, held: frozenset[str], words: tuple[int, int]
) -> list[Candidate]:
    """The sentences that can be told, the earliest report's first; of plans that were ``held`` none. ``words`` bounds
    the length of those that are told for their own sake."""
    found = []
    names = full_names(material)
    for article in sorted(material.articles, key=lambda a: material.published.get(a.id, "9999")):
        before: set[str] = set()
        for whole in reports.sentences[article.id]:
            sentence = with_speakers(material, _without_old_figures(material, _without_place(material, whole)))
            claims = dict.fromkeys(c.id for s in sentence.statements if (c := material.claim_of.get(s.id)))
            if claims and _can_be_told(material, reports, sentence, claims, held):
                wanted = needs(sentence, names, frozenset(before))
                found.append(_candidate(material, reports, sentence, tuple(claims), words, names, wanted))
            if whole.text.rstrip("\"'”’)]")[-1:] in _ENDS:  # a heading brings nothing in: the text tells it anew
                before.update(*map(terms, whole.statements))
    return found


def _can_be_told(
    material: Material, reports: Reports, sentence: Sentence, claims: Iterable[str], held: frozenset[str]
) -> bool:
    return (
        sentence.is_whole
        and material.altered.isdisjoint(s.id for s in sentence.statements)
        and not _outdated(material, sentence, claims, held)
        and not _of_an_unknown_day(material, sentence)
        and not reports.is_overtaken(sentence)
        and not reports.quotations.lacks_its_speaker(sentence)
    )


def _candidate(
    material: Material,
    reports: Reports,
    sentence: Sentence,
    claims: tuple[str, ...],
    words: tuple[int, int],
    names: dict[str, frozenset[str]],
    wanted: Needs,
) -> Candidate:
    covered, ends = _words_of(sentence), outcomes(sentence)
    shared = kin(covered)
    standing = _standing(material, sentence) * (_BARE + reports.core.density(shared))
    standing *= (_RASH if reports.stages.is_rash(sentence) else 1.0) * (_OUTCOME if ends else 1.0)
    return Candidate(
        sentence,
        sentence.text,
        claims,
        covered,
        shared,
        stands_alone(sentence, words),
        standing,
        frozenset(s.id for s in sentence.statements),
        wanted,
        introduced(sentence, names),
        ends,
        decisive(sentence),
        stands_alone(sentence, (words[0], words[1] + _LONGER)),
    )


def _without_place(material: Material, sentence: Sentence) -> Sentence:
    """Without the place that it is reported from ("Lund: A bridge …")."""
    begin, text = sentence.span[0], sentence.article.text
    for mention in (m for s in sentence.statements for m in s.mentions if m.span[0] == begin):
        after = _COLON.match(text, mention.span[1])
        if after and mention.entity in material.places:
            return replace(sentence, span=(after.end(), sentence.span[1]))
    return sentence


def _without_old_figures(material: Material, sentence: Sentence) -> Sentence:
    """Without an end that only dates it by another event, where that has a figure that was revised."""
    end = afterthought(sentence)
    if end and any(q.span[0] >= end[0] for q in material.outdated_figures(sentence.statements)):
        return replace(sentence, span=(sentence.span[0], end[0]), closed=True)
    return sentence


def _standing(material: Material, sentence: Sentence) -> float:
    """News tells the main thing first, so early sentences count more; those that lean on others count less, and those
    of nameless sources, of times long past and of the newsroom itself."""
    place = 0.7 + 0.6 / (1 + sentence.place / 2)
    length = max(1, len(sentence.text.split()))
    sources = [s.attribution[-1] for s in sentence.statements if s.attribution]
    nameless = bool(sources) and all(a.entity is None and not any(map(str.isupper, a.name)) for a in sources)
    times = [is_long_past(material, s.event_time) for s in sentence.statements if s.event_time]
    past = (bool(times) and all(times)) or (not times and is_long_ago(sentence))
    worth = (_LEANS if sentence.leans or leans_on(sentence) or sentence.speakers else 1.0) * (
        _NAMELESS if nameless else 1.0
    )
    worth *= _BACKGROUND if past or _of_itself(sentence) else 1.0
    worth *= _PASSING if is_passing(sentence) else 1.0
    return float(worth * place / length**_COST_POWER)


def is_long_past(material: Material, time: Period) -> bool:
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
    older = (c for c in present if material.succeeded(c, sentence.article.id))
    return (
        bool(present & held)
        or any(not material.successors.get(c, frozenset()) & present for c in older)
        or any(q.span[1] <= sentence.span[1] for q in material.outdated_figures(sentence.statements))
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
