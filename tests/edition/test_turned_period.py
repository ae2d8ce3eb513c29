"""A day that is moved is the day to which it is moved, and no period that ends before it begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import variorum
from variorum.edition.standing import can_stand
from variorum.edition.timeline import _is_turned, _was_promised
from variorum.model import Period, Timex


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


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Rolf Aster pulled a gun on two guards on Monday", True),
        ("49 , took two guards hostage on Monday", False),
        ("It is scheduled to open on March 25", False),
        ("Luckily for the town, the season will end next week", False),
        ('"Velm Will Be Dark For Six Days in December!"', False),
        ('"The weir will be dark on Monday," she said', True),
    ],
)
def test_what_can_stand_as_an_entry(text: str, stands: bool) -> None:
    """A torn head, a bare pronoun, a judgement and a quoted headline tell no event."""
    assert can_stand(text) is stands


def test_the_timeline_of_undated_reports(tmp_path: Path) -> None:
    """A plan that is over is none, a year long gone is background, and "was at home on Monday when" dates what happened
    then; a promise has happened, what is promised by a day has not."""
    text = """Guests were at dinner on 14 April 2031 when a barge struck the old pier of Velm.

In 1977, the council of Velm moved to close the old pier of the harbour.

The old harbour of Tarn will be closed on 21 December 2021, wrote the Gazette in its almanac."""
    (tmp_path / "Velm.txt").write_text(text, encoding="utf-8")
    (tmp_path / "Tarn.txt").write_text(text + "\n\nThe mayor of Tarn saw it.", encoding="utf-8")
    edition = variorum.collate([str(tmp_path)])
    told = {(e.begin, e.status) for story in edition.stories for e in story.timeline}
    assert told == {("2031-04-14", "happened")}
    period = Period("2031-03-01", "2031-03-31", "stated")
    for words, promised in (("Velm pledged loyalty in March", True), ("Velm pledged the bridge by March", False)):
        at = len(words) - len("March")
        time = Timex((at, len(words)), "DATE", "2031-03", period.begin, period.end, tense="past")
        statement = replace(edition.statements[0], text=words, span=(0, len(words)), times=(time,))
        assert _was_promised(period, (statement,)) is promised
