"""Statements that say the same thing become one claim, others stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from desk import Desk, claim_of

from variorum.compare import CompareConfig
from variorum.text.embed import WordHashEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _desk() -> Desk:
    desk = Desk()
    desk.knows("place", "Velm", "Tarn")
    desk.knows("organisation", "Harbour Board")
    return desk


def test_same_words_in_two_reports_are_one_claim() -> None:
    """Copied words need no judgement."""
    desk = _desk()
    a = desk.report("Velm Post", "2031-04-10").says("The bridge at Velm was closed after the flood.", day="2031-04-10")
    b = desk.report("Tarn Echo", "2031-04-11").says("The bridge at Velm was closed after the flood.", day="2031-04-10")
    story = desk.story()
    assert claim_of(story, a) == claim_of(story, b)
    assert claim_of(story, a).support.articles == 2


def test_reordered_words_are_one_claim() -> None:
    """Voice and order change, what is said does not."""
    desk = _desk()
    a = desk.report("Velm Post").says("The Harbour Board closed the old bridge at Velm after the flood.", does="close")
    b = desk.report("Tarn Echo").says(
        "After the flood the old bridge at Velm was closed by the Harbour Board.", does="close"
    )
    story = desk.story()
    assert claim_of(story, a) == claim_of(story, b)


def test_other_counts_days_and_polarity_stay_apart() -> None:
    """One word or number makes another claim."""
    desk = _desk()
    base = {"does": "drown"}
    a = desk.report("Velm Post").says(
        "Three people drowned in the flood at Velm.", counts=((3, "people", "killed"),), **base
    )
    b = desk.report("Tarn Echo").says(
        "Five people drowned in the flood at Velm.", counts=((5, "people", "killed"),), **base
    )
    c = desk.report("Daily Wave").says("No people drowned in the flood at Velm.", polarity="negated", **base)
    d = desk.report("Evening Wave").says("The bridge at Velm was closed after the flood.", day="2031-04-10")
    e = desk.report("Morning Wave").says("The bridge at Velm was closed after the flood.", day="2031-05-10")
    story = desk.story()
    assert len({claim_of(story, s).id for s in (a, b, c, d, e)}) == 5


def test_every_statement_has_one_claim() -> None:
    """Single statements are claims too."""
    desk = _desk()
    report = desk.report("Velm Post")
    said = [report.says("The mayor resigned."), report.says("Rain is forecast."), report.says("The mayor resigned.")]
    story = desk.story()
    assert sorted(s for claim in story.claims for s in claim.statements) == sorted(s.id for s in said)


def test_nothing_to_compare_gives_an_empty_story() -> None:
    """A story without statements stays one."""
    assert Desk().story().claims == ()


def test_the_order_of_the_reports_does_not_matter() -> None:
    """Same reports, same claims, same conflicts."""
    desk = _desk()
    desk.report("Velm Post", "2031-04-10").says("Three people drowned at Velm.", counts=((3, "people", "killed"),))
    desk.report("Tarn Echo", "2031-04-11").says("Five people drowned at Velm.", counts=((5, "people", "killed"),))
    desk.report("Daily Wave", "2031-04-11").says("The bridge at Velm was closed after the flood.")
    forward, backward = desk.story(), desk.story(order=-1)
    assert (forward.claims, forward.conflicts) == (backward.claims, backward.conflicts)


def test_a_specific_claim_refines_a_general_one() -> None:
    """They are linked, neither joined nor set against each other."""
    desk = _desk()
    a = desk.report("Velm Post").says("The Harbour Board closed the bridge at Velm.", does="close")
    b = desk.report("Tarn Echo").says(
        "The Harbour Board closed the bridge at Velm, whose rusty chains and rotten planks had frightened cyclists.",
        does="close",
    )
    story = desk.story()
    assert claim_of(story, b).refines == (claim_of(story, a).id,) or claim_of(story, a) == claim_of(story, b)
    assert story.conflicts == ()


def test_dates_that_are_none_are_ignored() -> None:
    """Records may come from anywhere."""
    desk = _desk()
    a = desk.report("Velm Post").says("The bridge at Velm was closed.", day="2031-02-31")
    desk.report("Tarn Echo").says("The bridge at Velm was closed.", day="soon")
    assert claim_of(desk.story(), a).support.articles == 2


def test_equal_words_parsed_differently_are_compared() -> None:
    """One parse of the same words may name other terms and predicates than the next."""
    desk = _desk()
    a = desk.report("Velm Post").says("It is closed, they said, for now.", does="close")
    b = desk.report("Tarn Echo").says("It is closed, they said, for now.", does="say")
    other = replace(b, frame=replace(b.frame, terms=("shut",)))
    desk.reports["r01"].statements[0] = other
    assert {s for claim in desk.story().claims for s in claim.statements} == {a.id, b.id}


def test_the_text_of_a_claim_is_its_clearest_statement() -> None:
    """Self-contained words are shown, not those that point back."""
    desk = _desk()
    desk.report("Velm Post").says("It closed the old bridge at Velm after the flood, the board said.", does="close")
    b = desk.report("Tarn Echo").says("The Harbour Board closed the old bridge at Velm after the flood.", does="close")
    assert claim_of(desk.story(), b).text == b.text


def test_one_person_and_no_common_word_are_two_claims() -> None:
    """Not at the helm, and not charged: both of Captain Holm, both with a "not"."""
    desk = Desk()
    desk.knows("person", "Holm")
    a = desk.report("Velm Post", "2031-04-10").says(
        "Holm was not at the helm.", by="Smith", polarity="negated", does="be", agent="Holm"
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        "Holm was not charged.", polarity="negated", does="charge", patient="Holm"
    )
    story = desk.story()
    assert claim_of(story, a) != claim_of(story, b)


def test_the_hurt_and_the_dead_are_two_claims() -> None:
    """One fire, two fates: how many were hurt never confirms how many died."""
    desk = Desk()
    hurt = desk.report("Velm Post", "2031-04-10").says(
        "9 workers fell in the fire at the Kestle paper mill on Tuesday.", counts=((9, "worker", "injured"),)
    )
    dead = desk.report("Tarn Echo", "2031-04-12").says(
        "9 workers fell in the fire at the Kestle paper mill on Tuesday.", counts=((9, "worker", "killed"),)
    )
    story = desk.story()
    assert claim_of(story, hurt).id != claim_of(story, dead).id


def test_what_should_be_is_not_what_will_be() -> None:
    """A demand is no report of a plan, be the words as alike as they may."""
    desk = Desk()
    a = desk.report("Velm Post", "2031-04-10").says(
        "The warden will leave office on 1 March.", does="leave", reality="planned", day="2032-03-01"
    )
    b = desk.report("Tarn Echo", "2031-04-11").says(
        "The warden should leave office at once and not on 1 March.",
        by="Rowing Club",
        does="leave",
        reality="conditional",
        day="2032-03-01",
    )
    story = desk.story()
    assert claim_of(story, a) != claim_of(story, b)
    assert story.conflicts == ()


def test_what_undoes_a_deed_is_another_claim() -> None:
    """The 19-year-old was arrested, and released."""
    desk = Desk()
    age = ((19, "year", "age"),)
    a = desk.report("Velm Post", "2031-04-10").says("Police arrested a man of 19 in Velm.", does="arrest", counts=age)
    b = desk.report("Tarn Echo", "2031-04-11").says("A man of 19 was released in Velm.", does="release", counts=age)
    assert claim_of(desk.story(), a) != claim_of(desk.story(), b)


@pytest.mark.parametrize(
    ("deed", "one_claim"), [("offered", True), ("promised", True), ("paid", False), ("repaid", False)]
)
def test_what_is_offered_is_not_what_is_paid(deed: str, one_claim: bool) -> None:
    """One sum and the same families, and yet two steps of one thing."""
    desk = Desk()
    sum_of_each = ((4000, "crown", None),)
    verbs = {"offered": "offer", "promised": "promise", "paid": "pay", "repaid": "repay"}
    a = desk.report("Velm Post", "2031-04-10").says(
        "The county offered 4,000 crowns for each bereaved family.", does="offer", counts=sum_of_each
    )
    b = desk.report("Tarn Echo", "2031-04-12").says(
        f"The county {deed} 4,000 crowns for each bereaved family.", does=verbs[deed], counts=sum_of_each
    )
    story = desk.story()
    assert (claim_of(story, a).id == claim_of(story, b).id) is one_claim


def test_who_promises_to_pay_and_who_is_going_to_pay_say_the_same() -> None:
    """As long as neither has paid."""
    desk = Desk()
    desk.knows("person", "Ada Brenn")
    told = {"by": "Ada Brenn", "kind": "person", "reality": "planned", "counts": ((4000, "crown", None),)}
    a = desk.report("Velm Post", "2031-04-10").says(
        "Ada Brenn promised to the family of every victim 4,000 crowns.", does="promise", **told
    )
    b = desk.report("Tarn Echo", "2031-04-10").says(
        "The county would pay 4,000 crowns to the family of every victim.", does="pay", **told
    )
    assert claim_of(desk.story(), a) == claim_of(desk.story(), b)


class _Synonyms(WordHashEmbedder):
    """Vectors of words, for which a session of the committee is one that meets."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        alike = {"A second session is to be held on 4 May.": "The committee would meet again on 4 May."}
        return super().embed([alike.get(text, text) for text in texts])


