"""Times by their place in the calendar: dates, years, seasons, quarters, holidays."""

from __future__ import annotations

import re
from dataclasses import replace

from variorum.annotate.times import lexer, runs
from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.reading import ENDED
from variorum.annotate.times.relative import CountedReading
from variorum.annotate.times.tenses import is_noun_modifier, tag_at, token_at
from variorum.annotate.times.values import Moment, of_day, parse, step
from variorum.model import Timex

_LONGEST_SPAN = 40  # years that "1957-60" may span
_RANGE_END = re.compile(r"[jb-]t?(?:[dO]f?B|Bt?[dO]),?y")
_IN_DIGITS = re.compile(r"[-/.]\d\d?[-/.]\d")
_WORD_BEFORE = re.compile(r"(\w+)\.? \Z")


_NUMBER_AFTER = re.compile(r" \d\d?\b(?![:.]\d| [ap]\.?m)")  # "May 45" is no day, and no May


_WHOSE = re.compile(r"(?:\w's |(?<![.!?] )(?<!^)\b(?!The |On |In |By |For |Last |Next |This )[A-Z]\w+ )\Z")


class CalendarReading(CountedReading):
    """Rules for calendar times."""

    def calendar(self, run: list[Lexeme]) -> Timex | None:
        whole = runs.first(run, "I")
        if whole:
            moment, ambiguous = whole.value
            read = self.moment(run, self.clocked(run, moment), stated=True)
            return replace(read, reason=self.context.order(self.text).reason) if ambiguous else read
        month_word = runs.first(run, "B")
        assert month_word is not None
        month = int(month_word.value)
        day = runs.day_beside(run, month_word)
        year = runs.year(run)
        if len(run) == 1 and not self.month_stands_alone(run[0]):
            return None
        stated = year is not None
        if year is None:
            year = self.year_of_range() if day and not runs.first(run, "l") else None
        if year is None:
            year = self.year_for(run, month, day)
        if not runs.exists(year, month, day):
            return self.void(run)
        moment = runs.before_eve(run, Moment("D" if day else "M", year, month, day))
        if not day and runs.first(run, "P"):
            moment = replace(moment, grain="D")
        return self.moment(run, self.clocked(run, moment), stated=stated)

    def void(self, run: list[Lexeme]) -> Timex:
        """ "31 February", "2031-13-45": written as a day, but no day of the calendar."""
        return Timex(runs.span(run), "DATE", "XXXX-XX-XX", reason="there is no such day")

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

    def week_of(self, run: list[Lexeme]) -> Timex | None:
        """ "The week of June 2"."""
        read = self.calendar(run[3:])
        day = parse(read.value) if read else None
        first = day.first if day and day.grain == "D" and str(run[1].value) == "W" else None
        return self.moment(run, of_day(first, "W")) if first else read

    def years(self, run: list[Lexeme]) -> tuple[Timex | None, ...]:
        """ "499-493 BC", "496 and 495 BC", "2006-07": two years, of which one is written short."""
        first, second = [x for x in run if x.kind in "ynd"]
        era = runs.first(run, "N")
        if era:
            pair = [int(x.value) * int(era.value) for x in (first, second)]
        else:
            pair = [int(first.value), int(first.value) // 100 * 100 + int(second.value)]
            written = self.text[second.start : second.end]
            if len(written) != 2 or not pair[0] < pair[1] <= pair[0] + _LONGEST_SPAN:
                return (self.year([first]),)
        spans = [x for x in run if x.start <= first.start], [x for x in run if x.start >= second.start]
        return tuple(
            self.moment(words, Moment("Y", year), stated=True) for words, year in zip(spans, pair, strict=True)
        )

    def half(self, run: list[Lexeme]) -> Timex | None:
        """ "the first half of 2029", "the second half of the year"."""
        word, relation = runs.first(run, "h"), runs.first(run, "l")
        year = runs.year(run)
        if word is None or (year is None and runs.unit(run) != "Y"):
            return None
        base = self.reference() if self.context.tells_history(self.anchor is not None) else self.today_moment()
        known = year if year is not None else base.year if base else None
        steps = int(relation.value[1]) if relation and known is not None else 0
        moment = Moment("H", None if known is None else known + steps, sub=str(word.value))
        return self.moment(run, moment, stated=year is not None)

    def month_stands_alone(self, word: Lexeme) -> bool:
        """Whether a lone month is one: "may" and "march" are verbs, "April" and "June" also people."""
        token = token_at(self.doc, word.start)
        if token is None or token.tag_.startswith(("MD", "V", "JJ")) or _NUMBER_AFTER.match(self.text, word.end):
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

    def year(self, run: list[Lexeme]) -> Timex | None:
        year = runs.year(run)
        written = runs.first(run, "yndYw")
        if written and written.value == 0 and len(run) > 1:
            return Timex(runs.span(run), "DATE", "XXXX", reason="there is no such year")
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
        if after.isalnum():
            return False
        named = _WORD_BEFORE.search(self.text[max(0, written.start - 16) : written.start])
        if _IN_DIGITS.match(self.text, written.end) or (named and named[1].lower() in lexer.designating()):
            return False
        if (before in ("$", "€", "£", "#", "-", ".", "/", ":") and before) or after in ("%", "/", "°"):
            return before == "-" and self.text[max(0, written.start - 5) : written.start - 1].isdigit()
        if 1700 <= year <= 2059:
            return True
        return lexer.after_preposition(self.text, written.start)

    def nth_weekday(self, run: list[Lexeme]) -> Timex | None:
        """ "the first Monday in May", "the last Friday of next month"."""
        word, month_word = runs.first(run, "W"), runs.first(run, "B")
        which = next(x for x in run if x.kind in "oOl")
        nth = -1 if which.kind == "l" else int(which.value)
        if word is None or not (1 <= nth <= 5 or self.says(which, "last")):
            return None
        rest = [x for x in run if x.start > word.end]
        if month_word:
            year = runs.year(rest)
            year = year if year is not None else self.year_for(rest, int(month_word.value), None)
            month = Moment("M", year, int(month_word.value))
        else:
            relation = runs.first(rest, "l")
            here = relation is not None and relation.value[0] == "here"
            base = self.today_moment() if here else self.reference()
            moved = step(base, int(relation.value[1]) if relation else 0, "M") if base else None
            if moved is None or runs.unit(rest) != "M":
                return None
            month = moved
        if month.year is None or month.month is None or not 0 < month.year < 9999:
            return self.unknown(run, "D", None)
        day = lexer.holiday(("nth", nth, int(word.value), month.month), month.year)
        return self.moment(run, of_day(day)) if day.month == month.month else None

    def coded(self, run: list[Lexeme]) -> Timex | None:
        """ "Q3", "H1 2031": a quarter or half of a year."""
        word, year = runs.first(run, "J"), runs.year(run)
        if word is None or (year is None and word.value[0] == "H"):
            return None
        known = year if year is not None else self.anchor.year if self.anchor else None
        return self.moment(run, Moment(word.value[0], known, sub=str(word.value)), stated=year is not None)

    def decade(self, run: list[Lexeme]) -> Timex | None:
        word = runs.first(run, "D")
        assert word is not None
        era = runs.first(run, "N")
        return self.moment(run, Moment("E", int(word.value) * (int(era.value) if era else 1)), stated=True)

    def century(self, run: list[Lexeme]) -> Timex | None:
        ordinal = runs.first(run, "oO")
        if ordinal is None or self.is_firm(run):
            return None
        number = int(ordinal.value)
        if runs.first(run, "N") and runs.first(run, "N").value < 0:  # type: ignore[union-attr]
            return Timex(runs.span(run), "DATE", f"BC{number - 1:02d}")
        return self.moment(run, Moment("C", max(1, (number - 1) * 100)), stated=True)

    def is_firm(self, run: list[Lexeme]) -> bool:
        """ "21st Century Fox": a capital and a name after it, and no "in" before; "in 20th Century America"."""
        written, after = self.text[run[-1].start : run[-1].end], token_at(self.doc, run[-1].end + 1)
        return (
            written[:1].isupper()
            and self.text.startswith(" ", run[-1].end)
            and after is not None
            and after.tag_ in ("NNP", "NNPS")
            and not self.text[: run[0].start].lower().endswith(("in ", "the "))
        )

    def season(self, run: list[Lexeme]) -> Timex | None:
        word = runs.first(run, "S")
        assert word is not None
        if len(run) == 1 and not tag_at(self.doc, word.start).startswith("NN"):
            return None
        year = runs.year(run)
        if year is not None:
            return self.moment(run, Moment("S", year, sub=str(word.value)), stated=True)
        return self.moment(run, self.season_near(run, str(word.value)))

    def season_near(self, run: list[Lexeme], code: str) -> Moment:
        told, relation = self.context.told, runs.first(run, "l")
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
        ordinal = runs.first(run, "oO")
        assert ordinal is not None
        if not 1 <= int(ordinal.value) <= 4 or self.is_of_game(run):
            return None
        if run[0].kind == "t" and not self.says(run[0], "the"):
            run = run[1:]  # "its third quarter"
        sub = f"Q{int(ordinal.value)}"
        year = runs.year(run)
        relation = runs.first(run, "l")
        if year is None and relation and relation.value[0] == "told" and self.context.told:
            year = self.context.told.year
        elif year is None and self.anchor:
            year = self.anchor.year - (runs.first(run, "g") is not None)
            if relation:
                year += int(relation.value[1])
            elif (Moment("Q", year, sub=sub).first or self.anchor) > self.anchor and self.tense(run) == "past":
                year -= 1
        return self.moment(run, Moment("Q", year, sub=sub), stated=runs.year(run) is not None)

    def is_of_game(self, run: list[Lexeme]) -> bool:
        """ "In the third quarter", where a match is told: no quarter of a year, unless a year is named."""
        dated = runs.year(run) is not None or any(x.kind in "lgF" for x in run)
        return not dated and self.context.tells_game(self.text)

    def period(self, run: list[Lexeme]) -> Timex | None:
        """ "the latest quarter", "the year-ago period", "the 1988 quarter", "the same period last year": the quarter
        that the accounts are of, or that of another year."""
        relation, ago, year = runs.first(run, "l"), runs.first(run, "g"), runs.year(run)
        noun = runs.first(run, "kp")
        if noun is None or self.text[noun.start : noun.end].lower() == "time":
            return None
        alone = relation is not None and noun is run[-1] and relation is run[-2]
        if relation and alone and noun.kind == "k" and not self.says(relation, "latest"):
            return self.deictic(run)
        told = self.context.quarter
        if year is None and not ago and not (relation and not alone):
            told = self.quarter_ended(run) or (told if relation is None or relation.value != ("told", -1) else None)
            if told is None and relation and self.anchor and self.says(relation, "latest"):
                told = runs.quarter_before(self.anchor)
            return self.moment(run, told) if told and (relation is None or alone) else None
        if told is None and year is None:
            year = self.anchor.year - 1 if ago and self.anchor else None
            return self.moment(run, Moment("Y", year)) if year is not None else None
        if told is None:
            return self.moment(run, Moment("Y", year), stated=True)
        steps = [x for x in run if x.kind == "l" and x.value[0] == "here"]
        if year is None:
            base = self.anchor.year if self.anchor and steps else told.year
            year = None if base is None else base + (int(steps[-1].value[1]) if steps else -1)
        return self.moment(run, Moment("Q", year, sub=told.sub))

    def quarter_ended(self, run: list[Lexeme]) -> Moment | None:
        """ "the quarter ended Sept. 30"."""
        after = ENDED.match(self.text, run[-1].end)
        if not after:
            return None
        _, ahead = lexer.lex(self.text[after.end() : after.end() + 24])
        month = next((x for x in ahead if x and x.kind == "B"), None)
        if month is None:
            return None
        year = runs.year([x for x in ahead if x])
        if year is None and self.anchor:
            year = self.anchor.year - (int(month.value) > self.anchor.month and after[1].lower() == "ended")
        return Moment("Q", year, sub=f"Q{(int(month.value) - 1) // 3 + 1}")

    def is_foreign(self, word: Lexeme) -> bool:
        """ "Ukraine's Independence Day", "Canadian Thanksgiving": kept on a day of its own."""
        if self.text[word.start : word.end].lower() not in lexer.national():
            return False
        return bool(_WHOSE.search(self.text[max(0, word.start - 24) : word.start]))

    def is_kind(self, word: Lexeme) -> bool:
        """Whether a holiday only says what kind of thing a noun after it is ("Christmas party")."""
        last = token_at(self.doc, word.end - 1)
        return last is not None and last.dep_ == "compound" and last.head.i > last.i

    def holiday(self, run: list[Lexeme]) -> Timex | None:
        word = runs.first(run, "H")
        assert word is not None
        if self.is_foreign(word):
            return Timex(runs.span(run), "DATE", "XXXX-XX-XX", reason="countries keep it on different days")
        year = runs.year(run)
        stated = year is not None
        if year is None:
            rough = lexer.holiday(word.value, self.anchor.year if self.anchor else 2000)
            year = self.year_for(run, rough.month, rough.day)
        if year is None or not 0 < year < 10000:
            month = lexer.holiday(word.value, 2000)
            fixed = word.value[0] == "fixed"
            return self.moment(run, Moment("D", None, month.month if fixed else None, month.day if fixed else None))
        day = of_day(lexer.holiday(word.value, year))
        if (unit := runs.unit(run)) and run[-1].kind == "U":  # "Easter week"
            return self.moment(run, of_day(lexer.holiday(word.value, year), unit), stated=stated)
        # A "Christmas party" may be held on any day: what follows does not count from Christmas.
        names = run[-1] is word and self.is_kind(word)
        return self.moment(run, self.clocked(run, runs.before_eve(run, day)), stated=stated, day=not names)
