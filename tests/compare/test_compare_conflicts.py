"""Contradictions, updates, roundings and scopes are told apart, and what is no conflict stays quiet."""

from desk import Desk, between, claim_of


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm", "Tarn")
    desk.knows("organisation", "Harbour Board", "Rowing Club")
    return desk


def test_a_growing_toll_is_an_update() -> None:
    """The later, higher number is a later state; the earlier claim is superseded."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The flood at Velm killed two people.", counts=((2, "people", "killed"),), does="kill", day="2031-04-09"
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "The flood at Velm killed five people.", counts=((5, "people", "killed"),), does="kill", day="2031-04-09"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("update", "quantity")
    assert [reading.value for reading in conflict.readings] == ["2 people killed", "5 people killed"]
    assert claim_of(story, a).status == "superseded"
    assert claim_of(story, b).status == "single_origin"


def test_two_tolls_of_one_day_contradict() -> None:
    """Other numbers of a thing that does not grow, in one scope, are a contradiction."""
    desk = _desk()
    said = [
        desk.report(outlet, "2031-04-10").says(
            f"The Harbour Board sold {n} boats to the Rowing Club at Velm.",
            counts=((n, "boat", "sold"),),
            does="sell",
            day="2031-04-09",
        )
        for outlet, n in (("Velm Post", 3), ("Tarn Echo", 8))
    ]
    (conflict,) = between(desk.story(), *said)
    assert (conflict.relation, conflict.kind) == ("contradiction", "quantity")


def test_a_round_number_is_a_rounding() -> None:
    """About 1,000 beside 1,012."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "Some 1,000 people marched through Velm against the dam.",
        counts=((1000, "people", "marched", "about"),),
        does="march",
    )
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "Counted by hand, 1,012 people marched through Velm against the dam.",
        counts=((1012, "people", "marched"),),
        does="march",
    )
    (conflict,) = between(desk.story(), a, b)
    assert conflict.relation == "rounding"


def test_planned_and_then_held_is_an_update() -> None:
    """The plan comes first, and is superseded."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The Harbour Board will meet the Rowing Club at Velm on Friday.",
        reality="planned",
        does="meet",
        day="2031-04-14",
    )
    b = desk.report("Tarn Echo", "2031-04-15").says(
        "The Harbour Board met the Rowing Club at Velm on Friday.", does="meet", day="2031-04-14"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("update", "status")
    assert claim_of(story, a).status == "superseded"


def test_a_denial_denies() -> None:
    """Accuser and denier stand side by side, and the claim names who denies it."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The Harbour Board opened the gates at Velm.", by="Rowing Club")
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "The Harbour Board opened the gates at Velm.", by="Harbour Board", polarity="negated", stance="deny"
    )
    story = desk.story()
    (conflict,) = between(story, a, b)
    assert (conflict.relation, conflict.kind) == ("contradiction", "denial")
    assert claim_of(story, a).status == "denied"
    assert claim_of(story, a).denied_by == (b.id,)


def test_other_places_are_no_conflict() -> None:
    """Two dead here and five there."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The flood at Velm killed two people.", counts=((2, "people", "killed"),)
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "The flood at Tarn killed five people.", counts=((5, "people", "killed"),)
    )
    assert desk.story().conflicts == ()
    assert claim_of(desk.story(), a) != claim_of(desk.story(), b)


def test_a_category_dispute_with_a_denial() -> None:
    """Arson says one root, an accident the other, who denies arson."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The fire at the Velm boathouse was arson.", by="Rowing Club")
    report = desk.report("Tarn Echo", "2031-04-11")
    report.says("The fire at the Velm boathouse was arson.", by="Harbour Board", polarity="negated", stance="deny")
    b = report.says("The fire at the Velm boathouse was caused by an electrical fault.", by="Harbour Board")
    (conflict,) = between(desk.story(), a, b)
    assert (conflict.kind, conflict.about) == ("category", "the cause of the fire")
