"""Written dates: every form gives the same calendar day, and nothing else gives one."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 – `date` is what the tests call a written one

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.dates import WrittenDate, written_dates


def only(text: str, **options: bool) -> WrittenDate:
    """The one date of ``text``."""
    (date,) = written_dates(text, **options)
    return date


@pytest.mark.parametrize(
    "text",
    [
        "2031-05-03", "3 May 2031", "3rd of May, 2031", "May 3, 2031", "May 3rd 2031", "03/05/2031", "03.05.2031",
        "3-May-2031", "Sat, 3 May 2031", "Saturday 3 May 2031", "2031/05/03", "3 de mayo de 2031", "3. Mai 2031",
        "3 мая 2031", "2031年5月3日", "May 3 , 2031",
    ],
)  # fmt: skip
def test_every_form_gives_the_same_day(text: str) -> None:
    """All the ways to write one day have one ISO form, and the span covers the whole expression."""
    date = only(f"({text})")
    assert date.iso() == "2031-05-03"
    assert date.span == (1, 1 + len(text))
    assert date.precision == "day"


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2031-05-03 10:40:17", "2031-05-03T10:40:17", "second"),
        ("2031-05-03T10:40:17.123Z", "2031-05-03T10:40:17+00:00", "second"),
        ("2031-05-03T10:40+02:00", "2031-05-03T10:40+02:00", "minute"),
        ("Sat, 3 May 2031 10:40 GMT", "2031-05-03T10:40+00:00", "minute"),
        ("May 3, 2031 at 6:05 p.m. EST", "2031-05-03T18:05-05:00", "minute"),
        ("6:36 PM EST, Sat May 3, 2031", "2031-05-03T18:36-05:00", "minute"),
        ("3 May 2031, 9:30am (GMT+3)", "2031-05-03T09:30+03:00", "minute"),
        ("3 May 2031 | 12 am", "2031-05-03T00:00", "minute"),
        ("3 May 2031, 14h05", "2031-05-03T14:05", "minute"),
    ],
)
def test_time_of_day_and_zone(text: str, iso: str, precision: str) -> None:
    """A time before or after the day belongs to it; a zone is kept as its offset."""
    date = only(text)
    assert (date.iso(), date.precision) == (iso, precision)
    assert date.span == (0, len(text))


def test_month_alone_and_day_without_year() -> None:
    """What is not written is null; a year can be lent."""
    month = only("in November 2031")
    assert (month.day, month.precision, month.iso()) == (None, "month", "2031-11")
    day = only("on Nov. 21 they")
    assert (day.year, day.month, day.day) == (None, 11, 21)
    assert day.iso(2031) == "2031-11-21"
    with pytest.raises(ValueError, match="year"):
        day.iso()


def test_numeric_order() -> None:
    """Only a date that could be read both ways follows the caller's order, and says so."""
    assert only("04/05/2031").iso() == "2031-05-04"
    assert only("04/05/2031", day_first=False).iso() == "2031-04-05"
    assert only("04/05/2031").ambiguous
    assert only("04/25/2031").iso() == "2031-04-25"
    assert not only("25/04/2031", day_first=False).ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "may 20 people",
        "30.5 million",
        "192.168.10.24",
        "20311122",
        "31/31/2031",
        "version 2031-11",
        "a2031-11-22",
        "1,500 men",
        "Mach 11",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Numbers that only look alike are left alone."""
    assert list(written_dates(text)) == []


def test_leap_day_needs_a_leap_year() -> None:
    """29 February is a day of leap years, and may be one of an unknown year."""
    assert only("29 February 2032").day == 29
    assert only("29 February").day == 29
    assert all(d.day is None for d in written_dates("29 February 2031"))


def test_a_following_number_is_no_time() -> None:
    """A count after a comma is not a clock time."""
    assert only("On November 22, 3.5 million people").precision == "day"


@given(
    st.dates(min_value=Day(1600, 1, 1), max_value=Day(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]),
)
def test_round_trip(day: Day, form: str) -> None:
    """Any day written in any of the plain forms is read back, whatever stands around it."""
    assert only(f"It was {day.strftime(form)}. Then").iso() == day.isoformat()


@given(st.text(alphabet="0123456789/-.: ,MayJunepmGTZ年月日\n", max_size=80))
def test_spans_are_in_order(text: str) -> None:
    """Whatever the text, dates do not overlap, lie inside it and exist in the calendar."""
    position = 0
    for date in written_dates(text):
        assert position <= date.span[0] < date.span[1] <= len(text)
        assert 1 <= date.month <= 12
        position = date.span[1]
