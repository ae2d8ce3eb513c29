"""From when to when a statement's dates say that it held, and as of when it is stated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from variorum.model import Period, Span, Stamp, Timex

_LOOK_BACK: Final = 24  # characters before a time in which the word that ties it stands
_LOOK_FAR: Final = 90  # and in which the verb stands that says that a date was changed
_SINCE: Final = re.compile(r"\b(?:(?:ever )?since|starting|beginning|as from|from)\s+(?:on\s+)?\Z", re.I)
_UNTIL: Final = re.compile(r"\b(?:until|till|up to|through)\s+(?:(?:at least|about|around)\s+)?(?:the\s+)?\Z", re.I)
_FROM: Final = re.compile(r"\b(?:from|between)\s+\Z", re.I)
_TO: Final = re.compile(r"\s*(?:,\s*)?(?:to|until|till|through|and|-|–)\s*(?:on\s+)?", re.I)
#: Before "from … to …" where the one date took the other's place.
_MOVED: Final = re.compile(
    r"\b(?:moved|moving|shifted|changed|rescheduled|postponed|delayed|deferred|adjourned|transferred|switched"
    r"|(?:put|pushed|set) (?:back|off)|(?:brought|pulled|moved) forward)\b"
    r"(?:\s+(?!and\b|but\b)[\w'’-]+){0,7}?\s+from\s+(?:on\s+)?\Z",
    re.I,
)
_AS_OF: Final = re.compile(r"\b(?:as of|as at)\s+(?:the\s+)?\Z", re.I)
_BY: Final = re.compile(r"(?:\bby|\A|[.!?\"]\s+By)\s+\Z", re.I)
_STANDING: Final = re.compile(
    r"\b(?:toll|tally|total|number|count|figure)\b[^.;]*\b(?:stood|stands|was put|is put)\s+at\b[^.;]*\Z", re.I
)
#: Words that say "as of the time of writing".
_SO_FAR: Final = re.compile(
    r"\b(?:so far|to date|until now|up to now|by now|as yet|thus far"
    r"|(?:at|as of) (?:the time of (?:writing|publication|going to press)|press time|this (?:time|writing)))\b",
    re.I,
)


#: Values that name a day, month or year, be it in part: not a length, nor "now" or "soon".
_CALENDAR: Final = re.compile(r"(?:BC)?[\dX]{2}")


def names_day(time: Timex) -> bool:
    """Whether a time is one of the calendar, known or not ("next year" of a report without a date)."""
    return time.type in ("DATE", "TIME") and bool(time.begin or time.end or _CALENDAR.match(time.value))


def held(text: str, time: Timex, times: Sequence[Timex]) -> Period:
    """When what ``time`` dates held: on it, since it, until it, or from it to the time that follows it.

    ``times`` are the others of the statement; spans are offsets into ``text``.
    """
    before = text[max(0, time.span[0] - _LOOK_BACK) : time.span[0]]
    if _FROM.search(before):
        end = next((t for t in times if _TO.fullmatch(text, time.span[1], t.span[0])), None)
        if end is not None:
            return _from_to(text, time, end)
    start = next((t for t in times if _TO.fullmatch(text, t.span[1], time.span[0])), None)
    if start is not None and _FROM.search(text[max(0, start.span[0] - _LOOK_BACK) : start.span[0]]):
        return _from_to(text, start, time)
    if _SINCE.search(before):
        return Period(time.begin, None, "stated")
    if _UNTIL.search(before):
        return Period(None, time.end, "stated")
    return Period(time.begin, time.end, "stated")


def _from_to(text: str, start: Timex, end: Timex) -> Period:
    """The period between two dates; the later one alone where the date was changed to it ("moved from Saturday to 20
    December") – or must have been, since the other comes after it."""
    moved = _MOVED.search(text[max(0, start.span[0] - _LOOK_FAR) : start.span[0]]) is not None
    if moved or (start.begin and end.end and end.end[:10] < start.begin[:10]):
        return Period(end.begin, end.end, "stated")
    return Period(start.begin, end.end, "stated")


def is_as_of(text: str, time: Timex) -> bool:
    """Whether a time says as of when something is stated, not when it happened: "as of Friday morning", "by Thursday
    evening nine bodies had been found", "the toll stood at nine on Thursday"."""
    before = text[max(0, time.span[0] - 80) : time.span[0]]
    if _AS_OF.search(before):
        return True
    if _BY.search(before):
        return time.tense == "past"
    return bool(_STANDING.search(before))


def as_of(text: str, span: Span, times: Sequence[Timex], published: Stamp | None) -> Period | None:
    """As of when the statement at ``span`` says what it says: the time it names, or that of writing for "so far"."""
    for time in times:
        if is_as_of(text, time) and (time.begin or time.end):
            return Period(time.begin, time.end, "stated")
    if _SO_FAR.search(text, *span) and published:
        return Period(published.value, published.value, "inferred")
    return None
