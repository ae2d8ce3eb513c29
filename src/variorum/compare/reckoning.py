"""Reckoning with places, years and spans of time: an average speed, an age, how long something has lasted.

Each gives its working and the words it rests on; what cannot be told for want of a place, a date or a year has
``holds`` null. None of them corrects a report.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from typing import Final

from variorum.compare.facts.fact import Fact
from variorum.compare.facts.names import Names
from variorum.compare.facts.telling import number
from variorum.compare.facts.vocabulary import words
from variorum.model import Check, CheckKind, Mention, Place, Quantity, Span, Timex
from variorum.text.normalise import squeeze

#: Kilometres in each unit of length and kilometres an hour in each of speed, by the codes of quantities.
_LENGTHS: Final = {"meter": 0.001, "kilometer": 1.0, "mile": 1.609344, "nautical_mile": 1.852, "foot": 0.0003048}
_SPEEDS: Final = {
    "kilometer/hour": 1.0, "mile/hour": 1.609344, "meter/second": 3.6, "knot": 1.852, "kilometer/second": 3600.0,
    "mile/second": 5793.64, "mach": 1062.0,
}  # fmt: skip
#: Mach at the height where aircraft and missiles fly is slower than at sea level; either is allowed for.
_MACH_SLACK: Final = 0.16
_HOURS: Final = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1.0, "day": 24.0}
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_EARTH: Final = 6371.0
#: A speed may differ by this share of the reckoned one, and fails from twice as much on.
_SLACK: Final = 0.15
#: Places are known from this confidence on; nearer ones than this (km) say nothing of a way.
_SURE: Final = 0.5
_NEAR: Final = 5.0
_BETWEEN: Final = re.compile(r"(?i)\b(?:from|between)\s+(?:[\w'’.-]+\s+){0,5}\Z")
_TO: Final = re.compile(r"(?i)\s*(?:,[^,.;]{1,40},)?\s*(?:\([^)]*\)\s*)?(?:to|and|into)\s+(?:[\w'’.-]+\s+){0,5}\Z")
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_LASTING: Final = re.compile(
    r"(?i)\b(?P<number>\d{1,4}|[a-z]+(?:-[a-z]+)?)-(?P<unit>day|week|month|year)s?(?:-long"
    r"|-old)? (?P<nouns>[a-z]+(?: [a-z]+)?)"
)
_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}


@dataclass(frozen=True, slots=True)
class _Way:
    """Two known places that something went between, in kilometres as the crow flies."""

    origin: str
    goal: str
    kilometres: float


def reckon(
    facts: Sequence[Fact], others: Sequence[Fact], text: str, names: Names, published: str | None
) -> Iterator[Check]:
    """The checks of one article: speeds, ages, how long things have lasted; ``others`` are the facts of the whole
    story, whose days count too."""
    for fact in facts:
        yield from _speeds(fact, text, names)
    yield from _ages(facts, text, published)
    yield from _lasting(facts, [*facts, *others], text, published)


def _check(kind: CheckKind, holds: bool | None, working: str, facts: Sequence[Fact]) -> Check:
    return Check(kind, holds, working, tuple(dict.fromkeys(fact.id for fact in facts)))


def _words(text: str, *spans: Span) -> str:
    return "; ".join(f"“{squeeze(text[begin:end])}”" for begin, end in spans)


# --- speed --------------------------------------------------------------------------------------------------------


def _speeds(fact: Fact, text: str, names: Names) -> Iterator[Check]:
    """ "Flew the 480 km from A to B in 20 minutes, at 1,400 km/h": the average of the distance, stated or between the
    two places, against the speed stated; without one, only the working."""
    quantities = fact.statement.quantities
    hours = _time_taken(fact)
    lengths = [q for q in quantities if q.unit_code in _LENGTHS and q.low is not None and q.low == q.high]
    speeds = [q for q in quantities if q.unit_code in _SPEEDS and (q.low or q.high)]
    way = _way(fact, text, names)
    if hours is None or (way is None and (len(lengths) != 1 or not speeds)):
        return
    taken, spell = hours
    if len(lengths) == 1:
        kilometres = (lengths[0].low or 0.0) * _LENGTHS[lengths[0].unit_code or ""]
        told = f"{number(round(kilometres, 1))} km"
        spans = [lengths[0].span, spell]
    else:
        assert way is not None
        kilometres, told, spans = (
            way.kilometres,
            f"{way.origin} to {way.goal}, {way.kilometres:.0f} km in a line",
            [spell],
        )
    average = kilometres / taken
    working = f"{told}, in {_clock(taken)}: {number(round(average))} km/h on average"
    if not speeds:
        yield _check("speed", None, f"{working}; no speed is stated; {_words(text, *spans)}", [fact])
        return
    stated = speeds[0]
    holds = _speed_holds(stated, average, in_line=len(lengths) != 1)
    yield _check("speed", holds, f"{working}; stated: {_words(text, stated.span, *spans)}", [fact])


def _speed_holds(stated: Quantity, average: float, *, in_line: bool) -> bool | None:
    """A way is never shorter than the line: a stated speed above the line's may be right, one well below cannot."""
    slack = _SLACK + (_MACH_SLACK if stated.unit_code == "mach" else 0.0)
    factor = _SPEEDS[stated.unit_code or ""]
    low = 0.0 if stated.low is None else stated.low * factor
    high = math.inf if stated.high is None else stated.high * factor
    if low * (1 - slack) <= average <= high * (1 + slack):
        return True
    if high * (1 + 2 * slack) < average:
        return False
    return None if in_line or low * (1 - 2 * slack) <= average else False


