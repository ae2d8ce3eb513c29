"""What is told of a wider area, of other places or of one part is no answer to what is told of the place in the news;
what only repeats a plan is no outcome of it. Read from invented reports, through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum.model import Conflict


def _conflicts(folder: Path, *reports: str) -> list[Conflict]:
    """The conflicts of reports of outlets of their own, each a day after the one before."""
    for n, text in enumerate(reports):
        head = f"{text.split('.', 1)[0][:60]}\nOutlet {'ABCD'[n]}\n{2 + n} June 2031\n\n"
        (folder / f"{n}.txt").write_text(head + text, encoding="utf-8")
    edition = variorum.collate([str(folder)])
    return [c for story in edition.stories for c in story.conflicts]


STORM = """Three people were killed in the village of Pellan on Monday when a storm tore the roof off a dance \
hall, the police said.

The dance hall at Pellan had been full, and most of the guests ran into the cellar when the storm began to howl."""


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("The storm has now killed five people in Pellan, the police said.", 1),
        ("Across the archipelago the storm killed 31 people, the police said.", 0),
        ("In eight other villages the storm killed 12 people, the police said.", 0),
        ("In the neighbouring valley the storm killed four people, the police said.", 0),
        ("Five people were killed in another village, the police said.", 0),
    ],
)
def test_a_figure_of_another_area_is_no_later_state(tmp_path: Path, later: str, told: int) -> None:
    """The toll of the village rises; that of the islands, of other villages or of the next valley is another."""
    rest = "The storm that tore the roof off the dance hall at Pellan was the worst in thirty years, the mayor said."
    second = f"{later}\n\n{rest}"
    found = [c for c in _conflicts(tmp_path, STORM, second) if c.relation in ("update", "contradiction")]
    assert len(found) == told


@pytest.mark.parametrize(("later", "told"), [("460 confirmed cases", 1), ("905 suspected cases", 0)])
def test_suspected_cases_are_no_later_state_of_confirmed_ones(tmp_path: Path, later: str, told: int) -> None:
    """They are counted beside each other."""
    rest = "The cholera outbreak around Lake Suvan began at the market of Pellan in May."
    first = f"A total of 312 cases of cholera have been confirmed around Lake Suvan, the ministry said.\n\n{rest}"
    second = f"The ministry has counted {later} of cholera around Lake Suvan, it said.\n\n{rest}"
    found = [c for c in _conflicts(tmp_path, first, second) if c.relation in ("update", "contradiction")]
    assert len(found) == told


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("The Harrow Street bridge in Dunmere is open again, the police said on Tuesday.", True),
        ("The neighbouring bridge in Dunmere remains open in both directions, the police said on Tuesday.", False),
    ],
)
def test_the_next_bridge_is_not_this_one(tmp_path: Path, later: str, told: bool) -> None:
    """Open and shut exclude each other of one bridge only."""
    first = """The Harrow Street bridge in Dunmere was shut to all traffic on Monday after a lorry struck its eastern \
parapet, the police said.

The lorry had been carrying gravel from the quarry at Ashwell, and its driver was treated for a cut on the forehead."""
    rest = "The lorry that struck the parapet in Dunmere on Monday had been carrying gravel from the quarry at Ashwell."
    second = f"{later}\n\n{rest}"
    assert bool(_conflicts(tmp_path, first, second)) is told


@pytest.mark.parametrize(("who", "told"), [("The airline", True), ("A court in Velm", False)])
def test_who_rules_denies_nothing(tmp_path: Path, who: str, told: bool) -> None:
    """A court that dismisses a claim knows nothing better; the airline does."""
    text = f"""The airline Norvia had sold 40 seats twice, the passenger Ada Renk told the Velm Post on Monday.

{who} dismissed her claim.

The seats had been sold for a flight from Velm to the islands on the first day of the school holidays last summer."""
    found = [c for c in _conflicts(tmp_path, text) if c.kind == "denial"]
    assert bool(found) is told


@pytest.mark.parametrize(
    ("later", "told"),
    [
        ("The relatives received 40,000 crowns from the state of Ostrel for each person they lost.", True),
        ("The state of Ostrel announced 40,000 crowns for the relatives of each person they lost.", False),
    ],
)
def test_a_plan_that_is_announced_has_not_come_about(tmp_path: Path, later: str, told: bool) -> None:
    """Who announces what others said was to come tells the plan again."""
    first = """The relatives will receive 40,000 crowns from the state of Ostrel for each person they lost.

A coach with pilgrims had plunged into the gorge of the Devra on Saturday night, and nineteen of them were killed."""
    rest = "The coach that plunged into the gorge of the Devra on Saturday night had been on its way to a monastery."
    second = f"{later}\n\n{rest}"
    found = [c for c in _conflicts(tmp_path, first, second) if c.kind == "status"]
    assert bool(found) is told
