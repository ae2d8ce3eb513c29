"""Statements that say one thing, though a word in them seems to speak against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from editions import claim_with, disputes, edition

_MORE = """

    The weather office had warned of more rain. The road along the lake is narrow, and the village shop sells bread only
    on weekdays. Ferries to the islands ran as usual."""
_LODGE = """The search on the mountain brought no news by noon. The district has had a wet spring, and the hotels are
    half empty.

    """


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Three herders were still missing on Saturday evening after a mudslide above Torm, police said.",
            "Three herders had not been found by Saturday evening after the mudslide above Torm, the police said.",
            id="not found is missing",
        ),
        pytest.param(
            "Nine people from the caving society went into the Torm cave on Saturday morning, the warden said.",
            "A party of nine from the caving society entered the Torm cave on Saturday morning, the warden said.",
            id="who goes in enters",
        ),
        pytest.param(
            "The booking site of Torm Ferries is expected to be available again on Friday 16 May, the company said.",
            "The booking site of Torm Ferries should be available again on Friday 16 May.",
            id="what should be again is planned",
        ),
        pytest.param(
            "In 2029 data on 250,000 pensioners were stolen from the pension office of Torm.",
            "A quarter of a million pensioners had their data stolen from the pension office of Torm in 2029.",
            id="a quarter of a million",
        ),
    ],
)
def test_one_claim(tmp_path: Path, one: str, other: str) -> None:
    """Two reports of one thing make one claim."""
    reports = [("Torm Post, 12 May 2031", one + _MORE), ("Lake Courier, 12 May 2031", _LODGE + other)]
    found = edition(tmp_path, "A spring in Torm", reports)
    first = claim_with(found, one.partition(", ")[0].removesuffix("."))
    assert first == claim_with(found, other.partition(", ")[0].removesuffix("."))
    assert len(first.statements) == 2


def test_who_prays_does_not_march(tmp_path: Path) -> None:
    """Those who took part in a search and those at a prayer are two crowds."""
    reports = [
        (
            "Torm Post, 12 May 2031",
            "Father Orm held a prayer in Torm on Sunday that was attended by some 200 people." + _MORE,
        ),
        (
            "Lake Courier, 14 May 2031",
            _LODGE + "The search, in which more than 300 people took part over four days, is over, the warden said.",
        ),
    ]
    found = edition(tmp_path, "A spring in Torm", reports)
    assert disputes(found, "some 200 people", "more than 300 people") == []


@pytest.mark.parametrize(
    "no", ["No other person has died, the town said.", "The pipe had burst in 2019 too; no one was killed that time."]
)
def test_no_other_and_that_time_deny_nothing(tmp_path: Path, no: str) -> None:
    """Who says that nobody else died, or nobody then, has nobody's death in dispute."""
    reports = [
        ("Torm Post, 12 May 2031", "A man was killed when a pipe burst in the rink of Torm on Sunday." + _MORE),
        ("Lake Courier, 12 May 2031", _LODGE + no),
    ]
    found = edition(tmp_path, "A pipe bursts in Torm", reports)
    assert disputes(found, "A man was killed", no.rpartition("; ")[2].partition(",")[0].removesuffix(".")) == []
