"""Lengths of time, times that a length leads to from another, and times that come again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from variorum.annotate.times import runs
from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.reading import OPENING, Reading
from variorum.annotate.times.tenses import token_at
from variorum.annotate.times.values import DAYS, MONTHS, Moment, add_months, duration, of_day, step
from variorum.model import Timex

_SHORT = ("D", "W")
_COMPARED = re.compile(r"\b(?:from|than|with|against|versus|to)\b(?:[^.;]|\.\d)*\Z", re.I)


class LengthReading(Reading):
    """Rules for lengths."""

    def ago(self, run: list[Lexeme]) -> Timex | None:
        """ "two years ago", "24 hours later", "days earlier"."""
        count, unit, shift = runs.count(run), runs.unit(run), runs.first(run, "g")
        assert unit is not None
        assert shift is not None
        how, direction = shift.value
        if unit == "Y" and direction < 0 and (quarter := self.quarter_compared(run, count)):
            return self.moment(run, quarter, tell=False)
        if run[0].kind == "U":  # "year-earlier"
            how = "here"
        if how == "event":
            if self.text[run[-1].end : run[-1].end + 1] not in (",", ".", ";", ")", ""):
                return self.duration(run[:-1]) if runs.first(run, "dnywavu") else None
            how = "told"
        base = of_day(self.anchor) if how == "here" and self.anchor else self.context.told if how == "told" else None
        if how == "told" and base is None and self.anchor:
            base = of_day(self.anchor)
        if how == "told" and self.is_of_writing(base) and unit in _SHORT and run[0].kind != "U":
            return self.unknown(run, unit, None)  # from an act that no day has been told of
        if base is None or count is None:
            return self.vague_shift(run, unit, direction)
        finer = {"E": "Y", "C": "Y"}.get(unit, unit)
        moved = step(base, direction * count * (MONTHS[unit] // 12 if finer != unit else 1), finer)
        if moved is None and unit in ("W", "D", "M") and base.year is not None:
            return self.unknown(run, unit, None)
        return self.moment(run, moved) if moved else self.unknown(run, unit, None)

    def is_of_writing(self, base: Moment | None) -> bool:
        """Whether ``base`` is the day of writing, told by nothing but a dateline or not at all."""
        if base is None or self.anchor is None or base.first != self.anchor or base.grain != "D":
            return False
        return self.last_day is None

    def quarter_compared(self, run: list[Lexeme], count: float | None) -> Moment | None:
        """ "up 18 % from $1.69 billion a year earlier", in accounts of a quarter: the same quarter of that year."""
        quarter = self.context.quarter
        if quarter is None or quarter.year is None or count is None:
            return None
        before = self.text[max(0, run[0].start - 150) : run[0].start]
        if not (_COMPARED.search(before) or OPENING.search(before) or run[0].kind == "U"):
            return None
        return replace(quarter, year=quarter.year - int(count))

    def vague_shift(self, run: list[Lexeme], unit: str, direction: int) -> Timex:
        if runs.count(run) is None:
            return Timex(runs.span(run), "DATE", "PAST_REF" if direction < 0 else "FUTURE_REF", anchor=self.anchored())
        return self.unknown(run, unit, None)

    def measured_from(self, run: list[Lexeme]) -> Timex | None:
        """ "two months before X takes office on January 20": a length counted from a date named later in the clause."""
        count, unit = runs.count(run), runs.unit(run)
        shift = run[-1] if run[-1].kind == "g" and run[-1].value[0] == "event" else None
        if count is None or unit is None or shift is None:
            return None
        target = self.date_ahead()
        moved = step(target, shift.value[1] * count, unit) if target else None
        return self.moment(run, moved, tell=False) if moved else None

    def date_ahead(self, stops: str = ".") -> Moment | None:
        """The date with a month that the words after the run name before one of the ``stops``."""
        for index, word in enumerate(self.coming):
            if word and word.kind in stops:
                return None
            if word and word.kind == "B":
                near = [x for x in self.coming[max(0, index - 2) : index + 4] if x]
                day, year = runs.day_beside(near, word), runs.year(near)
                known = year if year is not None else self.year_for([word], int(word.value), day)
                return Moment("D" if day else "M", known, int(word.value), day) if known else None
        return None

    def duration(self, run: list[Lexeme]) -> Timex | None:
        run = self.without_preposition(run)
        count, unit = runs.count(run), runs.unit(run)
        if self.says_one_day(run):
            return Timex(runs.span(run), "DATE", "FUTURE_REF", anchor=self.anchored())
        age = run[-1].kind == "L" and self.says(run[-1], "old")
        counted = run[0].kind == "v" and self.text[max(0, run[0].start - 3) : run[0].start].lower() == "as "
        share = counted or (unit == "Q" and runs.first(run, "dnwyv") is None)
        if unit is None or age or share:
            return None  # an age is a quantity, and so are "a quarter" and "as many days"
        found = Timex(runs.span(run), "DURATION", duration(count, unit))
        if count is not None and runs.first(run, "G"):
            found = replace(found, value=duration(count + 0.5, unit))
        if count is not None and self.starts_now(run):
            begin, end = self.reach(count, unit) or (None, None)
            found = replace(found, begin=begin, end=end, anchor=self.anchored())
        if run[0].kind == "a" and len(run) == 2 and self.is_rate(run):
            return replace(found, type="SET")
        return found

    def starts_now(self, run: list[Lexeme]) -> bool:
        """ "In three days", "within two weeks", of what is to come: a length that begins on the day of writing."""
        before = self.text[max(0, run[0].start - 7) : run[0].start].lower()
        if not before.endswith((" in ", "within ")) or self.context.tells_history(True):
            return False
        return self.tense(run) in ("present", "future")

    def reach(self, count: float, unit: str) -> tuple[str, str] | None:
        """First and last day of so many units counted from the day of writing, backward where negative."""
        if self.anchor is None or unit.startswith("T"):
            return None
        try:
            other = (
                self.anchor + timedelta(days=round(count * DAYS[unit]))
                if unit in DAYS
                else add_months(self.anchor, round(count * MONTHS[unit]))
            )
        except (ValueError, OverflowError):
            return None
        begin, end = sorted((self.anchor, other))
        return begin.isoformat(), end.isoformat()

    def is_rate(self, run: list[Lexeme]) -> bool:
        """Whether "a day" says how often: "12 hours a day", "$5 a share a year"."""
        before = token_at(self.doc, run[0].start - 2) if run[0].start > 1 else None
        return before is not None and before.tag_ in ("NNS", "CD", "NN", "NNP") and before.pos_ != "PUNCT"

    def without_preposition(self, run: list[Lexeme]) -> list[Lexeme]:
        """The run less words before it that do not measure it: "over several years", "under its two-year plan", "the
        23-year occupation"."""
        while len(run) > 1 and run[0].kind == "q" and (run[1].kind in "tv" and run[0].value in ("over", "under")):
            run = run[1:]
        adjective = run[-1].kind in "Uck" and len(run) > 2 and run[-2].kind == "-"
        return run[1:] if adjective and run[0].kind == "t" else run

    def says_one_day(self, run: list[Lexeme]) -> bool:
        """ "Islands will one day vanish": some day to come."""
        words = self.text[slice(*runs.span(run))].lower()
        return words == "one day" and self.tense(run) == "future"

    def bare_units(self, run: list[Lexeme]) -> Timex | None:
        """ "days", "the early years": a length with its number unsaid. "Quarters" are lived in, "Minutes" a title."""
        word = run[-1]
        if word.value == "WE" and len(run) == 1:
            return Timex(runs.span(run), "SET", "XXXX-WXX-WE")
        titled = self.text[word.start].isupper() and not OPENING.search(self.text[max(0, word.start - 12) : word.start])
        return None if word.value == "Q" or titled else self.duration(run)

    def ordinal_unit(self, run: list[Lexeme]) -> Timex | None:
        """ "its third year", "the second week": one such unit."""
        unit = runs.unit(run)
        if unit is None or unit.startswith("T"):
            return None
        return Timex(runs.span(run), "DURATION", duration(1, unit))

    def span_of(self, run: list[Lexeme]) -> Timex | None:
        """ "the past three years", "the next few weeks", "recent months": a length beside the day of writing."""
        count, unit, relation = runs.count(run), runs.unit(run), runs.first(run, "l")
        if unit is None:
            return None
        found = Timex(runs.span(run), "DURATION", duration(count, unit))
        steps = int(relation.value[1]) if relation else 0
        if not runs.first(run, "vdnwy") and (relation is None or (relation.value[0] == "here" and steps)):
            return replace(found, type="DATE", value="FUTURE_REF" if steps > 0 else "PAST_REF", anchor=self.anchored())
        if count is None or not steps or not relation or relation.value[0] != "here":
            return found
        begin, end = self.reach(steps * count, unit) or (None, None)
        return replace(found, begin=begin, end=end, anchor=self.anchored()) if begin else found

    def is_paper(self, word: Lexeme) -> bool:
        """ "The party daily Tolmar Post": a newspaper."""
        before, after = token_at(self.doc, word.start - 2), token_at(self.doc, word.end + 1)
        named = after is not None and after.tag_.startswith("NNP") and self.text.startswith(" ", word.end)
        return named and before is not None and before.tag_.startswith("NN") and word.start > 1

    def repeated(self, run: list[Lexeme]) -> Timex | None:
        adverb, unit = runs.first(run, "A"), runs.unit(run)
        if run[0].kind == "K":
            return Timex(runs.span(run), "SET", f"XXXX-WXX-{run[0].value}")
        if adverb and self.is_paper(adverb):
            return None
        if adverb:
            return Timex(runs.span(run), "SET", str(adverb.value))
        word = runs.first(run, "WBSP")
        if word:
            value = {"W": "XXXX-WXX-{}", "B": "XXXX-{:02d}", "S": "XXXX-{}", "P": "XXXX-XX-XXT{}"}[word.kind]
            return Timex(runs.span(run), "SET", value.format(word.value))
        counted = runs.count([x for x in run if x.start > (runs.first(run, "X") or run[0]).start])
        return Timex(runs.span(run), "SET", duration(counted or 1, unit)) if unit else None
