"""What a run of typed words says: its count and unit, its year, the day it names beside a day of writing."""

from __future__ import annotations

from datetime import date, timedelta

from variorum.annotate.times.lexer import Lexeme
from variorum.annotate.times.values import Moment, of_day
from variorum.model import Span, Tense

_AGAINST_DAY = 200  # days that a date must be nearer by to be taken against the tense
_AGAINST_MONTH = 360


def span(run: list[Lexeme]) -> Span:
    return run[0].start, run[-1].end


def first(run: list[Lexeme], kinds: str) -> Lexeme | None:
    return next((x for x in run if x.kind in kinds), None)


def count(run: list[Lexeme]) -> float | None:
    """How many units: the number, or 1 for an article, or null for "several"."""
    if first(run, "v"):
        return None
    number = first(run, "dnyw")
    if number:
        return float(number.value)
    unit = next((x for x in run if x.kind in "Uuck"), None)
    return 1.0 if unit and unit.kind != "u" else None


def unit(run: list[Lexeme]) -> str | None:
    word = next((x for x in run if x.kind in "Uuck"), None)
    return str(word.value) if word else None


def year(run: list[Lexeme]) -> int | None:
    era = first(run, "N")
    if era:
        number = first(run, "ynd")
        return int(number.value) * int(era.value) if number and number.value == int(number.value) else None
    written = first(run, "y")
    return int(written.value) if written else None


def day_beside(run: list[Lexeme], month: Lexeme) -> int | None:
    """The day number written beside ``month``: after it, or before it when nothing follows."""
    at = run.index(month)
    for x in run[at + 1 : at + 4]:
        if x.kind in "doO":
            return int(x.value)
        if x.kind not in "t-":
            break
    for x in reversed(run[max(0, at - 3) : at]):
        if x.kind in "doO":
            return int(x.value)
        if x.kind not in "f-":
            break
    return None


def exists(year: int | None, month: int, day: int | None) -> bool:
    if day is None:
        return True
    try:
        date(year if year and 0 < year < 10000 else 2000, month, day)
    except ValueError:
        return False
    return True


def year_beside(anchor: date, month: int, steps: int, day: int | None = None) -> int:
    """The year of "last May", "next May", "this May", "last May 3"."""
    named, now = ((month, day), (anchor.month, anchor.day)) if day else ((month, 0), (anchor.month, 0))
    if steps < 0:
        return anchor.year - (named >= now)
    if steps > 0:
        return anchor.year + (named <= now)
    return anchor.year


def nearest_year(anchor: date, month: int, day: int | None, tense: Tense | None) -> int:
    """The year that puts a month (and day) nearest to the day of writing; a tense that speaks
    against it weighs, more for a month than for a day ("declared a dividend payable Dec. 15")."""
    candidates = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            first = date(year, month, day or 1)
        except ValueError:  # 29 February
            continue
        away = (first - anchor).days if day else (year - anchor.year) * 12 * 30 + (month - anchor.month) * 30
        against = (tense == "past" and away > 20) or (tense == "future" and away < -20)
        candidates.append((abs(away) + (_AGAINST_DAY if day else _AGAINST_MONTH) * against, year))
    return min(candidates)[1] if candidates else anchor.year


def weekday(base: date, number: int, relation: Lexeme | None, tense: Tense | None) -> date:
    """The day that a weekday names: "last", "next" and "this" by the word, else by tense; a bare one in the past is the
    last one, the day of writing included."""
    back = (base.isoweekday() - number) % 7
    ahead = (number - base.isoweekday()) % 7
    if relation:
        steps = int(relation.value[1])
        if steps < 0:
            return base - timedelta(days=back or 7)
        if steps > 0:
            return base + timedelta(days=ahead or 7)
        if relation.value[0] == "here":
            return base + timedelta(days=ahead) if tense != "past" else base - timedelta(days=back)
    if tense == "future":
        return base + timedelta(days=ahead)
    return base - timedelta(days=back)


def weeks_ago(run: list[Lexeme]) -> int:
    """The weeks in "a week ago Tuesday"."""
    ago, unit = first(run, "g"), first(run, "U")
    counted = count(run) if ago and unit and unit.value == "W" else None
    return int(counted or 0)


def before_eve(run: list[Lexeme], moment: Moment) -> Moment:
    """The day before ``moment`` where the run says "the eve of"."""
    edge = first(run, "e")
    day = moment.first if edge and edge.value == "eve" and moment.grain == "D" else None
    return of_day(day - timedelta(days=1)) if day and day > date.min else moment


def quarter_before(anchor: date) -> Moment:
    """The last quarter that had ended on the day of writing."""
    return of_day(date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1), "Q")