def test_what_two_do_together_is_one_claim_by_what_they_do() -> None:
    """ "Hold talks", "convene urgent talks": what is held is a word in common of what is said, and no doer."""
    desk = _desk()
    desk.knows("organisation", "Rowing Club")
    told = {"by": "clerks", "kind": "unnamed", "reality": "planned", "agent": "Harbour Board", "patient": "talks"}
    a = desk.report("Velm Post", "2031-04-05").says(
        "The Harbour Board and the Rowing Club will hold talks in Velm.", does="hold", day="2031-04-08", **told
    )
    b = desk.report("Tarn Echo", "2031-04-06").says(
        "The Harbour Board and the Rowing Club will convene urgent talks.", does="convene", day="2031-04-08", **told
    )
    assert claim_of(desk.story(), a) == claim_of(desk.story(), b)


def test_what_is_planned_for_one_day_is_compared_by_meaning() -> None:
    """Though the words are others, and the story has more sentences than are embedded."""
    desk = Desk()
    day = {"reality": "planned", "day": "2031-05-04", "times": (("4 May", "DATE", "2031-05-04"),)}
    post = desk.report("Velm Post", "2031-04-10")
    for street in ("Mill Lane", "Harbour Road", "Quay Street"):
        post.says(f"Water stood a metre deep in {street} on Tuesday.", does="stand")
    a = post.says("A second session is to be held on 4 May.", does="hold", **day)
    b = desk.report("Tarn Echo", "2031-04-10").says("The committee would meet again on 4 May.", does="meet", **day)
    c = desk.report("Orra Herald", "2031-04-10").says("Swimming baths reopen on 4 May.", does="reopen", **day)
    story = desk.story(CompareConfig(vectors=3), embedder=_Synonyms())
    assert claim_of(story, a) == claim_of(story, b) != claim_of(story, c)


