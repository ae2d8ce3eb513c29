"""Plans that are called off by name, deeds that somebody says did not happen, and one term told in two ways: read from
invented reports, through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum.model import Edition

#: The quarrel about a weir, by outlet and day of June 2031 (2 is a Monday).
_WEIR: tuple[tuple[str, int, str], ...] = (
    (
        "Brack Post",
        2,
        """Opponents of the Brack weir met at the town hall of Brack on Monday.

Nine people were arrested at the town hall of Brack, the police said.

Governor Ida Lomm is to inspect the Brack weir on Friday, her office said.

The builder Hask & Sons would get a lease of the Brack weir until March 2044, the county said.
""",
    ),
    (
        "The Sill Courier",
        4,
        """Governor Ida Lomm called off her inspection of the Brack weir, her office said on Wednesday.

There were no arrests at the town hall of Brack, the mayor, Otto Renk, said on Wednesday.

The lease of the Brack weir that Hask & Sons have been given is valid until March 2044, the mayor said.
""",
    ),
)


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on the weir."""
    folder = tmp_path_factory.mktemp("weir")
    for outlet, day, text in _WEIR:
        head = f"The weir at Brack\n{outlet}\n{day} June 2031\n\n"
        (folder / f"{outlet.replace(' ', '_')}.txt").write_text(head + text, encoding="utf-8")
    return variorum.collate([str(folder)])


def _relations(edition: Edition, one: str, other: str) -> list[str]:
    """Relations of the conflicts that have the two wordings in different readings."""
    text = {s.id: s.text for s in edition.statements}
    found = []
    for conflict in (c for story in edition.stories for c in story.conflicts):
        places = [
            {n for n, r in enumerate(conflict.readings) if any(w in text[s] for s in r.statements)}
            for w in (one, other)
        ]
        if any(a != b for a in places[0] for b in places[1]):
            found.append(conflict.relation)
    return found


def test_a_plan_is_called_off_by_its_name(weir: Edition) -> None:
    """ "Is to inspect", "called off her inspection"."""
    assert _relations(weir, "is to inspect the Brack weir", "called off her inspection") == ["update"]


def test_a_deed_that_is_said_not_to_have_been(weir: Edition) -> None:
    """ "Were arrested", "there were no arrests"."""
    assert _relations(weir, "Nine people were arrested", "There were no arrests") == ["contradiction"]


def test_one_end_of_one_period_is_one_claim(weir: Edition) -> None:
    """What will last until a month and what lasts until it are one claim, though one is told as a plan."""
    text = {s.id: s.text for s in weir.statements}
    told = [[text[s] for s in claim.statements] for story in weir.stories for claim in story.claims]
    assert any(any("would get a lease" in t for t in c) and any("is valid until" in t for t in c) for c in told)


def test_what_goes_on_is_not_called_off(weir: Edition) -> None:
    """The lease is no plan that the governor's office speaks of."""
    assert not _relations(weir, "would get a lease", "called off her inspection")


def test_a_plan_told_again_by_a_copy_was_not_changed(tmp_path: Path) -> None:
    """ "It said it had planned" tells a plan in reported speech; only another statement could say what came instead."""
    text = """A footbridge over the Sill at Brack collapsed on Monday evening, the fire service of the county said.

The county said it had planned to replace the footbridge next year at a cost of 3.2 million crowns.

The footbridge, which was built in 1961, had been closed to cyclists since March because of cracks in its hangers.
"""
    for outlet, day in (("Brack Post", 2), ("The Sill Courier", 3)):
        head = f"Footbridge at Brack collapses\n{outlet}\n{day} June 2031\n\n"
        (tmp_path / f"{outlet.replace(' ', '_')}.txt").write_text(head + text, encoding="utf-8")
    edition = variorum.collate([str(tmp_path)])
    assert any("had planned to replace" in s.text for s in edition.statements)
    assert [c for story in edition.stories for c in story.conflicts] == []


def test_what_there_will_not_be_is_called_off(tmp_path: Path) -> None:
    """ "Will vote again on 29 November", "there will be no new vote": an update, and no plan of the timeline."""
    told = {
        (
            "Velm Post",
            14,
        ): "The council of Brack will vote again on the harbour tower on 29 November, Ida Lomm said.",
        ("Orr Mail", 18): "There will be no new vote on the harbour tower in Brack, Mayor Ida Lomm said on Friday.",
    }
    for (outlet, day), text in told.items():
        head = f"The harbour tower\n{outlet}\n{day} November 2033\n\n"
        (tmp_path / f"{day}.txt").write_text(f"{head}{text}\n", encoding="utf-8")
    found = variorum.collate([str(tmp_path)])
    assert _relations(found, "will vote again", "There will be no new vote") == ["update"]
    assert not any("vote again" in entry.text for story in found.stories for entry in story.timeline)
