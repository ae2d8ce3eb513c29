"""A day that is moved is the day to which it is moved, and no period that ends before it begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import variorum
from variorum.edition.material import _is_later
from variorum.edition.standing import can_stand, is_whole
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
        ("However, he last rowed on 8 May", False),
        ("He will give evidence on 8 May", True),
        ("The weir was caught leaking in 2007.)", False),
        ("Tarnpix[TPX]   Snack: A man bought the last loaf in May", False),
    ],
)
def test_what_can_stand_as_an_entry(text: str, stands: bool) -> None:
    """A torn head, a bare pronoun, a judgement, a caption and a quoted headline tell no event."""
    assert can_stand(text) is stands


def _timeline(folder: Path, *reports: str) -> list[tuple[str, str, str]]:
    for number, text in enumerate(reports):
        (folder / f"report{number}.txt").write_text(text, encoding="utf-8")
    edition = variorum.collate([str(folder)])
    return [(e.begin, e.status, e.text) for story in edition.stories for e in story.timeline]


_SHOOTING = """Two shot dead at the harbour office of Velm
Velm Post
10 December 2031

A gunman killed two clerks at the harbour office of Velm on Tuesday, the police said.

Rolf Aster, 40, was arrested on Tuesday evening in connection with the shooting at the office.

{more}"""


def test_one_event_that_reports_tell_in_other_words(tmp_path: Path) -> None:
    """As many dead on one day are one event, and a vaguer date of a deed is that of the exact one; the arrest is
    another."""
    told = _timeline(
        tmp_path,
        _SHOOTING.format(more="Aster had been fired from his post at the office last week, the police said."),
        """Fired man held in Velm
Tarn Echo
10 December 2031

Shots in the office at the quay left two people dead on Tuesday in Velm, a town on the Sill.

The harbour office had fired Aster on Thursday for poor work, its chief said.""",
    )
    days = [(begin, status) for begin, status, _ in told]
    assert days == [("2031-12-04", "happened"), ("2031-12-09", "happened"), ("2031-12-09", "happened")]
    assert sum("arrested" in text for _, _, text in told) == 1


def test_a_date_of_something_else_dates_no_event(tmp_path: Path) -> None:
    """The year of a car, the name of a programme, a decade, what lies ahead, hours counted from no day, and a crime
    that a judge weighs; a clause with "when" does date its sentence."""
    more = """The driver had hit a lamp with his grey 2031 Corolla in Quay Street.

Vera Holm was named a hero on World News Tonight by the mayor of Velm.

The clerks sold coins from the 1820s at the counter of the office.

Mourners filled the church of Velm ahead of the funeral on Saturday.

Divers found the gun in the river Sill three hours later.

Judge Ida Moll weighed the murder of the pilot Odin Starr in June 2029.

However, he last rowed on 8 May.

Four boats were found in the reeds when the harbour was opened again on Monday."""
    told = _timeline(tmp_path, _SHOOTING.format(more=more), _SHOOTING.format(more="Two more clerks hid in a store."))
    texts = [text for _, _, text in told]
    assert [t for t in texts if "found" in t] == [
        "Four boats were found in the reeds when the harbour was opened again on Monday."
    ]
    assert len(texts) == 3, texts


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
    for words, behind, whole in (
        ("Callers were eager to tell on Monday", " how they had flown.", False),
        ("Callers were eager on Monday", " and told how they had flown.", True),
        ("brandishing a gun in May", ", the court heard.", False),
        ("Callers", " filled the line in May\nof 2031", True),
        ("Velm jury finds pilot guilty\non May 3, updated May 4", "", False),
    ):
        article = replace(edition.articles[0], text=words + behind)
        statement = replace(edition.statements[0], text=words, span=(0, len(words)), frame=None)
        assert is_whole(article, statement) is whole


def test_a_report_tells_nothing_that_is_gone_before_its_own_hour() -> None:
    """A page dated 7.07 that has "this afternoon" behind it is of another day than its date, by some clock."""
    for value, tense, later in (
        ("TAF", "past", True),
        ("T10:00", "past", True),
        ("T06:30", "past", False),
        ("TAF", "future", False),
    ):
        time = Timex((0, 9), "TIME", f"2031-04-10{value}", "2031-04-10", "2031-04-10", tense=tense)
        assert _is_later(time, "2031-04-10T07:07") is later
    assert not _is_later(Timex((0, 9), "TIME", "2031-04-09TAF", tense="past"), "2031-04-10T07:07")
