"""The date of an article that names none: from the dates that its own text tells as gone and as to come, or from the
dated articles of its story. Either may answer null, "cannot tell": a wrong date would resolve every "Tuesday" wrongly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from variorum.annotate.times.values import Moment, parse
from variorum.model import Annotation, Article, Span, Stamp, Timex

_HORIZON: Final = 200  # days to the nearest date to come beyond which it no longer tells the year of those gone
_BESIDE: Final = 1  # days between the last date told as gone and a dated article for it to be the day of writing
_REACH: Final = 7  # days that an article may lie outside the dated articles of its story
_AROUND: Final = timedelta(days=60)  # the same for one that names its day and month

Side = Literal["gone", "to come"]


@dataclass(frozen=True, slots=True)
class _Clue:
    """A time expression that bounds the day of writing: told as gone, or as to come."""

    timex: Timex
    moment: Moment
    side: Side
    words: str


def date_from_text(article: Article, annotation: Annotation) -> Stamp | None:
    """The day of writing by the dates that the text names: no earlier than the last it tells as gone, and before the
    first it tells as to come. Null unless a year is written close enough to those dates to be theirs."""
    clues = _clues(article, annotation)
    gone = [c for c in clues if c.side == "gone"]
    ahead = _first_ahead(clues)
    if ahead is not None:
        return _before(ahead, gone, clues)
    return _latest_with_weekday(gone)


def date_from_story(
    article: Article, annotation: Annotation, dated: Sequence[tuple[Article, Annotation]]
) -> Stamp | None:
    """The day of writing by the dated articles of its story: the earliest that the text allows, nearest to them.

    A day and month at the head of the text are its day, in the story's year. Else dates told as gone are no later than
    that day, dates told as to come lie after it, and weekdays told as gone are taken to be the days just before it.
    Null when the text holds no such bound, or none agrees with the story.
    """
    days = sorted(day for other, _ in dated if (day := _day(other)))
    if days and (headed := _from_dateline(article, days)):
        return headed
    clues = _clues(article, annotation)
    bounds = [c for c in clues if c.moment.month and c.moment.day]
    weekdays = [c for c in clues if c.moment.weekday and not c.moment.month]
    if not days or not (any(c.side == "gone" for c in bounds) or weekdays):
        return None
    middle = days[len(days) // 2]
    earliest, latest = _limits(bounds, middle)
    window = _window(days, earliest, latest)
    ranked = sorted((_wait(day, weekdays), min(abs((day - d).days) for d in days), day) for day in window)
    if not ranked or _is_torn(bounds, earliest, middle):
        return None
    if weekdays:
        chosen = ranked[0][2]
        return _from_story(chosen, bounds, weekdays, days) if _is_pinned(chosen, latest, weekdays, days) else None
    if window[0] != earliest or min(abs((earliest - d).days) for d in days) > _BESIDE:
        return None
    return _from_story(earliest, bounds, weekdays, days)


# --- clues -----------------------------------------------------------------------------------------------------------


def _clues(article: Article, annotation: Annotation) -> list[_Clue]:
    """Every calendar day and weekday that the text tells as gone or as to come."""
    found = []
    for timex in annotation.times:
        moment = parse(timex.value) if timex.type in ("DATE", "TIME") else None
        side = _side(timex)
        if moment is None or side is None or moment.grain != "D":
            continue
        found.append(_Clue(timex, moment, side, article.text[slice(*timex.span)]))
    return found


def _side(timex: Timex) -> Side | None:
    return {"past": "gone", "future": "to come", "present": "to come"}.get(timex.tense or "")  # type: ignore[return-value]


def _day(article: Article) -> date | None:
    stamp = article.published
    if stamp is None or stamp.precision in ("year", "month"):
        return None
    try:
        return date.fromisoformat(stamp.value[:10])
    except ValueError:
        return None


# --- from the text ---------------------------------------------------------------------------------------------------


def _first_ahead(clues: list[_Clue]) -> _Clue | None:
    """The earliest full date told as to come that lies after every full date told as gone."""
    written = [c for c in clues if c.moment.year and c.moment.first]
    last_gone = max((c.moment.first or date.min for c in written if c.side == "gone"), default=date.min)
    ahead = [c for c in written if c.side == "to come" and (c.moment.first or date.min) > last_gone]
    return min(ahead, key=lambda c: (c.moment.first or date.max, c.timex.span), default=None)


def _before(ahead: _Clue, gone: list[_Clue], clues: list[_Clue]) -> Stamp | None:
    """The last day told as gone, in the year that puts it before ``ahead``."""
    end = ahead.moment.first
    assert end is not None
    placed = [(day, c) for c in gone if c.moment.month and c.moment.day and (day := _last_before(c.moment, end))]
    if not placed:
        return None
    day = max(day for day, _ in placed)
    clue = next(c for found, c in placed if found == day)
    later = [_first_after(c.moment, day) for c in clues if c.side == "to come" and c.moment.year is None]
    if (end - day).days > _HORIZON or any(d is not None and d > end + timedelta(days=_HORIZON) for d in later):
        return None
    reason = f'the text tells "{clue.words}" as gone and "{ahead.words}" as to come'
    return Stamp(day.isoformat(), "day", "inferred", clue.timex.span, reason)


def _latest_with_weekday(gone: list[_Clue]) -> Stamp | None:
    """A past date written with its weekday and its year is news of that day, if no date told as gone is later."""
    full = [(day, c) for c in gone if c.moment.year and c.moment.day and (day := c.moment.first)]
    if not full:
        return None
    day, clue = max(full, key=lambda found: (found[0], -found[1].timex.span[0]))
    if not _names_weekday(clue.words, day):
        return None
    reason = f'"{clue.words}" is the last date that the text tells as gone'
    return Stamp(day.isoformat(), "day", "inferred", clue.timex.span, reason)


def _names_weekday(words: str, day: date) -> bool:
    from variorum.annotate.times.lexer import lex

    letters, lexemes = lex(words)
    at = letters.find("W")
    word = lexemes[at] if at >= 0 else None
    return word is not None and word.value == day.isoweekday()


def _last_before(moment: Moment, end: date) -> date | None:
    """The last day of that month and day (in its year, if it names one) before ``end``."""
    years = [moment.year] if moment.year else [end.year, end.year - 1]
    return next((d for year in years if (d := _on(moment, year)) and d < end), None)


def _first_after(moment: Moment, start: date) -> date | None:
    return next((d for year in (start.year, start.year + 1) if (d := _on(moment, year)) and d > start), None)


def _on(moment: Moment, year: int | None) -> date | None:
    if year is None or not moment.month or not moment.day:
        return None
    try:
        return date(year, moment.month, moment.day)
    except ValueError:
        return None


# --- from the story --------------------------------------------------------------------------------------------------


def _from_dateline(article: Article, days: list[date]) -> Stamp | None:
    """The day and month that a dateline states, in the year that puts them nearest to the story, if they lie within
    its reach and on the weekday that is written beside them."""
    for block in article.blocks:
        if block.kind == "dateline" and (head := _heading(article.text[slice(*block.span)])):
            moment, weekday, (start, end) = head
            day = _near(moment, days[len(days) // 2])
            if day is None or not days[0] - _AROUND <= day <= days[-1] + _AROUND:
                return None
            if weekday and weekday != day.isoweekday():
                return None
            span = block.span[0] + start, block.span[0] + end
            near = min(days, key=lambda d: (abs((d - day).days), d))
            words = article.text[slice(*span)]
            reason = (
                f'its dateline says "{words}"; the year is that of the dated reports of its story ({near.isoformat()})'
            )
            return Stamp(day.isoformat(), "day", "inferred", span, reason)
    return None


def _heading(words: str) -> tuple[Moment, int | None, Span] | None:
    """The month and day, the weekday and the span of a date without a year."""
    from variorum.annotate.times.lexer import lex

    _, lexemes = lex(words)
    dated = [x for x in lexemes if x and x.kind in "WBdoO"]
    kinds = {x.kind: x for x in reversed(dated)}
    month, number = kinds.get("B"), kinds.get("d") or kinds.get("o") or kinds.get("O")
    if month is None or number is None or any(x and x.kind == "y" for x in lexemes):
        return None
    weekday = int(kinds["W"].value) if "W" in kinds else None
    return Moment("D", None, int(month.value), int(number.value)), weekday, (dated[0].start, dated[-1].end)


def _limits(bounds: list[_Clue], middle: date) -> tuple[date | None, date | None]:
    """The last day told as gone and the day before the first told as to come, in the years nearest to the story."""
    gone = [d for c in bounds if c.side == "gone" and (d := _near(c.moment, middle))]
    ahead = [d for c in bounds if c.side == "to come" and (d := _near(c.moment, middle))]
    earliest = max(gone, default=None)
    latest = min((d for d in ahead if earliest is None or d > earliest), default=None)
    return earliest, latest - timedelta(days=1) if latest else None


def _near(moment: Moment, middle: date) -> date | None:
    years = [moment.year] if moment.year else [middle.year - 1, middle.year, middle.year + 1]
    days = [d for year in years if (d := _on(moment, year))]
    return min(days, key=lambda d: abs((d - middle).days), default=None)


def _window(days: list[date], earliest: date | None, latest: date | None) -> list[date]:
    """The days near the story that lie between the bounds."""
    begin = days[0] - timedelta(days=_REACH)
    end = days[-1] + timedelta(days=_REACH)
    begin = max(begin, earliest) if earliest else begin
    end = min(end, latest) if latest else end
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _is_pinned(chosen: date, latest: date | None, weekdays: list[_Clue], days: list[date]) -> bool:
    """Whether a day chosen by weekdays is held from above as well, and the whole story lies about it. Weekdays told as
    gone alone are right one time in three (PolNear, dates hidden), so they decide nothing."""
    if max(abs((chosen - d).days) for d in days) > _REACH:
        return False
    if latest is not None and (latest - chosen).days < _REACH:
        return any(c.side == "gone" for c in weekdays)
    tomorrow = chosen.isoweekday() % 7 + 1
    gone = any(c.side == "gone" and c.moment.weekday == chosen.isoweekday() for c in weekdays)
    return gone and any(c.timex.tense == "future" and c.moment.weekday == tomorrow for c in weekdays)


def _is_torn(bounds: list[_Clue], earliest: date | None, middle: date) -> bool:
    """Whether a day told in the future tense is no later than one told as gone: no day fits both."""
    ahead = [d for c in bounds if c.timex.tense == "future" and (d := _near(c.moment, middle))]
    return earliest is not None and any(d <= earliest for d in ahead)


def _wait(day: date, weekdays: list[_Clue]) -> int:
    """How many days lie between ``day`` and the weekdays it names: the earliest day that knows them all has fewest."""
    wait = 0
    for number, side in sorted({(c.moment.weekday or 1, c.side) for c in weekdays}):
        back = (day.isoweekday() - number) % 7
        wait += back if side == "gone" else (7 - back) % 7 or 7
    return wait


def _from_story(chosen: date, bounds: list[_Clue], weekdays: list[_Clue], days: list[date]) -> Stamp:
    gone = [c for c in (*weekdays, *bounds) if c.side == "gone"]
    deciding = next((c for c in gone if _tells(c, chosen)), gone[0] if gone else (*weekdays, *bounds)[0])
    near = min(days, key=lambda d: (abs((d - chosen).days), d))
    parts = [f"it tells {_list(gone)} as gone" if gone else "", _ahead_words([*weekdays, *bounds])]
    told = " and ".join(p for p in parts if p)
    reason = f"{told}; the dated reports of its story nearest to that are of {near.isoformat()}"
    return Stamp(chosen.isoformat(), "day", "inferred", deciding.timex.span, reason)


def _tells(clue: _Clue, day: date) -> bool:
    moment = clue.moment
    return moment.weekday == day.isoweekday() if moment.weekday else (moment.month, moment.day) == (day.month, day.day)


def _ahead_words(clues: list[_Clue]) -> str:
    ahead = [c for c in clues if c.side == "to come"]
    return f"{_list(ahead)} as to come" if ahead else ""


def _list(clues: list[_Clue]) -> str:
    return ", ".join(f'"{words}"' for words in dict.fromkeys(_in_order(clues)))


def _in_order(clues: list[_Clue]) -> Iterator[str]:
    for clue in sorted(clues, key=lambda c: c.timex.span):
        yield clue.words
