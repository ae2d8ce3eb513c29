"""Time expressions: found as runs of typed words, composed into TIMEX3 values, resolved against the article's clock.

The text is read once into a string with one letter for each word (``B`` a month, ``d`` a day number, ``U`` a unit …);
rules are patterns over those letters, so a value is composed of its words and never looked up (token types after
SynTime, Zhong et al. 2017; composition after SCATE, Bethard 2013; choice of direction by tense and of the reference
time by the kind of text after HeidelTime, Strötgen and Gertz 2010). The parse is asked only for tense and part of
speech, and only beside a hit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from variorum.annotate import timelexer, timeruns
from variorum.annotate.tenses import is_noun_modifier, own_verb_at, tag_at, tense_at, token_at
from variorum.annotate.timecontext import TimeContext
from variorum.annotate.timelexer import Lexeme
from variorum.annotate.timevalues import DAYS, MONTHS, Moment, add_months, duration, of_day, step
from variorum.annotate.tokens import Doc
from variorum.model import Stamp, Tense, Timex, TimexType

_SEVERAL = ("days", "years")  # rules that read more than one time
_AHEAD = 14  # words after a time among which a date may complete it
_LONGEST_SPAN = 40  # years that "1957-60" may span
_HEADING = 100  # characters of a paragraph without a full stop that is a heading
_RANGE_END = re.compile(r"[jb-]t?(?:[dO]f?B|Bt?[dO]),?y")
_LIMIT = re.compile(r"\b(?:until|till|(?:as early|as soon|no later|not later) (?:as|than))\s+\Z", re.I)
_IN_DIGITS = re.compile(r"[-/.]\d\d?[-/.]\d")
_WORD_BEFORE = re.compile(r"(\w+)\.? \Z")
_UNDATED = "the article has no date to count from"
_UNSAID = "the text does not say from which day it counts"
_ENDED = re.compile(r",? (?:that |which )?(end(?:ed|ing|s))\b", re.I)
_STOP = re.compile(r"[.!?]\"?\s+[A-Z\"]")
_COMPARED = re.compile(r"\b(?:from|than|with|against|versus|to)\b(?:[^.;]|\.\d)*\Z", re.I)
_OPENING = re.compile(r"(?:\A|[.!?\n]\"?\s+)(?:(?:In|By|On|During|From|Since|Until|Throughout)\s+)?\Z")

__all__ = ["TimeContext", "read_times"]


def read_times(doc: Doc, offset: int, anchor: Stamp | None, state: TimeContext) -> tuple[Timex, ...]:
    """The time expressions of one paragraph, in order, with spans in the article (``offset`` is the paragraph's start).

    ``anchor`` is the article's own date; without one, or with one that names no day, values stay partial
    ("XXXX-11-26") and ``begin`` and ``end`` null wherever the text itself does not name the year. ``state`` is changed.
    """
    text = doc.flat
    letters, lexemes = timelexer.lex(text)
    if any(x and x.kind == "I" and x.value[1] for x in lexemes) and not state.order(text).day_first:
        letters, lexemes = timelexer.lex(text, day_first=False)
    reader = _Reader(doc, text, _day_of(anchor), state)
    found: list[Timex] = []
    for rule, start, end in timelexer.matches(letters):
        run = [x for x in lexemes[start:end] if x]
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
        return date.fromisoformat(anchor.value[:10])
    except ValueError:
        return None


class _Reader:
    """One paragraph being read. Each rule has a method of its name; it gives a `Timex` or null for "not a time"."""

    def __init__(self, doc: Doc, text: str, anchor: date | None, context: TimeContext) -> None:
        self.doc = doc
        self.text = text
        self.anchor = anchor
        self.context = context
        self.last_day: tuple[int, Moment] | None = None
        self.last_end: int | None = None
        self.coming: list[Lexeme | None] = []  # the words after the run

    def read(self, rule: str, run: list[Lexeme], lexemes: list[Lexeme | None], end: int) -> Timex | None:
        self.coming = lexemes[end : end + _AHEAD]
        if rule in ("ago", "duration") and (measured := self.measured_from(run, lexemes, end)):
            return measured
        run = self.without_article(self.without_conjunction(self.without_measure(rule, run)))
        found: Timex | None = getattr(self, rule)(run) if run else None
        return found

    def without_measure(self, rule: str, run: list[Lexeme]) -> list[Lexeme]:
        """The run less a word that does not make a date less exact: "about 1910", but "over 2010" is a number."""
        if rule not in ("year", "calendar") or run[0].kind != "q" or run[0].value in timelexer.circa():
            return run
        return run[1:]

    def without_conjunction(self, run: list[Lexeme]) -> list[Lexeme]:
        """The run less a "that" which only joins clauses ("complained that third-quarter earnings fell")."""
        first = run[0]
        joins = first.kind == "l" and self.says(first, "that")
        return run[1:] if joins and tag_at(self.doc, first.start) in ("IN", "WDT") else run

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

    # --- what every rule needs ---------------------------------------------------------------------------------------

    def says(self, word: Lexeme, spelt: str) -> bool:
        return self.text[word.start : word.end].lower() == spelt

    def tense(self, run: list[Lexeme]) -> Tense | None:
        return tense_at(self.doc, run[-1].start)

    def moment(self, run: list[Lexeme], moment: Moment, *, stated: bool = False, tell: bool = True) -> Timex:
        """A DATE or TIME; the reference for those that follow."""
        if tell:
            day = replace(moment, part=None, zone="")
            opens = stated and self.opens(run)
            self.context.note(day, self.anchor, stated=stated, opens=opens, limit=self.is_limit(run))
        self.last_end = run[-1].end
        if moment.grain == "D":
            self.last_day = (run[-1].end, moment)
        begin, end = moment.covers() or (None, None)
        kind: TimexType = "TIME" if moment.part else "DATE"
        anchor = None if stated else self.anchored()
        return Timex(timeruns.span(run), kind, moment.value, begin, end, anchor, self.tense(run))

    def opens(self, run: list[Lexeme]) -> bool:
        """Whether the run begins a sentence ("In 1956, …") or stands in a heading."""
        if len(self.text) < _HEADING and self.text[-1:] not in '.!?:"':
            return True
        return bool(_OPENING.search(self.text[max(0, run[0].start - 12) : run[0].start]))

    def today_moment(self) -> Moment | None:
        return of_day(self.anchor) if self.anchor else None

    def anchored(self) -> str | None:
        return self.anchor.isoformat() if self.anchor else None

    def reference(self) -> Moment | None:
        """The time told last, else the day of writing."""
        return self.context.told or (of_day(self.anchor) if self.anchor else None)

    def clocked(self, run: list[Lexeme], moment: Moment) -> Moment:
        """``moment`` with the clock time, zone or part of day that the run names."""
        clock = timeruns.first(run, "C")
        zone = timeruns.first(run, "Z")
        part = clock or timeruns.first(run, "P")
        if part is None:
            return moment
        return replace(moment, part=str(part.value), zone=str(zone.value) if zone and clock else "")

    # --- calendar dates ----------------------------------------------------------------------------------------------

    def calendar(self, run: list[Lexeme]) -> Timex | None:
        whole = timeruns.first(run, "I")
        if whole:
            moment, ambiguous = whole.value
            read = self.moment(run, self.clocked(run, moment), stated=True)
            return replace(read, reason=self.context.order(self.text).reason) if ambiguous else read
        month_word = timeruns.first(run, "B")
        assert month_word is not None
        month = int(month_word.value)
        day = timeruns.day_beside(run, month_word)
        year = timeruns.year(run)
        if len(run) == 1 and not self.month_stands_alone(run[0]):
            return None
        stated = year is not None
        if year is None:
            year = self.year_of_range() if day and not timeruns.first(run, "l") else None
        if year is None:
            year = self.year_for(run, month, day)
        if not timeruns.exists(year, month, day):
            return None
        moment = timeruns.before_eve(run, Moment("D" if day else "M", year, month, day))
        if not day and timeruns.first(run, "P"):
            moment = replace(moment, grain="D")
        return self.moment(run, self.clocked(run, moment), stated=stated)

    def year_of_range(self) -> int | None:
        """The year written at the end of "from May 4 to May 9, 2028"."""
        kinds = "".join(x.kind if x else " " for x in self.coming)
        end = _RANGE_END.match(kinds)
        year = self.coming[end.end() - 1] if end else None
        return int(year.value) if year else None

    def days(self, run: list[Lexeme]) -> tuple[Timex | None, ...]:
        """ "6-7 February", "May 4 and 5": days of one month, each a time of its own."""
        month = next(x for x in run if x.kind == "B")
        numbers = [x for x in run if x.kind in "dO"]
        year = [x for x in run if x.start > month.end and x.kind in "yNlU"]
        found: list[Timex | None] = []
        begin = run[0].start
        for number in numbers:
            end = run[-1].end if number is numbers[-1] else number.end
            words = [x for x in run if x.start >= begin and x.end <= end and x.kind not in "jb-,dOByNlU"]
            whole = [*words, number, month, *year]
            read = self.calendar(
                sorted(whole, key=lambda x: x.start) if month.start > number.start else [*words, month, number, *year]
            )
            start = words[0].start if words else month.start if begin <= month.start < number.start else number.start
            found.append(replace(read, span=(start, end)) if read else None)
            begin = number.end
        return tuple(found)

    def years(self, run: list[Lexeme]) -> tuple[Timex | None, ...]:
        """ "499-493 BC", "496 and 495 BC", "2006-07": two years, of which one is written short."""
        first, second = [x for x in run if x.kind in "ynd"]
        era = timeruns.first(run, "N")
        if era:
            pair = [int(x.value) * int(era.value) for x in (first, second)]
        else:
            pair = [int(first.value), int(first.value) // 100 * 100 + int(second.value)]
            written = self.text[second.start : second.end]
            if len(written) != 2 or not pair[0] < pair[1] <= pair[0] + _LONGEST_SPAN:
                return (self.read("year", [first], [], 0),)
        spans = [x for x in run if x.start <= first.start], [x for x in run if x.start >= second.start]
        return tuple(
            self.moment(words, Moment("Y", year), stated=True) for words, year in zip(spans, pair, strict=True)
        )

    def half(self, run: list[Lexeme]) -> Timex | None:
        """ "the first half of 2029", "the second half of the year"."""
        word, relation = timeruns.first(run, "h"), timeruns.first(run, "l")
        year = timeruns.year(run)
        if word is None or (year is None and timeruns.unit(run) != "Y"):
            return None
        base = self.reference() if self.context.tells_history(self.anchor is not None) else self.today_moment()
        known = year if year is not None else base.year if base else None
        steps = int(relation.value[1]) if relation and known is not None else 0
        moment = Moment("H", None if known is None else known + steps, sub=str(word.value))
        return self.moment(run, moment, stated=year is not None)

    def month_stands_alone(self, word: Lexeme) -> bool:
        """Whether a lone month is one: "may" and "march" are verbs, "April" and "June" also people."""
        token = token_at(self.doc, word.start)
        if token is None or token.tag_.startswith(("MD", "V", "JJ")):
            return False
        if word.end - word.start <= 3 and self.text[word.start : word.end].lower() != "may":
            return False  # "Jan" is a man
        if self.is_walk(word):
            return False
        before, after = (self.doc[i] if 0 <= i < len(self.doc) else None for i in (token.i - 1, token.i + 1))
        named = [
            t
            for t in (before, after)
            if t is not None
            and t.pos_ == "PROPN"
            and t.dep_ in ("compound", "flat", "nsubj", "dobj", "pobj", "appos", "conj")
        ]
        return not any(t.i == token.head.i or token.i == t.head.i for t in named)

    def is_walk(self, word: Lexeme) -> bool:
        """ "The Long March", "the March for Peace": capitals, but no month unless a noun follows ("the March vote")."""
        before = _WORD_BEFORE.search(self.text[max(0, word.start - 16) : word.start])
        named = self.says(word, "march") and before is not None
        if not named or before is None or tag_at(self.doc, word.start - 2) in ("IN", "TO", "CC"):
            return False
        after = token_at(self.doc, word.end + 1) if self.text.startswith(" ", word.end) else None
        return (before[1].istitle() or before[1] in ("the", "a", "annual")) and not (
            after is not None and after.tag_.startswith(("NN", "CD", "JJ"))
        )

    def year_for(self, run: list[Lexeme], month: int, day: int | None) -> int | None:
        told = self.context.told
        relation = timeruns.first(run, "l")
        if relation and relation.value[0] == "told" and told and told.year:
            return told.year + int(relation.value[1]) if timeruns.first(run, "U") else told.year
        if relation and self.anchor:
            return timeruns.year_beside(self.anchor, month, int(relation.value[1]), day)
        if self.context.tells_history(self.anchor is not None) and told and told.year:
            return self.context.year_of(month)
        if self.anchor is None:
            return None
        return timeruns.nearest_year(self.anchor, month, day, self.tense(run))

    def year(self, run: list[Lexeme]) -> Timex | None:
        year = timeruns.year(run)
        written = timeruns.first(run, "yndYw")
        if written and written.kind == "w" and 2000 <= written.value < 2100:
            year = int(written.value)  # "the year two thousand"
        if year is None or written is None:
            return None
        bare = len(run) == 1
        said = 1700 <= year <= 2059 and self.opens(run)
        counts = is_noun_modifier(self.doc, written.start) and not said
        if bare and (counts or not self.year_in_context(written, year)):
            return None
        return self.moment(run, Moment("Y", year), stated=True)

    def year_in_context(self, written: Lexeme, year: int) -> bool:
        before = self.text[max(0, written.start - 1) : written.start]
        after = self.text[written.end : written.end + 1]
        named = _WORD_BEFORE.search(self.text[max(0, written.start - 16) : written.start])
        if _IN_DIGITS.match(self.text, written.end) or (named and named[1].lower() in timelexer.designating()):
            return False
        if (before in ("$", "€", "£", "#", "-", ".", "/", ":") and before) or after in ("%", "/", "°"):
            return before == "-" and self.text[max(0, written.start - 5) : written.start - 1].isdigit()
        if 1700 <= year <= 2059:
            return True
        return timelexer.after_preposition(self.text, written.start)

    def decade(self, run: list[Lexeme]) -> Timex | None:
        word = timeruns.first(run, "D")
        assert word is not None
        era = timeruns.first(run, "N")
        return self.moment(run, Moment("E", int(word.value) * (int(era.value) if era else 1)), stated=True)

    def century(self, run: list[Lexeme]) -> Timex | None:
        ordinal = timeruns.first(run, "oO")
        if ordinal is None:
            return None
        number = int(ordinal.value)
        if timeruns.first(run, "N") and timeruns.first(run, "N").value < 0:  # type: ignore[union-attr]
            return Timex(timeruns.span(run), "DATE", f"BC{number - 1:02d}")
        return self.moment(run, Moment("C", max(1, (number - 1) * 100)), stated=True)

    def season(self, run: list[Lexeme]) -> Timex | None:
        word = timeruns.first(run, "S")
        assert word is not None
        if len(run) == 1 and not tag_at(self.doc, word.start).startswith("NN"):
            return None
        year = timeruns.year(run)
        if year is not None:
            return self.moment(run, Moment("S", year, sub=str(word.value)), stated=True)
        return self.moment(run, self.season_near(run, str(word.value)))

    def season_near(self, run: list[Lexeme], code: str) -> Moment:
        told, relation = self.context.told, timeruns.first(run, "l")
        if (relation and relation.value[0] == "told") or self.context.tells_history(self.anchor is not None):
            if told is None or told.year is None:
                return Moment("S", None, sub=code)
            steps = int(relation.value[1]) if relation else 0
            return Moment("S", told.year + steps, sub=code)
        if self.anchor is None:
            return Moment("S", None, sub=code)
        now = of_day(self.anchor, "S")
        year = (now.year or 0) + (0 if relation is None else int(relation.value[1]) if now.sub == code else 0)
        begun = (Moment("S", year, sub=code).first or self.anchor) <= self.anchor
        if relation and now.sub != code:
            if relation.value[1] < 0 and not begun:
                year -= 1
            elif relation.value[1] > 0 and begun:
                year += 1
        elif relation is None and not begun and self.tense(run) == "past":
            year -= 1
        return Moment("S", year, sub=code)

    def quarter(self, run: list[Lexeme]) -> Timex | None:
        """ "the third quarter (of last year)", "this year's first quarter", "fiscal second-quarter"."""
        ordinal = timeruns.first(run, "oO")
        assert ordinal is not None
        if not 1 <= int(ordinal.value) <= 4:
            return None
        sub = f"Q{int(ordinal.value)}"
        year = timeruns.year(run)
        relation = timeruns.first(run, "l")
        if year is None and relation and relation.value[0] == "told" and self.context.told:
            year = self.context.told.year
        elif year is None and self.anchor:
            year = self.anchor.year - (timeruns.first(run, "g") is not None)
            if relation:
                year += int(relation.value[1])
            elif (Moment("Q", year, sub=sub).first or self.anchor) > self.anchor and self.tense(run) == "past":
                year -= 1
        return self.moment(run, Moment("Q", year, sub=sub), stated=timeruns.year(run) is not None)

    def period(self, run: list[Lexeme]) -> Timex | None:
        """ "the latest quarter", "the year-ago period", "the 1988 quarter", "the same period last year": the quarter
        that the accounts are of, or that of another year."""
        relation, ago, year = timeruns.first(run, "l"), timeruns.first(run, "g"), timeruns.year(run)
        noun = timeruns.first(run, "kp")
        if noun is None or self.text[noun.start : noun.end].lower() == "time":
            return None
        alone = relation is not None and noun is run[-1] and relation is run[-2]
        if relation and alone and noun.kind == "k" and not self.says(relation, "latest"):
            return self.deictic(run)
        told = self.context.quarter
        if year is None and not ago and not (relation and not alone):
            told = self.quarter_ended(run) or (told if relation is None or relation.value != ("told", -1) else None)
            if told is None and relation and self.anchor and self.says(relation, "latest"):
                told = timeruns.quarter_before(self.anchor)
            return self.moment(run, told) if told and (relation is None or alone) else None
        if told is None:
            return self.moment(run, Moment("Y", year), stated=True) if year is not None else None
        steps = [x for x in run if x.kind == "l" and x.value[0] == "here"]
        if year is None:
            base = self.anchor.year if self.anchor and steps else told.year
            year = None if base is None else base + (int(steps[-1].value[1]) if steps else -1)
        return self.moment(run, Moment("Q", year, sub=told.sub))

    def quarter_ended(self, run: list[Lexeme]) -> Moment | None:
        """ "the quarter ended Sept. 30"."""
        after = _ENDED.match(self.text, run[-1].end)
        if not after:
            return None
        _, ahead = timelexer.lex(self.text[after.end() : after.end() + 24])
        month = next((x for x in ahead if x and x.kind == "B"), None)
        if month is None:
            return None
        year = timeruns.year([x for x in ahead if x])
        if year is None and self.anchor:
            year = self.anchor.year - (int(month.value) > self.anchor.month and after[1].lower() == "ended")
        return Moment("Q", year, sub=f"Q{(int(month.value) - 1) // 3 + 1}")

    def holiday(self, run: list[Lexeme]) -> Timex | None:
        word = timeruns.first(run, "H")
        assert word is not None
        year = timeruns.year(run)
        stated = year is not None
        if year is None:
            rough = timelexer.holiday(word.value, self.anchor.year if self.anchor else 2000)
            year = self.year_for(run, rough.month, rough.day)
        if year is None or not 0 < year < 10000:
            month = timelexer.holiday(word.value, 2000)
            fixed = word.value[0] == "fixed"
            return self.moment(run, Moment("D", None, month.month if fixed else None, month.day if fixed else None))
        day = of_day(timelexer.holiday(word.value, year))
        if (unit := timeruns.unit(run)) and run[-1].kind == "U":  # "Easter week"
            return self.moment(run, of_day(timelexer.holiday(word.value, year), unit), stated=stated)
        return self.moment(run, self.clocked(run, timeruns.before_eve(run, day)), stated=stated)

    # --- days and weeks counted from here ----------------------------------------------------------------------------

    def weekday(self, run: list[Lexeme]) -> Timex | None:
        word = timeruns.first(run, "W")
        assert word is not None
        number = int(word.value)
        self.context.news += 1
        relation = timeruns.first(run, "l")
        base = self.anchor
        if base and relation and timeruns.unit(run) == "W":  # "Wednesday of last week"
            monday = base + timedelta(days=7 * int(relation.value[1]) - base.isoweekday() + 1)
            return self.moment(run, self.clocked(run, of_day(monday + timedelta(days=number - 1))))
        if relation and relation.value[0] == "told" and self.context.told and self.context.told.grain == "D":
            base = self.context.told.first
        elif self.context.tells_history(self.anchor is not None) and self.last_day:
            base = self.last_day[1].first
        if base is None:
            return self.moment(run, self.clocked(run, Moment("D", None, weekday=number)), tell=False)
        tense = self.tense(run)
        ahead = tense == "future" or (tense == "present" and self.is_scheduled(run)) or self.is_limit(run)
        weeks = timeruns.weeks_ago(run)
        tense = "past" if weeks else "future" if ahead else self.tense(run)
        day = timeruns.weekday(base, number, relation, tense) - timedelta(days=7 * weeks)
        return self.moment(run, self.clocked(run, of_day(day)))

    def is_scheduled(self, run: list[Lexeme]) -> bool:
        """Whether a verb in the present says what happens on a weekday ("opens Friday"), not what is said ("says")."""
        word = timeruns.first(run, "W") or run[-1]
        verb = own_verb_at(self.doc, word.start)
        return verb != "" and verb not in timelexer.reporting()

    def is_limit(self, run: list[Lexeme]) -> bool:
        """Whether the words before say up to when, or how soon: "until Friday", "as early as Tuesday"."""
        return bool(_LIMIT.search(self.text[max(0, run[0].start - 16) : run[0].start]))

    def today(self, run: list[Lexeme]) -> Timex | None:
        word = timeruns.first(run, "T")
        assert word is not None
        shift, part = word.value
        self.context.news += 1
        if self.anchor is None:
            value = f"XXXX-XX-XX{'T' + part if part else ''}"
            return Timex(timeruns.span(run), "TIME" if part else "DATE", value, tense=self.tense(run))
        moment = self.clocked(run, of_day(self.anchor + timedelta(days=shift)))
        return self.moment(run, replace(moment, part=moment.part or part))

    def deictic(self, run: list[Lexeme]) -> Timex | None:
        """ "this week", "last year", "the following day", "the end of the month", "that night"."""
        relation = timeruns.first(run, "l")
        unit = timeruns.first(run, "Uck")
        part = timeruns.first(run, "P")
        anchor_kind, steps = relation.value if relation else ("told", 0)
        of = self.text.startswith(" of ", run[-1].end) or (unit and unit.value in ("E", "C") and run[-1] is unit)
        if relation and unit and anchor_kind == "here" and steps and of:
            return self.duration(run)  # "the last week of August", "the past decade"
        if anchor_kind == "here":
            self.context.news += 1
        base = self.reference() if anchor_kind == "told" else of_day(self.anchor) if self.anchor else None
        if anchor_kind == "here" and steps > 0 and self.context.tells_history(self.anchor is not None):
            base = self.reference()  # "the next day" in a history is the day after
        elif steps > 0 and anchor_kind == "here" and run[0].kind == "t" and self.tense(run) == "past":
            base = self.reference()
        code = str(unit.value) if unit else "D"
        if base is None or code in ("TH", "TM", "TS"):
            return self.unknown(run, code, part)
        return self.stepped(run, base, int(steps), code, part)

    def stepped(self, run: list[Lexeme], base: Moment, steps: int, code: str, part: Lexeme | None) -> Timex | None:
        if part and str(part.value) == "NI" and steps < 0 and self.anchor:
            moved: Moment | None = of_day(self.anchor - timedelta(days=1))
        elif code == "E" and steps < 0:
            moved = step(base, -1, "E")
        else:
            moved = step(base, steps, code)
        if moved is None or (code in ("D", "W") and base.grain in ("Y", "M") and steps == 0):
            return self.unknown(run, code, part)
        if part:
            moved = replace(moved, grain="D")
        return self.moment(run, self.clocked(run, moved))

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
        return Timex(timeruns.span(run), "TIME" if part else "DATE", day + (f"T{part.value}" if part else ""))

    def edge(self, run: list[Lexeme]) -> Timex | None:
        """ "the end of the year", "later in the month": of the one told in the sentence, else of that of writing."""
        unit = timeruns.unit(run)
        today = self.today_moment()
        if unit in ("Y", "M", "Q") and today and not self.context.tells_history(True) and not self.told_here(run):
            return self.stepped(run, today, 0, unit, None)
        return self.deictic(run)

    def told_here(self, run: list[Lexeme]) -> bool:
        """Whether a time was told before in the sentence."""
        return self.last_end is not None and not _STOP.search(self.text[self.last_end : run[0].start])

    def nth(self, run: list[Lexeme]) -> Timex | None:
        """ "the 20th": a day of the month told last."""
        told = self.context.told
        word = timeruns.first(run, "oO")
        assert word is not None
        if told is None or told.month is None or is_noun_modifier(self.doc, word.start) or self.names(run):
            return None
        if not self.text[word.start].isdigit() or not timeruns.exists(told.year, told.month, int(word.value)):
            return None
        return self.moment(run, Moment("D", told.year, told.month, int(word.value)))

    def names(self, run: list[Lexeme]) -> bool:
        """Whether a noun or a name follows ("the 11th U.S. Circuit")."""
        after = token_at(self.doc, run[-1].end + 1) if self.text.startswith(" ", run[-1].end) else None
        return after is not None and after.tag_.startswith(("NN", "JJ", "CD"))

    # --- lengths -----------------------------------------------------------------------------------------------------

    def ago(self, run: list[Lexeme]) -> Timex | None:
        """ "two years ago", "24 hours later", "days earlier"."""
        count, unit, shift = timeruns.count(run), timeruns.unit(run), timeruns.first(run, "g")
        assert unit is not None
        assert shift is not None
        how, direction = shift.value
        if unit == "Y" and direction < 0 and (quarter := self.quarter_compared(run, count)):
            return self.moment(run, quarter, tell=False)
        if run[0].kind == "U":  # "year-earlier"
            how = "here"
        if how == "event":
            if self.text[run[-1].end : run[-1].end + 1] not in (",", ".", ";", ")", ""):
                return self.duration(run[:-1]) if timeruns.first(run, "dnywavu") else None
            how = "told"
        base = of_day(self.anchor) if how == "here" and self.anchor else self.context.told if how == "told" else None
        if how == "told" and base is None and self.anchor:
            base = of_day(self.anchor)
        if base is None or count is None:
            return self.vague_shift(run, unit, direction)
        finer = {"E": "Y", "C": "Y"}.get(unit, unit)
        moved = step(base, direction * count * (MONTHS[unit] // 12 if finer != unit else 1), finer)
        if moved is None and unit in ("W", "D", "M") and base.year is not None:
            return self.unknown(run, unit, None)
        return self.moment(run, moved) if moved else self.unknown(run, unit, None)

    def quarter_compared(self, run: list[Lexeme], count: float | None) -> Moment | None:
        """ "up 18 % from $1.69 billion a year earlier", in accounts of a quarter: the same quarter of that year."""
        quarter = self.context.quarter
        if quarter is None or quarter.year is None or count is None:
            return None
        before = self.text[max(0, run[0].start - 150) : run[0].start]
        if not (_COMPARED.search(before) or _OPENING.search(before) or run[0].kind == "U"):
            return None
        return replace(quarter, year=quarter.year - int(count))

    def vague_shift(self, run: list[Lexeme], unit: str, direction: int) -> Timex:
        if timeruns.count(run) is None:
            return Timex(
                timeruns.span(run), "DATE", "PAST_REF" if direction < 0 else "FUTURE_REF", anchor=self.anchored()
            )
        return self.unknown(run, unit, None)

    def measured_from(self, run: list[Lexeme], lexemes: list[Lexeme | None], end: int) -> Timex | None:
        """ "two months before X takes office on January 20": a length counted from a date named later in the clause."""
        count, unit = timeruns.count(run), timeruns.unit(run)
        shift = run[-1] if run[-1].kind == "g" and run[-1].value[0] == "event" else None
        if count is None or unit is None or shift is None:
            return None
        target = self.date_in_clause(lexemes, end)
        moved = step(target, shift.value[1] * count, unit) if target else None
        return self.moment(run, moved, tell=False) if moved else None

    def date_in_clause(self, lexemes: list[Lexeme | None], end: int) -> Moment | None:
        """A full date within the dozen words that follow, before the sentence ends."""
        ahead = lexemes[end : end + _AHEAD]
        for index, word in enumerate(ahead):
            if word and word.kind == ".":
                return None
            if word and word.kind == "B":
                near = [x for x in ahead[max(0, index - 2) : index + 4] if x]
                day, year = timeruns.day_beside(near, word), timeruns.year(near)
                known = year if year is not None else self.year_for([word], int(word.value), day)
                return Moment("D" if day else "M", known, int(word.value), day) if known else None
        return None

    def duration(self, run: list[Lexeme]) -> Timex | None:
        run = self.without_preposition(run)
        count, unit = timeruns.count(run), timeruns.unit(run)
        if self.says_one_day(run):
            return Timex(timeruns.span(run), "DATE", "FUTURE_REF", anchor=self.anchored())
        age = (
            run[-1].kind == "L"
            and self.text[run[-1].start - 1] == "-"
            and self.text[slice(*timeruns.span(run[-1:]))] == "old"
        )
        share = unit == "Q" and timeruns.first(run, "dnwyv") is None
        if unit is None or age or share:
            return None  # an age is a quantity, and so is "a quarter"
        found = Timex(timeruns.span(run), "DURATION", duration(count, unit))
        if count is not None and run[-1].kind == "G":
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
        words = self.text[slice(*timeruns.span(run))].lower()
        return words == "one day" and self.tense(run) == "future"

    def bare_units(self, run: list[Lexeme]) -> Timex | None:
        """ "days", "the early years": a length with its number unsaid. "Quarters" are lived in, "Minutes" a title."""
        word = run[-1]
        titled = self.text[word.start].isupper() and not _OPENING.search(
            self.text[max(0, word.start - 12) : word.start]
        )
        return None if word.value == "Q" or titled else self.duration(run)

    def ordinal_unit(self, run: list[Lexeme]) -> Timex | None:
        """ "its third year", "the second week": one such unit."""
        unit = timeruns.unit(run)
        if unit is None or unit.startswith("T"):
            return None
        return Timex(timeruns.span(run), "DURATION", duration(1, unit))

    def span_of(self, run: list[Lexeme]) -> Timex | None:
        """ "the past three years", "the next few weeks", "recent months": a length beside the day of writing."""
        count, unit, relation = timeruns.count(run), timeruns.unit(run), timeruns.first(run, "l")
        if unit is None:
            return None
        found = Timex(timeruns.span(run), "DURATION", duration(count, unit))
        steps = int(relation.value[1]) if relation else 0
        if not timeruns.first(run, "vdnwy") and (relation is None or (relation.value[0] == "here" and steps)):
            return replace(found, type="DATE", value="FUTURE_REF" if steps > 0 else "PAST_REF", anchor=self.anchored())
        if count is None or not steps or not relation or relation.value[0] != "here":
            return found
        begin, end = self.reach(steps * count, unit) or (None, None)
        return replace(found, begin=begin, end=end, anchor=self.anchored()) if begin else found

    # --- repeated, vague, clock --------------------------------------------------------------------------------------

    def repeated(self, run: list[Lexeme]) -> Timex | None:
        adverb, unit = timeruns.first(run, "A"), timeruns.unit(run)
        if run[0].kind == "K":
            return Timex(timeruns.span(run), "SET", f"XXXX-WXX-{run[0].value}")
        if adverb:
            return Timex(timeruns.span(run), "SET", str(adverb.value))
        word = timeruns.first(run, "WBSP")
        if word:
            value = {"W": "XXXX-WXX-{}", "B": "XXXX-{:02d}", "S": "XXXX-{}", "P": "XXXX-XX-XXT{}"}[word.kind]
            return Timex(timeruns.span(run), "SET", value.format(word.value))
        counted = timeruns.count([x for x in run if x.start > (timeruns.first(run, "X") or run[0]).start])
        return Timex(timeruns.span(run), "SET", duration(counted or 1, unit)) if unit else None

    def history(self, run: list[Lexeme]) -> Timex | None:
        """ "former", "recent", where history is told."""
        told = self.context.tells_history(self.anchor is not None)
        return Timex(timeruns.span(run), "DATE", str(run[0].value), anchor=self.anchored()) if told else None

    def whole(self, run: list[Lexeme]) -> Timex | None:
        """ "the weekend", "for the week", "the full year", "the year ended March 31"."""
        unit = str(run[-1].value)
        if unit == "WE":
            return self.weekend(run)
        if len(run) < 2 or unit not in ("W", "M", "Y"):
            return None
        if timeruns.first(run, "F"):
            return self.duration(run)
        if _ENDED.match(self.text, run[-1].end):
            return self.duration(run)
        if not self.text[: run[0].start].lower().endswith("for "):
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

    def vague(self, run: list[Lexeme]) -> Timex | None:
        word = run[-1]
        if not word.value or (len(run) == 1 and word.value == "FUTURE_REF" and tag_at(self.doc, word.start) == "JJ"):
            return None
        if word.value == "FUTURE_REF" and self.tense(run) == "past":
            return None
        return Timex(timeruns.span(run), "DATE", str(word.value), anchor=self.anchored())

    def clock(self, run: list[Lexeme]) -> Timex | None:
        """A time of day by itself: of the day named just before, else of the day of writing."""
        base = self.day_ahead() if not self.told_here(run) else None
        base = base or self.day_told(self.tense(run)) or self.today_moment()
        return self.moment(run, self.clocked(run, base or Moment("D")), tell=False)

    def day_ahead(self) -> Moment | None:
        """The day that the clause names after a time of day: "at 14:00 (12:00 GMT) on June 10"."""
        for index, word in enumerate(self.coming):
            if word and word.kind in ".P":
                return None
            if word and word.kind == "B":
                near = [x for x in self.coming[max(0, index - 2) : index + 4] if x]
                day, year = timeruns.day_beside(near, word), timeruns.year(near)
                year = year if year is not None else self.year_for([word], int(word.value), day)
                return Moment("D", year, int(word.value), day) if day and year else None
        return None

    def day_told(self, tense: Tense | None) -> Moment | None:
        """The day told last, in the paragraph or else before it, on the side of the day of writing that the tense says:
        "the alarm was sounded at 4 a.m." is not of the day on which a hearing is planned."""
        near, told = self.last_day[1] if self.last_day else None, self.context.told
        latest = near or (told if told and told.grain == "D" else None)
        if self.anchor is None or tense not in ("past", "future"):
            return latest
        day = latest.first if latest else None
        fits = day is None or (day <= self.anchor if tense == "past" else day >= self.anchor)
        if latest and fits:
            return latest
        return self.context.gone if tense == "past" else self.context.ahead

    def daypart(self, run: list[Lexeme]) -> Timex | None:
        """ "at night", "in the morning": of the day named before in the paragraph, if it is said of one day."""
        if str(run[-1].value)[0].isdigit() and run[-1].value != "24:00":  # noon
            return self.clock(run)
        before = self.text[max(0, run[0].start - 4) : run[0].start].lower()
        of = self.text.startswith(" of ", run[-1].end)
        if of or not before.endswith(("at ", "in ", "by ", "of ")) or (before.endswith("of ") and len(run) == 1):
            return None
        base = self.last_day[1] if self.last_day and len(run) > 1 else None
        return self.moment(run, self.clocked(run, base or Moment("D")), tell=False)
