"""What an article has named so far: how far a history has come, and which quarter accounts are of."""

from __future__ import annotations

from datetime import date

import pytest

from variorum.annotate.times.context import TimeContext
from variorum.annotate.times.values import Moment

NOW = date(2031, 6, 13)


def told(*moments: tuple[Moment, bool]) -> TimeContext:
    """A context after these moments, stated; the flag says whether each began a sentence."""
    context = TimeContext()
    for moment, opens in moments:
        context.note(moment, NOW, stated=True, opens=opens)
    return context


@pytest.mark.parametrize(
    ("moments", "month", "year"),
    [
        ([(Moment("D", 1911, 3, 4), False)], 4, 1911),
        ([(Moment("D", 1911, 11, 4), False)], 1, 1912),
        ([(Moment("D", 1911, 6, 4), False)], 5, 1911),  # a step back
        ([(Moment("M", 1911, 3), False), (Moment("Y", 1913), True)], 5, 1913),
        ([(Moment("M", 1911, 3), False), (Moment("Y", 1912), False)], 5, 1911),  # named in passing
        ([(Moment("M", 1911, 3), False), (Moment("Y", 1987), False)], 12, 1911),  # an aside
        ([(Moment("Y", 1911), True)], 5, 1911),
    ],
)
def test_year_of_a_history(moments: list[tuple[Moment, bool]], month: int, year: int) -> None:
    """A history goes on from the month it has come to; a year moves it where it begins a sentence."""
    assert told(*moments).year_of(month) == year


def test_a_limit_moves_nothing() -> None:
    """ "The siege lasted until May 1913" leaves the history where it was."""
    context = told((Moment("M", 1911, 3), False))
    context.note(Moment("M", 1913, 5), NOW, stated=True, limit=True)
    assert context.year_of(4) == 1911


def test_quarter_of_the_accounts() -> None:
    """A quarter that accounts are set beside, or one to come, is not theirs."""
    context = told(*((Moment("Q", year, sub=sub), False) for year, sub in ((2031, "Q1"), (2030, "Q1"), (2031, "Q4"))))
    assert context.quarter == Moment("Q", 2031, sub="Q1")
