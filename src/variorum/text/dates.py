"""Calendar dates and date-times as people and machines write them; nothing here resolves "Tuesday" or "yesterday"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from variorum.model import Precision, Span
from variorum.text import vocabulary
from variorum.text.vocabulary import longest_first

LEAP_YEAR: Final = 2000  # stands in for an unknown year, so that 29 February is a date
_LINE: Final = 200  # characters: texts no longer are looked at once for all
_LOOK_BACK: Final = 40  # characters before a date in which its weekday and its time may stand


@dataclass(frozen=True, slots=True)
class Calendar:
    """Words of dates: `data/calendar.toml`. ``months`` and ``weekdays`` are in order, ``zones`` give UTC offsets,
    ``before_clock`` stand between a day and a time of day."""

    months: tuple[tuple[str, ...], ...]
    capitalised: tuple[str, ...]
    weekdays: tuple[tuple[str, ...], ...]
    zones: dict[str, str]
    before_clock: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date where it is written. What is not written is null; ``zone`` is an offset such as ``+02:00``.

    ``ambiguous`` marks a numeric date whose day and month could change places ("04/05/2031").
    """

    span: Span
    year: int | None
    month: int
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    ambiguous: bool = False

    @property
    def precision(self) -> Precision:
        """How fine it is written."""
        if self.hour is not None:
            return "minute" if self.second is None else "second"
        return "month" if self.day is None else "day"

    def iso(self, year: int | None = None) -> str:
        """ISO 8601, with ``year`` where none is written; raises `ValueError` when neither is known."""
        known = self.year if self.year is not None else year
        if known is None:
            raise ValueError("a date without a year has no ISO form")
        value = f"{known:04d}-{self.month:02d}"
        if self.day is None:
            return value
        value += f"-{self.day:02d}"
        if self.hour is None:
            return value
        value += f"T{self.hour:02d}:{self.minute or 0:02d}"
        if self.second is not None:
            value += f":{self.second:02d}"
        return value + (self.zone or "")


def written_dates(text: str, *, day_first: bool = True) -> Iterator[WrittenDate]:
    """Every date in ``text``, in order, not overlapping. ``day_first`` decides "04/05/2031" and nothing else."""
    return iter(_of_line(text, day_first)) if len(text) <= _LINE else _written_dates(text, day_first)


@lru_cache(maxsize=256)  # a line of names and dates is looked at by all who want to know what it is
def _of_line(text: str, day_first: bool) -> tuple[WrittenDate, ...]:
    return tuple(_written_dates(text, day_first))


def _written_dates(text: str, day_first: bool) -> Iterator[WrittenDate]:
    position = 0
    for digits in _DIGITS.finditer(text):  # every written date has digits, and few other words do
        if digits.start() < position:
            continue
        date = _date_at(text, digits.start(), position, day_first)
        if date is not None:
            yield date
            position = date.span[1]


_DIGITS: Final = re.compile(r"(?<![\w/.])(?<!\d-)\d+|(?<=[^\W\d]\.)\d+")


@dataclass(frozen=True, slots=True)
class _Forms:
    digit_first: re.Pattern[str]
    month_before: re.Pattern[str]
    month_first: re.Pattern[str]
    clock_after: re.Pattern[str]
    clock_before: re.Pattern[str]
    weekday_before: re.Pattern[str]
    months: dict[str, int]
    capitalised: frozenset[str]
    zones: dict[str, str]


@cache
def _forms() -> _Forms:
    words = vocabulary.load("calendar", Calendar)
    months = {name: number for number, names in enumerate(words.months, 1) for name in names}
    month = longest_first(months)
    weekday = longest_first(name for names in words.weekdays for name in names)
    offset = r"[+-]\d\d?(?::?\d\d)?\b"
    zone = rf"(?P<zone>(?:GMT|UTC)\s?{offset}|(?-i:{longest_first(words.zones)})\b|{offset})"
    dot = rf"\.(?=[0-5]\d\s?\(?(?-i:{longest_first(words.zones)})\b)"  # "19.12 BST"; without a zone it is a number
    clock = (
        rf"(?P<hour>[01]?\d|2[0-3])(?:(?:\s?:\s?|h(?=\d)|{dot})"
        r"(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
        r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|(?:\.(?P<minute2>[0-5]\d))?\s?(?P<half2>[ap])\.?\s?m\b\.?)"
        rf"(?!\d)(?:\s?\(?{zone}\)?)?"
    )
    year = r"(?:1[5-9]|2[01])\d\d(?!\d)"
    day = r"(?:0?[1-9]|[12]\d|3[01])"
    digit_first = (
        rf"(?P<y1>{year})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?![\d/]|-\d|\.\d)"
        rf"|(?P<a>\d\d?)(?P<s2>[-/.])(?P<b>\d\d?)(?P=s2)(?P<y2>{year}|\d\d)(?![\d/]|-\d|\.\d)"
        rf"|(?P<d3>{day})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+(?:of|de)\s+|\s+|-)(?P<m3>{month})\b\.?"
        rf"(?:(?:\s?,?\s+(?:de[l]?\s+)?|-)(?P<y3>{year}))?"
        r"|(?P<y5>\d{4})\s?年\s?(?P<m5>\d\d?)\s?月\s?(?P<d5>\d\d?)\s?日"
    )
    month_first = rf"(?:(?P<y6>{year})|(?P<d4>{day})(?:st|nd|rd|th)?(?![\d:]|[.,]\d)(?:\s?,?\s+(?P<y4>{year}))?)"
    before = rf"\b(?P<m4>{month})\b(?:\.\s*|\s?,?\s+)(?:(?:the|of|de)\s+)?\Z"
    at = longest_first(words.before_clock)
    return _Forms(
        re.compile(digit_first, re.I),
        re.compile(before, re.I),
        re.compile(month_first, re.I),
        re.compile(rf"(?:T|\s*(?:[,|·•@–—-]|\b(?:{at})(?!\w))?\s*){clock}", re.I),
        re.compile(rf"\b{clock}\s*[,|·•–—-]?\s*(?:on\s+)?\Z", re.I),
        re.compile(rf"\b(?:{weekday})\b\.?\s?,?\s+(?:the\s+)?\Z", re.I),
        months,
        frozenset(words.capitalised),
        words.zones,
    )


