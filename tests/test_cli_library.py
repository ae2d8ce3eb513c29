"""The commands over a library, as a desk types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reports import fire, vote
from variorum.cli import app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk's folder with reports as files, and a library of its own."""
    monkeypatch.setenv("VARIORUM_LIBRARY", str(tmp_path / "desk.db"))
    monkeypatch.setenv("VARIORUM_AUTHOR", "Ana")
    monkeypatch.setenv("VARIORUM_EMBEDDER", "none")
    for name, held in (("fire", fire()), ("vote", vote())):
        rows = [{"publisher": a.publisher, "published": a.published.value if a.published else None, "title": a.title,
                 "text": a.text} for a in held]  # fmt: skip
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def run(*arguments: object) -> Result:
    """One command."""
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def rows(*arguments: object) -> list[dict[str, object]]:
    """What a command tells as JSON."""
    return [json.loads(line) for line in run(*arguments, "--format", "json").stdout.splitlines()]


def test_a_day_at_the_desk(folder: Path) -> None:
    """Add, look, search, decide, undo, remove, keep a copy, move it."""
    assert "3 new, 0 known. harbour: 3 reports in 1 story" in run("add", folder / "fire.jsonl", "-c", "harbour").stdout
    done = run("add", folder / "fire.jsonl", folder / "vote.jsonl", "-c", "harbour")
    assert "2 new, 3 known. harbour: 5 reports in 2 stories" in done.stdout
    assert run("list").stdout.startswith("harbour: 5 reports")
    (story,) = rows("list", "stories", "--person", "rosling")
    shown = run("show", story["id"], "-c", "harbour").stdout
    assert "Harwick" in shown
    assert "Decided by hand" not in shown
    assert "[burned]" not in run("search", "burned").stdout
    assert "[conveyor]" in run("search", "conveyor -hospital").stdout
    assert len(rows("list", "articles", "--limit", "2")) == 2
    page = run("list", "articles", "--limit", "2")
    cursor = page.stderr.removeprefix("More: --cursor ").strip()
    assert len(rows("list", "articles", "--cursor", cursor)) == 3
    first, copy, _ = (a.id for a in fire())
    decided = run("decide", "not_copy", first, "--and", copy, "--reason", "both were there", "-c", "harbour")
    assert "Ana: both were there" in decided.stdout
    assert "holds against the machine" in decided.stdout
    assert "Decided by hand" in run("show", story["id"], "-c", "harbour").stdout
    (made,) = rows("decisions")
    assert made["outcome"] == {"decision": made["id"], "state": "overrides", "found": "copy"}
    assert "undone" in run("undo", made["id"], "--reason", "misheard").stdout
    assert json.loads(run("export", "library:harbour", "--format", "json").stdout)["stories"]
    asked = run("check", "Two workers were killed in the fire.", "--in", "library:harbour", "--format", "json")
    assert json.loads(asked.stdout)["verdict"] != "silent"
    assert run("remove", copy, "-c", "harbour").stdout == "1 removed.\n"
    assert "Written" in run("backup", folder / "kept.backup").stdout
    moved = run("restore", folder / "kept.backup", "--library", folder / "other.db")
    assert moved.stdout == "harbour: 4 reports in 2 stories\n"
    assert run("remove", "--all", "-c", "harbour").stdout == "4 removed.\n"
    assert run("list").stdout == "Nothing.\n"


def test_articles_as_text_and_bytes(folder: Path) -> None:
    """An article's text, its record, and the bytes it was read from."""
    file = folder / "one.txt"
    file.write_text(fire()[0].text)
    (held,) = rows("add", file, "--keep-raw")
    (article,) = held["new"]  # type: ignore[misc]
    assert fire()[0].text in run("show", article).stdout
    assert rows("show", article)[0]["text"] == fire()[0].text
    assert run("show", article, "--raw").stdout_bytes == file.read_bytes()


def test_what_is_wrong_is_said(folder: Path) -> None:
    """Wrong usage is an error with a word on what to do."""
    from variorum.errors import NotFoundError, UsageError

    run("add", folder / "fire.jsonl")
    for arguments, said in (
        (("remove",), "--all"),
        (("show", "art-none"), "no article"),
        (("decide", "nonsense", "x", "--reason", "r"), "no kind"),
        (("search", "from:x"), "no date"),
        (("list", "stories", "-c", "none"), "no collection"),
        (("list", "stories", "--library", "mysql://x"), "no database"),
        (("backup", folder / "fire.jsonl"), "never overwrites"),
    ):
        with pytest.raises(UsageError, match=said):
            run(*arguments)
    with pytest.raises(NotFoundError):
        run("export", "library:none", "--format", "json")
    assert run("add", folder / "none.txt").exit_code == 3
