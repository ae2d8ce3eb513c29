"""What changed between two editions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_cli import variorum
from variorum.edition import difference, to_json, told_difference
from variorum.model import Article, Difference, Edition, Stamp
from variorum.pipeline import Config, collate

FIRST = """Two people were killed when a ferry ran aground off Ostby on Tuesday, the coast guard said.

The ferry company will hold a news conference on Wednesday."""
SECOND = """Five people were killed when the ferry ran aground off Ostby on Tuesday, the coast guard said on Wednesday.

The ferry company held a news conference on Wednesday. The captain has been arrested, police said."""
THIRD = """Harbour police said that the captain has been arrested after the ferry ran aground off Ostby."""


def edition(*texts: str) -> Edition:
    """The reports of days one after the other, each by a paper of its own."""
    articles = [
        Article(
            f"a{n}", f"{n}.txt", text, publisher=f"Paper {n}", language="en",
            published=Stamp(f"2031-03-1{n + 1}", "day", "stated"),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    return collate(articles, Config(embedder="none"))


@pytest.fixture(scope="module")
def monday() -> Edition:
    """One report."""
    return edition(FIRST)


@pytest.fixture(scope="module")
def tuesday() -> Edition:
    """The same and a later one."""
    return edition(FIRST, SECOND)


@pytest.fixture(scope="module")
def found(monday: Edition, tuesday: Edition) -> Difference:
    """From one to the other."""
    return difference(monday, tuesday)


def test_nothing_changed(monday: Edition) -> None:
    """An edition does not differ from itself."""
    assert difference(monday, monday) == Difference((), (), ())
    assert "Nothing." in told_difference(difference(monday, monday), monday, monday)


def test_new_reports_and_states(found: Difference) -> None:
    """The report that came, the toll that rose, the claim that is superseded."""
    assert found.added == ("a1",)
    assert found.gone == ()
    kinds = {c.kind for c in found.changes}
    assert {"status", "conflict"} <= kinds
    risen = next(c for c in found.changes if c.kind == "conflict" and "2" in (c.after or ""))
    assert "2 people killed → 5 people killed" in (risen.after or "")
    assert any(c.kind == "status" and "superseded" in (c.after or "") for c in found.changes)


def test_more_say_so(tuesday: Edition) -> None:
    """A claim that a second newsroom tells is the same claim with more support."""
    changes = difference(tuesday, edition(FIRST, SECOND, THIRD)).changes
    arrested = [c for c in changes if "arrested" in c.about and c.kind in ("status", "support")]
    assert [(c.before, c.after) for c in arrested] == [
        # The police and the harbour police may be one source.
        ("single origin: 1 newsroom, 1 root", "single origin: 2 newsrooms, 1–2 roots")
    ]


def test_backwards(monday: Edition, tuesday: Edition) -> None:
    """What is withdrawn is said to be gone."""
    back = difference(tuesday, monday)
    assert back.gone == ("a1",)
    assert {"settled"} <= {c.kind for c in back.changes}
    assert "No longer among the reports" in told_difference(back, tuesday, monday)


def test_every_change_rests_on_statements(found: Difference, tuesday: Edition) -> None:
    """The words can be opened."""
    known = {s.id for s in tuesday.statements}
    assert all(set(c.statements) <= known for c in found.changes if c.kind not in ("gone", "settled"))


def test_on_the_command_line(monday: Edition, tuesday: Edition, tmp_path: Path) -> None:
    """Folders or files in, Markdown or JSON out."""
    for name, held in (("old", monday), ("new", tuesday)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.json").write_text(to_json(held), "utf-8")
    done = variorum("diff", tmp_path / "old", tmp_path / "new/edition.json")
    assert (done.returncode, b"New reports" in done.stdout) == (0, True), done.stderr
    record = json.loads(variorum("diff", tmp_path / "old", tmp_path / "new", "--format", "json").stdout)
    assert record["added"] == ["a1"]
    assert variorum("diff", tmp_path / "old", tmp_path / "none").returncode == 2
