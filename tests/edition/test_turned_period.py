"""Two dates that were read as one period, the last before the first."""

from __future__ import annotations

from pathlib import Path

import variorum


def test_a_period_that_ends_before_it_begins_is_no_event_and_stops_nothing(tmp_path: Path) -> None:
    """The edition is made, without an entry for it."""
    text = """The opening of the bridge at Velm has been moved from Saturday to 20 December.

The bridge over the Sill had been closed since a barge struck one of its piers, the harbour office of Velm said."""
    for outlet, day in (("Velm Post", 9), ("Tarn Echo", 10)):
        head = f"Bridge at Velm opens later\n{outlet}\n{day} March 2031\n\n"
        (tmp_path / f"{outlet.replace(' ', '_')}.txt").write_text(head + text, encoding="utf-8")
    edition = variorum.collate([str(tmp_path)])
    turned = [s for s in edition.statements if s.event_time and (s.event_time.end or "9") < (s.event_time.begin or "")]
    assert turned, "the sentence is no longer read as a period: choose another"
    assert not any(e.end and e.end < e.begin for story in edition.stories for e in story.timeline)
