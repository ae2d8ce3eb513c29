"""Disputes, later states and what is neither, each told in a few sentences of invented reports."""

from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum.ingest.paragraphs import ends_in_stamp


def _relations(tmp_path: Path, *reports: str) -> list[str]:
    for n, text in enumerate(reports):
        (tmp_path / f"{n}.txt").write_text(f"News of the week\n\nThe Post, {3 + n} May 2026\n\n{text}\n")
    return [c.relation for story in variorum.collate([tmp_path]).stories for c in story.conflicts]


def test_a_time_of_day_behind_a_full_date_ends_no_sentence() -> None:
    assert ends_in_stamp("The Weaver, Monday 4 May 2026, 9.15 p.m.")
    assert not ends_in_stamp("The fair of Dunmoor opened at 9.15 p.m.")


def test_a_verb_before_who_says_it_all_gives_nobodys_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The Post, 3 May 2026\n\nThe miller had not agreed, a clerk of the town said.\n")
    (statement,) = (s for s in variorum.collate([tmp_path]).statements if "agreed" in s.text)
    assert [row.cue_lemma for row in statement.attribution] == ["say"]
    assert statement.polarity == "negated"


@pytest.mark.parametrize(
    "reports",
    [
        ("The two mills employ 900 people together.", "Dunmoor Mills employs 600 people."),
        (
            "Grain exports of Dunmoor rose 19 percent in May.",
            "Grain exports of Dunmoor stood at 23 percent of the trade in May.",
        ),
        ("Ada Corr won 48 percent of the votes in Dunmoor.", "Bela Horn won 39 percent of the votes in Dunmoor."),
        (
            "The takeover of Horn Mills by Corr Mills was completed on Friday, the bank said.",
            "The merger of Horn Mills with Corr Mills was praised by the mayor.",
            "The clerk of Dunmoor had not been notified of the merger of Corr Mills and Horn Mills, he said.",
        ),
        (
            "The mayor Bela Horn denounced the remarks of Ada Corr on the ferry as shameful, the Dunmoor council said.",
            "Bishop Orla Venn denounced the remarks of Ada Corr on the ferry as shameful, the diocese said.",
        ),
        (
            "The ferry firm Corr will close its pier in Dunmoor, workers said.",
            "Corr has neither confirmed nor denied that it will close its pier in Dunmoor.",
        ),
        ("The dockers say that the ferry of Ada Corr was overloaded. Ada Corr denied that she would ever sell it.",),
    ],
)
def test_no_dispute(tmp_path: Path, reports: tuple[str, ...]) -> None:
    assert _relations(tmp_path, *reports) == []


def test_what_was_denied_is_admitted(tmp_path: Path) -> None:
    found = _relations(
        tmp_path,
        "No smoke bombs were thrown, a spokesman of the wardens said.",
        "The head warden admitted that smoke bombs had been used.",
    )
    assert found == ["update"]


@pytest.mark.parametrize(
    "reports",
    [
        ("Police used tear gas on the crowd in Dunmoor.", "Police said they had not used tear gas."),
        ("Police used tear gas on the crowd in Dunmoor. Police said they had not used tear gas.",),
    ],
)
def test_who_says_that_he_did_not_do_it_disputes_what_is_told_of_him(tmp_path: Path, reports: tuple[str, ...]) -> None:
    assert _relations(tmp_path, *reports) == ["contradiction"]


def test_a_denial_that_says_nothing_else_is_of_what_stands_before(tmp_path: Path) -> None:
    found = _relations(tmp_path, "The dockers say that the ferry of Ada Corr was overloaded. Ada Corr denied this.")
    assert found == ["contradiction"]


@pytest.mark.parametrize("says", ["neither confirmed nor denied", "would not confirm"])
def test_who_does_not_confirm_bears_nothing_out(tmp_path: Path, says: str) -> None:
    reports = (
        "Two swimmers were hurt, according to Dunmoor General.\n\n"
        f"The operator, Corr Baths, {says} that a valve had been replaced on Sunday in Dunmoor.",
        "The mayor, Ada Holm, said that a valve had been replaced on Sunday in Dunmoor.",
    )
    for n, text in enumerate(reports):
        (tmp_path / f"{n}.txt").write_text(f"Gas leaks at the baths\n\nThe Post, {3 + n} May 2026\n\n{text}\n")
    told = variorum.collate([tmp_path])
    roots = {s.root.name for s in told.statements if "valve" in s.text}
    assert roots == {"Corr Baths", "Ada Holm"}
    (claim,) = (c for story in told.stories for c in story.claims if "valve had been replaced" in c.text)
    assert (claim.status, claim.support.roots) == ("single_origin", (1, 1))
