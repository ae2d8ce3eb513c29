"""A flood, a theft and a ferry stop at one weir, in reports of ten days: what changed, and what is disputed."""

from __future__ import annotations

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition

_REPORTS = [
    (
        "Weir Courier\n9 June 2031",
        """The Orr weir at Velm was flooded on Monday after a gate jammed, the Orr company said.

        Nobody was hurt, Orr spokeswoman Lena Marsh said on Monday. The ferry landing beside the weir will be shut
        until Wednesday, the port authority said. The swimming baths of Velm would stay open, minister Ana Roe said.

        Thieves took a bronze bell from the weir's chapel on Sunday, the police said. No arrests have been made.

        The flood wall at Velm held, mayor Jan Pol said. The works' own museum will close for good, Orr said.""",
    ),
    (
        "Velm Today\n9 June 2031",
        """Two people are in hospital after the flood at the Orr weir in Velm, the health board said.

        The port has shut the ferry landing until Wednesday. The flood wall at Velm broke in two places, residents
        said. Orr's divers had trained at the weir all summer, a diver said.""",
    ),
    (
        "Weir Courier\n13 June 2031",
        """The ferry landing at Velm reopened on Tuesday, three days after it stopped taking cars because of the flood
        at the Orr weir.

        Four people were treated in hospital after the flood, the health board said. Police arrested two men on
        Thursday over the theft of the bronze bell from the chapel. All swimming baths in Velm will be closed from
        Saturday, minister Ana Roe said.

        The town of Velm said it would sue Orr for the return of 350,000 crowns. The town's lawyer put the total damage
        at 1.2 million crowns.""",
    ),
    (
        "Velm Today\n19 June 2031",
        """Two men arrested over the theft of the bronze bell from the chapel of the Orr weir deny any part in it, their
        lawyer, Sonja Beck, said on Thursday.

        The weir's tour, which had been due to end on Wednesday, will go on for another week.""",
    ),
]


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports."""
    return edition(tmp_path_factory.mktemp("weir"), "Flood at the Orr weir", _REPORTS)


@pytest.mark.parametrize(
    ("relation", "one", "other"),
    [
        ("contradiction", "Nobody was hurt", "Two people are in hospital"),
        ("update", "Two people are in hospital", "Four people were treated"),
        ("update", "will be shut until Wednesday", "landing at Velm reopened on Tuesday"),
        ("update", "has shut the ferry landing until", "landing at Velm reopened on Tuesday"),
        ("update", "No arrests have been made", "arrested two men"),
        ("update", "would stay open", "will be closed from Saturday"),
    ],
)
def test_what_is_set_side_by_side(weir: Edition, relation: str, one: str, other: str) -> None:
    """Who says the contrary on the same day disputes it, who tells it days later has the later state."""
    assert relations(weir, one, other) == [relation]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nobody was hurt", "Four people were treated"),
        ("will be shut until Wednesday", "has shut the ferry landing until"),
        ("return of 350,000", "put the total damage"),
    ],
)
def test_what_is_not(weir: Edition, one: str, other: str) -> None:
    """A dispute of one day is no state of a later one; one end told twice; another sum."""
    assert relations(weir, one, other) == []


def test_an_update_cites_the_clause_that_tells_it(weir: Edition) -> None:
    """ "Reopened on Tuesday", and not "three days after it stopped"."""
    cited = {s for story in weir.stories for c in story.conflicts for r in c.readings for s in r.statements}
    assert not any(s.text.startswith("three days after") for s in weir.statements if s.id in cited)


def test_a_wall_that_held_did_not_break(weir: Edition) -> None:
    """Opposite deeds of one thing make no one claim."""
    assert claim_with(weir, "wall at Velm held") != claim_with(weir, "wall at Velm broke")


def test_who_was_arrested_is_not_denied_by_them(weir: Edition) -> None:
    """The words that say who denies are not what is denied."""
    assert claim_with(weir, "Police arrested two men").status != "denied"


def test_neither_brief_nor_timeline_has_what_is_over(weir: Edition) -> None:
    """A plan without a day that nobody repeats, the newest state's forerunner; a plan that was, a summer in June."""
    (story,) = weir.stories
    brief = " ".join(sentence.text for sentence in story.brief)
    assert not any(words in brief for words in ("close for good", "No arrests", "until Wednesday", "stay open"))
    assert not any("all summer" in e.text or "had been due" in e.text for e in story.timeline)


@pytest.fixture(scope="module")
def brewers(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two breweries, and a bathing place that a village wants to keep."""
    reports = [
        (
            "Hop Ledger\n11 May 2031",
            """The breweries Oldhop and Newhop are in talks about a merger that would make the largest brewer of the
            country, two people close to them said on Sunday.

            The council of Velm wants to close the village's bathing place in August, mayor Ruth Penn said.""",
        ),
        (
            "Velm Mail\n11 May 2031",
            """Newhop is not in merger talks with Oldhop, its chairman Lars Quell said on Sunday.

            More than 2,000 people have signed a petition to save the bathing place of Velm, its friends say.""",
        ),
        (
            "Hop Ledger\n20 June 2031",
            """The owners of Newhop approved the takeover by Oldhop on Friday. The council of Velm voted on Thursday to
            close the village's bathing place in August.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("brewers"), "News of Velm and its brewers", reports)


def test_what_is_denied_in_the_same_words_is_denied(brewers: Edition) -> None:
    """All that is denied stands in what was said; and it is the talks, not whether the deal is a takeover."""
    assert relations(brewers, "are in talks about a merger", "is not in merger talks") == ["contradiction"]
    assert relations(brewers, "are in talks about a merger", "approved the takeover") == []


def test_another_deed_is_no_outcome(brewers: Edition) -> None:
    """A petition against a plan is not what came of it."""
    assert relations(brewers, "wants to close the village", "signed a petition") == []
