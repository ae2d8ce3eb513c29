"""Roles as records: title, country, state, and the dates of the reports that gave them."""

import pytest

from variorum.annotate.entities.offices import join_roles, read_title
from variorum.model import Location, Role


@pytest.mark.parametrize(
    ("words", "title", "country", "state"),
    [
        ("Polish Prime Minister", "Prime Minister", "Poland", "current"),
        ("former Polish prime minister", "prime minister", "Poland", "former"),
        ("Poland's former prime minister", "prime minister", "Poland", "former"),
        ("President of Kenya", "President", "Kenya", "current"),
        ("President of the United States", "President", "United States", "current"),
        ("then-Defence Secretary", "Defence Secretary", None, "former"),
        ("ex-governor", "governor", None, "former"),
        ("president-elect", "president", None, "future"),
        ("vice-president", "vice-president", None, "current"),
        ("U.S. secretary of state", "secretary of state", "United States", "current"),
        ("the late conductor", "conductor", None, "former"),
        ("head of the Alpine Rescue Corps", "head of the Alpine Rescue Corps", None, "current"),
        ("former", "former", None, "current"),
    ],
)
def test_titles(words: str, title: str, country: str | None, state: str) -> None:
    """What is said of the title is taken from it."""
    assert read_title(words) == (title, country, state)


def role(title: str, country: str | None, day: str | None, start: int) -> Role:
    """A role that one report of a day gave."""
    return Role(title, country, "current", day, day, (Location(f"a{start}", (start, start + 5)),))


def test_roles_join_over_reports() -> None:
    """One title, with and without its country, from the first to the last day; others stay apart, in order."""
    told = [
        role("mayor", None, "2031-05-01", 3),
        role("Minister", "Norway", "2031-04-01", 1),
        role("Mayor", None, "2031-03-01", 2),
        role("Minister", None, "2031-06-01", 4),
        role("envoy", None, None, 5),
    ]
    joined = join_roles(told)
    assert [(r.title, r.country, r.first_reported, r.last_reported) for r in joined] == [
        ("mayor", None, "2031-03-01", "2031-05-01"),
        ("Minister", "Norway", "2031-04-01", "2031-06-01"),
        ("envoy", None, None, None),
    ]
    assert [len(r.mentions) for r in joined] == [2, 2, 1]


def test_a_title_of_two_countries_stays_open() -> None:
    """Without its country it is neither's."""
    told = [role("envoy", "Peru", None, 1), role("envoy", "Chile", None, 2), role("envoy", None, None, 3)]
    assert len(join_roles(told)) == 3
