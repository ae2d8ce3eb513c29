"""TIMEX3 values as things to reckon with: moments of a given grain, the days they cover, steps between them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

#: Days, months or years in one unit of length (TIMEX3 designators; E decade, C century, L millennium, FN fortnight).
DAYS: Final = {"D": 1, "NI": 1, "W": 7, "FN": 14, "WE": 7}
MONTHS: Final = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
SECONDS: Final = {"TS": 1, "TM": 60, "TH": 3600}
_SEASON_MONTHS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or stretch of the calendar as a TIMEX3 value names it; what is not known is null.

    ``grain`` is the unit it is told in: C century, E decade, Y, S season, H half, Q quarter, M, W week, WE weekend, D.
    ``year`` is negative before Christ. ``sub`` is a season, half or quarter ("SU", "H1", "Q3"); ``part`` follows the
    T of a time ("MO", "10:30"); ``zone`` is an ISO offset.
    """

    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekday: int | None = None
    sub: str | None = None
    part: str | None = None
    zone: str = ""

    @property
    def value(self) -> str:
        """As TIMEX3 writes it."""
        year = "XXXX" if self.year is None else f"BC{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        return year_part(self, year) + (f"T{self.part}{self.zone}" if self.part else "")

    @property
    def first(self) -> date | None:
        """Its first day, or null where the year or the day is not known."""
        return _first(self)

    @property
    def last(self) -> date | None:
        """Its last day."""
        start = self.first
        if start is None:
            return None
        length = {"D": 1, "W": 7, "WE": 2}.get(self.grain)
        if length:
            return start + timedelta(days=length - 1)
        months = {"C": 1200, "E": 120, "Y": 12, "S": 3, "H": 6, "Q": 3, "M": 1}[self.grain]
        try:
            return add_months(start, months) - timedelta(days=1)
        except ValueError:
            return date.max

    def covers(self) -> tuple[str, str] | None:
        """First and last day in ISO 8601 (date-times for clock times), or null."""
        first, last = self.first, self.last
        if first is None or last is None:
            return None
        if self.part and self.part[0].isdigit() and not self.part.startswith("24"):
            clock = f"T{self.part}{self.zone}"
            return first.isoformat() + clock, last.isoformat() + clock
        return first.isoformat(), last.isoformat()


def year_part(moment: Moment, year: str) -> str:
    """The calendar part of a value."""
    match moment.grain:
        case "C":
            return year[:-2]
        case "E":
            return year[:-1]
        case "S" | "H" | "Q":
            return f"{year}-{moment.sub}"
        case "M":
            return year if moment.month is None else f"{year}-{moment.month:02d}"
        case "W" | "WE":
            week = "WXX" if moment.week is None else f"W{moment.week:02d}"
            return f"{year}-{week}" + ("-WE" if moment.grain == "WE" else "")
        case "D" if moment.weekday and moment.month is None:
            return f"{year}-WXX-{moment.weekday}"
        case "D":
            month = "XX" if moment.month is None else f"{moment.month:02d}"
            return f"{year}-{month}-" + ("XX" if moment.day is None else f"{moment.day:02d}")
        case _:
            return year


def _first(moment: Moment) -> date | None:
    year = moment.year
    if year is None or not 0 < year < 10000:
        return None
    try:
        return _start(moment, year)
    except ValueError:
        return None


def _start(moment: Moment, year: int) -> date | None:
    match moment.grain:
        case "C" | "E":
            return date(max(year - year % (100 if moment.grain == "C" else 10), 1), 1, 1)
        case "S":
            return date(year, _SEASON_MONTHS[moment.sub or "SP"][0], 1)
        case "H" | "Q":
            length = 6 if moment.grain == "H" else 3
            return date(year, (int((moment.sub or "Q1")[1:]) - 1) * length + 1, 1)
        case "M":
            return date(year, moment.month, 1) if moment.month else None
        case "D":
            return date(year, moment.month, moment.day) if moment.month and moment.day else None
        case "W" | "WE":
            weekday = 6 if moment.grain == "WE" else 1
            return date.fromisocalendar(year, moment.week, weekday) if moment.week else None
        case _:
            return date(year, 1, 1)


