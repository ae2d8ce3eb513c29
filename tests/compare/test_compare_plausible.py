"""Pairs of ordinary reports that look like a dispute and are none."""

from __future__ import annotations

import pytest
from desk import Desk, between

from variorum.model import Conflict, Statement, Story


def desk() -> Desk:
    """One that knows who speaks in these tests."""
    made = Desk()
    made.knows("place", "Velm")
    made.knows("organisation", "Harbour Board", "Rowing Club")
    return made


def told(story: Story, a: Statement, b: Statement) -> list[Conflict]:
    """The conflicts in which both have a part."""
    return list(between(story, a, b))


@pytest.mark.parametrize(("asked", "found"), [("?", 0), (".", 1)])
def test_a_question_holds_nothing(asked: str, found: int) -> None:
    """To ask whether somebody opened the gates is not to say it."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        f"The Harbour Board opened the gates at Velm{asked}", by="Rowing Club", does="open"
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "The Harbour Board never opened the gates at Velm.", by="Harbour Board", polarity="negated", does="open"
    )
    assert len(told(here.story(), a, b)) == found


def test_one_sentence_read_in_two_ways_is_no_dispute() -> None:
    """Nothing in it says no: it was misread once."""
    here = desk()
    words = "The Harbour Board was inundated with calls about the gates at Velm"
    a = here.report("Velm Post", "2031-04-10").says(f"{words}.", by="Rowing Club")
    b = here.report("Tarn Echo", "2031-04-11").says(f"{words} today.", by="Harbour Board", polarity="negated")
    assert told(here.story(), a, b) == []


def test_who_does_not_answer_denies_nothing() -> None:
    """ "Did not comment on" names a thing that others tell of."""
    here = desk()
    a = here.report("Velm Post", "2031-04-10").says(
        "The Harbour Board commented on the broken gates at Velm.", by="Rowing Club", does="comment"
    )
    b = here.report("Tarn Echo", "2031-04-10").says(
        "The Harbour Board did not comment on the broken gates at Velm.", by="Harbour Board", polarity="negated",
        does="comment",
    )  # fmt: skip
    assert told(here.story(), a, b) == []


@pytest.mark.parametrize(("dates", "found"), [(("2031-04-10", "2031-04-12"), 1), ((None, None), 0)])
def test_an_update_needs_an_order(dates: tuple[str | None, str | None], found: int) -> None:
    """What was planned and what happened, by reports that nobody dated, may be two things or one."""
    here = desk()
    a = here.report("Velm Post", dates[0]).says("The Harbour Board will open the gates at Velm.", reality="planned")
    b = here.report("Tarn Echo", dates[1]).says("The Harbour Board opened the gates at Velm.", reality="happened")
    assert len(told(here.story(), a, b)) == found
