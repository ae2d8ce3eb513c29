"""Stories that were written as a trial: whose words they are, and what one person met with."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition, relations

import variorum
from variorum.model import Edition


@pytest.fixture(scope="module")
def ransom(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A stolen painting and its return, in four reports."""
    reports = [
        (
            "Coastal Press Bureau (CPB), 3 June 2034",
            """ORVELLE (CPB) - The museum shut its doors on Monday after thieves took nine paintings from the west wing.

            No fee was paid for the harbour scene, the director, Jonna Reik, said.""",
        ),
        (
            "Orvelle Courier, 4 June 2034",
            """The museum closed on Monday because thieves took nine paintings, as the Coastal Press Bureau reported.

            The police spokesman, Arne Toll, would not say whether a fee had been paid for the harbour scene.""",
        ),
        (
            "Radio Orvelle, 9 June 2034",
            """The museum retracted the statement that the harbour scene had been found by divers.

            Visitors are expected to return by Friday, the director, Jonna Reik, said.""",
        ),
        (
            "Orvelle Courier, 7 June 2034",
            """The harbour scene was found by divers off the old mole on Wednesday, the director, Jonna Reik, said.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("ransom"), "Museum thieves take nine paintings", reports)


def test_an_agency_and_its_initials_are_one_newsroom(ransom: Edition) -> None:
    """One report calls it by its letters, the other in full."""
    claim = claim_with(ransom, "thieves took nine paintings, as")
    assert claim.support.newsrooms[0] == claim.support.roots[0] == 1
    assert claim.status != "corroborated"


def test_what_is_left_open_contradicts_nothing(ransom: Edition) -> None:
    """Who "would not say whether a fee had been paid" does not say that it was."""
    assert not relations(ransom, "a fee had been paid", "No fee was paid")


def test_what_is_taken_back_is_no_support(ransom: Edition) -> None:
    """A statement retracted is denied by who retracts it."""
    told = [s for s in ransom.statements if "retracted the statement" in s.text and "found" in s.text]
    assert {s.polarity for s in told} == {"negated"}
    assert claim_with(ransom, "found by divers off").support.articles == 1


def test_what_a_named_source_leaves_open_rests_on_it(ransom: Edition) -> None:
    """ "Are expected to return, she said" has her for its root."""
    (told,) = [s for s in ransom.statements if "Visitors are expected" in s.text]
    assert told.root.name == "Jonna Reik"


@pytest.fixture(scope="module")
def raid(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A raid on a smugglers' barn and what its people met with."""
    reports = [
        (
            "Fenmark Post, 2 May 2034",
            """Two smugglers were killed and three were arrested in a raid on a barn near Fenmark on Monday, Captain
            Ilse Korn said.

            The ferryman, Otto Lund, who had been held in the barn, walked out without a scratch, Korn said.

            The farmer, Matis Orr, is still missing. His dog was wounded.

            The guide Sofie Lang was taken to hospital for checks.""",
        ),
        (
            "Radio Fenmark, 2 May 2034",
            """Otto Lund has a broken wrist and two cracked ribs, the county hospital said.

            Ada Brod, whose brother was wounded, thanked the police.""",
        ),
        (
            "Fenmark Post, 5 May 2034",
            """Two constables were arrested on Thursday because they had warned the smugglers, the prosecutor said.

            The body of Matis Orr was found in the canal, Captain Ilse Korn said. Sofie Lang was unharmed, she added.

            Ada Brod was unhurt.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("raid"), "Three held in raid on smugglers' barn", reports)


def test_unhurt_and_injured_on_one_day_are_a_dispute(raid: Edition) -> None:
    """One person, two reports, two states."""
    assert relations(raid, "without a scratch", "broken wrist") == ["contradiction"]


def test_who_was_missing_and_is_found_dead_is_an_update(raid: Edition) -> None:
    """The later state of one person."""
    assert relations(raid, "is still missing", "The body of Matis Orr") == ["update"]


def test_what_befell_another_or_calls_for_a_check_is_no_injury(raid: Edition) -> None:
    """ "Whose brother was wounded" is of the brother; "for checks" goes who is unhurt, too."""
    assert not relations(raid, "whose brother was wounded", "Ada Brod was unhurt")
    assert not relations(raid, "to hospital for checks", "Sofie Lang was unharmed")


def test_fewer_of_one_kind_dispute_no_number_of_people(raid: Edition) -> None:
    """Two constables held may be some of the three, or others."""
    assert not relations(raid, "three were arrested", "Two constables were arrested")


def test_words_taken_back_are_a_later_state(ransom: Edition) -> None:
    """A body that withdraws its statement is not in dispute with itself."""
    assert relations(ransom, "found by divers off", "retracted the statement") == ["update"]


def test_two_things_of_one_person_are_two_claims(tmp_path: Path) -> None:
    """Where he is from and where he is held; what nobody would lose, and what else nobody would lose."""
    reports = [
        (
            "Fenmark Post, 2 May 2034",
            """A ferryman and a guide were taken from the quay at Fenmark on Monday, the coroner said.

            The ferryman, Otto Lund, 41, is from Tarn. Nobody would lose their pension, the mayor, Ada Quell, said.""",
        ),
        (
            "Radio Fenmark, 9 May 2034",
            """The ferryman, Otto Lund, is still being held, the coastguard said.

            The ferry line's owner, Jan Moor, said that nobody would lose their berth before autumn.""",
        ),
    ]
    told = edition(tmp_path, "Ferryman taken from Fenmark quay", reports)
    assert claim_with(told, "is from Tarn").support.articles == 1
    assert claim_with(told, "lose their pension").support.articles == 1


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ("Prosecutors opened an inquiry into the mill fire that killed eight.", ["update"]),
        ("Prosecutors recalled the mill fire that killed eight people in 1988.", []),
        ("Prosecutors compared it with a fire that killed eight in Tarn.", []),
    ],
)
def test_a_toll_that_names_the_event(tmp_path: Path, later: str, found: list[str]) -> None:
    """ "The fire that killed eight" tells the toll, whatever the sentence is about; another fire's is none."""
    reports = [
        (
            "Fenmark Post, 2 May 2034",
            "Six workers were killed in a fire at the Fenmark paper mill on Monday, police said.",
        ),
        ("Radio Fenmark, 6 May 2034", f"The Fenmark paper mill stays shut until autumn, its owner said. {later}"),
    ]
    assert relations(edition(tmp_path, "Fire at Fenmark paper mill", reports), "Six workers", "killed eight") == found


