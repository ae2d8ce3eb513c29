"""What every rule for time expressions needs of the paragraph that it reads: tense, clock, the times told before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from variorum.annotate.times import lexer, runs
from variorum.annotate.times.context import TimeContext
from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.tenses import follows_object, own_verb_at, tense_at, token_at
from variorum.annotate.times.values import Moment, of_day
from variorum.annotate.tokens import Doc
from variorum.model import Tense, Timex, TimexType

_HEADING = 100  # characters of a paragraph without a full stop that is a heading
_LIMIT = re.compile(r"\b(?:until|till|(?:as early|as soon|no later|not later) (?:as|than))\s+\Z", re.I)
_STOP = re.compile(r"[.!?]\"?\s+[A-Z\"]")
AHEAD = 14  # words after a time among which a date may complete it
ENDED = re.compile(r",? (?:that |which )?(end(?:ed|ing|s))\b", re.I)
OPENING = re.compile(r"(?:\A|[.!?\n]\"?\s+)(?:(?:In|By|On|During|From|Since|Until|Throughout)\s+)?\Z")


_HISTORY = 3  # years of long ago up to which a text may still tell of what is to come


class Reading:
    """One paragraph being read. Each rule has a method of its name, here or below; it gives a `Timex`, or null for "not
    a time"."""

    def __init__(self, doc: Doc, text: str, anchor: date | None, context: TimeContext) -> None:
        self.doc = doc
        self.text = text
        self.anchor = anchor
        self.context = context
        self.last_day: tuple[int, Moment] | None = None
        self.last_weekday = False
        self.last_end: int | None = None
        self.coming: list[Lexeme | None] = []  # the words after the run

    def says(self, word: Lexeme, spelt: str) -> bool:
        return self.text[word.start : word.end].lower() == spelt

    def tense(self, run: list[Lexeme]) -> Tense | None:
        return tense_at(self.doc, run[-1].start)

    def moment(
        self, run: list[Lexeme], moment: Moment, *, stated: bool = False, tell: bool = True, day: bool = True
    ) -> Timex:
        """A DATE or TIME; the reference for those that follow, unless not to ``tell`` or no ``day`` that was lived."""
        if tell and day:
            opens, ahead = stated and self.opens(run), self.is_ahead(run)
            whole = replace(moment, part=None, zone="")
            self.context.note(
                whole, self.anchor, stated=stated and not ahead, opens=opens, limit=ahead or self.is_limit(run)
            )
        self.last_end = run[-1].end
        if moment.grain == "D" and day:
            self.last_day = (run[-1].end, moment)
            self.last_weekday = runs.first(run, "W") is not None
        begin, end = moment.covers() or (None, None)
        kind: TimexType = "TIME" if moment.part else "DATE"
        anchor = None if stated else self.anchored()
        return Timex(runs.span(run), kind, moment.value, begin, end, anchor, self.tense(run))

    def is_ahead(self, run: list[Lexeme]) -> bool:
        """Whether an article without a date tells the time as to come: nothing that it tells has got there yet."""
        return self.anchor is None and self.tense(run) == "future"

    def opens(self, run: list[Lexeme]) -> bool:
        """Whether the run begins a sentence ("In 1956, …") or stands in a heading."""
        if len(self.text) < _HEADING and self.text[-1:] not in '.!?:"':
            return True
        return bool(OPENING.search(self.text[max(0, run[0].start - 12) : run[0].start]))

    def direction(self, run: list[Lexeme], word: Lexeme) -> Tense | None:
        """On which side of the day of writing a bare ``word`` lies: by the tense, by "until", and because a verb in the
        present says what is scheduled ("opens Friday"), not what is said ("says")."""
        if self.is_limit(run):
            return "future"
        tense = self.tense(run)
        verb = own_verb_at(self.doc, word.start) if tense == "present" else ""
        if verb in lexer.sequence() and follows_object(self.doc, word.start):
            return "past"
        return "future" if verb and verb not in lexer.reporting() else tense

    def is_limit(self, run: list[Lexeme]) -> bool:
        """Whether the words before say up to when, or how soon: "until Friday", "as early as Tuesday"."""
        return bool(_LIMIT.search(self.text[max(0, run[0].start - 16) : run[0].start]))

    def told_here(self, run: list[Lexeme]) -> bool:
        """Whether a time was told before in the sentence."""
        return self.last_end is not None and not _STOP.search(self.text[self.last_end : run[0].start])

    def names(self, run: list[Lexeme]) -> bool:
        """Whether a noun or a name follows ("the 11th U.S. Circuit")."""
        after = token_at(self.doc, run[-1].end + 1) if self.text.startswith(" ", run[-1].end) else None
        return after is not None and after.tag_.startswith(("NN", "JJ", "CD"))

    def today_moment(self) -> Moment | None:
        return of_day(self.anchor) if self.anchor else None

    def anchored(self) -> str | None:
        return self.anchor.isoformat() if self.anchor else None

    def reference(self) -> Moment | None:
        """The time told last, else the day of writing."""
        return self.context.told or (of_day(self.anchor) if self.anchor else None)

    def year_for(self, run: list[Lexeme], month: int, day: int | None) -> int | None:
        told = self.context.told
        relation = runs.first(run, "l")
        if relation and relation.value[0] == "told" and told and told.year:
            return told.year + int(relation.value[1]) if runs.first(run, "U") else told.year
        if relation and self.anchor and runs.unit(run) == "Y":
            return self.anchor.year + int(relation.value[1])  # "March of last year"
        if relation and self.anchor:
            return runs.year_beside(self.anchor, month, int(relation.value[1]), day)
        if self.anchor is None:
            return self.context.year_of(month) if told and told.year and self.goes_on(run) else None
        direction = self.direction(run, runs.first(run, "B") or run[-1])
        settled = self.context.history > _HISTORY  # so long a history that no tense tells of today
        if self.context.tells_history(True) and told and told.year and (direction != "future" or settled):
            return self.context.year_of(month)
        return runs.nearest_year(self.anchor, month, day, direction)

    def goes_on(self, run: list[Lexeme]) -> bool:
        """Whether a month without a year, in an article without a date, is of the history that it tells: of a year
        named before it in the paragraph, or where nothing else is told; what is to come is of no year told."""
        context = self.context
        if not context.tells_history(False) or self.direction(run, runs.first(run, "B") or run[-1]) == "future":
            return False
        return self.last_end is not None or (context.history > _HISTORY and context.history > 4 * context.news)

    def clocked(self, run: list[Lexeme], moment: Moment) -> Moment:
        """``moment`` with the clock time, zone or part of day that the run names."""
        clock = runs.first(run, "C")
        zone = runs.first(run, "Z")
        part = clock or runs.first(run, "P")
        if part is None:
            return moment
        return replace(moment, part=str(part.value), zone=str(zone.value) if zone and clock else "")

    def unknown(self, run: list[Lexeme], code: str, part: Lexeme | None) -> Timex:
        """A time that is named but cannot be placed."""
        value = {
            "D": "XXXX-XX-XX",
            "NI": "XXXX-XX-XX",
            "W": "XXXX-WXX",
            "WE": "XXXX-WXX-WE",
            "M": "XXXX-XX",
            "Q": "XXXX-QX",
        }
        day = value.get(code, "XXXX")
        return Timex(runs.span(run), "TIME" if part else "DATE", day + (f"T{part.value}" if part else ""))
