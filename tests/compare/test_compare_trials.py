"""Stories that were written as a trial and read as an expert would: what was wrong there once."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, edition, relations

from variorum.model import Edition


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A storm on a coast, in two reports."""
    reports = [
        (
            "Northern Echo Online, 9 November 2031",
            """Storm Greta swept across the north coast on Sunday with gusts of up to 142 km/h, killing two people.

            A woman of 67 died when a tree fell on her car near Arlby, police said. In Sund, a man was swept off the
            pier and drowned.""",
        ),
        (
            "Sund Avis - 11.11.2031",
            """The fisherman missing since Sunday's storm was found dead on Tuesday, the coast guard said. Greta has
            thus claimed four lives.

            The pier in Sund, where a man drowned on Sunday, had not been closed off, an eyewitness said.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("storm"), "Storm Greta on the north coast", reports)


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A march against a dam, in three reports."""
    reports = [
        (
            "Valley Courier, 14 June 2032",
            """Thousands of people marched through Branik on Saturday against plans for a dam.

            Police put the number of demonstrators at 4,000, while the organisers spoke of 12,000.

            Four people were arrested, police spokeswoman Ivana Kerr said.""",
        ),
        (
            "17 June 2032 - National Mail",
            """About 12,000 people had marched against the dam on Saturday. The dam is due to be finished in 2036.

            A lawyer for the marchers, Marta Venn, accused the police of beating children. The police denied this.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("march"), "Thousands march against the dam", reports)


def test_the_outlets_are_who_they_say_they_are(storm: Edition, march: Edition) -> None:
    """Each names itself beside the date."""
    assert {a.publisher for a in storm.articles} == {"Northern Echo Online", "Sund Avis"}
    assert {a.publisher for a in march.articles} == {"Valley Courier", "National Mail"}


def test_what_did_not_happen_denies_no_other_deed(storm: Edition) -> None:
    """The pier was not closed off: that denies nobody's drowning."""
    assert relations(storm, "swept off the pier", "had not been closed off") == []
    assert claim_with(storm, "swept off the pier").status == "single_origin"
    assert relations(storm, "killing two people", "claimed four lives") == ["update"]


def test_a_word_for_many_disputes_no_figure(march: Edition) -> None:
    """Thousands marched, and 12,000 did; but the police say 4,000."""
    assert relations(march, "Thousands of people marched", "About 12,000 people") == []
    assert relations(march, "4,000", "spoke of 12,000") == ["contradiction"]


def test_the_accusation_before_is_what_is_denied(march: Edition) -> None:
    """ "The police denied this"."""
    assert claim_with(march, "beating children").status == "denied"
    assert claim_with(march, "Four people were arrested").status == "single_origin"


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A cracked bridge, in two reports."""
    reports = [
        (
            "Haldo Tribune, 3 March 2032",
            """The rail bridge at Haldo was closed on Wednesday because of a crack, the rail authority said.

            The union of train drivers said it had warned of the crack in January. The authority denied this.""",
        ),
        (
            "Nordlys - 5 March 2032",
            """Olaf Reen, the authority's director, admitted that a letter from the union had reached him in January.

            About 9,000 commuters use the line of the Haldo bridge every day, according to the region.""",
        ),
    ]
    return edition(tmp_path_factory.mktemp("bridge"), "Rail bridge at Haldo closed", reports)


def test_a_denial_that_repeats_nothing_stands_right_behind_what_it_denies(bridge: Edition) -> None:
    """Else it would seem to deny whatever stands before it."""
    (story,) = bridge.stories
    told = [sentence.text for sentence in story.brief]
    behind = [n for n, text in enumerate(told) if "denied this" in text]
    assert all("it had warned of the crack" in told[n - 1] for n in behind if n)
    assert 0 not in behind
    assert claim_with(bridge, "it had warned").status == "denied"
    (conflict,) = story.conflicts
    assert "had warned of the crack" in conflict.about


def test_police_count_what_the_organisers_count(tmp_path: Path) -> None:
    """The second reckoning does not say again what it counts, and the parse gives it to the first source."""
    reports = [
        (
            "Valley Courier, 14 June 2032",
            """Around 300 nurses stood outside the town hall of Branik, the union said; the police counted 120.

            A nurse, Ada Holm, read out a letter to the mayor. Trams were late all morning.""",
        ),
        (
            "National Mail, 15 June 2032",
            """Some 70 drivers stopped work, according to the union. The company put the number at 40.

            It said that 44 buses were late, and the depot counted 12 cars.""",
        ),
    ]
    told = edition(tmp_path, "Nurses and drivers protest in Branik", reports)
    assert relations(told, "300 nurses", "counted 120") == ["contradiction"]
    assert relations(told, "70 drivers", "number at 40") == ["contradiction"]
    assert relations(told, "44 buses", "12 cars") == []


def test_what_is_called_back_is_denied(tmp_path: Path) -> None:
    """By one word of it in its own report, or as somebody's account in another."""
    reports = [
        (
            "Valley Courier, 14 June 2032",
            """Union leader Bo Gran said the steel firm Norrhytt had threatened to dismiss
            anyone who spoke to the press.

            Residents had warned the council of the cracks three times, their spokesman said. The council said that it
            had received no such warning. No such thing as luck kept the wall up, a mason said.""",
        ),
        (
            "National Mail, 15 June 2032",
            """Norrhytt said Mr Gran's allegations were baseless. The wall above the steel works fell on Monday.

            A driver of 34 was in a critical condition on Monday night. The museum was to reopen on Monday.""",
        ),
        (
            "Evening Star, 18 June 2032",
            """The 34-year-old driver, who lay under the wall, has died. The museum had been due to reopen on Monday. It
            will now open on 25 June.

            The trial of the builder has been put off from 20 June to 4 July.""",
        ),
    ]
    told = edition(tmp_path, "Wall falls on the steel works", reports)
    assert relations(told, "had threatened to dismiss", "allegations were baseless") == ["contradiction"]
    assert relations(told, "had warned the council", "no such warning") == ["contradiction"]
    assert relations(told, "critical condition", "has died") == ["update"]
    assert relations(told, "due to reopen on Monday", "open on 25 June") == ["update"]
