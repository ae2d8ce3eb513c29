"""Speeds, ages and spans of time that a report implies are reckoned with their working, and never put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum import collate


def checks(tmp_path: Path, body: str, dated: bool = True) -> list[tuple[str, bool | None, str]]:
    """The checks of one invented report."""
    head = "Velm Post\nMarch 12, 2031\n\n" if dated else "Velm Post\n\n"
    (tmp_path / "a.txt").write_text(f"{head}A courier firm spoke to the press in Velm.\n\n{body}\n")
    edition = collate([tmp_path])
    return [(c.kind, c.holds, c.explanation) for story in edition.stories for c in story.checks]


@pytest.mark.parametrize(
    ("body", "kind", "holds", "words"),
    [
        ("The drone flew from Oslo to Stockholm in 20 minutes at 1,250 km/h.", "speed", True, "417 km in a line"),
        ("The drone flew from Oslo to Stockholm in 20 minutes at 300 km/h.", "speed", False, "“300 km/h”"),
        ("The drone went from Oslo to Stockholm in 40 minutes.", "speed", None, "no speed is stated"),
        ("The drone covered 90 kilometres in 30 minutes, at 180 km/h.", "speed", True, "180 km/h on average"),
        ("The drone covered 90 miles in 30 minutes, at 180 km/h.", "speed", False, "“90 miles”"),
        ("The 100-year-old mill, built in 1931, was shut.", "interval", True, "from 1931 to 2031 are 100 years"),
        ("The 80-year-old mill, built in 1931, was shut.", "interval", False, "“80-year-old”"),
        (
            "The 33-month-long strike has hurt the port. The strike began on June 10, 2028.",
            "interval",
            True,
            "from 2028-06-10 to 2031-03-12",
        ),
        (
            "The 12-month-long strike has hurt the port. The strike began on June 10, 2028.",
            "interval",
            False,
            "“12-month-long strike",
        ),
    ],
)
def test_reckoning(tmp_path: Path, body: str, kind: str, holds: bool | None, words: str) -> None:
    """Holds, fails or cannot be told, with the working and the words used."""
    found = [(k, h, e) for k, h, e in checks(tmp_path, body) if k == kind]
    assert [(k, h) for k, h, _ in found] == [(kind, holds)]
    assert words in found[0][2]


def test_without_the_day_of_the_report_nothing_is_told(tmp_path: Path) -> None:
    """An age needs a year to be held to."""
    body = "The 80-year-old mill, built in 1931, was shut."
    assert [h for k, h, _ in checks(tmp_path, body, dated=False) if k == "interval"] in ([None], [])
