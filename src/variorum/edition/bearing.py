"""Whether a time that a statement gives is that of what it tells, and not of a noun in it, a clause beside it, or a day
that nobody can count to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

import msgspec

from variorum.edition.material import Material
from variorum.edition.sentences import brief_words, is_of_hours, names_a_day
from variorum.model import Period, Span, Statement, Timex
from variorum.text import vocabulary
from variorum.text.normalise import fold
from variorum.text.vocabulary import longest_first

_HOUR: Final = re.compile(r"(?:at |about |around )*(?:\d[\d.:h]*(?: ?[ap]\.?m\.?| o['’]clock)?|noon|midday|midnight)")
_POSSESSIVE: Final = re.compile(r"['’]s?\b")
_STATES: Final = frozenset({"be"})  # a date right after it dates an event ("The vote was on 4 May"), others a state
_NEXT: Final = re.compile(r"\s*(?:(?:in|on|at|by)\s+)?")
_WHEN: Final = re.compile(r"\s*,?\s*when\b", re.I)
_STATE_TIES: Final = frozenset({"since", "until", "till"})
# The word before a date, what ties the date to it, and the word before that one.
_BEFORE: Final = re.compile(
    r"(?:(?P<lead>[\w'’-]{1,30})\W{1,3})?\b(?P<verb>[\w'’-]{1,30})\s+"
    r"(?:(?P<tie>in|on|at|by|since|until|till|during|from|for)\s+)?(?:(?:early|late|last|the|about|around)\s+)*$",
    re.I,
)
_DECADE: Final = re.compile(r"\d0['’]?s\b")  # "coins from the 1800s": nothing happens in ten years at once
_YEAR: Final = re.compile(r"\d{4}")
_NAMED_BY_YEAR: Final = re.compile(r"\s[A-Z]\w")  # "a grey 2013 Corolla"
_YEAR_TIED: Final = re.compile(
    r"(?:\A|\b(?:in|of|by|during|since|for|until|till|from|to|through|and|or|after|before|around|about|early|late|mid"
    r"|year|season|spring|summer|autumn|fall|winter)\W*|[^\w\s]\s*)\Z",
    re.I,
)
_OF_A_NAME: Final = re.compile(r"[A-Z][\w'’]*\s\Z")  # "the Evening News Tonight"
_TO_COME: Final = re.compile(r"\b(?:ahead of|prior to)\s+(?:[\w'’-]+\s+){1,5}\Z", re.I)
_ASIDE: Final = re.compile(r"(?:,\s*(?:who|whom|which|whose)\b|\bwhere\b)[^,;]*\Z", re.I)
_COUNTED: Final = re.compile(
    r"(?:(?:just|only|about|around|almost|nearly|some|over|more than|less than) )*"
    r"(?:\d[\d.,]*|[a-z]+(?:-[a-z]+)?) (?P<unit>minute|hour|day|week|month|year)s? "
    r"(?:later|after|afterwards|(?P<back>earlier|before))"
)
_AT_THE_SAME_TIME: Final = re.compile(r"\w\s(?:when|as|while)\s\Z")
_THAT_PART: Final = re.compile(r"(?:(?:early|late|later) )?that (?:same )?(?:day|morning|afternoon|evening|night)")
_DAY: Final = len("2031-03-14")
_CLAUSE: Final = 70  # characters before a date that may say that it is no longer the one
_NO: Final = re.compile(r"\b(?:not|never|no|none|nobody|without)\b|n['’]t\b", re.I)
_STOP: Final = re.compile(r"[.!?]['\"”’]?\s")
_NEAR: Final = 160  # characters in which a sentence names the day that another is counted from
_DIGITS: Final = re.compile(r"\d{4}")


class _Words(msgspec.Struct, frozen=True):
    seasons: tuple[str, ...]
    deaths: tuple[str, ...]
    ceasing: frozenset[str]
    made: tuple[str, ...]
    replaced: tuple[str, ...]


@cache
def _words() -> _Words:
    words: _Words = vocabulary.load("timeline", _Words)
    return words


@cache
def _of_what_was_made() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(_words().made)})s?\sof\s\Z", re.I)


@cache
def _replaced() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(_words().replaced)})\b[^.;]*\Z", re.I)


@cache
def _season() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{longest_first(_words().seasons)})\b")


@cache
def _of_a_death() -> re.Pattern[str]:
    """Words for a crime or a death whose month or year follows: "weighed the murder of X in June 2005"."""
    return re.compile(rf"\b(?:{longest_first(_words().deaths)})s?\s(?:of|on)\s[^,;]{{3,120}}\sin\s\Z", re.I)


def is_affirmed(statement: Statement) -> bool:
    """Whether it tells that something happens, be it that something stops: "will stop work on Saturday"."""
    if statement.polarity == "affirmed":
        return True
    frame = statement.frame
    return frame is not None and frame.predicate in _words().ceasing and not _NO.search(statement.text)


def timed(material: Material, statement: Statement) -> Statement:
    """``statement`` with the time that its words give, if that is not the one it was read to have: that of a clause of
    it ("was found when the road was opened on Monday"), or, of something that is only from then on, the other one
    ("agreed on Friday on a rise from 1 July")."""
    period = statement.event_time
    if period and period.basis == "stated":
        others = [t for t in statement.times if t.begin and t.end and t.tense == "past" and not gives(t, period)]
        if period.end is None and period.begin and statement.reality == "happened" and others:
            first = min(others, key=lambda t: t.span)
            if (first.begin or "")[:10] < period.begin[:10]:
                return replace(statement, event_time=Period(first.begin, first.end, "stated"))
        return statement
    clause = _clause(material, statement)
    return replace(statement, event_time=clause.event_time, times=clause.times) if clause else statement


def _clause(material: Material, statement: Statement) -> Statement | None:
    """The statement of a clause in it that says when it happened."""
    if statement.reality != "happened":
        return None
    (begin, end), text = statement.span, material.by_article[statement.article].text
    for other in material.by_report[statement.article]:
        inside = begin < other.span[0] and other.span[1] <= end
        if not inside or other.event_time is None or other.reality != "happened":
            continue
        day = other.event_time.basis == "stated" and "T" not in (other.event_time.begin or "T")
        if day and _AT_THE_SAME_TIME.search(text[begin : other.span[0]]):
            return other
    return None


def dates_its_verb(material: Material, statement: Statement) -> bool:
    """Whether one of the times that give its date belongs to what it tells, and not to a noun in it ("Monday's vote",
    "a dam finished in 1961"), a state ("since 2024") or an end ("until 22 April")."""
    period = statement.event_time
    giving = [t for t in statement.times if period and gives(t, period)]
    return not giving or any(
        _governed(statement, t.span)
        and not _names_a_thing(material, statement, t)
        and _is_counted(material, statement, t)
        for t in giving
    )


def gives(time: Timex, period: Period) -> bool:
    """Whether a time is the period, or the end of it that is not open."""
    if period.begin is None or period.end is None:
        return time.begin == period.begin if period.end is None else time.end == period.end
    return (time.begin, time.end) == (period.begin, period.end)


def is_of_another_day(material: Material, statement: Statement) -> bool:
    """Whether nothing but an hour dates it ("at 2.40 pm"), which was taken for one of the report's day, though the
    report opens with what happened on an earlier one: "Friday's explosion", told on Saturday."""
    article, period = material.by_article[statement.article], statement.event_time
    hours = [t for t in statement.times if period and gives(t, period)]
    if not (period and hours) or not all(_HOUR.fullmatch(fold(article.text[slice(*t.span)])) for t in hours):
        return False
    told = (s for s in material.by_report[article.id] if s.event_time and s.event_time.begin)
    if any(a.span and names_a_day(article.text[slice(*a.span)]) for a in statement.attribution):
        return True  # "the port, in a statement on Sunday, said that the gate shut at 7.40 pm"
    first = min((s for s in told if s.event_time != period), key=lambda s: s.span, default=None)
    if first is None or first.event_time is None or first.span > statement.span:
        return False
    return (first.event_time.end or "9999")[:10] < (period.begin or "")[:10]


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


def _names_a_thing(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether a time is part of a name, or the date of a noun or a clause beside what is told: "his 2013 Corolla", "on
    World News Tonight", "ahead of the funeral on Saturday", "weighed the murder of X in June 2005"."""
    article = material.by_article[statement.article]
    offset, words = statement.span[0], article.text[slice(*time.span)]
    begin = max(0, time.span[0] - offset)
    before, after = statement.text[:begin], article.text[time.span[1] : time.span[1] + 3]
    if _DECADE.search(words):
        return True
    if _YEAR.fullmatch(words) and _NAMED_BY_YEAR.match(after) and not _YEAR_TIED.search(before):
        return True
    parts = words.split()
    if parts and parts[-1].casefold() in brief_words().deictic and all(w[0].isupper() for w in parts):
        return bool(_OF_A_NAME.search(before))
    if _TO_COME.search(before) or _of_what_was_made().search(before) or is_of_hours(article.text, time.span):
        return True
    frame = statement.frame
    told = before[max(0, frame.span[1] - offset) :] if frame else ""
    return bool(_ASIDE.search(told) or _of_a_death().search(told))


