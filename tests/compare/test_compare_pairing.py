"""What two statements cannot be set against each other: both give both figures, or one is of somebody else, of another
time, of a ruling, or of what was only thought before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk, between

from variorum.compare.conflicts.denials import denies
from variorum.compare.conflicts.firm import of_one_of_several, of_two_measures
from variorum.compare.conflicts.labels import named
from variorum.compare.conflicts.pairing import (
    but_parts,
    in_place_of_earlier,
    no_other_date,
    of_a_second,
    once_each,
    told_by_both,
)
from variorum.compare.facts.fact import Fact, read_facts
from variorum.compare.facts.names import Names
from variorum.compare.finding import Finding

_NAMES = Names([], {})
_AGES = ((20, "year", "age"), (23, "year", "age"))


def _facts(*told: str, **more: object) -> list[Fact]:
    """Statements of one report each."""
    desk = Desk()
    for text in told:
        desk.report(f"Outlet {text[:8]}").says(text, **more)  # type: ignore[arg-type]
    reports = list(desk.reports.values())
    return read_facts([r.article() for r in reports], [s for r in reports for s in r.statements], _NAMES)


def _figures(one: str, other: str) -> Finding:
    return Finding("quantity", "contradiction", "the number of mills", 0, 1, one, other, 0.75)


def test_figures_that_both_give_are_no_dispute() -> None:
    """Of two people each sentence tells both ages."""
    both = _facts("Ada Holm, 20, and Ida Holm, 23, are sought.", "Police named Ada, 20, and Ida, 23.", counts=_AGES)
    assert told_by_both(_figures("20 years", "23 years"), both)
    one = [both[0], *_facts("Police named Ada, 20.", counts=_AGES[:1])]
    assert not told_by_both(_figures("20 years", "23 years"), one)


def test_what_is_told_instead_of_an_earlier_rumour_is_a_later_state() -> None:
    """Though it stands first, and the rumour is told after it."""
    facts = _facts("The barge will instead be built by one mill.", "Earlier rumours spoke of two mills.")
    found = in_place_of_earlier(_figures("1 mill", "2 mills"), facts)
    assert (found.relation, found.value_a, found.value_b) == ("update", "2 mills", "1 mill")
    assert in_place_of_earlier(_figures("1 mill", "2 mills"), facts[:1] * 2).relation == "contradiction"


def test_two_statements_are_set_against_each_other_once() -> None:
    """By the shorter of two names for one question."""
    twin = Finding("quantity", "contradiction", "the number of mills involved", 1, 0, "2 mills", "1 mill", 0.8)
    assert [f.about for f in once_each([_figures("1 mill", "2 mills"), twin])] == ["the number of mills"]


def test_a_cause_is_no_date() -> None:
    """What gives no day of its own and calls nothing off has not moved a day."""
    facts = _facts("The bridge opens in spring.", "The late start makes that hard to keep.", "The opening was put off.")
    update = Finding("date", "update", "the bridge opens", 0, 1, "the bridge opens", "the late start", 0.8)
    assert no_other_date(update, facts[0], facts[1])
    assert not no_other_date(update, facts[0], facts[2])


def test_a_total_is_not_changed_by_one_of_what_it_adds_up() -> None:
    """Unless the later figure says that it is the newer one."""
    (total,) = _facts("A total of 14 rifles were seized in five raids.", counts=((14, "rifle", None),))
    counted = [replace(c, quantity=replace(c.quantity, cumulative=True)) for c in total.counts]
    total = replace(total, counts=tuple(counted))
    (one,) = _facts("During the raid six rifles were found.", counts=((6, "rifle", None),))
    update = replace(_figures("14 rifles", "6 rifles"), relation="update")
    assert of_one_of_several(update, total, one)
    (newer,) = _facts("The number was lowered to six rifles.", counts=((6, "rifle", None),))
    assert not of_one_of_several(update, total, newer)


@pytest.mark.parametrize(
    ("text", "second"), [("In his case the leg was not saved.", True), ("It was not saved.", False)]
)
def test_a_second_person_is_not_set_against_the_first(text: str, second: bool) -> None:
    """By the words that bring him in."""
    facts = _facts("The leg was saved.", text)
    assert of_a_second(_figures("", ""), facts[0], facts[1]) == second


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The prosecutor dismissed 849 cases.", False),
        ("The prosecutor dismissed the reports.", True),
        ("The prosecutor rejected the claim that cases were lost.", True),
    ],
)
def test_who_dismisses_a_case_denies_nothing(text: str, found: bool) -> None:
    """To rule on something is not to deny what somebody told."""
    [fact] = _facts(text, by="prosecutor", stance="deny")
    assert denies(fact) == found


def test_a_body_and_its_spokesman_are_one_side() -> None:
    """The ministry's denial of "the reports" is not of what its spokesman says."""
    desk = Desk()
    post = desk.report("Velm Post")
    told = post.says(
        'Ministry spokesman Bo Lunt said. "They are unable to test it."',
        by="Bo Lunt", kind="person", does="be", agent="They",
    )  # fmt: skip
    denied = post.says(
        "The health ministry has denied the reports.",
        by="health ministry",
        stance="deny",
        does="deny",
        patient="reports",
    )
    assert not between(desk.story(), told, denied)


def test_a_label_names_what_was_counted() -> None:
    """From the words of those who tell it."""
    facts = _facts("It was a party of 12.", "He put the party at 25.", "The party was closer to 25.")
    assert named("the number of things", facts) == "the size of the party"
    assert named("the cost in euros", _facts("Bottles of wine costing 90 euros.")) == "the cost of wine in euros"
    assert named("the cost in euros", facts) == "the cost in euros"


def test_how_high_it_lies_is_not_how_long_it_is() -> None:
    """By the words beside the number."""
    (high,) = _facts("It broke away at around 2,400 metres.", counts=((2400, "metre", None),))
    (long,) = _facts("It was 700 metres long.", counts=((700, "metre", None),))
    update = replace(_figures("2,400 metres", "700 metres"), relation="update")
    assert of_two_measures(update, high, long)
    (also,) = _facts("It was 2,400 metres long.", counts=((2400, "metre", None),))
    assert not of_two_measures(update, also, long)


def test_parts_of_one_sentence_do_not_change_into_each_other() -> None:
    """But what it calls the newer figure."""
    three = ((3, "person", "hospitalized"),)
    both = (*three, (1, "person", "hospitalized"))
    update = replace(_figures("3 hospitalized", "1 hospitalized"), relation="update")
    (first,) = _facts("Three were taken to hospital.", counts=three)
    (parts,) = _facts("Three are in Rauthal, and one is in Merzen.", counts=both)
    (newer,) = _facts("The number was lowered from three to one.", counts=both)
    assert but_parts([update], [first, parts]) == []
    assert but_parts([update], [first, newer]) == [update]