@pytest.fixture(scope="module")
def regatta(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A regatta, its stewards and a sickness, told by an agency and a paper on several days."""
    reports = [
        (
            "Lakeside Press (LP), 4 May 2034",
            """ORRA (LP) - Nine rowers fell ill at the Orra regatta on Thursday, the Lake Health Board said.

            The lake rescue agency said more than 300 boats had been inspected.

            Orra have lodged a complaint about the final and want the race to be rowed again, the club said.""",
        ),
        (
            "Orra Courier, 11 May 2034",
            """Two rowers have died after the Orra regatta, the Lake Health Board said on Thursday.

            The final between Orra and Tarn must be rowed again, the stewards ruled.""",
        ),
        (
            "Lakeside Press (LP), 11 May 2034",
            """ORRA (LP) - The Orra regatta has cost two rowers their lives; both died in hospital this week.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("regatta"), "Rowers fall ill at Orra regatta", reports)


def test_an_agency_may_have_it_from_whom_it_cited_before(regatta: Edition) -> None:
    """What it tells as its own may rest on the board that its report of last week names, and another's of today."""
    for words in ("Two rowers have died", "cost two rowers"):
        assert claim_with(regatta, words).support.roots[0] == 1


def test_an_office_called_agency_is_no_news_agency(regatta: Edition) -> None:
    """ "The lake rescue agency" is not the agency whose report it is."""
    (told,) = [s for s in regatta.statements if "300 boats" in s.text]
    assert told.root.name == "lake rescue agency"


def test_what_is_wanted_is_not_what_is_ruled(regatta: Edition) -> None:
    """The club's wish and the stewards' ruling are two claims."""
    assert claim_with(regatta, "want the race to be rowed again") != claim_with(regatta, "must be rowed again")