def _date_at(text: str, start: int, floor: int, day_first: bool) -> WrittenDate | None:
    """The date whose first digit is at ``start`` and that begins no earlier than ``floor``."""
    forms = _forms()
    match = forms.digit_first.match(text, start)
    if match:
        year, month, day, ambiguous = _digit_parts(match, forms, day_first)
    else:
        window = text[max(floor, start - _LOOK_BACK) : start]
        name = forms.month_before.search(window)
        match = forms.month_first.match(text, start) if name and _is_month(name["m4"], forms) else None
        if not name or not match:
            return None
        start -= len(window) - name.start()
        written_year = match["y6"] or match["y4"]
        year, month = int(written_year) if written_year else None, forms.months[name["m4"].casefold()]
        day, ambiguous = int(match["d4"]) if match["d4"] else None, False
    if not _exists(year, month, day):
        return None
    return _with_clock(WrittenDate((start, match.end()), year, month, day, ambiguous=ambiguous), text, floor, forms)


def _with_clock(date: WrittenDate, text: str, floor: int, forms: _Forms) -> WrittenDate:
    """The date with the weekday before it and the time of day before or after it."""
    start, end = date.span
    if date.day is None:
        return date
    if weekday := forms.weekday_before.search(text[max(floor, start - _LOOK_BACK) : start]):
        start -= len(weekday[0])
    clock = forms.clock_after.match(text, end)
    if clock:
        end = clock.end()
    elif clock := forms.clock_before.search(text[max(floor, start - _LOOK_BACK) : start]):
        start -= len(clock[0])
    told = _clock_parts(clock, forms) if clock else (None, None, None, None)
    return WrittenDate((start, end), date.year, date.month, date.day, *told, date.ambiguous)


def _digit_parts(match: re.Match[str], forms: _Forms, day_first: bool) -> tuple[int | None, int, int | None, bool]:
    if match["a"]:
        return _numeric(int(match["a"]), int(match["b"]), match["y2"], day_first)
    for form in "15":
        if match[f"y{form}"]:
            return int(match[f"y{form}"]), int(match[f"m{form}"]), int(match[f"d{form}"]), False
    if not _is_month(match["m3"], forms):
        return None, 0, None, False
    return int(match["y3"]) if match["y3"] else None, forms.months[match["m3"].casefold()], int(match["d3"]), False


def _is_month(name: str, forms: _Forms) -> bool:
    return not (name.casefold() in forms.capitalised and name[0].islower())


def _numeric(first: int, second: int, year: str, day_first: bool) -> tuple[int, int, int, bool]:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    ambiguous = first <= 12 and second <= 12 and first != second
    month_first = second > 12 or (ambiguous and not day_first)
    return (full, first, second, ambiguous) if month_first else (full, second, first, ambiguous)


def _exists(year: int | None, month: int, day: int | None) -> bool:
    return 1 <= month <= 12 and (day is None or 1 <= day <= monthrange(year or LEAP_YEAR, month)[1])


def _clock_parts(match: re.Match[str], forms: _Forms) -> tuple[int | None, int | None, int | None, str | None]:
    hour = int(match["hour"])
    half = (match["half"] or match["half2"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(match["minute"] or match["minute2"] or 0)
    second = int(match["second"]) if match["second"] else None
    return hour, minute, second, _zone(match["zone"], forms)


def _zone(written: str | None, forms: _Forms) -> str | None:
    if not written:
        return None
    if written in forms.zones:
        return forms.zones[written]
    offset = re.search(r"([+-])(\d\d?):?(\d\d)?$", written)
    return f"{offset[1]}{int(offset[2]):02d}:{offset[3] or '00'}" if offset else None