def of_day(day: date, grain: str = "D") -> Moment:
    """The moment of ``grain`` that holds ``day``."""
    match grain:
        case "C" | "E" | "Y" | "L":
            return Moment("Y" if grain == "L" else grain, day.year)
        case "Q":
            return Moment("Q", day.year, sub=f"Q{(day.month - 1) // 3 + 1}")
        case "M":
            return Moment("M", day.year, day.month)
        case "W" | "WE" | "FN":
            iso = day.isocalendar()
            return Moment("W" if grain == "FN" else grain, iso.year, week=iso.week)
        case "S":
            season = next((s for s, (a, b) in _SEASON_MONTHS.items() if a <= day.month <= b), "WI")
            return Moment("S", day.year - (season == "WI" and day.month < 3), sub=season)
        case _:
            return Moment("D", day.year, day.month, day.day)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of a shorter month; raises `ValueError` outside years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 0 < year < 10000:
        raise ValueError(f"year {year}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def step(moment: Moment, count: float, unit: str) -> Moment | None:
    """``moment`` moved by ``count`` units, told in that unit: "two years" after a day is a year. Null where unknown."""
    if unit in ("Y", "E", "C", "L"):
        return _step_years(moment, count, unit)
    start = moment.first
    if start is None:
        return None
    try:
        if unit in SECONDS:
            return of_day(start + timedelta(days=int(count * SECONDS[unit] / 86400)))
        if unit in DAYS:
            moved = start + timedelta(days=round(count * DAYS[unit]))
        else:
            moved = add_months(start, round(count * MONTHS[unit]))
    except (ValueError, OverflowError):
        return None
    return of_day(moved, "D" if unit == "NI" else unit)


def _step_years(moment: Moment, count: float, unit: str) -> Moment | None:
    if moment.year is None:
        return None
    years = round(count * MONTHS[unit] / 12)
    year = moment.year + years
    if moment.year < 0 <= year:  # there is no year 0
        year += 1
    elif year <= 0 < moment.year:
        year -= 1
    return Moment("Y" if unit in "YL" else unit, year) if abs(year) < 10000 else None


def duration(count: float | None, unit: str) -> str:
    """A TIMEX3 length: "P33M", "PT24H", "PXY" for an unsaid number."""
    time = "T" if unit.startswith("T") else ""
    designator = {"FN": "W", "NI": "D", "WE": "W"}.get(unit, unit.removeprefix("T"))
    if unit == "FN" and count is not None:
        count *= 2
    if unit == "C" and count is not None:
        count, designator = count * 100, "Y"
    elif unit == "E" and count is not None:
        count, designator = count * 10, "Y"
    elif unit == "L" and count is not None:
        count, designator = count * 1000, "Y"
    number = "X" if count is None else f"{count:g}" if count < 1e6 else str(int(count))
    return f"P{time}{number}{designator}"


_VALUE: Final = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{4}|XXXX)(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d|XX)(?:-(?P<weekday>\d))?"
    r"|(?P<sub>SP|SU|FA|WI|Q[1-4]|H[12])))?(?:T(?P<part>\w\w(?::\d\d)?))?"
)


def parse(value: str) -> Moment | None:
    """The moment that a DATE or TIME value names, or null for lengths and vague references."""
    match = _VALUE.match(value)
    if not match:
        return None
    known = {k: int(v) if v and v.isdigit() else None for k, v in match.groupdict().items()}
    year = None if known["year"] is None else -known["year"] if match["bc"] else known["year"]
    sub = match["sub"]
    if sub:
        grain = sub[0] if sub[0] in "QH" and sub[1].isdigit() else "S"
    else:
        grain = "D" if match["day"] or match["weekday"] else "M" if match["month"] else "W" if match["week"] else "Y"
    return Moment(grain, year, known["month"], known["day"], known["week"], known["weekday"], sub, match["part"])
