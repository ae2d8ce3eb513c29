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

from variorum.edition.material import Material, overlap, terms
from variorum.edition.sentences import brief_words, points_back
from variorum.edition.standing import can_stand
from variorum.model import Claim, Period, Precision, Span, Statement, TimelineEntry, TimelineStatus, Timex
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

_DAY: Final = len("2031-03-14")
_PRECISE: Final = ("second", "minute", "day", "month", "year")
_GOOD_LENGTH: Final = 120  # characters
_HOUR: Final = re.compile(r"(?:at |about |around )*(?:\d[\d.:h]*(?: ?[ap]\.?m\.?| o['’]clock)?|noon|midday|midnight)")
_POSSESSIVE: Final = re.compile(r"['’]s?\b")
_STATES: Final = frozenset({"be"})  # a date right after it dates an event ("The vote was on 4 May"), others a state
_NEXT: Final = re.compile(r"\s*(?:(?:in|on|at|by)\s+)?")
_WHEN: Final = re.compile(r"\s*,?\s*when\b", re.I)
_TARGET: Final = re.compile(r"\b(?:by|for|until|till|from|before)\W+\Z", re.I)
_STATE_TIES: Final = frozenset({"since", "until", "till"})
# The word before a date, what ties the date to it, and the word before that one.
_BEFORE: Final = re.compile(
    r"(?:(?P<lead>[\w'’-]{1,30})\W{1,3})?\b(?P<verb>[\w'’-]{1,30})\s+"
    r"(?:(?P<tie>in|on|at|by|since|until|till|during|from|for)\s+)?(?:(?:early|late|last|the|about|around)\s+)*$",
    re.I,
)


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
        events = [*others, [*chain.from_iterable(homes), one]]
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
        s for s in material.said(claim)
        if s.polarity == "affirmed" and s.id not in material.altered
        and s.certainty != "unknown"  # "has not said what caused the blast on 3 September"
    ]  # fmt: skip
    period = _period(affirmed)
    if period is None or period.begin is None or _is_turned(period.begin, period.end):
        return None
    told = tuple(
        s for s in affirmed
        if s.event_time == period and _says_more(s) and can_stand(s.text)
        and _dates_its_verb(s) and not _of_another_day(material, s)
    )  # fmt: skip
    if not told or _background(material, period):
        return None
    promised = _was_promised(period, told)
    to_come = all(s.reality in {"planned", "conditional"} for s in affirmed) and not promised
    after = _after_all_reports(material, period.begin, told)
    planned = (claim.status == "planned" and not promised) or to_come or after
    if all(s.reality != "happened" for s in told) and not (planned or promised):
        return None  # a state that goes on, or words without a verb: a date in them dates no event
    if after and not to_come and all(any(t.tense == "past" for t in s.times) for s in told):
        return None  # nobody can tell as gone what is to come: the date was misread
    if planned and all(s.certainty == "possible" and s.reality != "planned" for s in told):
        return None  # "could tie the record next week": a guess, no plan
    if planned and _is_over(material, period, told):
        return None  # nobody plans what is over: the date belongs to something else in the sentence
    if planned and _overtaken(material, period, told):
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
    )


def _is_turned(begin: str, end: str | None) -> bool:
    """Whether a period ends before it begins: two dates that were read as one period ("moved from Saturday to 20
    December")."""
    shared = min(len(begin), len(end or begin), 10)
    return end is not None and end[:shared] < begin[:shared]


def _of_another_day(material: Material, statement: Statement) -> bool:
    """Whether nothing but an hour dates it ("at 2.40 pm"), which was taken for one of the report's day, though the
    report opens with what happened on an earlier one: "Friday's explosion", told on Saturday."""
    article, period = material.by_article[statement.article], statement.event_time
    hours = [t for t in statement.times if period and _gives(t, period)]
    if not (period and hours) or not all(_HOUR.fullmatch(fold(article.text[slice(*t.span)])) for t in hours):
        return False
    told = (s for s in material.statements if s.article == article.id and s.event_time and s.event_time.begin)
    first = min((s for s in told if s.event_time != period), key=lambda s: s.span, default=None)
    if first is None or first.event_time is None or first.span > statement.span:
        return False
    return (first.event_time.end or "9999")[:10] < (period.begin or "")[:10]


