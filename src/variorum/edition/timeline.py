"""The events of a story on their own dates, one entry each however many articles tell it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, compress, permutations
from operator import not_
from typing import Final

import msgspec

from variorum.edition.bearing import dates_its_verb, gives, is_affirmed, is_of_another_day, takes_the_place_of, timed
from variorum.edition.core import kin
from variorum.edition.material import Material, overlap, terms
from variorum.edition.sentences import brief_words, points_back
from variorum.edition.stages import decisive_in
from variorum.edition.standing import can_stand, is_aside, is_torn, is_whole, points_on
from variorum.model import Claim, Period, Precision, Span, Statement, TimelineEntry, TimelineStatus
from variorum.text.normalise import fold
from variorum.text.vocabulary import load, longest_first

_DAY: Final = len("2031-03-14")
_OF_A_PLAN: Final = 2  # words that two plans for one day share at least
_OF_A_DEED: Final = 3  # the same for two reports of a deed
_OF_WORDS: Final = 4  # and for two of whatever else, if these are half of the words
_HAPPENING: Final = kin(["happen", "occur", "take"])
# What an arrest, a charge or a trial is of has not happened then.
_BECAUSE: Final = re.compile(r"\b(?:in connection|over|for|after|before|following|about|of)\b", re.I)
_ABOUT: Final = 40  # characters about a verb that tell of the same
_TOLL: Final = frozenset({"killed", "injured"})
_EMPTY_DEEDS: Final = frozenset({"be", "have", "do", "say", "tell", "make", "take", "get", "go", "come"})
_PRECISE: Final = ("second", "minute", "day", "month", "year")
_GOOD_LENGTH: Final = 120  # characters
_TARGET: Final = re.compile(r"\b(?:by|for|until|till|from|before)\W+\Z", re.I)


class _Wording(msgspec.Struct, frozen=True):
    """What is needed of `data/rewording.toml`."""

    free: frozenset[str]
    kept: tuple[frozenset[str], ...]


class _Blows(msgspec.Struct, frozen=True):
    blows: tuple[tuple[str, ...], ...]
    guessing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A claim that tells an event, the period it gives, the statements that give it, and what they speak of: content
    words, names, and the written time expressions that date them."""

    claim: Claim
    period: Period
    begin: str
    planned: bool
    told: tuple[Statement, ...]
    terms: frozenset[str]
    names: frozenset[str]
    written: frozenset[tuple[str, Span]]
    heads: frozenset[str]
    deeds: frozenset[str]
    tolls: frozenset[tuple[str, float | None, float | None]]
    words: frozenset[str]
    outcomes: frozenset[int]
    heading: bool


def draw_timeline(material: Material, same: float) -> tuple[tuple[TimelineEntry, ...], frozenset[str]]:
    """The timeline, sorted by date, and the ids of claims that plan what has happened.

    Two claims tell one event when they are states or readings of one thing, when one refines the other, when one
    written date dates both, or when their dates meet and they share at least ``same`` of their content words, or less
    of them and two names. An event that one claim plans and another reports as held has happened.
    """
    dated = [d for claim in material.story.claims if (d := _dated(material, claim))]
    linked = _linked(material)
    events: list[list[_Dated]] = []
    for one in sorted(dated, key=_weight):
        at_home = [_belongs(one, event, linked, same) for event in events]
        homes = compress(events, at_home)
        others = compress(events, map(not_, at_home))
        events = [*others, sorted([*chain.from_iterable(homes), one], key=_weight)]
    entries = _once(_entry(event, material) for event in events if not (_echo(event) or _dropped(event)))
    held = frozenset(d.claim.id for event in events for d in event if d.planned and not event[0].planned)
    return tuple(sorted(entries, key=lambda e: (e.begin, e.end or "9999", e.text))), held


