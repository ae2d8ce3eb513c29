"""The events of a story on their own dates, one entry each however many articles tell it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass

from variorum.edition.material import Material, overlap, terms
from variorum.model import Claim, Period, Precision, Statement, TimelineEntry, TimelineStatus


@dataclass(frozen=True, slots=True)
class _Dated:
    """A claim that tells an event, with the date it gives and the content words of all its statements."""

    claim: Claim
    begin: str
    end: str | None
    planned: bool
    terms: frozenset[str]


def draw_timeline(material: Material, same: float) -> tuple[TimelineEntry, ...]:
    """Sorted by date. Two claims tell one event when they are states or readings of one thing, when one refines the
    other, or when their dates meet and they share at least ``same`` of their content words. An event that one claim
    plans and another reports as held has happened; a withdrawn or older state is not told beside the newer one."""
    dated = [d for claim in material.story.claims if (d := _dated(material, claim))]
    linked = _linked(material)
    events: list[list[_Dated]] = []
    for one in sorted(dated, key=_weight):
        home = next((event for event in events if _belongs(one, event, linked, same)), None)
        if home is None:
            events.append([one])
        else:
            home.append(one)
    entries = (_entry(event) for event in events)
    return tuple(sorted(entries, key=lambda e: (e.begin, e.end or "9999", e.text)))


def _dated(material: Material, claim: Claim) -> _Dated | None:
    told = [s for s in material.said(claim) if s.polarity == "affirmed"]
    period = _period(told)
    if period is None or period.begin is None:
        return None
    planned = claim.status == "planned" or all(s.reality in {"planned", "conditional"} for s in told)
    return _Dated(claim, period.begin, period.end, planned, frozenset().union(*map(terms, told)))


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


def _linked(material: Material) -> frozenset[tuple[str, str]]:
    """Pairs of claims, both ways round, that speak of one event."""
    pairs = {(c.id, general) for c in material.story.claims for general in c.refines}
    for conflict in material.conflicts:
        if conflict.relation != "different_scope":
            claims = [c for reading in conflict.readings for c in reading.claims]
            pairs.update((a, b) for a in claims for b in claims if a != b)
    return frozenset(pairs | {(b, a) for a, b in pairs})


def _belongs(one: _Dated, event: list[_Dated], linked: frozenset[tuple[str, str]], same: float) -> bool:
    lead = event[0]
    if _meet(one, lead) and overlap(one.terms, lead.terms) >= same:
        return True
    return any((one.claim.id, other.claim.id) in linked for other in event)


def _meet(one: _Dated, other: _Dated) -> bool:
    return one.begin[:10] <= _last(other) and other.begin[:10] <= _last(one)


def _last(one: _Dated) -> str:
    """Its last day; an open end is taken for its first day, since nothing says that it went on."""
    return (one.end or one.begin)[:10]


def _entry(event: list[_Dated]) -> TimelineEntry:
    lead = event[0]
    claims = tuple(d.claim.id for d in event)
    status: TimelineStatus = "planned" if lead.planned else "happened"
    return TimelineEntry(lead.begin, lead.end, precision(lead.begin, lead.end), lead.claim.text, claims, status)


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
