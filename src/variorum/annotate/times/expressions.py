"""Time expressions: found as runs of typed words, composed into TIMEX3 values, resolved against the article's clock.

The text is read once into a string with one letter for each word (``B`` a month, ``d`` a day number, ``U`` a unit …);
rules are patterns over those letters, so a value is composed of its words and never looked up (token types after
SynTime, Zhong et al. 2017; composition after SCATE, Bethard 2013; choice of direction by tense and of the reference
time by the kind of text after HeidelTime, Strötgen and Gertz 2010). The parse is asked only for tense and part of
speech, and only beside a hit.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from variorum.annotate.times import lexer
from variorum.annotate.times.calendar import CalendarReading
from variorum.annotate.times.context import TimeContext
from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.reading import AHEAD
from variorum.annotate.times.tenses import is_noun_modifier, tag_at, token_at
from variorum.annotate.tokens import Doc
from variorum.model import Stamp, Timex

__all__ = ["TimeContext", "read_times"]

_SEVERAL = ("days", "years")  # rules that read more than one time
_EARLIEST, _LATEST = 1000, 9000  # years in which an article may have been written
_UNDATED = "the article has no date to count from"
_UNSAID = "the text does not say from which day it counts"


def read_times(doc: Doc, offset: int, anchor: Stamp | None, state: TimeContext) -> tuple[Timex, ...]:
    """The time expressions of one paragraph, in order, with spans in the article (``offset`` is the paragraph's start).

    ``anchor`` is the article's own date; without one, or with one that names no day, values stay partial
    ("XXXX-11-26") and ``begin`` and ``end`` null wherever the text itself does not name the year. ``state`` is changed.
    """
    text = doc.flat
    letters, lexemes = lexer.lex(text)
    if any(x and x.kind == "I" and x.value[1] for x in lexemes) and not state.order(text).day_first:
        letters, lexemes = lexer.lex(text, day_first=False)
    reader = _Reader(doc, text, _day_of(anchor), state)
    found: list[Timex] = []
    for rule, start, end in lexer.matches(letters):
        run = [x for x in lexemes[start:end] if x]
        if letters[start:end] == "qy" and is_noun_modifier(doc, run[-1].start):
            continue  # "about 1500 people"
        read = getattr(reader, rule)(run) if rule in _SEVERAL else (reader.read(rule, run, lexemes, end),)
        found.extend(_placed(timex, offset, reader.anchor) for timex in read if timex)
    return tuple(found)


def _placed(timex: Timex, offset: int, anchor: date | None) -> Timex:
    """The expression with its span in the article, and the reason where its value could not be told in full."""
    reason = timex.reason
    if reason is None and timex.type in ("DATE", "TIME") and "X" in timex.value.partition("T")[0]:
        reason = _UNDATED if anchor is None else _UNSAID
    return replace(timex, span=(timex.span[0] + offset, timex.span[1] + offset), reason=reason)


def _day_of(anchor: Stamp | None) -> date | None:
    if anchor is None or anchor.precision in ("year", "month"):
        return None
    try:
        day = date.fromisoformat(anchor.value[:10])
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None  # "0001-01-01" is a field that nobody filled


class _Reader(CalendarReading):
    """One paragraph being read by all rules."""

    def read(self, rule: str, run: list[Lexeme], lexemes: list[Lexeme | None], end: int) -> Timex | None:
        self.coming = lexemes[end : end + AHEAD]
        if rule in ("ago", "duration") and (measured := self.measured_from(run)):
            return measured
        run = self.without_article(self.without_conjunction(self.without_measure(rule, run)))
        powered = run and self.text[max(0, run[0].start - 1) : run[0].start] == "^"  # "10^400 years ago"
        found: Timex | None = getattr(self, rule)(run) if run and not powered else None
        return found

    def without_measure(self, rule: str, run: list[Lexeme]) -> list[Lexeme]:
        """The run less a word that says nothing of the date itself: "about 1910", but "over 2010" is a number; "early
        Friday" is a part of the day, "earlier Friday" only comes before what was told."""
        if rule == "weekday" and run[0].kind == "m" and run[0].value in ("earlier", "later"):
            return run[1:]
        if run[0].kind == "q" and run[0].value in lexer.weighing():
            return run[1:]
        if (
            rule not in ("year", "calendar", "clock", "weekday", "today")
            or run[0].kind != "q"
            or run[0].value in lexer.circa()
        ):
            return run
        return run[1:]

    def without_conjunction(self, run: list[Lexeme]) -> list[Lexeme]:
        """The run less a "that" which only joins clauses ("complained that third-quarter earnings fell")."""
        first = run[0]
        tag = tag_at(self.doc, first.start) if first.kind == "l" else ""
        if len(run) > 1 and run[1].kind == "l" and self.says(first, "following"):
            return run[1:]  # "following last month's vote"
        lasts = self.says(first, "last") and tag.startswith("V")  # "to last six weeks"
        return run[1:] if lasts or (tag in ("IN", "WDT") and self.says(first, "that")) else run

    def without_article(self, run: list[Lexeme]) -> list[Lexeme]:
        """The run less its article where that belongs to a noun after it ("the Feb. 23 accord")."""
        if len(run) < 2 or run[0].kind not in "ta" or not self.text.startswith(" ", run[-1].end):
            return run
        if self.says(run[0], "one"):
            return run
        last, after = token_at(self.doc, run[-1].end - 1), token_at(self.doc, run[-1].end + 1)
        if last is None or after is None or not after.tag_.startswith("NN") or after.i != last.i + 1:
            return run
        return run[1:] if last.head.i >= after.i else run