def test_a_place_in_common_makes_no_claim() -> None:
    """A fire in the mill, and bodies found in the ruins of the mill."""
    desk = Desk()
    desk.knows("place", "Velm")
    a = desk.report("Velm Post").says(
        "A fire tore through the old paper mill in the port city of Velm.", does="tear", agent="fire"
    )
    b = desk.report("Tarn Echo").says(
        "Two bodies lay in the ruins of the old paper mill in the port city of Velm.", does="lie", agent="bodies"
    )
    assert claim_of(desk.story(), a).id != claim_of(desk.story(), b).id


def test_an_age_in_passing_is_not_the_claim() -> None:
    """ "The plane is twelve years old", "the twelve-year-old plane was towed": another thing is told of it."""
    desk = Desk()
    a = desk.report("Velm Post").says(
        "The plane is 12 years old.", does="be", agent="plane", counts=((12, "year", "age"),)
    )
    b = desk.report("Tarn Echo").says(
        "The 12 years old plane was towed.", does="tow", patient="plane", counts=((12, "year", "age"),)
    )
    assert claim_of(desk.story(), a).id != claim_of(desk.story(), b).id


def test_one_figure_of_one_source_is_one_claim_however_it_is_put() -> None:
    """A source that gives two papers one figure says one thing; of two sources it may be two."""
    for other, joined in (("Ines Hald", True), ("Orm Beck", False)):
        desk = Desk()
        desk.knows("person", "Ines Hald", "Orm Beck")
        a = desk.report("Velm Post").says(
            "Two patients are fighting for their lives.", by="Ines Hald", kind="person", does="fight",
            counts=((2, "patient", "critical"),),
        )  # fmt: skip
        b = desk.report("Tarn Echo").says(
            "Two climbers were in intensive care.", by=other, kind="person", does="be",
            counts=((2, "patient", "critical"),),
        )  # fmt: skip
        assert (b.id in claim_of(desk.story(), a).statements) == joined
