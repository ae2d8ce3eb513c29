"""Reports that call a story untrue repeat it without bearing it out."""

from __future__ import annotations

import pytest
from desk import Desk
from editions import claim_with, disputes, edition

from variorum.compare.facts.fact import read_facts
from variorum.compare.facts.names import Names
from variorum.compare.facts.stance import with_stances
from variorum.model import Edition

_TOLD = """
The painter Odo Lantz died of a stroke in a hospital in Tarn on Monday morning. His wife told journalists of his death
at a hotel by the river.
"""
_EXPOSED = """
A story that the painter Odo Lantz died of a stroke in a hospital in Tarn is nothing but a lie.

The fake report stated:

The painter Odo Lantz died of a stroke in a hospital in Tarn on Monday morning. His wife told journalists of his death
at a hotel by the river.

Lantz opened his own show in Velm on Wednesday.
"""
_ALSO_EXPOSED = """
A post shared in Velm this week claims that the painter Odo Lantz died of a stroke in Tarn. That report, however, is
false.

According to the article, his wife told journalists of his death at a hotel by the river.
"""


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """One report believes a story, two expose it."""
    reports = (("Velm Post", _TOLD), ("Tarn Echo", _EXPOSED), ("Orlan Star", _ALSO_EXPOSED))
    return edition(tmp_path_factory.mktemp("painter"), "The painter Odo Lantz", reports)


def test_what_is_only_mentioned_bears_nothing_out(painter: Edition) -> None:
    """Neither the story quoted by who exposes it, nor "according to the article"."""
    assert claim_with(painter, "died of a stroke in a hospital in Tarn on").status == "denied"
    assert claim_with(painter, "his wife told journalists").status != "corroborated"


def test_who_tells_a_story_stands_against_all_that_expose_it(painter: Edition) -> None:
    """The believer alone affirms; "A story that P is nothing but a lie" denies P, though its clause tells it."""
    told = "in Tarn on Monday morning"
    assert disputes(painter, told, "is nothing but a lie") == ["contradiction"]
    assert disputes(painter, told, "That report, however, is false") == ["contradiction"]
    text = {s.id: (s.article, s.text) for s in painter.statements}
    [conflict] = [c for story in painter.stories for c in story.conflicts]
    affirmed = next(r for r in conflict.readings if r.value == "affirmed")
    assert len({text[s][0] for s in affirmed.statements}) == 1


@pytest.mark.parametrize(
    ("beside", "stance"),
    [
        ("The report is a hoax.", "refutes"),
        ("The report is a hoax written by a rival.", "refutes"),
        ("As for the report, it has since been updated and debunked.", "mentions"),
        ("The clerk was fined for false accounting after a report by the town.", "tells"),
        ("The report is not a hoax.", "tells"),
        ("The story was a false start for the paper.", "tells"),
    ],
)
def test_only_who_calls_the_story_untrue_mentions_it(beside: str, stance: str) -> None:
    """What else is false or no hoax exposes nothing."""
    desk = Desk()
    report = desk.report("Velm Post")
    told = report.says("A report says that the weir above Velm broke on Monday.", "report", kind="document")
    report.says("Crews had looked at all of its gates in spring.")
    report.says(beside)
    members = [report.article()]
    facts = with_stances(read_facts(members, report.statements, Names([], {})), members)
    assert next(fact.stance for fact in facts if fact.id == told.id) == stance
