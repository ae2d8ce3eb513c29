"""From when to when a statement's dates say that it held, and as of when it is stated."""

from __future__ import annotations

import pytest

from variorum.annotate.times.eventtimes import as_of, held, is_as_of
from variorum.model import Period, Stamp, Tense, Timex


def times(text: str, *words: str, tense: Tense | None = "past") -> list[Timex]:
    """Days 1, 2, … of June 2031 for the ``words`` of the text."""
    found = []
    for day, word in enumerate(words, 1):
        value, at = f"2031-06-0{day}", text.index(word)
        found.append(Timex((at, at + len(word)), "DATE", value, value, value, tense=tense))
    return found


@pytest.mark.parametrize(
    ("text", "words", "begin", "end"),
    [
        ("It burned on Monday.", ["Monday"], 1, 1),
        ("It burned from Monday to Tuesday.", ["Monday", "Tuesday"], 1, 2),
        ("It burned between Monday and Tuesday.", ["Monday", "Tuesday"], 1, 2),
        ("It has burned since Monday.", ["Monday"], 1, None),
        ("It burned until Monday.", ["Monday"], None, 1),
        ("It burned through Monday.", ["Monday"], None, 1),
        ("It burned on Monday and Tuesday.", ["Monday", "Tuesday"], 1, 1),
        ("It burned until at least Monday.", ["Monday"], None, 1),
        ("The fair was moved from Monday to Tuesday.", ["Monday", "Tuesday"], 2, 2),
        ("They put back the fair in Velm from Monday to Tuesday.", ["Monday", "Tuesday"], 2, 2),
        ("The regatta has been brought forward from Tuesday to Monday.", ["Monday", "Tuesday"], 1, 1),
        ("They changed the menu and sell fish from Monday to Tuesday.", ["Monday", "Tuesday"], 1, 2),
    ],
)
def test_held(text: str, words: list[str], begin: int | None, end: int | None) -> None:
    """The word before a date says whether it is a day, a beginning or an end."""
    found = times(text, *words)
    days = [None if n is None else f"2031-06-0{n}" for n in (begin, end)]
    assert held(text, found[0], found) == Period(days[0], days[1], "stated")


@pytest.mark.parametrize(
    ("text", "tense", "stated"),
    [
        ("Nine were found as of Monday.", "past", True),
        ("Nine had been found by Monday.", "past", True),
        ("By Monday, nine had been found.", "past", True),
        ("The toll stood at nine on Monday.", "past", True),
        ("It must be mended by Monday.", "future", False),
        ("The ferry stood at the pier on Monday.", "past", False),
        ("Nine were found on Monday.", "past", False),
    ],
)
def test_as_of_a_time(text: str, tense: Tense, stated: bool) -> None:
    """A time as of which something is stated is told from one when it happened."""
    (found,) = times(text, "Monday", tense=tense)
    assert is_as_of(text, found) is stated
    period = as_of(text, (0, len(text)), [found], Stamp("2031-06-13", "day", "stated"))
    assert period == (Period("2031-06-01", "2031-06-01", "stated") if stated else None)


@pytest.mark.parametrize("words", ["so far", "to date", "up to now", "at the time of writing", "thus far"])
def test_as_of_writing(words: str) -> None:
    """ "So far" is as of the day of writing; without one, nobody knows as of when."""
    text = f"Nine were found {words}."
    stamp = Stamp("2031-06-13", "day", "stated")
    assert as_of(text, (0, len(text)), [], stamp) == Period("2031-06-13", "2031-06-13", "inferred")
    assert as_of(text, (0, len(text)), [], None) is None