def _time_taken(fact: Fact) -> tuple[float, Span] | None:
    """The one time that the sentence says something took, in hours."""
    told = [(q.low * _HOURS[q.unit_code], q.span) for q in fact.statement.quantities if q.unit_code in _HOURS and q.low]
    told += [(h, t.span) for t in fact.statement.times if t.type == "DURATION" and (h := _hours(t.value))]
    spans = {round(h, 4) for h, _ in told}
    return told[0] if len(spans) == 1 and told[0][0] > 0 else None


def _hours(value: str) -> float | None:
    match = _DURATION.fullmatch(value)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(g or 0) for g in match.groups())
    return 24.0 * days + hours + minutes / 60 + seconds / 3600


def _clock(hours: float) -> str:
    return f"{number(round(hours, 1))} h" if hours >= 2 else f"{number(round(60 * hours, 1))} min"


def _way(fact: Fact, text: str, names: Names) -> _Way | None:
    """The two places of "from A to B", both known and apart."""
    told = sorted(fact.statement.mentions, key=lambda m: m.span)
    for first, second in pairwise(told):
        begin = fact.statement.span[0]
        opened = _BETWEEN.search(text, max(begin, first.span[0] - 60), first.span[0])
        if not opened or not _TO.fullmatch(text, first.span[1], second.span[0]):
            continue
        a, b = _site(first, names), _site(second, names)
        if a is None or b is None:
            return None
        kilometres = _great_circle(a, b)
        return _Way(text[slice(*first.span)], text[slice(*second.span)], kilometres) if kilometres > _NEAR else None
    return None


def _site(mention: Mention, names: Names) -> Place | None:
    """Where a mention's place lies; null if that is not sure, and for what is too wide to be a point."""
    place = names.site(mention.entity)
    known = place is not None and place.latitude is not None and place.longitude is not None and place.kind == "city"
    return place if known and place is not None and place.confidence >= _SURE else None


def _great_circle(a: Place, b: Place) -> float:
    """Kilometres between two points on the sphere (haversine)."""
    north, south = math.radians(a.latitude or 0.0), math.radians(b.latitude or 0.0)
    east = math.radians((b.longitude or 0.0) - (a.longitude or 0.0))
    part = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(part)))


# --- ages ---------------------------------------------------------------------------------------------------------


@cache
def _origin_pattern() -> re.Pattern[str]:
    born, built = ("|".join(sorted(group)) for group in (words().born, words().built))
    return re.compile(rf"(?i)\b(?:(?P<born>{born})|(?P<built>{built}))\b[^.;]{{0,40}}?\b(?P<year>{_YEAR.pattern})\b")


def _ages(facts: Sequence[Fact], text: str, published: str | None) -> Iterator[Check]:
    """ "The 93-year-old dam, finished in 1931", "Ida Holm, 66, born in 1965": the age against the year of the report,
    where a sentence gives one age and one year of a person, or of a thing."""
    for _, sentence in groupby(facts, key=lambda fact: fact.scene.sentence):
        own = list(sentence)
        begin, end = min(f.statement.span[0] for f in own), max(f.statement.span[1] for f in own)
        ages = {q.span: q for f in own for q in f.statement.quantities if _is_age(q, text)}
        for origin in _origin_pattern().finditer(text, begin, end):
            fitting = [q for q in ages.values() if _is_things(q, text) == bool(origin["built"])]
            if len(fitting) == 1:
                yield _age(fitting[0], origin, own, text, published)


def _is_things(age: Quantity, text: str) -> bool:
    """Whether an age is that of a thing: "the 93-year-old [dam]", not "a 66-year-old" nor "Ida Holm, 66"."""
    noun = re.match(r"(?:[\w-]*old)? ([a-z]+)\b", text[age.span[1] :])
    return age.unit is not None and noun is not None and noun[1] not in words().people_nouns