def _once(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """One entry for each text, what happened before what was planned, the more exact first: one sentence tells one
    event, however many dates stand in it."""
    ordered = sorted(
        entries, key=lambda e: (e.status == "planned", -len(e.begin), _PRECISE.index(e.precision), e.begin)
    )
    return list({e.text: e for e in reversed(ordered)}.values())


def _dated(material: Material, claim: Claim) -> _Dated | None:
    affirmed = [
        timed(material, s) for s in material.said(claim)
        if is_affirmed(s) and s.id not in material.altered
        and s.certainty != "unknown"  # "has not said what caused the blast on 3 September"
    ]  # fmt: skip
    period = _period([s for s in affirmed if dates_its_verb(material, s)])
    if period is None or period.begin is None or _is_turned(period.begin, period.end):
        return None
    told = tuple(
        s for s in affirmed
        if s.event_time == period and _says_more(s) and can_stand(s.text) and not _is_thought(s)
        and not _is_beside_another(material, s) and not (is_torn(s.text) and s.text[:1] in "\"“")
        and is_whole(material.by_article[s.article], s) and (claim.status != "denied" or _hands_on(s))
        and dates_its_verb(material, s) and not is_of_another_day(material, s)
    )  # fmt: skip
    if not told or _background(material, period):
        return None
    goes_on = period.end is None and all(s.reality == "ongoing" for s in told)
    promised = _was_promised(period, told) and not goes_on
    to_come = all(s.reality in {"planned", "conditional"} for s in affirmed) and not promised
    after = _after_all_reports(material, period.begin, told)
    planned = (claim.status == "planned" and not promised) or to_come or after
    if all(s.reality != "happened" for s in told) and not (planned or promised):
        return None  # a state that goes on, or words without a verb: a date in them dates no event
    if after and not to_come and all(any(t.tense == "past" for t in s.times) for s in told):
        return None  # nobody can tell as gone what is to come: the date was misread
    if planned and all(
        s.reality == "conditional" or (s.certainty == "possible" and s.reality != "planned") for s in told
    ):
        return None  # "could tie the record next week", "if you jump on Monday": a guess, no plan
    if planned and _is_over(material, period, told):
        return None  # nobody plans what is over: the date belongs to something else in the sentence
    if planned and (_overtaken(material, period, told) or _was_moved(material, period, told)):
        return None  # "had planned to reopen on Friday", told on that day: nothing to come
    if not planned and _goes_on_after(material, period, told):
        return None  # "all summer", told in July: it is not over
    return _Dated(
        claim,
        period,
        period.begin,
        planned,
        told,
        frozenset().union(*map(terms, told)),
        frozenset(m.entity for s in told for m in s.mentions),
        frozenset((s.article, t.span) for s in told for t in s.times if (t.begin, t.end) == (period.begin, period.end)),
        frozenset(a.head for s in told if s.frame for a in s.frame.arguments if a.role in {"agent", "patient"}),
        kin(s.frame.predicate for s in told if s.frame) - _EMPTY_DEEDS,
        frozenset((q.role, q.low, q.high) for s in told for q in s.quantities if q.role in _TOLL and q.low),
        kin(word for s in told for word in _words(s)),
        frozenset().union(*map(_outcomes, told)),
        all(_is_heading(material, s) for s in told),
    )


def _is_heading(material: Material, statement: Statement) -> bool:
    """Whether it stands before the date of its report: it tells what the report is going to tell."""
    stamp = material.by_article[statement.article].published
    return stamp is not None and stamp.span is not None and statement.span[1] <= stamp.span[0]


def _outcomes(statement: Statement) -> frozenset[int]:
    """Which families of what decides a story, and of blows, its verb or the words about it are of."""
    if statement.frame is None:
        return frozenset()
    begin, end = (edge - statement.span[0] for edge in statement.frame.span)
    after = _BECAUSE.split(statement.text[max(0, end) : max(0, end) + _ABOUT])[0]
    near = statement.text[max(0, begin - _ABOUT) : max(0, end)] + after
    blows = (-n for n, pattern in enumerate(_blows(), 1) if pattern.search(near))
    return decisive_in(near) | frozenset(blows)


@cache
def _blows() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{longest_first(row)})\b", re.I) for row in load("timeline", _Blows).blows)


def _words(statement: Statement) -> list[str]:
    """Its longer words of content, without those of its times."""
    return [w for w in re.findall(r"[^\W\d_]{4,}", fold(_timeless(statement))) if w not in _empty()]


@cache
def _empty() -> frozenset[str]:
    words: _Wording = load("rewording", _Wording)
    return words.free.union(*words.kept)


def _timeless(statement: Statement) -> str:
    """Its text with its times blanked."""
    text = list(statement.text)
    for time in statement.times:
        begin, end = (min(max(0, edge - statement.span[0]), len(text)) for edge in time.span)
        text[begin:end] = " " * (end - begin)
    return "".join(text)


