"""Figures of two reports that answer one question in other words: records, without reading any text."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk, between

from variorum.compare.facts.questions import questions
from variorum.model import Statement


def _two(
    one: tuple[str, tuple[Any, ...]],
    other: tuple[str, tuple[Any, ...]],
    days: tuple[str | None, str | None] = ("2033-05-02", "2033-05-04"),
) -> list[str]:
    """What relations are shown between the figures of two reports."""
    desk = Desk()
    told: list[Statement] = []
    for n, ((text, count), day) in enumerate(zip((one, other), days, strict=True)):
        report = desk.report(("Quarry Times", "Upland Mail")[n], day)
        report.says("The council met in the old hall.", does="meet")
        told.append(report.says(text, counts=(count,), polarity="affirmed" if count[0] else "negated"))
    return [c.relation for c in between(desk.story(), *told)]


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # A running total in other words, and of another kind of people.
        (
            ("At least 7 quarrymen were crushed.", (7, "quarryman", "killed")),
            ("The ministry speaks of 12 deaths.", (12, "person", "killed")),
            "update",
        ),
        # The word beside a bare number says what it is of.
        (
            ("Burst pipes did damage of 240,000.", (240_000, None, "cost")),
            ("The loss comes to 610,000.", (610_000, None)),
            "update",
        ),
        # Nobody, and then some.
        (
            ("So far zero arrests were made.", (0, "person", "arrested")),
            ("Police took 4 carters away.", (4, "carter", "arrested")),
            "update",
        ),
        # Measured once.
        (
            ("Turnout was 71 percent.", (71, "percent", "participated")),
            ("Just 64 percent went to the polls.", (64, "percent", "voted")),
            "contradiction",
        ),
        # Rounded by its bound, and by its digits.
        (
            ("The rink held 8,340 spectators.", (8_340, "spectator")),
            ("More than 8,000 came in spite of the frost.", (8_000, None, None, "at_least")),
            "rounding",
        ),
        (
            ("Thieves copied 3,000,000 dossiers.", (3_000_000, "dossier")),
            ("The registry gives up 2,910,000 dossiers for lost.", (2_910_000, "dossier")),
            "rounding",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_answers_to_one_question(one: Any, other: Any, relation: str) -> None:
    """The sentences have no word in common, and two reports have one answer each."""
    assert _two(one, other) == [relation]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Other kinds of people: none of them is the whole.
        (("Rain killed 3 shepherds.", (3, "shepherd", "killed")), ("Rain killed 9 sailors.", (9, "sailor", "killed"))),
        # A part of another number.
        (
            ("The mine sheds 340 jobs.", (340, "job", "lost")),
            ("Workers were let go, among them 90 colleagues.", (90, "colleague")),
        ),
        # A rate is no total.
        (
            ("A fine of 9,000 dinars was set.", (9_000, "dinar")),
            ("Penalties of 4,000 dinars a day go to Upland.", (4_000, "dinar")),
        ),
        # A whole region, and a part of it.
        (
            ("The fever killed 12 people.", (12, "person", "killed")),
            ("The fever killed 40 people in the province.", (40, "person", "killed")),
        ),
        # Officers who look into deaths are not dead.
        (
            ("4 people died.", (4, "person", "killed")),
            ("For the deaths 9 officers were called.", (9, "officer")),
        ),
        # A round number of some people is not another one of others.
        (("About 100 millers met.", (100, "miller", None, "about")), ("The list has 90 people.", (90, "person"))),
        # Near in size, but of other things.
        (("The park has 1,210 lamps.", (1_210, "lamp")), ("The park has 1,200 benches.", (1_200, "bench"))),
    ],
    ids=lambda value: value[0],
)
def test_other_questions(one: Any, other: Any) -> None:
    """What a hasty reader would set side by side."""
    assert not {"update", "contradiction", "rounding"} & set(_two(one, other))


def test_two_figures_of_one_report_are_no_answer() -> None:
    """Where a report has two figures for one question, none of them is its answer."""
    desk = Desk()
    first, second = desk.report("Quarry Times", "2033-05-02"), desk.report("Upland Mail", "2033-05-04")
    first.says("The flood did damage of 240,000 to the lock.", counts=((240_000, None, "cost"),))
    one = first.says("The damage to the quay is 90,000.", counts=((90_000, None, "cost"),))
    other = second.says("Upland reckons with a loss of 610,000.", counts=((610_000, None),))
    assert not between(desk.story(), one, other)


def test_seats_are_held_by_somebody() -> None:
    """The seats of one party are not those of another."""
    desk = Desk()
    desk.knows("organisation", "Tillers", "Weavers")
    first, second = desk.report("Quarry Times", "2033-05-02"), desk.report("Upland Mail", "2033-05-02")
    one = first.says("By its own count the Tillers get 31 seats.", by="Agent Roe", counts=((31, "seat"),))
    other = second.says("For the Tillers there are 27 seats.", by="returning officer", counts=((27, "seat"),))
    rival = second.says("For the Weavers there are 22 seats.", by="returning officer", counts=((22, "seat"),))
    story = desk.story()
    assert [c.relation for c in between(story, one, other)] == ["contradiction"]
    assert not between(story, one, rival)


def test_a_third_makes_three() -> None:
    """ "A third raftsman has died" tells a total."""
    desk = Desk()
    first, second = desk.report("Quarry Times", "2033-05-02"), desk.report("Upland Mail", "2033-05-04")
    one = first.says("Two raftsmen drowned at the weir.", counts=((2, "raftsman", "killed"),))
    text = "A third raftsman died of his injuries."
    other = second.says(text)
    begin = other.span[0]
    quantity = one.quantities[0].__class__((begin, begin + 16), 1, 1, "exact", "raftsman", role="killed")
    second.statements[-1] = other.__class__(
        **{f: getattr(other, f) for f in other.__slots__} | {"quantities": (quantity,)}
    )
    assert [c.relation for c in between(desk.story(), one, other)] == ["update"]


def test_every_question_can_be_answered() -> None:
    """Each has a name of its own and says what answers it."""
    assert len({q.about for q in questions()}) == len(questions())
    assert all(q.roles or q.words or q.units for q in questions())
    assert all(q.people or q.money or q.units or q.things for q in questions())
