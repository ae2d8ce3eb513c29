"""A story as it stood at a time, and titles of one house by a user's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_cli import variorum
from variorum.compare import CompareConfig, read_owners
from variorum.errors import NothingReadableError, UsageError
from variorum.model import Article, Stamp
from variorum.pipeline import Config, as_it_stood, collate

TEXT = "The harbour bridge at Ostby was closed on Tuesday after engineers found a crack in one of its pillars."


def article(name: str, published: str | None, modified: str | None = None) -> Article:
    """A report of the bridge."""
    return Article(
        name,
        name,
        TEXT + f" {name} people were on it.",
        publisher=f"Paper {name}",
        language="en",
        published=stamp(published) if published else None,
        modified=stamp(modified) if modified else None,
    )


def stamp(value: str) -> Stamp:
    """A stated date, or date and time."""
    return Stamp(value, "minute" if "T" in value else "day", "stated")


@pytest.mark.parametrize(
    ("published", "modified", "as_of", "there"),
    [
        ("2031-03-11", None, "2031-03-11", True),
        ("2031-03-12", None, "2031-03-11", False),
        ("2031-03-11T23:50", None, "2031-03-11", True),
        ("2031-03-11T23:50", None, "2031-03-11T12:00", False),
        ("2031-03-11", None, "2031-03-11T12:00", True),
        ("2031-03-11T11:00+02:00", None, "2031-03-11T09:30", True),
        ("2031-03-11T11:00-02:00", None, "2031-03-11T09:30", False),
        ("2031-03-10", "2031-03-12", "2031-03-11", False),
        (None, None, "2031-03-11", False),
    ],
)
def test_what_was_there(published: str | None, modified: str | None, as_of: str, there: bool) -> None:
    """To the precision of both; a day that cannot be split counts as there, an unknown one does not."""
    kept, problems = as_it_stood([article("1", published, modified)], stamp(as_of))
    assert (bool(kept), bool(problems)) == (there, not there)


def test_nothing_later_is_in_the_edition() -> None:
    """Later and undated reports leave neither articles nor statements nor links, and are listed with the reason."""
    config = Config(embedder="none", as_of=stamp("2031-03-12"))
    edition = collate([article("1", "2031-03-11"), article("2", "2031-03-13"), article("3", None)], config)
    assert {a.id for a in edition.articles} | {s.article for s in edition.statements} <= {"1", "3"}
    assert any(p.source == "2" and "later than 2031-03-12" in p.reason for p in edition.problems)
    assert all({link.parent, link.child} & {"2"} == set() for link in edition.lineage.links)


def test_nothing_was_there_yet() -> None:
    """Before the first report there is no story."""
    with pytest.raises(NothingReadableError):
        collate([article("1", "2031-03-11")], Config(embedder="none", as_of=stamp("2030-01-01")))


def test_sister_titles_are_one_newsroom(tmp_path: Path) -> None:
    """Two papers are two newsrooms, until a file says that one house owns both."""
    file = tmp_path / "owners.toml"
    file.write_text('[[owners]]\nname = "Coast Media"\ntitles = ["Paper 1", "Paper 2"]\n', "utf-8")
    # Told in other words, so that neither is a copy.
    one = article("1", "2031-03-11")
    two = Article(
        "2", "2", "Engineers found a crack in a pillar of the harbour bridge at Ostby, and it was closed on Tuesday.",
        publisher="Paper 2", language="en", published=stamp("2031-03-12"),
    )  # fmt: skip
    for owners, most in (((), 2), (read_owners(file), 1)):
        edition = collate([one, two], Config(embedder="none", compare=CompareConfig(owners=owners)))
        assert max(c.support.newsrooms[1] for c in edition.stories[0].claims) == most


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not toml [", "no file of owners"),
        ("[[owners]]\nname = 3\ntitles = []", "no file of owners"),
        ('[[owners]]\nname="A"\ntitles=["X"]\n[[owners]]\nname="B"\ntitles=["x"]', "listed for"),
    ],
)
def test_a_file_of_owners_that_is_wrong(tmp_path: Path, text: str, reason: str) -> None:
    """The error names the file and what is wrong in it."""
    file = tmp_path / "owners.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=reason):
        read_owners(file)


def test_on_the_command_line(tmp_path: Path) -> None:
    """Wrong times and files are usage errors."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = variorum("collate", tmp_path, "--as-of", "yesterday")
    assert (done.returncode, b"yesterday" in done.stderr) == (2, True)
    assert variorum("collate", tmp_path, "--owners", tmp_path / "none.toml").returncode == 2