def _is_counted(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether the day it is counted from is known: of "nine days earlier" the day that its sentence or the report
    names, of "the summer" the year. Of hours no day can be told, nor of a length beside another date ("fell to 4.40 on
    Thursday, from 5 a day earlier")."""
    words = fold(material.by_article[statement.article].text[slice(*time.span)])
    day = material.published.get(statement.article, "")
    if _season().search(words) and not _DIGITS.search(words):
        return bool(day) and (time.begin or "")[:4] <= str(int(day[:4]) + 1)
    if _THAT_PART.fullmatch(words):
        return _is_told_before(material, statement, time)
    deictic = not brief_words().deictic.isdisjoint(words.split())
    if deictic and (statement.article in material.misdated or _written_about(material, statement.article)):
        return False
    counted = _COUNTED.fullmatch(words)
    if counted is None:
        return True
    if counted["unit"] in {"minute", "hour"} or (counted["back"] and _stands_beside(material, statement, time)):
        return False
    if counted["unit"] in {"day", "week"} and _follows_a_month(material, statement, time):
        return False
    return bool(day) or _follows_a_date(material, statement, time)


def _written_about(material: Material, article: str) -> bool:
    """Whether of the day of writing only the first that it can be is known: the last that the report tells as gone,
    with nothing to come after it."""
    stamp = material.by_article[article].published
    if stamp is None or stamp.basis != "inferred" or stamp.span is None:
        return False
    own = material.by_report[article]
    heads = all(stamp.span[1] <= s.span[0] for s in own)
    ahead = (t.begin or "" for s in own for t in s.times if t.tense == "future")
    return not heads and not any(day[:10] > stamp.value[:10] for day in ahead)


def _before(material: Material, statement: Statement, time: Timex) -> list[tuple[Timex, Statement]]:
    """The dates that the report names before ``time``, in order, with who tells them."""
    rows = ((t, s) for s in material.by_report[statement.article] for t in s.times if t.begin)
    return sorted((r for r in rows if r[0].span[1] <= time.span[0]), key=lambda r: (r[0].span, r[1].span))


def _follows_a_month(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether the date named last is a month or year: "eleven days afterwards" of no known day."""
    before = _before(material, statement, time)
    return bool(before) and (before[-1][0].begin or "")[:_DAY] != (before[-1][0].end or "")[:_DAY]


def _is_told_before(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether the day of "that morning" is named before as that of a deed: of a day on which somebody only spoke no
    statement has the date."""
    day = (time.begin or "")[:_DAY]
    return any((t.begin or "")[:_DAY] == day for t, _ in _before(material, statement, time))


def takes_the_place_of(statement: Statement, period: Period, article: str) -> bool:
    """Whether it says of ``period`` that it is no longer that: "on Sunday, and not, as announced, on Saturday";
    ``article`` is the text."""
    return statement.event_time != period and any(
        gives(t, period) and _replaced().search(article[max(0, t.span[0] - _CLAUSE) : t.span[0]])
        for t in statement.times
    )


def _stands_beside(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether another date stands in the words of the statement."""
    begin, end = statement.span
    return any(
        begin <= t.span[0] and t.span[1] <= end and t.begin and t.begin != time.begin
        for s in material.by_report[statement.article] for t in s.times
    )  # fmt: skip


def _follows_a_date(material: Material, statement: Statement, time: Timex) -> bool:
    """Whether its sentence names a date before it."""
    text = material.by_article[statement.article].text
    ends = {t.span[1] for s in material.by_report[statement.article] for t in s.times if t.begin}
    return any(
        time.span[0] - _NEAR < end <= time.span[0] and not _STOP.search(text[end : time.span[0]]) for end in ends
    )
