"""`variorum toll`: dead and injured by story and by report, with the words, and no certainty where reports differ."""

from __future__ import annotations

import json
from pathlib import Path

from test_cli import variorum
from variorum.compare import story_tolls
from variorum.edition import to_json, told_tolls
from variorum.model import Article, Edition, Stamp, StoryToll
from variorum.pipeline import Config, collate

FIRST = """Two people were killed and six others were injured when a tram left the rails in Ostby on Monday, police
said.

The tram hit a kiosk in Harbour Street. In 2019 a tram crash in the same street killed nine people."""

LATER = """A third passenger has died after the tram crash in Ostby, bringing the number of dead to three, police
said on Wednesday.

The tram left the rails in Harbour Street on Monday and hit a kiosk. Six others were injured."""


def told(*texts: tuple[str, str | None]) -> tuple[Edition, list[StoryToll]]:
    """The edition of texts with their dates, and its tolls."""
    articles = [
        Article(f"a{n}", f"{n}.txt", text, language="en", published=Stamp(when, "day", "stated") if when else None)
        for n, (text, when) in enumerate(texts)
    ]
    edition = collate(articles, Config(embedder="none"))
    return edition, list(story_tolls(edition))


def test_the_latest_report_and_no_certainty() -> None:
    """A toll that rose is that of the latest report; what all say alike is sure; other years' dead are left out."""
    edition, (toll,) = told((LATER, "2031-03-12"), (FIRST, "2031-03-10"))
    assert toll.killed is not None
    assert toll.injured is not None
    assert (toll.killed.low, toll.killed.high, toll.killed.sure) == (3, 3, False)
    assert (toll.injured.low, toll.injured.sure) == (6, True)
    assert [r.killed.low for r in toll.reports if r.killed] == [2, 3]
    text = told_tolls([toll], edition)
    assert "killed   3 in the latest report; the reports differ" in text
    assert "“Six others”" in text or "“six others”" in text


def test_reports_without_dates_are_a_range() -> None:
    """Where nothing says which report is the later one, the toll lies between them."""
    _, (toll,) = told((LATER.replace(" on Wednesday", ""), None), (FIRST.replace(" on Monday", ""), None))
    assert toll.killed is not None
    assert (toll.killed.low, toll.killed.high, toll.killed.sure) == (2, 3, False)


def test_copies_say_it_once() -> None:
    """A figure that a copy repeats is told of one origin, not of two reports."""
    copy = FIRST.replace("Harbour Street. In", "Harbour Street, a witness said. In")
    edition, tolls = told((FIRST, "2031-03-10"), (copy, "2031-03-11"))
    assert "killed   2; 2 reports of 1 origin say so" in told_tolls(tolls, edition)


def test_nobody_was_hurt_in_a_story_without_tolls() -> None:
    """A story that tells no dead and no injured has no toll, and says so."""
    edition, tolls = told(("The mayor of Ostby opened a new tram line on Monday.", "2031-03-10"))
    assert tolls == []
    assert told_tolls(tolls, edition) == "no report tells of dead or injured\n"


def test_the_command(tmp_path: Path) -> None:
    """Text for a terminal, one story a line as JSON."""
    edition, _ = told((LATER, "2031-03-12"), (FIRST, "2031-03-10"))
    (tmp_path / "edition.json").write_text(to_json(edition), "utf-8")
    run = variorum("toll", tmp_path)
    assert run.returncode == 0
    assert b"injured  6; 2 reports say so" in run.stdout
    row = json.loads(variorum("toll", tmp_path, "--format", "json").stdout)
    assert (row["killed"]["low"], len(row["reports"])) == (3, 2)