@pytest.fixture(scope="module")
def heath(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A fire on a heath, in three reports that name no town."""
    reports = [
        (
            "Agenda Nord (AN), 21 July 2034",
            """Visitors ran for their lives when the heath caught fire during the harvest fair on Tuesday.

            The flames have burnt 1,200 hectares of heath, the brigade's commander, Ilse Korn, said.

            Stalls were overturned. A brass band lost its drums. The mayor called it a black day.

            Police arrested 31 people, Superintendent Gale Horn said.""",
        ),
        (
            "Agenda Nord (AN), 23 July 2034",
            """The harvest fair will not be held again this year, its organisers said.

            The fire has burnt 3,400 hectares, commander Ilse Korn said.

            Police detained a 43-year-old stoker on suspicion of arson. He was released hours later.

            The number of arrests has risen to 44, police said.""",
        ),
        (
            "Heath Blog, 24 July 2034",
            """The area burnt: 3,400 ha, says the fire brigade.

            The stoker who was detained on Thursday is free.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("heath"), "Heath burns during harvest fair", reports)


def test_a_number_of_arrests_follows_one_of_people_arrested(heath: Edition) -> None:
    """What one rule was too unsure to tell another may still find."""
    assert relations(heath, "arrested 31", "has risen to 44") == ["update"]


def test_a_later_figure_repeated_by_a_third_is_no_dispute(heath: Edition) -> None:
    """1,200 and 3,400 hectares are two states, whoever repeats the second."""
    found = {c.relation for s in heath.stories for c in s.conflicts if c.kind == "quantity"}
    assert found == {"update"}


def test_who_recalls_the_earlier_state_tells_a_later_one(heath: Edition) -> None:
    """ "Who was detained on Thursday is free" is no dispute with the arrest."""
    assert relations(heath, "detained a 43-year-old stoker", "is free") == ["update"]


@pytest.fixture(scope="module")
def raided(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A raid as a ministry's own release and three newsrooms tell it."""
    folder = tmp_path_factory.mktemp("raided")
    pages = {
        "release": """
            REPUBLIC OF VELM
            MINISTRY OF DEFENCE
            Press Service

            12 June 2034, 09:00

            On the raid against the Tarn depot

            Three drones reached the depot at Tarn on Monday night. Two storage tanks were damaged.

            The decision to rebuild the depot was the ministry's alone. Six soldiers were hurt in the raid.

            Press Service of the Ministry of Defence""",
        "observer": """
            The Tarn Observer
            Independent weekly of the uplands

            Drones hit depot at Tarn
            By Ane Voss, Defence Editor
            13 June 2034

            Three drones reached the depot at Tarn on Monday night, the army said.

            It was "beyond what the smugglers have shown before", the analyst Mira Kastell told the Velm agency.""",
        "globe": """
            GLOBE ONLINE - LIVE
            13 June 2034

            Raid on Tarn: what is known

            The defence ministry has spoken of two damaged storage tanks at the depot at Tarn, hit on Monday night.

            The official toll of the raid remains six soldiers hurt.""",
        "agency": """
            Velm News Agency
            VNA > Security

            Raid on depot at Tarn

            TARN, June 13 (VNA) - Drones hit the depot at Tarn on Monday night, and tanks are burning, residents said.

            It was "beyond what the smugglers have shown before", said Mira Kastell, an analyst in Velm.""",
    }
    for name, page in pages.items():
        lines = "\n".join(line.strip() for line in page.strip().splitlines())
        (folder / f"{name}.txt").write_text(f"{lines}\n", encoding="utf-8")
    return variorum.collate([folder])


@pytest.mark.parametrize("words", ["Three drones reached the depot", "storage tanks", "soldiers"])
def test_a_release_is_the_word_of_the_body_that_issues_it(raided: Edition, words: str) -> None:
    """What the ministry says in its own name, and the army, or the ministry as others report it, is one root."""
    claim = claim_with(raided, words)
    assert claim.support.articles > 1
    assert claim.support.roots[0] == 1
    assert claim.status != "corroborated"


def test_an_outlet_that_is_here_is_known_by_a_short_name(raided: Edition) -> None:
    """ "Told the Velm agency" is the Velm News Agency's own report."""
    claim = claim_with(raided, "beyond what the smugglers")
    assert claim.support.newsrooms == (1, 1)
    assert any("The Tarn Observer (named as the source)" in reason for reason in claim.support.reasons)