def _is_turned(begin: str, end: str | None) -> bool:
    """Whether a period ends before it begins: two dates that were read as one period ("moved from Saturday to 20
    December")."""
    shared = min(len(begin), len(end or begin), 10)
    return end is not None and end[:shared] < begin[:shared]


def _background(material: Material, period: Period) -> bool:
    """Whether it is a mere year, over more than a year before the first report: history, not this story. Of a story
    without any date the last day told as gone stands for it."""
    days = material.published.values() or material.reached.values()
    first = min(material.published.values(), default=max(days, default=""))[:4]
    begin, year = period.begin or "", (period.end or "")[:4]
    yearly = bool(year) and precision(begin, period.end) == "year"
    return yearly and first.isdigit() and year.isdigit() and int(year) < int(first) - 1


def _says_more(statement: Statement) -> bool:
    """Whether it says more than its date does: a dateline that was taken for a sentence tells no event."""
    return len(re.findall(r"[^\W\d_]{3,}", _timeless(statement))) > 2


def _after_all_reports(material: Material, begin: str, told: tuple[Statement, ...]) -> bool:
    """Whether it lies after every report that tells it, whatever their grammar; undated reports say nothing."""
    dates = [material.published[s.article] for s in told if s.article in material.published]
    return bool(dates) and all(begin[:10] > date[:10] for date in dates if len(date) >= 10)


def _is_guess(statement: Statement) -> bool:
    possible = statement.certainty == "possible" and statement.reality != "planned"
    return possible or statement.reality == "conditional"


def _is_beside_another(material: Material, statement: Statement) -> bool:
    """Whether its date is that of a clause beside an act of another day: "the club, which had rowed at the weekend, met
    on Monday"."""
    if not is_aside(statement):
        return False
    others = (s for s in material.by_report[statement.article] if s.text == statement.text and s.event_time)
    return any(s.event_time != statement.event_time and not is_aside(s) for s in others)


def _is_thought(statement: Statement) -> bool:
    """Whether it tells what somebody thinks to have been: "must have known it on Friday"."""
    return bool(_guessing().search(statement.text))


@cache
def _guessing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(load('timeline', _Blows).guessing)})\b", re.I)


def _was_moved(material: Material, period: Period, told: tuple[Statement, ...]) -> bool:
    """Whether another report tells of the same plan that it is no longer of that day."""
    articles, words = {s.article for s in told}, kin(w for s in told for w in _words(s))
    return any(
        s.article not in articles
        and takes_the_place_of(s, period, material.by_article[s.article].text)
        and len(words & kin(_words(s))) >= _OF_A_PLAN
        for s in material.statements
    )


def _hands_on(statement: Statement) -> bool:
    """Whether it says that it has from others what it tells: what others deny has not happened for that."""
    return bool(_second_hand().search(statement.text))


@cache
def _second_hand() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first([*brief_words().second_hand, *brief_words().hedges])})\b", re.I)


def _overtaken(material: Material, period: Period, told: tuple[Statement, ...]) -> bool:
    """Whether all who tell a plan tell it as one that was, on its day or later."""
    end = (period.end or period.begin or "")[:10]
    return all(_had_been_planned().search(s.text) and end <= material.published.get(s.article, "")[:10] for s in told)


@cache
def _had_been_planned() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(brief_words().overtaken)})\b", re.I)


def _goes_on_after(material: Material, period: Period, told: tuple[Statement, ...]) -> bool:
    """Whether it is a stretch of days, no calendar month or year, that ends after every report that tells it."""
    begin, end = period.begin or "", period.end
    days = end is not None and begin[:10] != end[:10] and precision(begin, end) == "day"
    dates = [material.published.get(s.article, "") for s in told]
    return days and all(len(date) >= 10 and date[:10] < (end or "")[:10] for date in dates)


def _was_promised(period: Period, told: tuple[Statement, ...]) -> bool:
    """Whether the date is that of the promise and not of what is promised: "pledged in May to open the weir"."""
    giving = [(s, t) for s in told for t in s.times if gives(t, period)]
    target = any(_TARGET.search(s.text[: max(0, t.span[0] - s.span[0])]) for s, t in giving)
    plan = target or any(_had_been_planned().search(s.text) for s in told)
    return bool(giving) and all(t.tense == "past" for _, t in giving) and not plan


def _is_over(material: Material, period: Period, told: tuple[Statement, ...]) -> bool:
    """Whether all who tell a plan were written after it, or in the last part of the week, month or year it names."""
    begin, end = (period.begin or "")[:10], (period.end or period.begin or "")[:10]
    days = [_written(material, s.article) for s in told]
    return all(end < day or (begin < day and _half(begin, end) < day) for day in days)


