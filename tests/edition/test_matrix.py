"""Claims by origin: who says so, who denies it, who is silent; and in which order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_edition import edition

from variorum.edition.matrix import Asked, Matrix, Row
from variorum.edition.wording import Wording, ledger
from variorum.model import Location, Origin


def made() -> tuple[Wording, Matrix]:
    """The matrix of the invented story."""
    wording = Wording(edition())
    return wording, Matrix(wording, wording.edition.stories[0])


def test_every_statement_of_a_claim_stands_in_one_cell() -> None:
    """Nothing is lost, nothing is told twice, and every origin of the story is a column."""
    wording, matrix = made()
    columns = {c.origin.id for c in matrix.columns}
    assert {o.id for o in wording.origins_of(wording.articles)} <= columns
    for row in matrix.rows:
        said = [s.id for cell in row.told.values() if cell.stance in {"says", "both"} for s in cell.statements]
        denied = set(row.claim.denied_by)
        assert sorted(i for i in said if i not in denied) == sorted(set(row.claim.statements) - denied)
        assert set(row.told) <= columns
        assert row.cell("origin that is none").stance == "silent"


def test_copies_are_one_column() -> None:
    """A claim that two texts of one origin carry is told by one origin, in two reports."""
    wording, matrix = made()
    many = [c for c in matrix.columns if len(c.numbers) > 1]
    assert many
    column = many[0]
    cells = [row.cell(column.origin.id) for row in matrix.rows if column.origin.id in row.told]
    assert max(cell.reports for cell in cells) > 1
    assert all({wording.numbers[s.article] for s in cell.statements} <= set(column.numbers) for cell in cells)


def test_a_denial_and_a_contradiction_are_told_apart() -> None:
    """`denied_by` gives a denial; another reading of a contradiction says otherwise."""
    wording, matrix = made()
    denied = [row for row in matrix.rows if row.claim.denied_by]
    assert denied
    assert all(row.count("denies", "both") for row in denied)
    story = wording.edition.stories[0]
    against = next(c for c in story.conflicts if c.relation == "contradiction")
    row = next(r for r in matrix.rows if r.claim.id in against.readings[0].claims)
    others = {wording.origin(wording.statements[s]).id for s in against.readings[1].statements}  # type: ignore[union-attr]
    assert {row.cell(o).stance for o in others} <= {"otherwise", "denies", "both", "says"}
    assert any(r.count("otherwise") for r in matrix.rows)


def test_words_taken_from_elsewhere_count_there() -> None:
    """A passage of an origin puts a statement under it, whatever else its article has."""
    base = edition()
    statement = base.statements[0]
    taken = Origin("o-dispatch", "A dispatch", "agency", False, (), (Location(statement.article, statement.span),))
    wording = Wording(replace(base, lineage=replace(base.lineage, origins=(taken, *base.lineage.origins))))
    matrix = Matrix(wording, base.stories[0])
    row = next(r for r in matrix.rows if statement.id in r.claim.statements)
    assert statement in row.cell("o-dispatch").statements


def test_rows_are_filtered() -> None:
    """By status, by words of the claim or of who tells it, by what an origin has on it."""
    wording, matrix = made()
    for row in matrix.rows:
        alone = matrix.asked(Asked(statuses=frozenset({row.claim.status})))
        assert row in alone
        assert {r.claim.status for r in alone} == {row.claim.status}
    for column in matrix.columns:
        told = matrix.asked(Asked(origin=column.origin.id))
        assert len(told) == column.claims
        silent = matrix.asked(Asked(origin=column.origin.id, stance="silent"))
        assert len(silent) == len(matrix.rows) - column.claims
    word = matrix.rows[0].claim.text.split()[-1].strip(".,")
    assert matrix.rows[0] in matrix.asked(Asked(words=word.upper()))
    speaker = wording.chain(wording.statements[matrix.rows[0].claim.statements[0]])[0]
    assert matrix.rows[0] in matrix.asked(Asked(words=speaker))
    assert matrix.asked(Asked(words="zyzzyva")) == []
    assert matrix.asked(Asked(stance="no stance")) == []


@pytest.mark.parametrize("sort", ["contested", "text", "origins", "first", "nonsense"])
def test_rows_are_sorted(sort: str) -> None:
    """Every order holds every claim; what is no order is the ledger's."""
    wording, matrix = made()
    rows = matrix.asked(Asked(sort=sort))
    assert sorted(r.claim.id for r in rows) == sorted(wording.claims)
    if sort in {"contested", "nonsense"}:
        assert [r.claim for r in rows] == ledger(wording.edition.stories[0].claims)
    if sort == "origins":
        counts = [r.count("says", "both") for r in rows]
        assert counts == sorted(counts, reverse=True)


def test_an_origin_can_come_first() -> None:
    """What it says, then what it denies, then what it says otherwise, then what it is silent on."""
    _, matrix = made()

    def place(row: Row, origin: str) -> int:
        return ["says", "both", "denies", "otherwise", "silent"].index(row.cell(origin).stance)

    for column in matrix.columns:
        found = [place(row, column.origin.id) for row in matrix.asked(Asked(sort=column.origin.id))]
        assert found == sorted(found)
