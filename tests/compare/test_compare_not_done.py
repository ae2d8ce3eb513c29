"""What one report says was done and another was not, in other words: invented reports, through the whole pipeline."""

from __future__ import annotations

import pytest
from editions import disputes, edition

from variorum.model import Edition

#: A wave in Marlow, in reports of three days of June 2031 (2 is a Monday).
_MARLOW: tuple[tuple[str, int, str], ...] = (
    (
        "Marlow Post",
        2,
        """The sirens sounded ten minutes before the wave reached Marlow, the harbour master, Jon Pell, said on Monday.

Sandbags were handed out in every street, Pell said.

There were no chemicals in the depot, its owner, Karl Venn, said.

Water from the Marlow spring had tested negative, the council said.

No bribe was paid, the council said.

No one was evacuated from the pier, the council said.

No arrests have been made. No looting was seen in the old town, the police said.

The union did not pay the porters, Venn said.

The mayor of Marlow, Piet Holm, said that he was not thinking of resigning.
""",
    ),
    (
        "The Quay Courier",
        3,
        """The alarm did not go off before the wave, residents of Marlow said on Tuesday.

No sandbags were given out, said a shopkeeper, Mia Orr.

No sandbags were sent to the harbour, a diver said.

About 40 tonnes of chemicals were washed out of the depot, the fire brigade said.

Tests on the Marlow spring were positive for lead, a laboratory said.

$90,000 was handed over in May, said a former clerk of the quay, Bo Lund.

The porters of the pier were moved out by night, said Orr.

The union was paid by the owners of three boats, according to Lund.

Venn had never met any of the builders, his lawyer said. He had met one of them six times, prosecutors said.
""",
    ),
    (
        "Coast Weekly",
        6,
        """Piet Holm resigned as mayor of Marlow on Thursday.

A foreman of the depot, Ole Brandt, was arrested on Wednesday, the police said.
""",
    ),
)


@pytest.fixture(scope="module")
def marlow(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on Marlow."""
    dated = [(f"{outlet}\n{day} June 2031", text) for outlet, day, text in _MARLOW]
    return edition(tmp_path_factory.mktemp("marlow"), "The wave in Marlow", dated)


@pytest.mark.parametrize(
    ("relation", "one", "other"),
    [
        ("contradiction", "The sirens sounded", "The alarm did not go off"),
        ("contradiction", "Sandbags were handed out", "No sandbags were given out"),
        ("contradiction", "no chemicals in the depot", "40 tonnes of chemicals"),
        ("contradiction", "had tested negative", "were positive for lead"),
        ("contradiction", "No bribe was paid", "$90,000 was handed over"),
        ("contradiction", "never met any of the builders", "met one of them six times"),
        ("contradiction", "No one was evacuated", "porters of the pier were moved out"),
        ("update", "No arrests have been made", "was arrested on Wednesday"),
        ("update", "not thinking of resigning", "resigned as mayor"),
    ],
)
def test_done_and_not_done(marlow: Edition, relation: str, one: str, other: str) -> None:
    """Another verb for the deed, none and some, one test and the other: of one past they disagree, of so far it is the
    later state."""
    assert disputes(marlow, one, other) == [relation]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No sandbags were sent to the harbour", "Sandbags were handed out"),
        ("did not pay the porters", "was paid by the owners"),
        ("No looting was seen", "was arrested on Wednesday"),
        ("No bribe was paid", "was paid by the owners"),
    ],
)
def test_another_deed(marlow: Edition, one: str, other: str) -> None:
    """In another place, by another doer, of another thing: no dispute."""
    assert not disputes(marlow, one, other)
