"""Times counted from the day of writing or from the time told last: "Tuesday", "next week", "that evening", "now"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from variorum.annotate.times import runs
from variorum.annotate.times.lengths import LengthReading
from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.reading import ENDED
from variorum.annotate.times.tenses import is_noun_modifier, tag_at
from variorum.annotate.times.values import Moment, of_day, parse, step
from variorum.model import Tense, Timex

_HISTORY = 4  # years of long ago that make a text a history beyond doubt
_HALVES = {"MO": 0, "AF": 12, "EV": 12, "NI": 12}  # what a part of the day adds to the hours of a clock
_AT_THE_MOMENT = re.compile(r"(?:at|for) (the moment)", re.I)
_CLOCKS_END = re.compile(r"(?:[jb -]CZ?)? ?,?i?W")
_NEWS = 3  # days before that of writing of which news without a day may be
_AHEAD = 14  # and days after it of which a plan may be
_SMALL_HOURS = re.compile(r"\b0?[1-5][.:][0-5]\d ?(?:a\.?m\.? ?)?(?:local time )?\Z", re.I)  # "at 2.20 last night"
_SENTENCE = 160  # characters in which a sentence names the day that it is of
_OF_SOME_DAY = re.compile(r"\b(?:night|day|morning|afternoon|evening|eve|date) of (?!\w*\d)[^.!?;]*\Z", re.I)
_JOINED = re.compile(r"(?: or | and | to | through | until |-|–)(?:on )?", re.I)


class CountedReading(LengthReading):
    """Rules for times counted from another."""

    def weekday(self, run: list[Lexeme]) -> Timex | None:
        word = runs.first(run, "W")
        assert word is not None
        number = int(word.value)
        self.context.news += 1
        relation = runs.first(run, "l")
        base = self.anchor
        if base and relation and runs.unit(run) == "W":  # "Wednesday of last week"
            monday = base + timedelta(days=7 * int(relation.value[1]) - base.isoweekday() + 1)
            return self.moment(run, self.clocked(run, of_day(monday + timedelta(days=number - 1))))
        if relation and relation.value[0] == "told" and self.context.told and self.context.told.grain == "D":
            base = self.context.told.first
        elif self.context.tells_history(self.anchor is not None) and self.last_day:
            base = self.last_day[1].first
        if base is None:
            return self.moment(run, self.clocked(run, Moment("D", None, weekday=number)), tell=False)
        if (before := self.day_joined(run)) and relation is None:
            return self.moment(run, self.clocked(run, of_day(runs.weekday(before, number, None, "future"))))
        tense = self.direction(run, word)
        weeks = runs.weeks_ago(run)
        tense = "past" if weeks else tense
        day = runs.weekday(base, number, relation, tense) - timedelta(days=7 * weeks)
        return self.moment(run, self.clocked(run, of_day(day)))

    def day_joined(self, run: list[Lexeme]) -> date | None:
        """The day before which this one is named in one breath: "Saturday and Sunday", "from Monday to Friday"."""
        if self.last_day is None or self.last_day[0] > run[0].start:
            return None
        between = self.text[self.last_day[0] : run[0].start]
        day = self.last_day[1].first if self.last_weekday and _JOINED.fullmatch(between) else None
        gone = self.anchor is not None and day == self.anchor and self.tense(run) == "past"
        return day + timedelta(days=1) if day and day < date.max and not gone else None

    def today(self, run: list[Lexeme]) -> Timex | None:
        word = runs.first(run, "T")
        assert word is not None
        shift, part = word.value
        self.context.news += 1
        if self.anchor is None:
            value = f"XXXX-XX-XX{'T' + part if part else ''}"
            return Timex(runs.span(run), "TIME" if part else "DATE", value, tense=self.tense(run))
        moment = self.clocked(run, of_day(self.anchor + timedelta(days=shift)))
        return self.moment(run, replace(moment, part=moment.part or part))

    def deictic(self, run: list[Lexeme]) -> Timex | None:
        """ "this week", "last year", "the following day", "the end of the month", "that night"."""
        relation = runs.first(run, "l")
        unit = runs.first(run, "Uck")
        part = runs.first(run, "P")
        anchor_kind, steps = relation.value if relation else ("told", 0)
        of = self.text.startswith(" of ", run[-1].end) or (unit and unit.value in ("E", "C") and run[-1] is unit)
        if relation and unit and anchor_kind == "here" and steps and of:
            return self.duration(run)  # "the last week of August", "the past decade"
        if anchor_kind == "here":
            self.context.news += 1
        base = self.reference() if anchor_kind == "told" else of_day(self.anchor) if self.anchor else None
        counts_on = self.anchor is not None or run[0].kind == "t"  # "next year" of no known day of writing is no year
        if anchor_kind == "here" and steps > 0 and counts_on and self.context.tells_history(self.anchor is not None):
            base = self.reference()  # "the next day" in a history is the day after
        elif steps > 0 and anchor_kind == "here" and run[0].kind == "t" and self.tense(run) == "past":
            base = self.reference()
        code = str(unit.value) if unit else "D"
        if base is None or code in ("TH", "TM", "TS"):
            return self.unknown(run, code, part)
        return self.stepped(run, base, int(steps), code, part)

    def stepped(self, run: list[Lexeme], base: Moment, steps: int, code: str, part: Lexeme | None) -> Timex | None:
        if part and str(part.value) == "NI" and steps < 0 and self.anchor:
            small = bool(_SMALL_HOURS.search(self.text[max(0, run[0].start - 12) : run[0].start]))
            moved: Moment | None = of_day(self.anchor - timedelta(days=not small))
        elif code == "E" and steps < 0:
            moved = step(base, -1, "E")
        else:
            moved = step(base, steps, code)
        if moved is None or (code in ("D", "W") and base.grain in ("Y", "M") and steps == 0):
            return self.unknown(run, code, part)
        if part:
            moved = replace(moved, grain="D")
        return self.moment(run, self.clocked(run, moved))

    def double(self, run: list[Lexeme]) -> Timex | None:
        """ "The week after next", "the year before last"."""
        unit, shift, relation = run[-3], run[-2], run[-1]
        if relation.value[0] != "here" or relation.value[1] != shift.value[1]:
            return None
        base = self.today_moment()
        moved = step(base, 2 * int(relation.value[1]), str(unit.value)) if base else None
        return self.moment(run, moved) if moved else self.unknown(run, str(unit.value), None)

    def edge(self, run: list[Lexeme]) -> Timex | None:
        """ "the end of the year", "later in the month": of the one told in the sentence, else of that of writing."""
        unit = runs.unit(run)
        today = self.today_moment()
        if unit in ("Y", "M", "Q") and today and not self.context.tells_history(True) and not self.told_here(run):
            return self.stepped(run, today, 0, unit, None)
        return self.deictic(run)

    def nth(self, run: list[Lexeme]) -> Timex | None:
        """ "the 20th": a day of the month told last."""
        told = self.context.told
        word = runs.first(run, "oO")
        assert word is not None
        if told is None or told.month is None or is_noun_modifier(self.doc, word.start) or self.names(run):
            return None
        if not self.text[word.start].isdigit() or not runs.exists(told.year, told.month, int(word.value)):
            return None
        return self.moment(run, Moment("D", told.year, told.month, int(word.value)))

    def whole(self, run: list[Lexeme]) -> Timex | None:
        """ "the weekend", "for the week", "the full year", "the year ended March 31"."""
        unit = str(run[-1].value)
        if unit == "WE":
            return self.weekend(run)
        if len(run) < 2 or unit not in ("W", "M", "Y"):
            return None
        if runs.first(run, "F"):
            return self.duration(run)
        if ENDED.match(self.text, run[-1].end):
            return self.duration(run)
        if not self.text[max(0, run[0].start - 4) : run[0].start].lower().endswith("for "):
            return None
        base = self.reference() if self.context.tells_history(self.anchor is not None) else self.today_moment()
        moved = step(base, 0, unit) if base else None
        return self.moment(run, moved) if moved else self.unknown(run, unit, None)

    def weekend(self, run: list[Lexeme]) -> Timex | None:
        """ "the weekend": the last one, or the next by its tense."""
        if len(run) < 2 and run[0].start < 4:
            return None
        if self.anchor is None:
            return self.unknown(run, "WE", None)
        ahead = self.tense(run) == "future" or self.anchor.isoweekday() > 5
        return self.moment(run, of_day(self.anchor if ahead else self.anchor - timedelta(days=7), "WE"))

    def history(self, run: list[Lexeme]) -> Timex | None:
        """ "former", "recent", where history is told."""
        told = self.context.history >= _HISTORY and self.context.history > 2 * self.context.news
        return Timex(runs.span(run), "DATE", str(run[0].value), anchor=self.anchored()) if told else None

    def vague(self, run: list[Lexeme]) -> Timex | None:
        word = run[-1]
        if at := _AT_THE_MOMENT.match(self.text, word.start):
            word = replace(word, start=at.start(1))
        adjective = word.value == "FUTURE_REF" and tag_at(self.doc, word.start) == "JJ"
        if not word.value or adjective or (word.value == "FUTURE_REF" and self.tense([word]) == "past"):
            return None
        return Timex(runs.span([word]), "DATE", str(word.value), anchor=self.anchored())

    def clock(self, run: list[Lexeme]) -> Timex | None:
        """A time of day by itself: of the day named just before, else of the day of writing."""
        ahead = self.date_ahead(".P") if not self.told_here(run) else None  # "at 14:00 (12:00 GMT) on June 10"
        base = ahead if ahead and ahead.day else self.weekday_ahead()
        base = base or self.day_told(self.tense(run)) or self.today_moment()
        return self.moment(run, self.clocked(run, base or Moment("D")), tell=False)

    def hour(self, run: list[Lexeme]) -> Timex | None:
        """ "8 in the morning", "9 o'clock in the evening"."""
        word, part = runs.first(run, "dwC"), run[-1]
        if word is None or part.value not in _HALVES:
            return self.daypart(run[-2:]) if part.kind == "P" else None
        hour, _, minute = word.value.partition(":") if word.kind == "C" else (word.value, "", "00")
        if not 1 <= int(hour) <= 12 or int(hour) != float(hour):
            return self.daypart(run[-2:])
        clock = f"{int(hour) % 12 + _HALVES[part.value]:02d}:{minute}"
        before = [x for x in run if x.start < word.start]
        return self.clock([*before, replace(word, kind="C", value=clock, end=part.end)])

    def weekday_ahead(self) -> Moment | None:
        """The day of "from 9 a.m. to 5 p.m. on Tuesday"."""
        kinds = "".join(x.kind if x else " " for x in self.coming)
        end = _CLOCKS_END.match(kinds)
        word = self.coming[end.end() - 1] if end else None
        read = self.weekday([word]) if word else None
        return parse(read.value) if read else None

    def day_told(self, tense: Tense | None) -> Moment | None:
        """The day told last, in the paragraph or else before it, on the side of the day of writing that the tense says:
        "the alarm was sounded at 4 a.m." is not of the day on which a hearing is planned."""
        near, told = self.last_day[1] if self.last_day else None, self.context.told
        latest = near or (told if told and told.grain == "D" and self.is_of_news(told) else None)
        if self.anchor is None or tense not in ("past", "future"):
            return latest
        day = latest.first if latest else None
        fits = day is None or (day <= self.anchor if tense == "past" else day >= self.anchor)
        if latest and fits:
            return latest
        other = self.context.gone if tense == "past" else self.context.ahead
        return other if other and self.is_of_news(other) else None

    def is_of_news(self, day: Moment) -> bool:
        """Whether a day named in an earlier paragraph is near enough that of writing to be the one that is told of; in
        a history it is."""
        if self.anchor is None or day.first is None or self.context.tells_history(True):
            return True
        return -_NEWS <= (day.first - self.anchor).days <= _AHEAD

    def daypart(self, run: list[Lexeme]) -> Timex | None:
        """ "at night", "in the morning": of the day named before in the paragraph, if it is said of one day."""
        if str(run[-1].value)[0].isdigit() and run[-1].value != "24:00":  # noon
            return self.clock(run)
        before = self.text[max(0, run[0].start - 4) : run[0].start].lower()
        of = self.text.startswith(" of ", run[-1].end)
        if of or not before.endswith(("at ", "in ", "by ", "of ")) or (before.endswith("of ") and len(run) == 1):
            return None
        if _OF_SOME_DAY.search(self.text[max(0, run[0].start - _SENTENCE) : run[0].start]):
            return self.moment(
                run, self.clocked(run, Moment("D")), tell=False
            )  # "On the night of the fair … that evening"
        base = self.last_day[1] if self.last_day and len(run) > 1 else None
        if base is None and len(run) > 1 and self.tense(run) == "past" and not self.context.tells_history(True):
            base = self.day_told("past") or self.today_moment()
        return self.moment(run, self.clocked(run, base or Moment("D")), tell=False)
