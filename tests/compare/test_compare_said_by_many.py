"""Reports that let many speak of much: what one says next to another is seldom denied or borne out by him."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, between
from editions import claim_with, disputes, edition, relations

from variorum.model import Edition

_REPORTS = [
    (
        "Velm Post - 12 May 2031",
        """Ada Holm contests the vote in Velm against Rolf Brand.

        The mayor said that the council paid for the survey of the pier. The pier lies behind the old harbour
        line, whose eastern end is considered public ground, although the Harbour Board disputes this.

        Holm's campaign said that the leaflets had been printed in Tarn. Ada Holm told reporters that she believed the
        clerk had fabricated the story.

        Otto Lund said that the ferry was late. The guild proposed a debate in the town hall of Tarn, but Ada Holm
        rejected that.

        Dockers said the Harbour Board opened the sluice of the Velm canal on Monday and flooded the meadows.

        The ferry treaty takes effect when 20 ports have ratified it, Rolf Brand said.

        A survey found that 51 percent of voters asked said they would elect Ada Holm on Tuesday, 13 May.

        Rolf Brand will reverse the ferry ruling, Ada Holm said.

        Working families of Tarn marched with Ada Holm.

        A spoof account of the mayor wrote that the bridge over the Wend was sold to a circus.""",
    ),
    (
        "Tarn Echo - 13 May 2031",
        """Ada Holm contests the vote in Velm against Rolf Brand.

        It is not the first time that the Harbour Board has opened the sluice of the Velm canal, local papers said.

        The ferry treaty will not take effect until 20 ports have ratified it, Ada Holm said.

        The bridge over the Wend was sold to a circus.

        Voters elected Rolf Brand and Ada Holm to the council on Tuesday, clerks said.

        Rolf Brand reversed himself on the tolls of the canal.

        The families of Tarn were switched off from the grid, Rolf Brand said.

        "You will have to ask the wooden horse of Velm," Rolf Brand said. "Yes, ask the wooden horse of Velm," Ada Holm
        replied.""",
    ),
]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("many"), "Ada Holm and Rolf Brand contest the vote in Velm", _REPORTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paid for the survey", "disputes this"),
        ("printed in Tarn", "fabricated the story"),
        ("opened the sluice", "not the first time"),
        ("takes effect when 20 ports", "not take effect until"),
        ("51 percent of voters asked", "Voters elected"),
        ("will reverse the ferry ruling", "reversed himself"),
        ("Working families", "were switched off"),
    ],
)
def test_what_another_thing_is_said_of_is_not_denied(many: Edition, one: str, other: str) -> None:
    assert disputes(many, one, other) == []


def test_what_is_denied_may_stand_in_its_own_sentence(many: Edition) -> None:
    assert relations(many, "proposed a debate", "rejected that") == ["contradiction"]
    assert relations(many, "ferry was late", "rejected that") == []


def test_a_spoof_that_tells_it_does_not_deny_it(many: Edition) -> None:
    assert claim_with(many, "sold to a circus").status != "denied"


def test_who_takes_up_another_s_words_does_not_bear_him_out(many: Edition) -> None:
    assert claim_with(many, "wooden horse").status != "corroborated"


def test_one_who_says_both_disputes_nothing() -> None:
    """ "We saw nobody, but we saw the tracks": half of it, told by another, is not against the other half."""
    here = Desk()
    here.knows("person", "Otto Brand", "Ida Lund")
    whole = here.report("Velm Post", "2031-04-10")
    whole.says("We saw the tracks of the bear at the hut,", by="Otto Brand", does="see")
    no = whole.says("but never saw the bear at the hut.", by="Otto Brand", polarity="negated", does="see")
    yes = here.report("Tarn Echo", "2031-04-10").says(
        "We saw the tracks of the bear at the hut.", by="Ida Lund", does="see"
    )
    assert between(here.story(), yes, no) == []


def test_a_figure_of_the_whole_story_tells_no_deed(tmp_path: Path) -> None:
    """The yacht's price stands in all that is told of the yacht."""
    first = """The 2.5-million-crown yacht of Otto Brand was painted green by vandals in Velm on Monday.

    Some may say that 2.5 million crowns for a yacht are wasted.

    A picture of the 2.5-million-crown yacht was shared 900 times."""
    second = """Otto Brand's 2.5-million-crown yacht was painted green at the pier of Velm.

    They had admired the yacht of 2.5 million crowns from the bridge.

    The builder of the 2.5-million-crown yacht laughed."""
    told = edition(tmp_path, "Yacht painted", [("Velm Post - 12 May 2031", first), ("Tarn Echo - 13 May 2031", second)])
    assert claim_with(told, "Some may say").status != "corroborated"