def _dates_its_verb(statement: Statement) -> bool:
    """Whether one of the times that give its date belongs to what it tells, and not to a noun in it ("Monday's vote",
    "a dam finished in 1961"), a state ("since 2024") or an end ("until 22 April")."""
    period = statement.event_time
    giving = [t for t in statement.times if period and _gives(t, period)]
    return not giving or any(_governed(statement, t.span) for t in giving)


def _gives(time: Timex, period: Period) -> bool:
    """Whether a time is the period, or the end of it that is not open."""
    if period.begin is None or period.end is None:
        return time.begin == period.begin if period.end is None else time.end == period.end
    return (time.begin, time.end) == (period.begin, period.end)


def _governed(statement: Statement, time: Span) -> bool:
    text, frame, offset = statement.text, statement.frame, statement.span[0]
    begin, end = time[0] - offset, time[1] - offset
    if _POSSESSIVE.match(text, end) or text[end - 2 : end] in {"'s", "’s"}:
        return False
    if frame and frame.predicate in _STATES and statement.reality == "happened":
        if _WHEN.match(text, end):
            return True  # "was at her desk on Monday when the roof fell": what follows happened then
        return bool(_NEXT.fullmatch(text, max(0, frame.span[1] - offset), begin))
    before = _BEFORE.search(text[:begin])
    if before is None:
        return True
    if (before["tie"] or "").casefold() in _STATE_TIES and (statement.reality == "happened" or frame is None):
        return False
    verb = before.start("verb") + offset
    if frame is None or frame.span[0] <= verb < frame.span[1]:
        return True
    word = before["verb"].casefold()
    participle = word.endswith("ed") or word in brief_words().participles
    return not participle or (before["lead"] or "").casefold() in brief_words().auxiliaries


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
    text, start = statement.text, statement.span[0]
    for time in statement.times:
        begin, end = (max(0, edge - start) for edge in time.span)
        text = text[:begin] + " " * (min(end, len(text)) - begin) + text[end:]
    return len(re.findall(r"[^\W\d_]{3,}", text)) > 2


def _after_all_reports(material: Material, begin: str, told: tuple[Statement, ...]) -> bool:
    """Whether it lies after every report that tells it, whatever their grammar; undated reports say nothing."""
    dates = [material.published[s.article] for s in told if s.article in material.published]
    return bool(dates) and all(begin[:10] > date[:10] for date in dates if len(date) >= 10)


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
    giving = [(s, t) for s in told for t in s.times if _gives(t, period)]
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
    apart = not {s.article for s in one.told} & {s.article for s in other.told}
    if one.planned and planned and names and apart and one.begin == one.period.end == other.begin:
        need = 0.0
    if one.planned != planned and apart:
        need = 0.0 if one.heads & other.heads else min(need, same / 2)
    return overlap(one.terms, other.terms) >= need


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
    lead = event[0]
    status: TimelineStatus = "planned" if lead.planned else "happened"
    told = [(d, s) for d in event if d.planned == lead.planned and _meet(d, lead) for s in d.told]
    text = min(told, key=lambda pair: (material.misnames(pair[1]), _reading(pair[0], pair[1], lead)))[1].text
    claims = tuple(d.claim.id for d in event)
    return TimelineEntry(lead.begin, lead.period.end, precision(lead.begin, lead.period.end), text, claims, status)


def _reading(one: _Dated, statement: Statement, lead: _Dated) -> tuple[bool, bool, bool, bool, int, str]:
    """A statement of what nobody denies, that stands alone, begins like a sentence and belongs to the best claim; of
    these one that is long enough to say who and what."""
    text = statement.text
    return (
        one.claim.status == "denied",
        points_back(text),
        not text[:1].isupper() and not text[:1].isdigit(),
        statement not in lead.told,
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
