"""Dates as stretches of seconds."""

import pytest

from variorum.model import Stamp
from variorum.text.stamps import earlier, interval


def _interval(value: str, precision: str) -> tuple[float, float]:
    found = interval(Stamp(value, precision, "stated"))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_day_holds_its_minutes() -> None:
    """The stretch of a day covers a time on it, with or without a zone."""
    begin, end = _interval("2031-04-12", "day")
    assert end - begin == 86400
    assert begin < _interval("2031-04-12T09:30", "minute")[0] < end
    assert _interval("2031-04-12T01:30+02:00", "minute")[0] < begin


@pytest.mark.parametrize(("value", "precision"), [("2031", "year"), ("2031-04", "month")])
def test_coarse_dates_are_read(value: str, precision: str) -> None:
    """A month and a year are stretches too."""
    begin, end = _interval(value, precision)
    assert end > begin


def test_no_date_is_none() -> None:
    """Neither a missing nor an unreadable date raises."""
    assert interval(None) is None
    assert interval(Stamp("yesterday", "day", "stated")) is None


def test_chance_of_coming_first() -> None:
    """Certain when apart, even when equal, in between when one lies inside the other; both ways sum to one."""
    day, late = (0.0, 24.0), (18.0, 19.0)
    assert earlier((0.0, 1.0), (2.0, 3.0)) == 1
    assert earlier(day, day) == pytest.approx(0.5)
    assert earlier(day, late) == pytest.approx(18.5 / 24)
    assert earlier(day, late) + earlier(late, day) == pytest.approx(1)
