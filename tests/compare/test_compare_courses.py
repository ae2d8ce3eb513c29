"""States that follow each other without a "not", and what only looks like them: read from invented reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.compare.editions import disputes, edition

from variorum.compare.conflicts.courses import _known
from variorum.compare.facts.things import Thing
from variorum.model import Edition

_REPORTS = (
    (
        "Dunmar Post\n4 March 2031",
        """A fire is burning at the tannery in Dunmar. Mill Road is closed between the lock and the tannery. Quay Road
        remains open.

        The swimming hall remains open to guests. The search for the night porter will be suspended overnight, the
        fire chief, Olga Rendt, said on Tuesday. The owner, Pavel Istok, is absconding.

        The foreman, who was in the yard, was shot dead, the police said. A library burned down in the town in 2019.
        """,
    ),
    (
        "The Dunmar Herald\n6 March 2031",
        """The blaze at the tannery in Dunmar was declared out on Wednesday, the brigade said. The search resumed at
        first light. Another road in the district was closed because of ice.

        The Dunmar swimming hall shut its doors on Wednesday.

        Pavel Istok was arrested at a hotel in Orsk on Thursday. His brother, Jan Istok, was released.
        """,
    ),
    (
        "Vale Radio\n9 March 2031",
        """Mill Road has reopened to traffic, the council said on Sunday. The swimming hall in Dunmar has been cleaned
        and has reopened. If the tannery owner had not been at large, Istok's lawyer said, the works would be open.

        A judge released Pavel Istok on bail on Saturday.
        """,
    ),
)


@pytest.fixture(scope="module")
def tannery(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on the tannery."""
    folder: Path = tmp_path_factory.mktemp("tannery")
    return edition(folder, "The tannery at Dunmar", _REPORTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mill Road is closed", "Mill Road has reopened"),
        ("A fire is burning", "was declared out"),
        ("will be suspended overnight", "The search resumed"),
        ("Pavel Istok, is absconding", "was arrested at a hotel"),
        ("was arrested at a hotel", "released Pavel Istok on bail"),
    ],
)
def test_the_later_state_of_a_thing_is_an_update(tannery: Edition, one: str, other: str) -> None:
    assert disputes(tannery, one, other) == ["update"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quay Road remains open", "Another road in the district was closed"),  # another road
        ("Mill Road is closed", "Another road in the district was closed"),
        ("Quay Road remains open", "Mill Road has reopened"),
        ("Pavel Istok, is absconding", "Jan Istok, was released"),  # his brother
        ("The search resumed", "had not been at large"),
    ],
)
def test_states_of_two_things_are_not_set_against_each_other(tannery: Edition, one: str, other: str) -> None:
    assert disputes(tannery, one, other) == []


def _before(course: str, text: str) -> Thing | None:
    """What stands before the bar in a text."""
    reader = next(reader for known, reader, _ in _known() if known.name == course)
    return reader.before(text.replace("|", ""), text.index("|"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Harbour Road has since |reopened", {"harbour"}),
        ("On Sunday Harbour Road was |reopened", {"harbour"}),
        ("The council said the road to the Old Mill was |closed", set()),
        ("Harbour Road, the longest in Velm, was |closed", {"harbour"}),
        ("Harbour Road was closed for an hour and has |reopened", {"harbour"}),
    ],
)
def test_a_verb_is_said_of_the_thing_before_it(text: str, names: set[str]) -> None:
    thing = _before("open", text)
    assert thing is not None
    assert thing.kind == 0
    assert thing.names == names


@pytest.mark.parametrize(
    "text",
    [
        "The road may be |closed",
        "The road was not |closed",
        "Another road was |closed",
        "Two roads were |closed",
        "The mayor of the road was |closed",
        "If the road is |closed",
        "Police found the road |closed",
        "The road, police say |closed",
    ],
)
def test_what_is_unsure_or_another_is_no_thing(text: str) -> None:
    assert _before("open", text) is None


def test_every_state_has_words_that_can_be_read() -> None:
    for course, _, patterns in _known():
        assert len({p.state.name for p in patterns}) > 1, course.name
        assert all(p.after or p.before or p.alone for p in patterns), course.name
        assert all(isinstance(p.after, re.Pattern | None) for p in patterns)
        assert {a.state for a in course.alone} <= {p.state.name for p in patterns}, course.name
