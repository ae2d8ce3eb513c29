"""Pairs that answer one question in form only: another make of a thing, a bound, others, another event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk import Desk, between

from variorum.compare.conflicts import unlike
from variorum.compare.facts.counts import Slot, of_two_kinds, read_count
from variorum.compare.facts.fact import Fact, read_facts
from variorum.compare.facts.names import Names
from variorum.compare.finding import Finding
from variorum.model import Quantity

_NAMES = Names([], {})


def _fact(text: str, *counts: tuple[object, ...], **more: object) -> Fact:
    """What one report says."""
    desk = Desk()
    desk.report("Velm Post").says(text, counts=counts, **more)  # type: ignore[arg-type]
    [report] = desk.reports.values()
    return read_facts([report.article()], report.statements, _NAMES)[0]


def _denied() -> Finding:
    return Finding("denial", "contradiction", "it", 0, 1, "affirmed", "denied", 0.8, denial=True)


@pytest.mark.parametrize(
    ("rule", "text", "against"),
    [
        (unlike.only_at_first, "Ada Holm initially dismissed the report that the mill burned.", True),
        (unlike.only_at_first, "He denied the claims for years until he came forward.", True),
        (unlike.only_at_first, "Ada Holm dismissed the report that the mill burned.", False),
        (unlike.of_others, "Other channels showed the mill without a blur.", True),
        (unlike.of_others, "He says that rivals often spread false reports.", True),
        (unlike.of_others, "The channel showed the mill without a blur.", False),
    ],
)
def test_a_denial_of_something_else(rule: Callable[..., bool], text: str, against: bool) -> None:
    """Or of what is no longer denied."""
    assert rule(_denied(), _fact("The mill burned."), _fact(text)) == against


@pytest.mark.parametrize(
    ("rule", "left", "right", "against"),
    [
        (unlike.of_two_makes, "The oak model of the boat starts at 500.", "The boat starts at 350.", True),
        (unlike.of_two_makes, "The new model of the boat starts at 500.", "The boat starts at 350.", False),
        (unlike.of_a_bound, "The boat might cost 350 at a bare minimum.", "The boat costs 500.", True),
        (unlike.of_a_bound, "The boat costs 350.", "The boat costs 500.", False),
        (unlike.of_anothers, "It will bring 500, topping Halden's 350.", "It will bring 500.", True),
        (unlike.of_anothers, "Halden's 350 were paid.", "Halden will pay 500.", False),
    ],
)
def test_a_sum_of_something_else(rule: Callable[..., bool], left: str, right: str, against: bool) -> None:
    """Another make, a bound, what another has."""
    sums = [(n, "euro", "cost") for n in (350, 500)]
    facts = [_fact(text, *(s for s in sums if str(s[0]) in text)) for text in (left, right)]
    values = ["350 euros cost" if "350" in text else "500 euros cost" for text in (left, right)]
    finding = Finding("quantity", "contradiction", "the cost in euros", 0, 1, *values, 0.8)
    assert rule(finding, *facts) == against


def test_a_verb_of_its_own_counts_apart() -> None:
    """Of "a clerk died and two men were hurt" one is dead; "a clerk and two men died" are three."""
    for text, total in (("1 clerk died and 2 men were hurt.", 1), ("1 clerk and 2 men died.", 3)):
        fact = _fact(text, (1, "clerk", "killed"), (2, "man", None))
        assert of_two_kinds(fact.counts[0], fact.counts, fact.statement).core == total


def test_days_in_hospital_are_no_people() -> None:
    """Whatever the words beside them."""
    beside = "in the hospital for 3 days"
    days = Quantity((20, 26), 3, 3, "exact", "day", "day")
    assert read_count(days, beside, beside).slot == Slot(None, "day")


def test_an_allegation_named_by_the_way_is_not_what_is_denied() -> None:
    """ "Passed on papers of clerks who spoke of theft" is not the theft."""
    desk = Desk()
    post = desk.report("Velm Post")
    told = post.says(
        "The police passed on papers of clerks who claimed thefts.", does="pass", agent="police", patient="papers"
    )
    denied = post.says(
        "The mill has dismissed the theft allegation.", by="mill", stance="deny", does="dismiss", agent="mill",
        patient="theft allegation", polarity="negated",
    )  # fmt: skip
    assert not between(desk.story(), told, denied)
