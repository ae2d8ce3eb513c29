"""Comparing again: what has not changed is not read again, and nothing is taken from a report of another story that
only has the same id."""

from __future__ import annotations

from dataclasses import replace

from desk import Desk, between

from variorum.compare.facts.fact import read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.organs import governments
from variorum.model import Annotation, Entity
from variorum.pipeline import Naming, renamed


def _names(*entities: Entity) -> Names:
    return Names(entities, governments())


def _desk() -> Desk:
    desk = Desk()
    desk.knows("organisation", "Harbour Board")
    desk.knows("place", "Ostwick")
    first = desk.report("Ostwick Post", "2031-04-02")
    first.says("The Harbour Board closed the lock at Ostwick.", does="close", agent="Harbour Board")
    second = desk.report("Velm Echo", "2031-04-03")
    second.says("Nine barges are waiting at Ostwick.", does="wait", counts=((9, "barge", None),), reality="ongoing")
    return desk


def test_facts_that_did_not_change_are_kept() -> None:
    """Whatever other reports there are, before or after."""
    desk = _desk()
    one, other = (report.article() for report in desk.reports.values())
    statements = [s for report in desk.reports.values() for s in report.statements]
    names = _names(*desk.entities.values())
    alone = read_facts([other], statements, names)
    both = read_facts([one, other], statements, names)
    assert both[1] is alone[0]
    assert both[0].rank < both[1].rank


def test_facts_follow_what_a_statement_of_the_same_id_says_now() -> None:
    """The text, the statement and what a name stands for are looked at, not the ids."""
    desk = _desk()
    article = desk.reports["r00"].article()
    (statement,) = desk.reports["r00"].statements
    names = _names(*desk.entities.values())
    (before,) = read_facts([article], [statement], names)
    (denied,) = read_facts([article], [replace(statement, polarity="negated")], names)
    assert (before.statement.polarity, denied.statement.polarity) == ("affirmed", "negated")
    (dated,) = read_facts([replace(article, published=None)], [statement], names)
    assert dated.reported is None
    board, town = desk.entities["harbour board"], desk.entities["ostwick"]
    joined = Entity("a board", "Harbour Board", "organisation")
    (known,) = read_facts([article], [statement], _names(board, town, joined))
    assert before.names == {"harbour board", "ostwick"}
    assert known.names == {"a board", "ostwick"}


def test_a_story_of_the_same_ids_is_compared_by_its_own_words() -> None:
    """Reports r00 and r01 of two desks tell of two events, one after the other in one process."""
    for dead, more in ((4, 9), (2, 2), (4, 9)):
        desk = Desk()
        a = desk.report("Post", "2031-05-02").says(
            f"{dead} miners died at the Corrin pit.", does="die", counts=((dead, "person", "killed"),)
        )
        b = desk.report("Echo", "2031-05-03").says(
            f"{more} miners died at the Corrin pit.", does="die", counts=((more, "person", "killed"),)
        )
        found = between(desk.story(), a, b)
        assert [conflict.relation for conflict in found] == (["update"] if dead != more else [])


def test_records_that_keep_their_names_are_kept() -> None:
    """Only what has another id in the collection is made anew."""
    desk = _desk()
    statements = tuple(s for report in desk.reports.values() for s in report.statements)
    annotation = Annotation("r00", statements=statements)
    same = renamed(annotation, Naming({"ostwick": "ostwick"}, {}, {}))
    assert all(new is old for new, old in zip(same.statements, statements, strict=True))
    other = renamed(annotation, Naming({"harbour board": "board-1"}, {}, {}))
    assert other.statements[1] is statements[1]
    assert [m.entity for m in other.statements[0].mentions] == ["board-1", "ostwick"]
    assert other.statements[0].frame is not None
    assert [a.entity for a in other.statements[0].frame.arguments] == ["board-1"]
