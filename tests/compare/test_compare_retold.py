"""A claim is no better borne out than its texts earn: by a report in other words, by one who alone can know, by words
that join two subjects, or by what tells nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import Desk, Report, claim_of

from variorum.compare.claims.cuts import parts
from variorum.compare.claims.retold import Outline
from variorum.compare.facts.wishes import disowned
from variorum.model import Claim, Statement

BARGE = (
    "The barge Lotte sank beside the corn quay of Velm on Sunday.",
    "Baker Ida Holm heard planks crack at dawn and ran out in her apron.",
    "She threw a rope to the skipper, who had slept in the cabin with a goat.",
    "Divers needed 4 hours to lift the hull with two cranes.",
    "Sacks of rye for 30 bakeries had burst and turned the basin grey.",
    "The harbour master forbids bathing until the rye has drifted off.",
)
RETOLD = (
    "A barge with rye, the Lotte, has sunk at the corn quay in Velm.",
    "Cracking planks woke the baker Ida Holm at dawn, who ran out in an apron.",
    "To the skipper, asleep with his goat in the cabin, a rope was thrown by her.",
    "Two cranes and divers lifted the hull in 4 hours.",
    "The basin turned grey from burst sacks that 30 bakeries wait for.",
    "Bathing is forbidden by the harbour master until all rye drifted off.",
)
SEEN = (
    "The barge Lotte sank beside the corn quay of Velm on Sunday.",
    "Pilots watched from the tower of Saint Anne how the mast went under.",
    "Otto Lund, a chimney sweep, lent his ladder; it broke at the ninth rung.",
    "Divers needed 4 hours to lift the hull with two cranes.",
    "The insurer in Tarn wants to see the log, of which 12 pages are missing.",
    "Children sold lemonade on the steps to those who came to stare.",
)


def _tell(report: Report, sentences: tuple[str, ...]) -> list[Statement]:
    return [report.says(sentence) for sentence in sentences]


def test_a_report_in_other_words_may_be_after_the_one_that_it_retells() -> None:
    """Its sentences stand in the earlier report in one order, and it has no name or figure of its own."""
    desk = Desk()
    first = _tell(desk.report("Velm Post", "2031-05-04"), BARGE)
    _tell(desk.report("Tarn Echo", "2031-05-05"), RETOLD)
    claims = [claim_of(desk.story(), statement) for statement in first]
    told = [claim for claim in claims if claim.support.articles == 2]
    assert told
    assert {(c.support.newsrooms, c.support.roots, c.status) for c in told} == {((1, 2), (1, 2), "single_origin")}
    assert "Tarn Echo, perhaps after Velm Post, in other words and the same order" in told[0].support.reasons


def test_who_saw_it_himself_retells_nobody() -> None:
    """What two were there for both may tell in like words: most of what they tell is their own."""
    assert Outline(" ".join(RETOLD)).follows(Outline(" ".join(BARGE)))
    assert not Outline(" ".join(SEEN)).follows(Outline(" ".join(BARGE)))
    assert not Outline(" ".join((*RETOLD, "Our reporter saw it."))).follows(Outline(" ".join(BARGE)))
    assert not Outline(" ".join(RETOLD[::-1])).follows(Outline(" ".join(BARGE)))


def test_an_earlier_report_retells_no_later_one() -> None:
    """Of two of which each could be the other in other words the earlier one is the first."""
    desk = Desk()
    _tell(desk.report("Velm Post", "2031-05-05"), BARGE)
    retold = _tell(desk.report("Tarn Echo", "2031-05-04"), RETOLD)
    reasons = [r for s in retold for r in claim_of(desk.story(), s).support.reasons]
    assert not [reason for reason in reasons if reason.startswith("Tarn Echo, perhaps after")]


def test_of_two_that_may_each_be_the_other_one_is_first() -> None:
    """The most that can be distinct is no less for it."""
    desk = Desk()
    first = _tell(desk.report("Velm Post"), BARGE)
    _tell(desk.report("Tarn Echo"), tuple(sentence.replace("Divers", "Two divers") for sentence in BARGE))
    supports = [claim_of(desk.story(), statement).support for statement in first]
    assert [support.newsrooms for support in supports if support.articles == 2] == [(1, 2)] * len(BARGE)


def _of_two(one: str, other: str, by: tuple[str | None, str | None] = (None, None), more: str = "") -> Claim:
    """The claim of two reports that tell one thing each; ``more`` follows the second."""
    desk = Desk()
    a = desk.report("Velm Post").says(one, by=by[0])
    second = desk.report("Tarn Echo")
    second.says(other, by=by[1])
    if more:
        second.says(more)
    return claim_of(desk.story(), a)


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("The gang boasts of having 300 files of the Velm clinic.", "It has 300 files of the Velm clinic.", ()),
        ("The gang put its haul at 300 files of the Velm clinic.", "The haul is 300 files of the Velm clinic.", ()),
        (
            "The Velm clinic lost 300 files on Monday.",
            "On Monday, 300 files were lost by the Velm clinic.",
            ("intruders", "blackmailers"),
        ),
        (
            "The dam above Velm gave way on Monday night.",
            "On Monday night the dam above Velm gave way.",
            ("insurer itself", "firm"),
        ),
    ],
)
def test_one_party_under_two_names_is_one_root(one: str, other: str, by: tuple[str, str] | tuple[()]) -> None:
    """Who alone can know is the root of every retelling, whatever the reports call him."""
    claim = _of_two(one, other, by or (None, None))
    assert claim.support.articles == 2
    assert claim.support.roots[0] == 1
    assert claim.status != "corroborated"


def test_two_kinds_of_firm_are_two() -> None:
    """The airline is no manufacturer; the company may be either."""
    told = "The dam above Velm gave way on Monday night.", "On Monday night the dam above Velm gave way."
    desk = Desk()
    a = desk.report("Velm Post").says(told[0], by="airline")
    desk.report("Tarn Echo").says(told[1], by="manufacturer")
    assert claim_of(desk.story(), a).support.roots == (2, 2)


def test_the_next_sentence_may_say_whose_word_it_was() -> None:
    """ "Six are dead. That is what the council wants you to believe": the word of the council, and denied here."""
    told = "The dam above Velm gave way on Monday night.", "On Monday night the dam above Velm gave way."
    assert _of_two(*told, more="The meadows are flooded.").support.roots == (2, 2)
    claim = _of_two(*told, more="That is what the council wants you to believe.")
    assert (claim.support.roots[0], claim.status) == (1, "denied")
    assert disowned(" Or so the miller claims.")
    assert disowned(" So the miller says, at least.")
    assert not disowned(" So the miller said that he would leave.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"The Velm dam has burst near Tarn."', "Near Tarn, the Velm dam has broken."),
        (
            "The mill's statement that the dam above Velm gave way on Monday night.",
            "On Monday night the dam above Velm gave way.",
        ),
        (
            "The bulletin valid in the morning gave level 3 for the Velm dam.",
            "The bulletin in force on Monday indicated level 3 for the Velm dam.",
        ),
    ],
)
def test_what_is_somebodys_word_by_its_form_is_no_root_of_its_own(one: str, other: str) -> None:
    """Between quotation marks, behind "the mill's statement that", or read in one bulletin."""
    claim = _of_two(one, other)
    assert claim.support.articles == 2
    assert claim.support.roots[0] == 1


def test_what_is_put_down_to_a_paper_is_its_own_report_here() -> None:
    """Be that report credited to an agency."""
    desk = _with_paper()
    a = desk.report("Orra Herald", agency="KPB").says("The dam above Velm gave way on Monday night.")
    desk.report("Tarn Echo").says("On Monday night the dam above Velm gave way.", by="Orra Herald")
    assert claim_of(desk.story(), a).support.roots[0] == 1


def _with_paper() -> Desk:
    desk = Desk()
    desk.knows("organisation", "Orra Herald")
    return desk


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Among the injured is one of the two Velm pilots.", "Among the dead is one of the two Velm pilots."),
        ("One of those arrested is a Velm pilot.", "One of those still at large is a Velm pilot."),
        ("The Velm pilot was one of the missing.", "The Velm pilot was among the survivors."),
    ],
)
def test_who_is_of_the_one_is_none_of_the_other(one: str, other: str) -> None:
    """Two fates of one person are no one claim."""
    assert _of_two(one, other).support.articles == 1


def test_a_bare_time_tells_of_nobody() -> None:
    """ "Two hours!" is none of "who had slept for two hours"."""
    desk = Desk()
    two = ((2, "hour", None),)
    a = desk.report("Velm Post").says("Slept two hours.", does="sleep", counts=two)
    desk.report("Tarn Echo").says("Two hours!", does="hour", counts=two)
    assert claim_of(desk.story(), a).support.articles == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill declined to comment on the Velm dam.", "The mill would not comment on the Velm dam, it declined."),
        ("The town had at first shut the Velm dam until May.", "Until May the town shut the Velm dam."),
        ("You will have to pay 300 crowns for the Velm goat.", "For the Velm goat you will have to pay 300 crowns."),
    ],
)
def test_what_tells_no_news_is_corroborated_by_nobody_beside_what_does(one: str, other: str) -> None:
    """Where one report tells what is so, what was so at first bears nothing out, nor does a refusal to comment."""
    desk = Desk()
    a = desk.report("Velm Post").says(one)
    desk.report("Tarn Echo").says(other)
    b = desk.report("Orra Herald").says("The dam above Velm gave way on Monday night.")
    story = desk.story()
    assert claim_of(story, a).status != "corroborated"
    assert claim_of(story, b).status == "single_origin"


def test_nothing_is_cut_off_that_says_what_was() -> None:
    """ "Holm was previously at the mill" is not "Holm was previously"."""
    desk = Desk()
    desk.knows("person", "Holm")
    said = desk.report("Velm Post").says("Holm was previously at the mill in Velm", does="be", agent="Holm")
    assert said.frame is not None
    frame = replace(said.frame, span=(5, 8), arguments=(replace(said.frame.arguments[0], span=(0, 4)),))
    told = [said.text[begin:end] for begin, end in parts(replace(said, frame=frame))]
    assert told == [said.text, "Holm was previously at the mill"]