def _written(material: Material, article: str) -> str:
    """The day of a report; of one without a date the last that it tells as gone, which it is no older than."""
    return (material.published.get(article) or material.reached.get(article, ""))[:10]


def _half(begin: str, end: str) -> str:
    """The day in the middle of a period of whole days; of another its last."""
    if min(len(begin), len(end)) < _DAY:
        return end
    first, last = date.fromisoformat(begin), date.fromisoformat(end)
    return (first + (last - first) / 2).isoformat()


def _period(told: list[Statement]) -> Period | None:
    """The date that most of them state; of equally many the narrowest. What was only inferred from the report's own
    date says when it was written, not when it happened."""
    stated = Counter(p for s in told if (p := s.event_time) and p.basis == "stated" and p.begin)
    return min(stated, key=lambda p: (-stated[p], _width(p), p.begin or ""), default=None)


def _width(period: Period) -> tuple[bool, str]:
    return period.end is None, (period.end or "")[:10]


def _weight(one: _Dated) -> tuple[bool, bool, int, int, str]:
    """What happened before what was planned, what stands before what was superseded, the better supported first."""
    support = one.claim.support
    return one.planned, one.claim.status == "superseded", -support.roots[0], -support.articles, one.claim.id


def _linked(material: Material) -> dict[tuple[str, str], bool]:
    """Pairs of claims, both ways round, that speak of one event, and whether their dates may differ: an update of its
    state or a dispute on the date moves the event, while a toll that rose was counted on another day, and two that
    disagree on a missile's kind may tell different days of it."""
    pairs = {(c.id, general): False for c in material.story.claims for general in c.refines}
    for conflict in material.conflicts:
        if conflict.relation != "different_scope":
            moved = conflict.kind == "date" or (conflict.relation == "update" and conflict.kind != "quantity")
            claims = [c for reading in conflict.readings for c in reading.claims]
            for pair in permutations(claims, 2):
                pairs[pair] = pairs.get(pair, False) or moved
    return pairs | {(b, a): moved for (a, b), moved in pairs.items()}


def _belongs(one: _Dated, event: list[_Dated], linked: dict[tuple[str, str], bool], same: float) -> bool:
    lead = event[0]
    for other in event:
        moved = linked.get((one.claim.id, other.claim.id))
        if moved or (moved is False and _meet(one, other)) or one.written & other.written:
            return True
    return any(_meet(one, other) and _alike(one, other, lead.planned, same) for other in event)


def _alike(one: _Dated, other: _Dated, planned: bool, same: float) -> bool:
    """Whether they share enough words; two names and the date will do for a plan and what came of it, which different
    people word at different times, and so will one participant of both, or of the plans of two reports."""
    names = len(one.names & other.names)
    need = (0.0 if one.planned != planned else same / 2) if names > 1 else same
    apart = {s.article for s in one.told}.isdisjoint(s.article for s in other.told)
    if one.planned and planned and names and apart and one.begin == one.period.end == other.begin:
        need = 0.0
    if one.planned != planned and apart:
        need = 0.0 if one.heads & other.heads else min(need, same / 2)
    return overlap(one.terms, other.terms) >= need or ((apart or one.heading != other.heading) and _retells(one, other))


def _retells(one: _Dated, other: _Dated) -> bool:
    """Whether two reports tell one event in other words: as many killed or hurt, a death or what else decides a story,
    one deed, or most of the words; a plan is told by few words, and a vaguer date adds none."""
    shared = max(len(one.words & other.words), len(kin(one.terms) & kin(other.terms)))
    if one.planned or other.planned:
        return one.planned and other.planned and shared >= _OF_A_PLAN
    ends = [frozenset(n for n in d.outcomes if n >= 0) for d in (one, other)]
    if all(ends) and not ends[0] & ends[1]:
        return False  # "was shot", "were arrested": what follows from a deed is another
    several = any(low and low > 1 for _, low, _ in one.tolls & other.tolls)
    if several or (one.tolls & other.tolls and shared >= _OF_A_PLAN) or _happens(one, other) or _happens(other, one):
        return True
    vaguer = _within(one, other) != _within(other, one)
    of_hour = ("T" in one.begin) != ("T" in other.begin)
    if one.deeds & other.deeds and (vaguer or shared >= _OF_A_DEED - of_hour):
        return True
    if one.outcomes & other.outcomes and (vaguer or shared >= _OF_A_PLAN):
        return True
    common = len(one.words & other.words)
    return common >= _OF_WORDS and 2 * common >= min(len(one.words), len(other.words))


