"""What an editor found false on reading editions of invented stories."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, between
from editions import claim_with, disputes, edition, relations

from variorum.model import Edition, Statement


@pytest.fixture(scope="module")
def barge(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A barge strikes a bridge: who was to blame is denied and then admitted, and an outlet had its owner wrong."""
    reports = [
        (
            "Velm Post\n9 July 2031",
            """A barge struck the road bridge at Velm on Tuesday evening. The barge belongs to Northline, a shipping
            firm from Tarn. The barge was travelling too fast, a harbour official said. A ferry was moored at the quay,
            a pilot said.""",
        ),
        (
            "Orr Mail\n10 July 2031",
            """A barge belonging to Northline struck the road bridge at Velm on Tuesday, closing the river. The operator
            denied that its barge was speeding. The harbour master, Paul Renner, insisted that the warning lamp had been
            working that evening.""",
        ),
        (
            "Velm Post\n11 July 2031",
            """The river at Velm was opened again on Thursday.

            Correction: An earlier version of this article said the barge belonged to Northline. It belongs to
            Tidewater.""",
        ),
        (
            "Tarn Courier\n14 July 2031",
            """The operator admitted that its barge had been going faster than allowed at Velm. Harbour master Paul
            Renner now concedes that the warning lamp was not working.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("barge"), "Barge strikes bridge at Velm", reports)


def test_an_accusation_is_denied_and_admitted_in_other_words(barge: Edition) -> None:
    """ "Too fast", "speeding" and "faster than allowed" are one accusation, if of one thing."""
    assert disputes(barge, "was travelling too fast", "denied that its barge was speeding") == ["contradiction"]
    assert disputes(barge, "denied that its barge was speeding", "had been going faster than allowed") == ["update"]
    assert claim_with(barge, "denied that its barge was speeding").status == "superseded"
    assert disputes(barge, "A ferry was moored", "denied that its barge was speeding") == []


def test_what_somebody_insisted_on_and_concedes_is_an_update(barge: Edition) -> None:
    """ "The lamp had been working", and later "was not working", by one man."""
    assert disputes(barge, "the warning lamp had been working", "the warning lamp was not working") == ["update"]


def test_a_notice_takes_back_a_name(barge: Edition) -> None:
    """Whose the barge is is corrected. That it struck the bridge is not taken back, but told without the wrong name."""
    assert relations(barge, "The barge belongs to Northline", "It belongs to Tidewater") == ["update"]
    assert claim_with(barge, "The barge belongs to Northline").status == "superseded"
    struck = claim_with(barge, "A barge struck the road bridge at Velm")
    assert struck.status != "superseded"
    told = " ".join([struck.text, *(t.text for s in barge.stories for t in (*s.brief, *s.timeline))])
    assert "Northline" not in told


def test_who_has_not_denied_it_is_on_no_side(tmp_path: Path) -> None:
    """He is not told to have said it, and what he says is disputed only where others do."""
    reports = [
        (
            "Tarn Courier\n4 March 2031",
            "Nine people died in a fire at the mill in Alder. The gate was locked, Emil Strand said.",
        ),
        ("Velm Post\n5 March 2031", "The gate was open, the foreman of the mill in Alder told reporters."),
        (
            "Orr Mail\n6 March 2031",
            "The owner of the mill has not denied that the back gate was locked while people were inside.",
        ),
    ]
    found = edition(tmp_path, "Fire at mill in Alder", reports)
    assert disputes(found, "The gate was locked", "The gate was open") == ["contradiction"]
    assert disputes(found, "has not denied", "The gate was open") == []
    told = claim_with(found, "has not denied")
    assert "has not denied" not in told.text or told.status != "disputed"


def _took(desk: Desk, day: str, taker: str, crowns: int) -> Statement:
    return desk.report(f"Post of {day}", day).says(
        f"{taker} took {crowns:,} crowns in bribes from a dredging firm.", by="Prosecutors", does="take",
        agent=taker, counts=((crowns, "crown", "paid"),),
    )  # fmt: skip


def test_two_sums_of_two_takers_are_no_update() -> None:
    """What one is accused of having taken is no earlier state of what another took; of one man it is."""
    desk = Desk()
    desk.knows("person", "Karl Benn", "Lena Voss")
    benn, voss = _took(desk, "2031-03-04", "Karl Benn", 50_000), _took(desk, "2031-03-06", "Lena Voss", 90_000)
    assert between(desk.story(), benn, voss) == []
    more = _took(desk, "2031-03-08", "Karl Benn", 70_000)
    assert between(desk.story(), benn, more) != []


@pytest.mark.parametrize(
    ("day", "bound", "found"),
    [("2031-03-04", "exact", ["contradiction"]), ("2031-03-04", "at_least", []), ("2031-03-05", "exact", ["update"])],
)
def test_two_who_are_named_on_one_day_tell_no_states_of_a_toll(day: str, bound: str, found: list[str]) -> None:
    """Nothing says which is newer: they disagree, or their bounds leave it open."""
    desk = Desk()
    desk.knows("organisation", "Interior Ministry", "Rescue Service")
    desk.knows("place", "Velm")
    lower = desk.report("Velm Post", "2031-03-04").says(
        "Four people were killed in the landslide at Velm.", by="Interior Ministry", does="kill",
        counts=((4, "person", "killed", bound),),
    )  # fmt: skip
    higher = desk.report("Orr Mail", day).says(
        "Five people were killed in the landslide at Velm.", by="Rescue Service", does="kill",
        counts=((5, "person", "killed"),),
    )  # fmt: skip
    assert [c.relation for c in between(desk.story(), lower, higher)] == found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The fire started in the packing hall.", "The blaze began in the storage hall.", ["contradiction"]),
        ("The fire broke out in the kitchen.", "The fire started in the attic.", ["contradiction"]),
        ("The fire started in the packing hall.", "The fire started in the main hall.", []),
        ("The fire started in the packing hall.", "The fire started in the factory.", []),
        ("The fire started in the packing hall.", "The trial started in the town hall.", []),
    ],
)
def test_two_places_in_which_one_thing_began(one: str, other: str, found: list[str]) -> None:
    """Two of one kind, or two rooms, exclude each other; a place that may be either does not."""
    desk = Desk()
    desk.knows("organisation", "Fire Service", "Workers Union")
    does = "start" if "start" in one else "break"
    first = desk.report("Velm Post", "2031-03-04").says(one, by="Fire Service", does=does, agent=one.split()[1])
    then = desk.report("Orr Mail", "2031-03-04").says(other, by="Workers Union", does="start", agent=other.split()[1])
    assert [c.relation for c in between(desk.story(), first, then)] == found


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An explosion at a paint works, told over a few days."""
    reports = [
        (
            "Velm Post\n3 September 2032",
            """Three people were killed when an explosion tore through the paint works in Kesten on
            Friday, police said. A watchman, aged 61, was trapped for half an hour. The company
            denied that there had been a leak.""",
        ),
        (
            "Orr Mail\n4 September 2032",
            """Three people are now known to have died in Friday's explosion at the paint works in
            Kesten, police said. The explosion happened at 2.40pm in the mixing hall. The 61-year-
            old watchman was seriously injured. The foreman, Alan Creech, said he had not been told
            of any leak.""",
        ),
        (
            "Tarn Courier\n9 September 2032",
            """Marrow & Lisle has admitted that a solvent tank at its Kesten works was leaking two days before the
            explosion that killed three people. The inspectorate has not said what caused the blast on 3 September.

            Correction: An earlier version of this report gave the managing director's name as Henry Lisle. His name
            is Hugh Lisle.""",
        ),
        (
            "Velm Echo\n12 September 2032",
            """The paint works in Kesten where three people died will stay closed until at least November, owner Marrow
            & Lisle said on Sunday.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("plant"), "Explosion at Kesten paint works", reports)


def test_who_names_a_toll_by_the_way_does_not_tell_it(plant: Edition) -> None:
    """ "Leaking two days before the explosion that killed three" is about the leak."""
    admitted = claim_with(plant, "was leaking two days before")
    assert admitted.id != claim_with(plant, "now known to have died").id
    assert admitted.support.articles == 1


def test_one_man_told_of_twice_bears_out_neither_deed(plant: Edition) -> None:
    """That he was trapped is not corroborated by who says that he was injured; nor is not to have been told of a leak
    the same as that there was none."""
    assert claim_with(plant, "was trapped for half an hour").status != "corroborated"
    assert claim_with(plant, "had not been told").id != claim_with(plant, "denied that there had been").id


def test_an_hour_is_of_the_day_that_the_report_opens_with(plant: Edition) -> None:
    """ "At 2.40pm", told on Saturday of Friday's explosion, is no entry of Saturday; a question dates nothing."""
    told = [(t.begin[:10], t.text) for s in plant.stories for t in s.timeline]
    assert not any(day == "2032-09-04" and "2.40pm" in text for day, text in told)
    assert not any("has not said" in text for _, text in told)


def test_the_word_above_a_notice_is_no_source(plant: Edition) -> None:
    """ "Correction: …" is said by the paper."""
    assert not any(row.name == "Correction" for s in plant.statements for row in s.attribution)
