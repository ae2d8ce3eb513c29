"""Stories that were written as a trial: whose words they are, and what one person met with."""

from __future__ import annotations

import pytest
from editions import claim_with, edition, relations

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
