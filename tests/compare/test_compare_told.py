"""What a corroborated claim's reader is shown, and who counts for it: invented reports, read through the whole
pipeline."""

from __future__ import annotations

import pytest
from editions import claim_with, edition

from variorum.model import Edition

#: A toad in a well, by three who were there.
_WELL: tuple[tuple[str, str], ...] = (
    (
        "Norra Dagen",
        """The vet Ada Lind lifted the toad Pelle out of the well with a net.

Ada Lind, whose practice in Norra opened ten years ago, thanked the firemen Per Aas and Nils Roe of
Oldwick for their ladder.

Otto Brand carried the toad Pelle home in a bucket of rain water through Oldwick and Marlet, with a carpenter, Ivar
Holt.

The film begins with the firemen searching a yard.
""",
    ),
    (
        "The Well Courier",
        """A toad fell into a deep hole. From the dry well Pelle the toad was lifted by Ada Lind, a vet, who had
brought a net.

The practice of Ada Lind in Norra opened ten years ago.

Pelle the toad was carried home by Otto Brand in a bucket of rain water.

The film starts as three firemen get ready to leave the ruins of a house.
""",
    ),
    (
        "Amphibian Weekly",
        """Lifting a toad out of a well is all in a day's work for vet Ada Lind.

It was a cold morning. The practice in Norra opened ten years ago.
""",
    ),
)

#: Charges, a lamp that falls, and what is asked for.
_NORRA: tuple[tuple[str, str], ...] = (
    (
        "Norra Dagen",
        """Ivar Holt was charged with attempted murder in Norra district court, his lawyer's office in Marlet being
searched.

The sexton Nils Roe saw a brass lamp drop off the tower of Oldwick church at noon.

The Crown had sought six years in prison for the baker Hal Merrow.
""",
    ),
    (
        "The Well Courier",
        """In Norra district court Ivar Holt has been charged with two counts of murder.

From Oldwick church a lamp of brass dropped off the tower, at noon on market day.

For Hal Merrow, the baker, prosecutors are asking for six years in prison.
""",
    ),
)


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("well"), "A toad in a well", _WELL)


def test_a_mention_in_passing_counts_for_nothing(well: Edition) -> None:
    claim = claim_with(well, "lifted the toad Pelle out of the well")
    assert (claim.status, claim.support.articles) == ("corroborated", 2)


@pytest.mark.parametrize(
    ("told", "shown"), [("opened ten years ago", "The practice"), ("carried home by Otto", "Pelle the toad")]
)
def test_what_is_shown_is_told_by_two(well: Edition, told: str, shown: str) -> None:
    claim = claim_with(well, told)
    assert claim.status == "corroborated"
    assert claim.text.startswith(shown)


def test_how_a_film_begins_is_not_that_it_begins(well: Edition) -> None:
    assert claim_with(well, "begins with the firemen").status != "corroborated"


@pytest.fixture(scope="module")
def norra(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("norra"), "A week in Norra", _NORRA)


def test_who_only_tried_to_has_not_done_it(norra: Edition) -> None:
    claim = claim_with(norra, "charged with attempted murder")
    assert (claim.status, claim.support.articles) == ("single_origin", 1)


def test_that_one_saw_it_is_not_shown_as_told_by_two(norra: Edition) -> None:
    claim = claim_with(norra, "saw a brass lamp drop")
    assert (claim.status, claim.text[:19]) == ("corroborated", "From Oldwick church")


def test_what_is_asked_for_has_one_root(norra: Edition) -> None:
    claim = claim_with(norra, "sought six years")
    assert (claim.status, claim.support.roots[0], claim.support.articles) == ("single_origin", 1, 2)
