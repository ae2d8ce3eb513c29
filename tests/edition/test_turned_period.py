"""A day that is moved is the day to which it is moved, and no period that ends before it begins."""

from __future__ import annotations

from pathlib import Path

import variorum
from variorum.edition.timeline import _is_turned


def test_a_day_that_is_moved_is_no_period(tmp_path: Path) -> None:
    """The entry is of the new day."""
    text = """The opening of the bridge at Velm has been moved from Saturday to 20 December.

The bridge over the Sill had been closed since a barge struck one of its piers, the harbour office of Velm said."""
    for outlet, day in (("Velm Post", 9), ("Tarn Echo", 10)):
        head = f"Bridge at Velm opens later\n{outlet}\n{day} December 2031\n\n"
        (tmp_path / f"{outlet.replace(' ', '_')}.txt").write_text(head + text, encoding="utf-8")
    edition = variorum.collate([str(tmp_path)])
    assert not [
        s for s in edition.statements if s.event_time and (s.event_time.end or "9") < (s.event_time.begin or "")
    ]
    moved = [e for story in edition.stories for e in story.timeline if "has been moved" in e.text]
    assert {(e.begin[5:], e.status) for e in moved} == {("12-20", "planned")}


def test_a_period_that_ends_before_it_begins_is_no_event() -> None:
    """However it came to be read."""
    assert _is_turned("2031-03-14", "2031-03-01")
    assert not _is_turned("2031-03-01", "2031-03")
    assert not _is_turned("2031-03-01", None)
