"""What a denial means of several things that were told, and pairs of undated reports that only look like a dispute."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk, Report, between

from variorum.compare.conflicts.answers import rounds
from variorum.compare.conflicts.meant import under_a_no
from variorum.compare.conflicts.rounding import no_rounding, of_another_thing
from variorum.compare.conflicts.unlike import never_enough, of_another_way
from variorum.compare.facts.counts import Slot, read_count
from variorum.compare.facts.fact import read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.telling import count_value
from variorum.compare.finding import Finding
from variorum.model import Quantity, Statement

_CAUGHT = "Ten divers were caught below the weir in Tarn."


def _denial(report: Report, text: str = "The mill denied the claims.") -> Statement:
    return report.says(text, "Mill", stance="deny", polarity="negated", does="deny", patient="claims")


@pytest.mark.parametrize("added", ["The divers also saw some boats at night.", "Divers saw some boats, she added."])
def test_the_claim_that_all_report_is_denied_and_not_what_its_source_adds(added: str) -> None:
    """Her first sentence, which the other report has too; where nobody else tells either, nobody can tell."""
    for known in (True, False):
        desk = Desk()
        post = desk.report("Velm Post")
        claim = post.says(_CAUGHT, "Bay Blog", does="caught", patient="divers")
        more = post.says(added, "Bay Blog", does="see", agent="divers")
        denial = _denial(post)
        if known:
            desk.report("Tarn Echo").says("Ten divers were caught in Tarn.", does="caught", patient="divers")
        story = desk.story()
        assert bool(between(story, claim, denial)) == known
        assert not between(story, more, denial)


def test_a_denial_of_what_is_told_of_the_denier_stays_with_it() -> None:
    """ "The mill had opened its gates": what is said of him he denies, before what else his accuser said."""
    desk = Desk()
    post = desk.report("Velm Post")
    first = post.says(_CAUGHT, "Bay Blog", does="caught", patient="divers")
    accused = post.says("The Mill opened the gates at night.", "Bay Blog", does="open", agent="Mill", patient="gates")
    denial = _denial(post)
    desk.report("Tarn Echo").says("Ten divers were caught in Tarn.", does="caught", patient="divers")
    story = desk.story()
    assert between(story, accused, denial)
    assert not between(story, first, denial)


def test_what_stands_far_back_and_nobody_else_tells_is_not_denied() -> None:
    """Between "Odo is well" and "the board refuted these claims" stands something else."""
    desk = Desk()
    post = desk.report("Velm Post")
    told = post.says("Odo Lantz is well.", "Ida Holm", kind="person", does="be", agent="Odo Lantz")
    post.says("The weir lies above the town.", does="lie", agent="weir")
    denial = _denial(post, "The mill refuted these claims.")
    assert not between(desk.story(), told, denial)


def test_who_stands_in_a_no_tells_nothing() -> None:
    """ "There was no word from the mayor confirming that the weir closes": the mayor does not confirm it."""
    desk = Desk()
    post = desk.report("Velm Post")
    no = post.says("There was no word from Ida Holm", polarity="negated", does="be")
    told = post.says("Ida Holm confirming that the weir closes.", "Ida Holm", does="close", agent="weir")
    begin, end = no.span
    inside = replace(told, span=(end - len("Ida Holm"), told.span[1]))
    for statements, under in (((no, inside), True), ((no, told), False)):
        facts = read_facts([post.article()], statements, Names([], {}))
        assert under_a_no(1, facts) == under
    assert begin < inside.span[0]


def test_who_confirms_nothing_stands_on_no_side() -> None:
    """ "The office did not confirm that it burned" is told by no reading."""
    desk = Desk()
    desk.knows("place", "Tarn")
    yes = desk.report("Velm Post").says("The mill in Tarn burned.", "Bay Blog", does="burn", agent="mill")
    echo = desk.report("Tarn Echo")
    echo.says("The office did not confirm the mill in Tarn burned.", "Office", does="burn", agent="mill")
    echo.statements = [replace(echo.statements[0], certainty="unknown")]
    no = desk.report("Orlan Star").says(
        "The mill in Tarn did not burn.", "Ida Holm", stance="deny", polarity="negated", does="burn", agent="mill"
    )
    [conflict] = between(desk.story(), yes, no)
    assert [reading.statements for reading in conflict.readings] == [(yes.id,), (no.id,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Another thing came before than after.
        (
            "A man who jumped the fence passed an agent before he was held in the building.",
            "A man who scaled a fence rushed past an agent after reaching the building.",
        ),
        # What is told behind the clause is none of it.
        (
            "They used chlorine before ramming a gate, which led to the death of some men.",
            "They used chlorine after trapping a crew, while a gate fell, which led to the death of some men.",
        ),
        # Who only claims something blames nobody.
        (
            "A diver claims that the guild sold the nets to a crew after it went home.",
            "The guild sold some boats before others went, a cook has revealed.",
        ),
    ],
)
def test_before_and_after_of_two_things(one: str, other: str) -> None:
    """Of what both tell, less than half is one thing."""
    desk = Desk()
    a = desk.report("Velm Post").says(one, "Bay Blog", does="pass")
    b = desk.report("Tarn Echo").says(other, "Ida Holm", does="rush")
    assert not between(desk.story(), a, b)


def test_other_people_killed_are_not_killed_by_others() -> None:
    """Five by some, eight as some people say: two deeds, and who says it did not do it."""
    desk = Desk()
    a = desk.report("Velm Post").says(
        "Rebels killed 5 people.", "Ida Holm", does="kill", agent="rebels", patient="people",
        counts=((5, "person", "killed"),),
    )  # fmt: skip
    b = desk.report("Tarn Echo").says(
        "Residents killed 8 people.", "Odo Lantz", does="kill", agent="residents", patient="people",
        counts=((8, "person", "killed"),),
    )  # fmt: skip
    assert not between(desk.story(), a, b)


def test_in_and_out_are_two_ways() -> None:
    """Who walked in, and "never walked out", is not said not to have walked in."""
    finding = Finding("denial", "contradiction", "it", 0, 1, "affirmed", "denied", 0.8, denial=True)
    facts = []
    for text in ("Ida walked inside the chapel.", "Ida never walked out of it.", "Ida never walked into it."):
        desk = Desk()
        post = desk.report("Velm Post")
        said = post.says(text, does="walk", agent="Ida")
        end = text.index("walked") + len("walked")
        verb = replace(said, frame=replace(said.frame, span=(end - len("walked"), end)))  # type: ignore[type-var]
        facts += read_facts([post.article()], [verb], Names([], {}))
    inside, out, into = facts
    assert of_another_way(finding, inside, out)
    assert not of_another_way(finding, inside, into)


def test_totals_of_reports_without_dates_may_be_of_two_times() -> None:
    """Four were held, ten were held: of one day two disagree, of unknown ones each may have the earlier state."""
    for day in (None, "2031-04-10"):
        desk = Desk()
        a, b = (
            desk.report(outlet, day).says(
                f"In the town {count} men were arrested.", by, does="arrest", patient="men",
                counts=((count, "man", "arrested"),),
            )
            for outlet, by, count in (("Velm Post", "Bay Blog", 4), ("Tarn Echo", "Ida Holm", 10))
        )  # fmt: skip
        assert bool(between(desk.story(), a, b)) == bool(day)


def test_a_contract_of_hundreds_is_not_one_of_millions() -> None:
    """Somebody left "million" out."""
    for sum_, found in ((800, False), (200_000_000, True)):
        desk = Desk()
        a, b = (
            desk.report(outlet).says(
                f"Odo Lantz ripped up a contract of {amount:,} euros.", does="rip", agent="Odo Lantz",
                patient="contract", counts=((amount, "euro", None),),
            )
            for outlet, amount in (("Velm Post", sum_), ("Tarn Echo", 300_000_000))
        )  # fmt: skip
        assert bool(between(desk.story(), a, b)) == found


def test_what_is_measured_twice_is_not_rounded() -> None:
    """132 is 130 in round figures, and 135 is not."""
    counts = {n: read_count(Quantity((0, 3), n, n, "exact", "pound", None), f"{n} pounds") for n in (130, 132, 135)}
    assert rounds(counts[130], counts[132])
    assert not rounds(counts[130], counts[135])


def test_an_age_whose_words_stand_apart_is_one() -> None:
    """ "59 - year - old" of a text cut into words."""
    assert read_count(Quantity((0, 9), 59, 59, "exact", "year", "year"), "59 - year - old").slot == Slot("age", "year")


def test_no_such_thing_is_of_what_was_just_told() -> None:
    """ "No sign of such tanks was found": of those of the sentence before, and no others."""
    for near in (True, False):
        desk = Desk()
        post = desk.report("Velm Post", "2031-04-10")
        told = post.says("The tanks leaked.", "Bay Blog", does="leak", agent="tanks")
        [tanks] = told.frame.arguments if told.frame else ()
        post.statements = [replace(told, frame=replace(told.frame, arguments=(replace(tanks, entity=None),)))]  # type: ignore[type-var]
        if not near:
            post.says("The weir lies above the town.", does="lie", agent="weir")
            post.says("The guild owns it.", does="own", agent="guild")
        no = post.says(
            "No sign of such tanks was recorded.", "Ida Holm", polarity="negated", does="record", agent="sign"
        )
        assert bool(between(desk.story(), told, no)) == near


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ("A boat costs about 8300 euros.", "A boat costs 7999 euros.", True),
        ("A boat costs about 8300 euros.", "A boat costs 8312 euros.", False),
        ("A boat costs almost 9000 euros.", "A boat costs 9387 euros.", True),
        ("A boat costs almost 9000 euros.", "A boat costs 8940 euros.", False),
        ("A boat costs about 8300 euros.", "A boat costs 8312 euros and a raft 8300 euros.", True),
        ("A boat costs about 8300 euros.", "The new gate was built for 8312 euros.", True),
    ],
)
def test_a_rounded_figure_is_as_near_as_its_last_digit_says(one: str, other: str, against: bool) -> None:
    """And of one thing; a sentence that gives both tells of two."""
    facts = []
    for text in (one, other):
        report = Desk().report("Velm Post")
        bound = "exact" if text == other else "about"
        figures = [int(word) for word in text.split() if word.isdigit()]
        said = report.says(text, does="cost")
        spans = [(text.index(str(n)), n) for n in figures]
        money = tuple(Quantity((b, b + 4), n, n, bound, "euro", "EUR", role="cost") for b, n in spans)  # type: ignore[arg-type]
        facts += read_facts([report.article()], [replace(said, quantities=money)], Names([], {}))
    values = [count_value(fact.counts[0]) for fact in facts]
    finding = Finding("quantity", "rounding", "the cost", 0, 1, values[0], values[1], 0.8)
    assert any(reason(finding, *facts) for reason in (no_rounding, of_another_thing)) == against


def test_who_can_never_thank_enough_thanks() -> None:
    """No denial, though it says "never"."""
    finding = Finding("denial", "contradiction", "it", 0, 1, "affirmed", "denied", 0.8, denial=True)
    facts = []
    for text in ("I thank the guild.", "I can never thank the guild enough.", "I never thanked the guild."):
        report = Desk().report("Velm Post")
        report.says(text, does="thank")
        facts += read_facts([report.article()], report.statements, Names([], {}))
    assert never_enough(finding, facts[0], facts[1])
    assert not never_enough(finding, facts[0], facts[2])


def test_half_of_a_decimal_is_no_count() -> None:
    """ "A shock of 3 . 6" counts nobody."""
    report = Desk().report("Velm Post")
    report.says("Shocks of 3 . 6 followed, and 7 people fled.", counts=((6, None), (7, "person")))
    [fact] = read_facts([report.article()], report.statements, Names([], {}))
    assert [count.core for count in fact.counts] == [7]