def _age(age: Quantity, origin: re.Match[str], facts: Sequence[Fact], text: str, published: str | None) -> Check:
    begin, end = origin.span()
    told, year_of = _words(text, age.span, (begin, end)), int(origin["year"])
    involved = [f for f in facts if f.statement.span[0] <= age.span[0] < f.statement.span[1]] or list(facts)
    other_years = {m[0] for f in facts for m in _YEAR.finditer(f.statement.text)} - {origin["year"]}
    if published is None or not published[:4].isdigit() or other_years or age.low is None:
        why = "another year stands beside it" if other_years else "the year it is told for is not known"
        return _check("interval", None, f"{told}: {why}", involved)
    year = int(published[:4])
    off = min(abs(year - year_of - age.low), abs(year - year_of - 1 - age.low))
    slack = 0 if age.bound == "exact" else max(1, round(0.05 * age.low))
    holds = True if off <= slack else (None if off <= slack + 1 else False)
    return _check("interval", holds, f"from {year_of} to {year} are {year - year_of} years; stated: {told}", involved)


def _is_age(quantity: Quantity, text: str) -> bool:
    if quantity.unit_code != "year":
        return False
    return quantity.unit is None or bool(re.search(r"(?i)[- ]old\b", text[quantity.span[0] : quantity.span[1] + 5]))


# --- how long something has lasted --------------------------------------------------------------------------------


def _lasting(facts: Sequence[Fact], others: Sequence[Fact], text: str, published: str | None) -> Iterator[Check]:
    """ "The 33-month-long war" against the day on which another statement says that it began."""
    for fact in facts:
        for match in _LASTING.finditer(text, *fact.statement.span):
            length = _value(fact, match, text)
            named = [_kind(noun) for noun in match["nouns"].lower().split(" ")]
            noun = next((noun for noun in named if noun in words().events), None)
            if length is None or noun is None:
                continue
            start = next((found for other in others if (found := _beginning(other, noun))), None)
            if start is None:
                continue
            yield _lasted(fact, match, length, start, published, text)


def _value(fact: Fact, match: re.Match[str], text: str) -> float | None:
    """The number of a "33-month-long", as the reader of quantities or of times read it."""
    if match["number"].isdigit():
        return float(match["number"])
    inside = [q for q in fact.statement.quantities if match.start() <= q.span[0] < match.end() and q.low == q.high]
    return inside[0].low if len(inside) == 1 else None


def _kind(noun: str) -> str:
    """The noun that stands for all names of such an event: an invasion is a war."""
    return next((group[0] for group in words().event_names if noun in group), noun)


def _beginning(fact: Fact, noun: str) -> tuple[Fact, Timex] | None:
    """The day that a statement gives for the beginning of such an event."""
    begin, spoken = fact.statement.span[0], fact.statement.text.lower()
    named = any(_kind(word) == noun for word in re.findall(r"[a-z]+", spoken))
    starting = re.search(rf"\b(?:{'|'.join(sorted(words().starting))})\b", spoken)
    days = [
        t for t in fact.statement.times if t.type == "DATE" and t.begin and t.end and re.match(r"\d{4}-\d\d", t.value)
    ]
    if not (named and starting and days):
        return None
    near = min(days, key=lambda t: abs(t.span[0] - begin - starting.start()))
    return fact, near


def _lasted(
    fact: Fact, match: re.Match[str], length: float, start: tuple[Fact, Timex], published: str | None, text: str
) -> Check:
    other, point = start
    begin = other.statement.span[0]
    told = (
        f"{_words(text, match.span())}; {_words(other.statement.text, (point.span[0] - begin, point.span[1] - begin))}"
    )
    if published is None:
        return _check("interval", None, f"{told}: the day of the report is not known", [fact, other])
    try:
        until = date.fromisoformat(published[:10])
        low, high = date.fromisoformat((point.begin or "")[:10]), date.fromisoformat((point.end or "")[:10])
    except ValueError:
        return _check("interval", None, f"{told}: a day is not known", [fact, other])
    unit = _DAYS[match["unit"].lower()]
    shortest, longest = (until - high).days / unit, (until - low).days / unit
    off = max(shortest - length, length - longest, 0.0)
    holds = True if off <= 1 else (None if off <= 2 else False)
    lasted = f"{longest:.1f}" if shortest == longest else f"{shortest:.1f} to {longest:.1f}"
    working = f"from {point.value} to {until} are {lasted} {match['unit'].lower()}s; stated: {told}"
    return _check("interval", holds, working, [fact, other])
