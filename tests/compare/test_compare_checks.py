"""Numbers that a report ties together are added up; numbers that merely stand near each other are not."""

from typing import Any

import pytest
from desk import Desk

from variorum.model import Check


def _checks(*sentences: tuple[str, tuple[tuple[Any, ...], ...]]) -> tuple[Check, ...]:
    desk = Desk()
    report = desk.report("Velm Post", "2031-04-10")
    for text, counts in sentences:
        report.says(text, counts=counts)
    return desk.story().checks


def test_a_remainder_completes_the_sum() -> None:
    """Six thrown, five caught, the remaining one dropped."""
    (check,) = _checks(
        ("The juggler threw six clubs into the crowd.", ((6, "club", "thrown"),)),
        ("Spectators caught five of the clubs and dropped the remaining club.", ((5, "club", "caught"),)),
    )
    assert (check.kind, check.holds) == ("sum", True)
    assert check.explanation == "6 clubs thrown = 5 clubs caught + 1 remaining"
    assert len(check.statements) == 2


@pytest.mark.parametrize(("second", "holds"), [(3, True), (2, False)])
def test_a_list_after_a_colon_is_complete(second: int, holds: bool) -> None:
    """Nine houses: six here and three there; six and two do not make nine."""
    words = {2: "two", 3: "three"}
    (check,) = _checks(
        (
            f"The fire took nine houses: six in the old town and {words[second]} at the harbour.",
            ((9, "house", "burned"), (6, "house", None), (second, "house", None)),
        )
    )
    assert check.holds is holds


def test_numbers_that_nothing_ties_are_left_alone() -> None:
    """Five and four beside nine need not be its parts."""
    assert not _checks(
        ("Nine boats sailed.", ((9, "boat", "sailed"),)),
        ("Five boats were new and four boats had won before.", ((5, "boat", None), (4, "boat", None))),
    )


def test_the_last_of_another_kind_is_no_remainder() -> None:
    """ "The last governor" is none of the votes."""
    assert not _checks(
        ("Orr received 150 votes and Quell 120.", ((150, "vote", "voted"), (120, None, "voted"))),
        ("The last governor won by a wide margin.", ()),
    )


def test_the_same_sum_in_two_copies_is_one_check() -> None:
    """A copy adds nothing to arithmetic."""
    desk = Desk()
    for outlet in ("Velm Post", "Tarn Echo"):
        desk.report(outlet).says(
            "The fire took nine houses: six in the old town and three at the harbour.",
            counts=((9, "house", "burned"), (6, "house", None), (3, "house", None)),
        )
    (check,) = desk.story().checks
    assert len(check.statements) == 2


@pytest.mark.parametrize(("day", "holds"), [("2031-04-03", True), ("2030-12-01", False)])
def test_an_interval_is_held_to_the_dates(day: str, holds: bool) -> None:
    """ "Two months before June 5": the sentence before gives the day it counts from."""
    desk = Desk()
    report = desk.report("Velm Post", "2031-04-10")
    report.says("The council closed the mill.", day=day)
    report.says(
        "The move comes two months before the June 5, 2031 vote.",
        times=(("two months", "DURATION", "P2M"), ("June 5, 2031", "DATE", "2031-06-05")),
    )
    (check,) = desk.story().checks
    assert (check.kind, check.holds) == ("interval", holds)


@pytest.mark.parametrize(
    ("text", "counts", "kind", "holds"),
    [
        (
            "Of the nine boats lost, six lay in Velm and three in Tarn.",
            ((9, "boat", "lost"), (6, None), (3, None)),
            "sum",
            True,
        ),
        (
            "Of the 500 barns inspected, 300, or 60 percent, were unsafe.",
            ((500, "barn"), (300, None), (60, "percent")),
            "percentage",
            True,
        ),
        (
            "Of the 500 barns inspected, 300, or 70 percent, were unsafe.",
            ((500, "barn"), (300, None), (70, "percent")),
            "percentage",
            False,
        ),
        (
            "Shares fell 20 percent, closing at 8 crowns against 10 crowns on Monday.",
            ((20, "percent"), (8, "crown"), (10, "crown")),
            "percentage",
            True,
        ),
        (
            "The tank holds 60 barrels, what the mill uses in 20 year at 3 a year.",
            ((60, "barrel"), (20, "year"), (3, None)),
            "rate",
            True,
        ),
    ],
)
def test_what_one_sentence_ties_together(text: str, counts: Any, kind: str, holds: bool) -> None:
    """A listing, a share, a change and a rate, each with its working."""
    (check,) = _checks((text, tuple((*count, None)[:3] for count in counts)))
    assert (check.kind, check.holds) == (kind, holds)


def test_two_kinds_of_people_make_up_a_number_given_before() -> None:
    """186 guests and 28 servants beside 214 people; 40 and 28 are nobody's sum."""
    lead = ("The hall held 214 people.", ((214, "person", None),))
    (check,) = _checks(
        lead, ("He said 186 guests and 28 servants were there.", ((186, "guest", None), (28, "servant", None)))
    )
    assert (check.kind, check.holds) == ("sum", True)
    assert not _checks(
        lead, ("He said 40 guests and 28 servants were there.", ((40, "guest", None), (28, "servant", None)))
    )


@pytest.mark.parametrize(("minutes", "holds"), [(15, True), (40, False)])
def test_clock_times_are_held_to_their_distance(minutes: int, holds: bool) -> None:
    """4:05 and 4:20 lie fifteen minutes apart."""
    desk = Desk()
    desk.report("Velm Post", "2031-04-10").says(
        f"The bells rang at 4:05, {minutes} minutes before the boat sailed at 4:20.",
        times=((f"{minutes} minutes", "DURATION", f"PT{minutes}M"),),
    )
    (check,) = desk.story().checks
    assert (check.kind, check.holds) == ("interval", holds)
