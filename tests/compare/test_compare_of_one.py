"""Figures and attributes that one person or thing has only once, and what only looks like them: invented reports, read
through the whole pipeline."""

from __future__ import annotations

import pytest
from editions import disputes, edition

from variorum.model import Edition

#: Two nights at Marlet, by two papers.
_MARLET: tuple[tuple[str, str], ...] = (
    (
        "Marlet Post - 9 June 2031",
        """A magnitude 5.8 earthquake shook Marlet on Sunday night, the Seismic Bureau said.

A fire broke out on the third floor of the Hotel Corona minutes later.

Ferran Olt, 51, was struck with a hammer outside the hotel, his sister said. His cousin Berta Lund, 47, was not there.

The ferry Halma was bound from Marlet to Tarn Quay when the lights went out. It is licensed to carry 140.

The suspect, a 33-year-old man, was arrested at the airport. Two aftershocks of magnitude 4.1 and 4.4 were felt.

More than 7,000 customers had no electricity. The truce on the island had been agreed as a 48-hour pause.

A 62-year-old woman was killed by a falling wall.
""",
    ),
    (
        "Tarn Courier - 10 June 2031",
        """The earthquake at Marlet on Sunday night had a magnitude of 6.1, the Ocean Institute said on Tuesday.

The fire at the Hotel Corona started on the second floor, guests said.

Mr Olt, 54, was hit over the head with a wrench, the innkeeper said.

The ferry Halma was on its way from Tarn Quay to Marlet, passengers said. The licence allowed 110 passengers, the
harbour office said.

The suspect, a man of 36, was detained at a hotel in the port, police said.

About 3,200 homes still lacked power on Tuesday.

A 58-year-old man was killed by a falling chimney, the mayor said.
""",
    ),
)


@pytest.fixture(scope="module")
def marlet(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("marlet"), "The earthquake at Marlet", _MARLET)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("A magnitude 5.8", "magnitude of 6.1", "contradiction"),
        ("third floor", "second floor", "contradiction"),
        ("Ferran Olt, 51", "Mr Olt, 54", "contradiction"),
        ("with a hammer", "with a wrench", "contradiction"),
        ("from Marlet to Tarn Quay", "from Tarn Quay to Marlet", "contradiction"),
        ("licensed to carry 140", "licence allowed 110", "contradiction"),
        ("arrested at the airport", "detained at a hotel", "contradiction"),
        ("had no electricity", "still lacked power", "update"),
    ],
)
def test_of_one(marlet: Edition, one: str, other: str, relation: str) -> None:
    assert relation in disputes(marlet, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Berta Lund, 47", "Mr Olt, 54"),
        ("magnitude 4.1 and 4.4", "magnitude of 6.1"),
        ("A 62-year-old woman", "A 58-year-old man"),
    ],
)
def test_of_others(marlet: Edition, one: str, other: str) -> None:
    assert not disputes(marlet, one, other)
