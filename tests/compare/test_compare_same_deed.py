"""What two invented reports say in other words is one claim, and what only looks like it is none."""

from __future__ import annotations

import pytest
from editions import claim_with, edition

from variorum.model import Edition

_ONE = """
The mountain railway of Ostrel was closed on Tuesday, the railway company said.

A works train hit a boulder at 6:17 a.m. on Tuesday. Nobody was hurt. Around 4,000 travellers were stranded in the upper
town. Dispatcher Jan Oller was abducted on Monday night from the yard.

The railway has a staff of 83. The valley road was shut at 7:40 a.m. on Tuesday.

A second dispatcher, Pia Rohn, 41, was cleared of forging the log of the line.
"""
_OTHER = """
The mountain railway of Ostrel stays out of service, the town council said on Wednesday.

The train struck at 6:17 a.m. on Tuesday below the second tunnel. No injuries were reported. Some 4,000 passengers were
stuck in the upper town.

Oller was kidnapped by masked men on the night of 4 May. The railway employs 83 people. The school
closed at 7:40 a.m. on Tuesday.

Another member of staff, Pia Rohn, was found not guilty of tampering with documents.
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("deeds")
    reports = [("The Ostrel Post, 5 May 2026", _ONE), ("The Valley Courier, 6 May 2026", _OTHER)]
    return edition(folder, "Mountain railway of Ostrel closed", reports)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("works train hit a boulder", "train struck at 6:17"),
        ("Nobody was hurt", "No injuries were reported"),
        ("4,000 travellers were stranded", "4,000 passengers were"),
        ("Jan Oller was abducted", "Oller was kidnapped"),
        ("has a staff of 83", "employs 83 people"),
        ("Rohn, 41, was cleared", "Rohn, was found not guilty"),
    ],
)
def test_one_deed_in_other_words_is_one_claim(told: Edition, one: str, other: str) -> None:
    assert claim_with(told, one).id == claim_with(told, other).id


def test_what_is_done_to_two_things_at_one_time_is_two_claims(told: Edition) -> None:
    assert claim_with(told, "valley road was shut").id != claim_with(told, "school closed").id
