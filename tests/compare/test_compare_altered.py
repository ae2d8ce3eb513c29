"""Copies that change a figure, and figures that only look like a change: read through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition

_GONDOLA = """A gondola of the Mirren cable car stopped above the gorge on Friday evening, leaving 16 people in the
    air, the mountain rescue service said.

    Rescuers let seven of them down on ropes within forty minutes, and the others waited until the motor ran again,
    rescue chief Ove Tarn told reporters.

    Two of its nine pylons had been repaired in May, the operator said. The driver, a 53-year-old man from Mirren,
    was taken to hospital with frostbite.

    {tail}"""


def _changed(text: str) -> str:
    for old, new in (("16", "210"), ("seven", "two hundred"), ("Two of", "Six of"), ("53", "35")):
        text = text.replace(old, new, 1)
    return text


@pytest.fixture(scope="module")
def gondola(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A report, its copy with four figures changed, and a report of another outlet."""
    whole = _GONDOLA.format(tail="The cable car was built in 1971 and carries some 900 passengers a day in winter.")
    reports = [
        ("Mirren Courier\n5 June 2031", whole),
        ("The Daily Chuckle\n6 June 2031", _changed(whole)),
        (
            "Valley Radio\n6 June 2031",
            """All nine pylons of the Mirren cable car will be looked at after Friday's halt, the operator said.

            Sixteen people hung above the gorge for three hours when a gondola stopped, emergency services said. The
            cable car had passed its yearly inspection in April, according to the canton.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("gondola"), "Gondola stops above gorge", reports)


@pytest.mark.parametrize(
    ("carried", "copy"),
    [
        ("leaving 16 people", "leaving 210 people"),
        ("let seven of them down", "let two hundred of them down"),
        ("Two of its nine pylons", "Six of its nine pylons"),
        ("a 53-year-old man", "a 35-year-old man"),
    ],
)
def test_what_a_copy_changed_is_told_as_that(gondola: Edition, carried: str, copy: str) -> None:
    """Whatever is counted, and be it beside a figure that both have: no later state, and who changed it is said."""
    assert relations(gondola, carried, copy) == ["contradiction"]
    told = [c for s in gondola.stories for c in s.conflicts if "Chuckle" in c.explanation]
    assert len(told) == 4
    assert all(c.explanation.endswith("Daily Chuckle carries Mirren Courier's text with this changed.") for c in told)


def test_what_a_copy_changed_is_no_news(gondola: Edition) -> None:
    """Neither the brief nor the timeline has it, and what was carried is not disputed by it."""
    (story,) = gondola.stories
    told = " ".join([s.text for s in story.brief] + [e.text for e in story.timeline])
    assert not any(figure in told for figure in ("210", "two hundred", "Six of", "35"))
    assert claim_with(gondola, "let seven of them down").status == "single_origin"
    assert claim_with(gondola, "let two hundred of them down").status == "disputed"


def test_a_part_of_a_whole_is_another_claim_than_the_whole(gondola: Edition) -> None:
    """ "Two of its nine pylons" and "all nine pylons"."""
    assert claim_with(gondola, "Two of its nine pylons") != claim_with(gondola, "All nine pylons")


def test_a_toll_is_no_copy_that_was_changed(tmp_path: Path) -> None:
    """A copy whose figure another report has, too, tells a later state."""
    text = "{} people were killed when a barge sank in the harbour of Velm on Monday, the port authority said.\n\n" + (
        "The barge carried gravel from the quarry at Orr to the new pier. Divers searched the wreck until dusk, and "
        "harbour master Ida Quell said that the water was calm when it went down."
    )
    reports = [
        ("Velm Post\n2 June 2031", text.format("Two")),
        ("Orr Mail\n3 June 2031", text.format("Five")),
        (
            "Quarry News\n4 June 2031",
            "Five people have died after the barge sank at Velm on Monday, the hospital said.",
        ),
    ]
    of = edition(tmp_path, "Barge sinks at Velm", reports)
    assert "update" in relations(of, "Two people were killed", "Five people were killed")


@pytest.fixture(scope="module")
def kiln(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A pottery's dispute and a theft from it, in three reports."""
    reports = [
        (
            "Ostra Ledger\n2 June 2031",
            """The owner of the Ostra pottery has offered 2 percent over three years. "Eighty percent of the night
            shift stayed at home," union secretary Petra Holm said.

            Thieves stole 48 silver bowls from the pottery on Sunday, the police said. Dozens of guests were injured
            when a ceiling fell at the pottery's inn.""",
        ),
        (
            "Ostra Mail\n2 June 2031\n\n18:00",
            """The owner's last offer was 2.5 percent, the pottery's director Karl Venn said.

            Burglars have stolen a load of 52 silver bowls from the pottery at Ostra. Forty-one guests were injured
            at the inn of the pottery, the hospital said.""",
        ),
        (
            "Ostra Ledger\n20 June 2031",
            """Sixty-one percent voted for the deal at the Ostra pottery, on a turnout of 77 percent.

            Forty of the 48 silver bowls were found in a barn at Orr, inspector Ada Moor said.""",
        ),
        ("Ostra Mail\n21 June 2031", "Police found 40 silver bowls of the Ostra pottery in a barn at Orr."),
    ]
    return edition(tmp_path_factory.mktemp("kiln"), "Trouble at the Ostra pottery", reports)


def test_two_offers_are_two_claims(kiln: Edition) -> None:
    """Figures of one unit that differ make no one claim, whatever the sentences around them."""
    assert claim_with(kiln, "offered 2 percent") != claim_with(kiln, "was 2.5 percent")


def test_other_shares_parts_and_vague_words_are_no_later_state(kiln: Edition) -> None:
    """Those who stayed away and those who voted; forty found of 48 stolen; dozens, and forty-one of them."""
    assert relations(kiln, "Eighty percent of the night", "turnout of 77 percent") == []
    assert relations(kiln, "Forty of the 48", "found 40 silver bowls") == []
    assert relations(kiln, "Dozens of guests", "Forty-one guests") == []


def test_two_reports_of_one_day_disagree(kiln: Edition) -> None:
    """One says by whom it is told, the other does not: neither is the later state."""
    assert relations(kiln, "stole 48 silver bowls", "a load of 52 silver bowls") == ["contradiction"]


_OFFER = """STAVE ({credit}) - Seaborne raised its offer for the ferry operator Lineas to {offer} million crowns from
    31 million on Monday, the two companies said in a statement.

    The board of Lineas recommended that its shareholders accept the new offer, chairman Arne Moe told reporters."""


def test_what_a_later_report_still_tells_was_a_slip(tmp_path: Path) -> None:
    """A copy that credits an agency may have its newer version, but not where the figure stood a fortnight later; and
    one figure of which two things are said is one reading."""
    told = edition(
        tmp_path,
        "Seaborne raises its offer",
        [
            (
                "Stave Citizen\n12 May 2031",
                "The shipping group Seaborne has agreed to buy the operator Lineas for 31 million crowns in cash.",
            ),
            ("The Ledger\n15 May 2031", "Seaborne agreed on Monday to pay 31 million crowns for Lineas."),
            ("Norland Wire\n19 May 2031", _OFFER.format(credit="Norland Wire", offer="32.5")),
            ("Island Gazette\n20 May 2031", _OFFER.format(credit="Norland Wire", offer="35.2")),
            (
                "Stave Citizen\n4 June 2031",
                """Shareholders of Lineas approved the sale of the ferry company to Seaborne for 32.5 million crowns on
                Tuesday. Ninety-one percent of the votes were in favour.""",
            ),
        ],
    )
    assert relations(told, "to 32.5 million", "to 35.2 million") == ["contradiction"]
    chain = next(c for story in told.stories for c in story.conflicts if c.relation == "update")
    assert [r.value.split(" ")[0] for r in chain.readings] == ["31,000,000", "32,500,000"]
    assert "35.2" not in " ".join(sentence.text for story in told.stories for sentence in story.brief)
