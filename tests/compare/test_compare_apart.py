"""Conflicts between sentences that have little in common: read from invented reports, through the whole pipeline."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from editions import edition, relations

from variorum.model import Edition

#: The fair in Oldwick, in reports of three days: outlet, day of June 2031 (2 is a Monday) and text.
_OLDWICK: tuple[tuple[str, int, str], ...] = (
    (
        "Oldwick Post",
        2,
        """The fire at the Oldwick glassworks is to be out by Tuesday, the fire brigade said on Monday.

Twenty-two people were injured at the Oldwick glassworks, the brigade said. Two of them are in critical
condition.

The north gate was locked when the fire broke out at the Oldwick glassworks, said a worker, Tilda Mew. The
owner, Karl Venn, had ordered the gate shut only after the alarm had rung, she said.

About 300 people gathered at the Oldwick glassworks in the evening, the police said. The union Glass & Clay
spoke of 900.

The fire destroyed 1,200 metres of cable. Nearly 40 tonnes of glass were lost.

The glassworks will stay closed until 12 June, Venn said. A hearing on the fire at the Oldwick glassworks is
to be held on Wednesday.
""",
    ),
    (
        "The Wick Courier",
        3,
        """The gate of the Oldwick glassworks was open all night, the owner of the works, Karl Venn, said on Tuesday. He
rejected the claim of workers that he had locked in the night shift at the Oldwick glassworks.

Counting a fireman, 23 people were injured in the fire at the Oldwick glassworks. 38.5 tonnes of glass were
lost, Venn said.

In the town 400 homes had no electricity because of the fire at the Oldwick glassworks. In the whole county
2,600 homes were without power.

Taxpayers will not pay, the mayor of Oldwick said. The fire was a category 2 fire, according to the county.
""",
    ),
    (
        "Glass Weekly",
        5,
        """Karl Venn had locked in the night shift at the Oldwick glassworks, the union Glass & Clay says.

The hearing on the fire at the Oldwick glassworks was held on Wednesday. The council voted unanimously for an
inquiry, the mayor said. It was seven to four, said a councillor, Rob Tarn, of the vote.

The Oldwick glassworks will reopen on 10 June, two days earlier than planned.

One person is still in critical condition after the fire at the Oldwick glassworks. It was a category 3 fire,
said the fire chief, Ann Roe.

Correction: In our first report on the Oldwick glassworks the fire was said to have destroyed 1,200 metres of
cable. It destroyed 120.
""",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Words of two statements, the earlier state first, and what holds between them."""

    relation: str
    one: str
    other: str


_TOLD = (
    Pair("contradiction", "gate was locked", "was open all night"),
    Pair("contradiction", "About 300 people gathered", "spoke of 900"),
    Pair("rounding", "Nearly 40 tonnes", "38.5 tonnes"),
    Pair("different_scope", "Twenty-two people were injured", "Counting a fireman, 23"),
    Pair("different_scope", "In the town 400 homes", "2,600 homes"),
    Pair("update", "closed until 12 June", "reopen on 10 June"),
    Pair("update", "is to be held on Wednesday", "was held on Wednesday"),
    Pair("update", "Two of them are in critical", "One person is still in critical"),
    Pair("contradiction", "voted unanimously", "It was seven to four"),
    Pair("contradiction", "a category 2 fire", "a category 3 fire"),
    Pair("update", "The fire destroyed 1,200 metres", "It destroyed 120"),
    Pair("contradiction", "Karl Venn had locked in the night shift", "He rejected the claim"),
)


@pytest.fixture(scope="module")
def oldwick(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the reports on Oldwick."""
    dated = [(f"{outlet}\n{day} June 2031", text) for outlet, day, text in _OLDWICK]
    return edition(tmp_path_factory.mktemp("oldwick"), "Fire at the Oldwick glassworks", dated)


@pytest.mark.parametrize("pair", _TOLD, ids=lambda p: p.one)
def test_what_is_set_side_by_side(oldwick: Edition, pair: Pair) -> None:
    """Each pair stands in one conflict of its relation."""
    assert pair.relation in relations(oldwick, pair.one, pair.other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Twenty-two people were injured", "About 300 people gathered"),
        ("Nearly 40 tonnes", "2,600 homes"),
        ("will stay closed until 12 June", "is to be held on Wednesday"),
        ("In the town 400 homes", "spoke of 900"),
        ("Taxpayers will not pay", "was held on Wednesday"),
        ("is to be out by Tuesday", "Counting a fireman, 23"),
    ],
)
def test_what_is_not(oldwick: Edition, one: str, other: str) -> None:
    """Figures of other things, and plans of other deeds, are no answers to one question."""
    assert not relations(oldwick, one, other)


def test_another_scope_is_no_later_state(oldwick: Edition) -> None:
    """Who counts one more in does not tell a later toll."""
    assert relations(oldwick, "Twenty-two people were injured", "Counting a fireman, 23") == ["different_scope"]