def _happens(one: _Dated, other: _Dated) -> bool:
    """Whether it only says when the event took place that the other tells: "The shooting happened shortly after 8"."""
    return one.deeds <= _HAPPENING and bool(one.deeds) and bool(other.outcomes or other.tolls) and all(
        s.text.casefold().startswith("the ") for s in one.told
    )  # fmt: skip


def _within(one: _Dated, other: _Dated) -> bool:
    """Whether the whole period of one lies in that of the other."""
    return other.begin[:10] <= one.begin[:10] and _last(one) <= _last(other)


def _meet(one: _Dated, other: _Dated) -> bool:
    return one.begin[:10] <= _last(other) and other.begin[:10] <= _last(one)


def _last(one: _Dated) -> str:
    """Its last day; an open end is taken for its first day, since nothing says that it went on."""
    return (one.period.end or one.begin)[:10]


def _echo(event: list[_Dated]) -> bool:
    """Whether nothing but sentences that point back tell it ("The move comes two months before ...")."""
    return not event[0].planned and all(points_back(s.text) for d in event for s in d.told)


def _dropped(event: list[_Dated]) -> bool:
    """Whether all of it are plans of which a later report says that nothing comes of them, or not on that day."""
    return all(d.planned and d.claim.status == "superseded" for d in event)


def _entry(event: list[_Dated], material: Material) -> TimelineEntry:
    lead = _lead(event)
    status: TimelineStatus = "planned" if lead.planned else "happened"
    told = [(d, s) for d in event if d.planned == lead.planned and _meet(d, lead) for s in d.told]
    text = min(told, key=lambda pair: (_is_outdated(material, pair[1]), _reading(pair[0], pair[1], lead)))[1].text
    claims = tuple(d.claim.id for d in event)
    return TimelineEntry(lead.begin, lead.period.end, precision(lead.begin, lead.period.end), text, claims, status)


def _is_outdated(material: Material, statement: Statement) -> bool:
    """Whether it has a name that was taken back, or a figure that a later report has replaced."""
    return material.misnames(statement) or bool(material.outdated_figures([statement]))


def _lead(event: list[_Dated]) -> _Dated:
    """Which of those who tell an event tells it best: the first, but rather one that says what came of it, and of one
    that gives but a month or year rather one that gives the day in it."""
    alike = [d for d in event if d.planned == event[0].planned and _meet(d, event[0])]
    lead = next((d for d in alike if d.outcomes or d.tolls), event[0])
    if _exactness(lead) > _PRECISE.index("day"):
        return min((d for d in alike if _within(d, lead)), key=_exactness)
    return lead


def _exactness(one: _Dated) -> int:
    """How coarse its date is: of several of one event the most exact is shown."""
    return _PRECISE.index(precision(one.begin, one.period.end))


def _reading(one: _Dated, statement: Statement, lead: _Dated) -> tuple[bool, bool, bool, bool, bool, bool, int, str]:
    """A statement of what nobody denies, that stands alone, gives the date of the entry, begins like a sentence, is
    whole and belongs to the best claim; of these one that is long enough to say who and what."""
    text = statement.text
    return (
        one.claim.status in {"denied", "superseded"},
        statement.event_time != lead.period,
        points_back(text) or points_on(text) or is_aside(statement),
        not text[:1].isupper() and not text[:1].isdigit(),
        statement not in lead.told,
        is_torn(text),
        abs(len(text) - _GOOD_LENGTH),
        statement.id,
    )


def precision(begin: str, end: str | None) -> Precision:
    """How fine a period is given: the finest unit that its first and last date need."""
    if "T" in begin:
        return "second" if begin.count(":") > 1 and "+" not in begin else "minute"
    if len(begin) < 10:
        return "year" if len(begin) == 4 else "month"
    if end is None or begin == end or begin[8:] != "01":
        return "day"
    year, month = int(end[:4]), int(end[5:7])
    whole = end[8:10] == str(monthrange(year, month)[1])
    if whole and begin[:7] == end[:7]:
        return "month"
    return "year" if whole and begin[4:] == "-01-01" and end[4:] == "-12-31" else "day"
